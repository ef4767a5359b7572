import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';
import { apiAddress, callUrl, type ApiAddress } from '../address';
import { responseIn, isSuccess, type OdinResponse } from '../response';
import { connectionLoss, n8nRefusalIn, networkCodeIn } from '../connectionErrors';
import { MAX_BODY_TEXT, receivable, receive } from '../body';
import { retryAfterMs, waitText } from '../retryPolicy';
import { redactErrorText } from '../../secrets/errorText';
import { KnownSecrets } from '../../secrets/known';
import { checksum } from '../../values/checksum';
import { isObject } from '../../values/json';
import { trimmed, visible } from '../../values/text';
import { OdinLoginError } from './loginError';

/** The helper that n8n hands to preAuthentication. */
export interface LoginHelper {
	helpers: { httpRequest(options: IHttpRequestOptions): Promise<unknown> };
}

export interface IssuedToken {
	token: string;
	/** Who the token was issued to. A token is not used for another user or Odin. */
	issuedTo: string;
}

/** For n8n's credential test. The node puts its own in the place: preAuthentication is not told its options. */
const LOGIN_TIMEOUT_MS = 30_000;

/**
 * How long a fresh token is handed to requests that were refused with an older one. A burst of requests that meet an
 * expired token then costs one login, which matters where a login ends the user's other session.
 */
const FRESH_MS = 10_000;

interface Login {
	pending?: Promise<IssuedToken>;
	issued?: IssuedToken;
	at: number;
	/** The last token whose session has ended; n8n may still have it */
	ended?: string;
}

/** Logins of this process, by base URL, user name and password. */
const logins = new Map<string, Login>();

/** Without the white space at the ends that comes with pasting. A password is sent as it is. */
export const userNameOf = ({ username }: IDataObject): string => trimmed(String(username ?? ''));

/** With the password: otherwise the old token would make a mistyped new password look good until it ends. */
export const tokenOwner = (credentials: IDataObject): string =>
	JSON.stringify([
		apiAddress(credentials.baseUrl)?.baseUrl ?? '',
		userNameOf(credentials),
		checksum(String(credentials.password ?? '')),
	]);

const loginKey = (credentials: IDataObject): string =>
	JSON.stringify([tokenOwner(credentials), credentials.password]);

function loginOf(credentials: IDataObject): Login {
	const key = loginKey(credentials);
	const login: Login = logins.get(key) ?? { at: 0 };
	logins.set(key, login);
	return login;
}

/** The token that n8n has for this login, unless it was issued for another one or is known to be over. */
export function storedToken(credentials: IDataObject): string {
	const { token, issuedTo } = credentials;
	const isUsable = issuedTo === tokenOwner(credentials) && token !== loginOf(credentials).ended;
	return isUsable && typeof token === 'string' ? token : '';
}

/**
 * Logs in to Odin with POST /auth/token, once for all requests that need it at the same time.
 * `credentials.token` is the token that was refused, or empty. Throws OdinLoginError.
 */
export async function logIn(helper: LoginHelper, credentials: IDataObject): Promise<IssuedToken> {
	const login = loginOf(credentials);
	if (login.pending) return await login.pending;
	const { issued } = login;
	if (issued && issued.token !== credentials.token && Date.now() - login.at < FRESH_MS) {
		return issued;
	}
	login.pending = requestToken(helper, credentials);
	try {
		login.issued = await login.pending;
		login.at = Date.now();
		return login.issued;
	} finally {
		delete login.pending;
	}
}

/** The login that another request or execution of this process has begun. */
export const loginUnderWay = (credentials: IDataObject): Promise<IssuedToken> | undefined =>
	loginOf(credentials).pending;

/** The session of this token has ended: it is neither handed out any more nor taken from n8n again. */
export function forgetToken(credentials: IDataObject, token: string): void {
	const login = loginOf(credentials);
	if (login.issued?.token === token) delete login.issued;
	login.ended = token;
}

async function requestToken(helper: LoginHelper, credentials: IDataObject): Promise<IssuedToken> {
	const address = apiAddress(credentials.baseUrl);
	if (!address) {
		throw new OdinLoginError(
			"The 'Base URL' of the credential is not an address such as https://odin.example.com/api/v2",
		);
	}
	const answer = await post(helper, address, credentials);
	const token = isSuccess(answer) && isObject(answer.body) ? tokenIn(answer.body) : undefined;
	if (token !== undefined) return { token, issuedTo: tokenOwner(credentials) };
	throw refusal(address, answer, credentials);
}

/** More than any proxy takes as a header. */
const MAX_TOKEN = 8192;

/** A header carries printable ASCII; anything else would end or change the request, or its text would show the token. */
function tokenIn({ token }: Record<string, unknown>): string | undefined {
	const text = typeof token === 'string' ? token.trim() : '';
	return text.length <= MAX_TOKEN && /^[\x20-\x7e]+$/.test(text) ? text : undefined;
}

async function post(
	helper: LoginHelper,
	address: ApiAddress,
	credentials: IDataObject,
): Promise<OdinResponse> {
	const url = callUrl(address, '/auth/token');
	const options: IHttpRequestOptions = {
		method: 'POST',
		url,
		body: { username: userNameOf(credentials), password: credentials.password },
		headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
		...receivable(url),
		skipSslCertificateValidation: credentials.allowUnauthorizedCerts === true,
	};
	// n8n's `timeout` is one of silence: a body that trickles would keep everybody waiting who needs the session.
	const signal = AbortSignal.timeout(LOGIN_TIMEOUT_MS);
	let response: unknown;
	try {
		const sending = helper.helpers.httpRequest({ ...options, abortSignal: signal });
		response = await receive(sending, { url, signal });
	} catch (error) {
		response = error;
	}
	const refused = n8nRefusalIn(response, address.baseUrl);
	if (refused) throw new OdinLoginError(`${refused.what}. ${refused.advice}.`);
	const answer = responseIn(response);
	if (answer) return answer;
	const { what, advice, isTransient } = connectionLoss(networkCodeIn(response));
	throw new OdinLoginError(`${address.baseUrl} ${what}. ${advice}.`, { isTransient });
}

function refusal(
	address: ApiAddress,
	answer: OdinResponse,
	credentials: IDataObject,
): OdinLoginError {
	const { status } = answer;
	if (answer.flaw === 'tooLarge') {
		return new OdinLoginError(
			`The answer of ${address.baseUrl} to the login is larger than ${MAX_BODY_TEXT} (HTTP ${status}). Check that the 'Base URL' is the one of the Odin API.`,
		);
	}
	const own = KnownSecrets.of(credentials.password, credentials.token);
	const words = redactErrorText(answer.words, own);
	const user = `'${visible(userNameOf(credentials))}'`;
	const refused = new OdinLoginError(
		`Odin refused the login of ${user} (HTTP ${status}). Check 'Username' and 'Password' of the credential.`,
		{ words },
	);
	if (status === 402) {
		return new OdinLoginError(
			`The Odin password of ${user} has expired and must be changed. Change it in the Odin portal, then enter the new one in the credential.`,
			{ words },
		);
	}
	if (status >= 300 && status < 400) {
		return new OdinLoginError(
			`The address ${address.baseUrl} only redirects to another one, which is not followed, so that the password reaches no other host. Enter the address of the Odin API itself as 'Base URL'.`,
		);
	}
	if (status === 429 || status >= 500) {
		const asked = retryAfterMs(answer.headers);
		const asks = asked === undefined ? '' : ` Odin asks n8n to wait ${waitText(asked)}.`;
		return new OdinLoginError(
			`Odin cannot log in ${user} at the moment (HTTP ${status}). Try again later.${asks}`,
			{ words, isTransient: true, retryAfterMs: asked },
		);
	}
	// A web page of these is no word of Odin's on the login, but for 401, which every server has for a wrong password.
	if (status === 401 || ([400, 403, 422].includes(status) && !answer.isHtml)) return refused;
	if (answer.isHtml || !answer.readable) {
		return new OdinLoginError(
			`The address ${address.baseUrl} answers with a web page, not with the Odin API (HTTP ${status}). Check proxies in between and the path of the 'Base URL'; usually it ends in /api/v2.`,
		);
	}
	if (status === 404 || status === 405) {
		return new OdinLoginError(
			`There is no Odin API at ${address.baseUrl} (HTTP ${status}). Check the path of the 'Base URL'; usually it ends in /api/v2.`,
			{ words },
		);
	}
	if (isSuccess(answer)) {
		return new OdinLoginError(
			`The address ${address.baseUrl} answered the login without a token. Check that the 'Base URL' is the one of the Odin API.`,
			{ words },
		);
	}
	return refused;
}
