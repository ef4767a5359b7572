import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IExecuteFunctions,
	IHttpRequestMethods,
	ILoadOptionsFunctions,
} from 'n8n-workflow';
import type { JsonObject } from '../trunkGroup/json';
import { isObject } from '../trunkGroup/json';
import type { Admission } from './admission';
import { apiAddress, callUrl } from './address';
import { isSuccess, readAnswer, type Answer } from './answer';
import { MAX_WAIT_MS, retryAfterMs } from './repeating';
import { forgetToken, type OdinLoginError } from './session';

export interface OdinRequest {
	method: Extract<IHttpRequestMethods, 'GET' | 'POST' | 'PUT' | 'DELETE'>;
	/** Below the base URL, e.g. /groups/trunk-groups */
	path: string;
	query?: Record<string, string>;
	body?: JsonObject;
	/** What it is for, a verb phrase that messages are built with */
	purpose: string;
}

/** What came of one request over HTTP. */
export type Reply =
	| { answer: Answer }
	/** There is no session, so it was not sent */
	| { login: OdinLoginError }
	/** The code of a network failure, as Node.js or axios name it */
	| { networkCode: string | undefined }
	/** The execution was stopped: before it was sent, or while it was under way */
	| { stopped: 'before' | 'underWay' };

const CREDENTIAL = 'odinApi';

/** Odin ends a session with either (notes (c)); 403 can also mean that the administrator may not do it. */
const UNAUTHORIZED = 401;
const FORBIDDEN = 403;

/** How long what was learned about a session counts. */
const SESSION_CHECK_MS = 1000;

interface SentWith {
	token: string;
	reply: Reply;
}

/** Requests with the session of one credential. A session that Odin has ended is renewed, once a request. */
export class Exchange {
	/** Tokens that were renewed for a 403 and got it again: for them a 403 means missing rights. */
	private readonly provenTokens = new Set<string>();

	private readonly refusedTokens = new Set<string>();

	private renewal: Promise<void> | undefined;

	private readonly checks = new Map<string, { at: number; alive: Promise<boolean> }>();

	constructor(
		private readonly context: IExecuteFunctions | ILoadOptionsFunctions,
		private readonly credentials: ICredentialDataDecryptedObject,
		private readonly rules: {
			/** Milliseconds until a request counts as unanswered */
			timeout: number;
			admission: Admission;
			signal: AbortSignal | undefined;
			onToken(token: unknown): void;
		},
	) {
		rules.onToken(credentials.token);
	}

	async send(request: OdinRequest, isRepeat: boolean): Promise<Reply> {
		const first = await this.sendOnce(request, isRepeat);
		if (!('answer' in first.reply)) return first.reply;
		const { status } = first.reply.answer;
		if (status !== UNAUTHORIZED && !(status === FORBIDDEN && (await this.mayHaveEnded(first)))) {
			return first.reply;
		}
		await this.renew(first.token);
		const second = await this.sendOnce(request, true);
		if ('answer' in second.reply && second.reply.answer.status === FORBIDDEN) {
			this.provenTokens.add(second.token);
		}
		return second.reply;
	}

	private async mayHaveEnded({ token }: SentWith): Promise<boolean> {
		if (!this.provenTokens.has(token)) return true;
		const known = this.checks.get(token);
		if (known && Date.now() - known.at < SESSION_CHECK_MS) return !(await known.alive);
		const alive = this.isAlive(token);
		this.checks.set(token, { at: Date.now(), alive });
		return !(await alive);
	}

	/** Whether Odin still has this session, as far as it tells. */
	private async isAlive(token: string): Promise<boolean> {
		if (this.credentials.token !== token) return false;
		const request = { method: 'GET' as const, path: '/auth/session', purpose: 'check the session' };
		const { reply } = await this.sendOnce(request, true);
		if (!('answer' in reply)) return true;
		return ![UNAUTHORIZED, FORBIDDEN].includes(reply.answer.status);
	}

	/** Another request may have renewed the session meanwhile; else this one does, and those that come now wait for it. */
	private async renew(refused: string): Promise<void> {
		forgetToken(this.credentials, refused);
		if (this.credentials.token !== refused) return;
		this.refusedTokens.add(refused);
		this.renewal ??= this.readAgain().finally(() => (this.renewal = undefined));
		await this.renewal;
	}

	/**
	 * In a cluster another worker may have logged in: n8n's database has its token. A login of our own could end that
	 * session. Without a token n8n logs in before the next request.
	 */
	private async readAgain(): Promise<void> {
		const stored = await this.context.getCredentials(CREDENTIAL).catch(() => this.credentials);
		const isNew = !this.refusedTokens.has(String(stored.token));
		this.takeOver(isNew ? stored : { token: '', issuedTo: '' });
	}

	private async sendOnce(request: OdinRequest, isRepeat: boolean): Promise<SentWith> {
		const { admission, signal } = this.rules;
		const places = this.credentials.token ? 1 : 2;
		const admitted = await admission.enter({ isRepeat, places });
		if (!admitted) return { token: '', reply: { stopped: 'before' } };
		// Each request has its own copy of the token, so that after a refusal it is known which token was refused.
		const data = { ...this.credentials };
		const tokenBefore = data.token;
		const deadline = AbortSignal.timeout(this.rules.timeout);
		let response: unknown;
		try {
			response = await this.overHttp(request, data, deadline);
		} catch (error) {
			response = error;
		} finally {
			if (data.token !== tokenBefore) this.takeOver(data);
		}
		const reply = replyOf(response, { isLate: deadline.aborted, isStopped: signal?.aborted });
		admission.leave(admitted);
		if ('answer' in reply) {
			const { answer } = reply;
			if (answer.status === 429 || answer.status === 503) {
				const pauseMs = retryAfterMs(answer.headers) ?? 0;
				admission.slowDown(admitted, pauseMs > MAX_WAIT_MS ? 0 : pauseMs);
			} else if (isSuccess(answer)) {
				admission.speedUp();
			}
		}
		return { token: String(data.token ?? ''), reply };
	}

	private async overHttp(
		{ method, path, query, body }: OdinRequest,
		data: ICredentialDataDecryptedObject,
		deadline: AbortSignal,
	): Promise<unknown> {
		const { signal } = this.rules;
		const address = apiAddress(data.baseUrl);
		const { id = '', name = '' } = this.context.getNode().credentials?.[CREDENTIAL] ?? {};
		// n8n takes the signal that ends a request from here; its `timeout` ends one of silence only, and a body that
		// trickles would never end.
		const abortSignal = signal ? AbortSignal.any([signal, deadline]) : deadline;
		const context = Object.create(this.context, {
			getExecutionCancelSignal: { value: () => abortSignal },
		}) as IExecuteFunctions;
		return await this.context.helpers.httpRequestWithAuthentication.call(
			context,
			CREDENTIAL,
			{
				method,
				url: address ? callUrl(address, path, query) : '',
				// As text: axios would copy an object and leave out keys such as `constructor`.
				...(body && { body: JSON.stringify(body) }),
				headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
				// Read as text: a truncated or foreign body must not pass for JSON.
				encoding: 'text',
				returnFullResponse: true,
				disableFollowRedirect: true,
				// n8n's own renewal would send without asking for a turn, and log in for each 403 of an administrator
				// who lacks the rights.
				ignoreHttpStatusErrors: true,
				timeout: this.rules.timeout,
				abortSignal,
			},
			{ credentialsDecrypted: { id: id ?? '', name, type: CREDENTIAL, data } },
		);
	}

	/** A session that was renewed for one request serves all that follow. */
	private takeOver(data: ICredentialDataDecryptedObject): void {
		this.rules.onToken(data.token);
		this.credentials.token = data.token ?? '';
		this.credentials.issuedTo = data.issuedTo ?? '';
	}
}

function replyOf(
	response: unknown,
	{ isLate, isStopped }: { isLate: boolean; isStopped: boolean | undefined },
): Reply {
	const { statusCode, body, headers, cause, code } = response as IDataObject;
	if (statusCode !== undefined) {
		const answer = readAnswer(
			Number(statusCode),
			String(body ?? ''),
			(headers ?? {}) as Record<string, string>,
		);
		return { answer };
	}
	if (isLoginError(cause)) return { login: cause };
	if (isStopped) return { stopped: 'underWay' };
	if (isLate) return { networkCode: 'ETIMEDOUT' };
	const causeCode =
		isObject(cause) || cause instanceof Error ? (cause as { code?: unknown }).code : undefined;
	const networkCode = [causeCode, code].find((given) => typeof given === 'string');
	return { networkCode: networkCode as string | undefined };
}

/** By name: the credential may have been loaded as another copy of the module. */
const isLoginError = (cause: unknown): cause is OdinLoginError =>
	cause instanceof Error && cause.name === 'OdinLoginError';
