import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IExecuteFunctions,
	IHttpRequestMethods,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IPollFunctions,
} from 'n8n-workflow';
import type { JsonObject } from '../values/json';
import type { Throttle, Permit } from './throttle';
import { apiAddress, callUrl, type ApiAddress } from './address';
import { isSuccess } from './response';
import { Deadline } from './deadline';
import { receivable, receive } from './body';
import { MAX_WAIT_MS, retryAfterMs } from './retryPolicy';
import { attemptResultOf, type AttemptResult } from './attempt';
import { loginUnderWay, tokenOwner } from './session/login';
import type { SentToken, Session } from './session/session';

export interface OdinRequest {
	method: Extract<IHttpRequestMethods, 'GET' | 'POST' | 'PUT' | 'DELETE'>;
	/** Below the base URL, e.g. /groups/trunk-groups */
	path: string;
	query?: Record<string, string>;
	body?: JsonObject;
	/** What it is for, a verb phrase that messages are built with */
	purpose: string;
	/** A POST that changes nothing */
	isRead?: true;
}

/** Whether a request changes something, so that repeating or losing it matters. */
export const isWrite = ({ method, isRead }: OdinRequest): boolean => method !== 'GET' && !isRead;

/** What of n8n's functions a request needs: those of a node that runs, of a list of the form, or of a poll. */
export type RequestContext = IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions;

/** The name of the credential type. */
export const CREDENTIAL = 'odinApi';

/** One request that was sent, or was to be. */
export interface Exchanged extends SentToken {
	result: AttemptResult;
}

/** Sends requests with the session of one credential, each once and at its turn; where there is no token, n8n logs in first. */
export class HttpExchange {
	private readonly address: ApiAddress | undefined;

	/** Id and name of the credential; n8n copies the whole node for whoever asks for them. */
	private readonly credential: { id: string; name: string };

	private readonly issuedTo: string;

	constructor(
		private readonly context: RequestContext,
		private readonly credentials: ICredentialDataDecryptedObject,
		private readonly session: Session,
		private readonly rules: {
			/** Milliseconds until a request counts as unanswered */
			timeout: number;
			throttle: Throttle;
			signal: AbortSignal | undefined;
		},
	) {
		this.address = apiAddress(credentials.baseUrl);
		this.issuedTo = tokenOwner(credentials as IDataObject);
		const { id, name } = context.getNode().credentials?.[CREDENTIAL] ?? {};
		this.credential = { id: id ?? '', name: name ?? '' };
	}

	async send(request: OdinRequest, isRetry: boolean): Promise<Exchanged> {
		const { throttle, signal, timeout } = this.rules;
		if (this.session.loginFailure) return notSent({ login: this.session.loginFailure });
		let token = '';
		// Read when its turn comes: a token that is renewed a moment later would need a login, which has no place in the rate.
		const permit = await throttle.acquire(() => (token = this.session.token) === '', isRetry);
		if (!permit) return notSent({ stopped: 'before' });
		const { loginFailure } = this.session;
		if (token === '' && loginFailure) {
			// Another request tried the login while this one waited for its turn.
			throttle.release(permit, { wasSent: false });
			return notSent({ login: loginFailure });
		}
		// Each request has its own copy of the token, so that after a refusal it is known which token was refused.
		const data = { ...this.credentials, token, issuedTo: this.issuedTo };
		const deadline = new Deadline(timeout, signal);
		let response: unknown;
		try {
			response = await (token === ''
				? unlessStopped(this.logInAndSend(request, data, deadline), signal)
				: this.overHttp(request, data, deadline));
		} catch (error) {
			response = error;
		} finally {
			deadline.end();
		}
		const isFresh = data.token !== token;
		if (isFresh) this.session.note({ type: 'tokenIssued', token: data.token });
		const isStopped = signal?.aborted && (data.token === '' ? 'before' : 'underWay');
		const result = attemptResultOf(response, {
			baseUrl: this.address?.baseUrl ?? '',
			isLate: deadline.isOver,
			isStopped: isStopped || undefined,
		});
		if ('login' in result) this.session.note({ type: 'loginFailed', failure: result.login });
		// Before the next one is let in.
		this.adapt(permit, result);
		throttle.release(permit);
		return { token: data.token, isFresh, result };
	}

	/** The login of another request or execution is waited for here, so that the time of this request begins after it. */
	private async logInAndSend(
		request: OdinRequest,
		data: ICredentialDataDecryptedObject,
		deadline: Deadline,
	): Promise<unknown> {
		const login = loginUnderWay(data as IDataObject);
		if (login) await deadline.pausedFor(login);
		return await this.overHttp(request, data, deadline);
	}

	/** Slower where Odin is too busy, with the pause it asks for; faster where it keeps up. */
	private adapt(permit: Permit, result: AttemptResult): void {
		const { throttle } = this.rules;
		const pause = (milliseconds = 0) =>
			throttle.slowDown(permit, milliseconds > MAX_WAIT_MS ? 0 : milliseconds);
		if ('login' in result && result.login.retryAfterMs !== undefined) {
			pause(result.login.retryAfterMs);
		} else if ('answer' in result) {
			const { answer } = result;
			if (answer.status === 429 || answer.status === 503) pause(retryAfterMs(answer.headers));
			else if (isSuccess(answer)) throttle.speedUp();
		}
	}

	private async overHttp(
		{ method, path, query, body }: OdinRequest,
		data: ICredentialDataDecryptedObject,
		deadline: Deadline,
	): Promise<unknown> {
		const abortSignal = deadline.signal;
		// n8n takes the signal that ends a request from here; its `timeout` ends one of silence only, and a body that
		// trickles would never end.
		const context = Object.assign(Object.create(this.context), {
			getExecutionCancelSignal: () => abortSignal,
			...(!data.token && { helpers: this.helpersWithLogin(deadline) }),
		}) as IExecuteFunctions;
		const url = this.address ? callUrl(this.address, path, query) : '';
		const sending = this.context.helpers.httpRequestWithAuthentication.call(
			context,
			CREDENTIAL,
			{
				method,
				url,
				// As text: axios would copy an object and leave out keys such as `constructor`.
				...(body && { body: JSON.stringify(body) }),
				// Without a body no type: some servers take it for an announced JSON that is missing.
				headers: {
					...(body && { 'Content-Type': 'application/json' }),
					Accept: 'application/json',
				},
				// n8n's own renewal would send without asking for a turn, and log in for each 403 of an administrator
				// who lacks the rights: it is not among what is thrown.
				...receivable(url),
				timeout: this.rules.timeout,
				abortSignal,
			},
			{ credentialsDecrypted: { ...this.credential, type: CREDENTIAL, data } },
		);
		return await receive(sending, { url, signal: abortSignal });
	}

	/** preAuthentication sends with them: a login is a request too, with the same time for its answer, and keeps the pace. */
	private helpersWithLogin(deadline: Deadline): IExecuteFunctions['helpers'] {
		const { helpers } = this.context;
		const logIn = async (options: IHttpRequestOptions): Promise<unknown> => {
			try {
				const signal = AbortSignal.timeout(this.rules.timeout);
				const sending = helpers.httpRequest({ ...options, abortSignal: signal });
				return await receive(sending, { url: options.url, signal });
			} finally {
				await this.rules.throttle.afterLogin();
			}
		};
		const httpRequest = async (options: IHttpRequestOptions): Promise<unknown> =>
			await deadline.pausedFor(logIn(options));
		return Object.create(helpers, { httpRequest: { value: httpRequest } });
	}
}

const notSent = (result: AttemptResult): Exchanged => ({ token: '', isFresh: false, result });

/** A login that others share goes on without us. */
async function unlessStopped<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
	let stop = (): void => {};
	const stopped = new Promise<never>((_, reject) => {
		stop = () => reject(new Error());
	});
	signal?.addEventListener('abort', stop);
	try {
		return await Promise.race([work, stopped]);
	} finally {
		signal?.removeEventListener('abort', stop);
	}
}
