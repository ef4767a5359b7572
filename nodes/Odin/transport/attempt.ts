import { responseIn, type OdinResponse } from './response';
import { connectionLoss, n8nRefusalIn, networkCodeIn, type N8nRefusal } from './connectionErrors';
import type { OdinLoginError } from './session/loginError';

/** What came of one request over HTTP. */
export type AttemptResult =
	| { answer: OdinResponse }
	/** There is no session, so it was not sent */
	| { login: OdinLoginError }
	/** n8n, or a proxy that it has to use, did not let it through, so it was not sent */
	| { restricted: N8nRefusal }
	/** The code of a network failure, as Node.js or axios name it */
	| { networkCode: string | undefined }
	/** The execution was stopped: before it was sent, or while it was under way */
	| { stopped: 'before' | 'underWay' };

/** What n8n gave back or threw, read once. */
export function attemptResultOf(
	response: unknown,
	{
		baseUrl,
		isLate,
		isStopped,
	}: { baseUrl: string; isLate: boolean; isStopped: 'before' | 'underWay' | undefined },
): AttemptResult {
	const restricted = n8nRefusalIn(response, baseUrl);
	if (restricted) return { restricted };
	const answer = responseIn(response);
	if (answer) return { answer };
	const { cause } = response as { cause?: unknown };
	// As it is where the login of another request was waited for; n8n wraps it.
	const login = [response, cause].find(isLoginError);
	if (login) return { login };
	if (isStopped) return { stopped: isStopped };
	if (isLate) return { networkCode: 'ETIMEDOUT' };
	return { networkCode: networkCodeIn(response) };
}

/** By name: the credential may have been loaded as another copy of the module. */
const isLoginError = (thrown: unknown): thrown is OdinLoginError =>
	thrown instanceof Error && thrown.name === 'OdinLoginError';

/** Nothing reached Odin. */
export const isUnsent = (result: AttemptResult): boolean => {
	if ('networkCode' in result) return !connectionLoss(result.networkCode).sent;
	return (
		'login' in result ||
		'restricted' in result ||
		('stopped' in result && result.stopped === 'before')
	);
};
