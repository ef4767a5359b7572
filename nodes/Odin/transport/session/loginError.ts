/** Why there is no token. Only its message is shown, so it says what to do as well. */
export class OdinLoginError extends Error {
	override name = 'OdinLoginError';

	constructor(
		message: string,
		/** Whether the same login may work a little later */
		readonly isTransient = false,
		/** Milliseconds that Odin asks to wait before that */
		readonly retryAfterMs?: number,
	) {
		super(message);
	}
}
