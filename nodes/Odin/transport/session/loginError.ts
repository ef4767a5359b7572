interface LoginFacts {
	/** Odin's own words, without the secrets of the credential */
	words?: string;
	/** Whether the same login may work a little later */
	isTransient?: boolean;
	/** Milliseconds that Odin asks to wait before that */
	retryAfterMs?: number | undefined;
}

/** Why there is no token. Only its message is shown, so it says what to do as well. */
export class OdinLoginError extends Error {
	override name = 'OdinLoginError';

	readonly words: string;

	readonly isTransient: boolean;

	readonly retryAfterMs: number | undefined;

	constructor(
		/** The message without Odin's words */
		readonly advice: string,
		{ words = '', isTransient = false, retryAfterMs }: LoginFacts = {},
	) {
		super(loginText(advice, words));
		this.words = words;
		this.isTransient = isTransient;
		this.retryAfterMs = retryAfterMs;
	}
}

export const loginText = (advice: string, words: string): string =>
	words === '' ? advice : `${advice} Odin says: ${words}`;
