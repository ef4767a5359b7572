import type {
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	IHttpRequestMethods,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
} from 'n8n-workflow';
import type { JsonObject } from '../values/json';
import type { Throttle, Permit } from './throttle';
import { apiAddress, callUrl, type ApiAddress } from './address';
import { isSuccess, type OdinResponse } from './response';
import { Deadline } from './deadline';
import { receivable, receive } from './body';
import { MAX_WAIT_MS, retryAfterMs } from './retryPolicy';
import { attemptResultOf, type AttemptResult } from './attempt';
import { saysSessionIsOver } from './responseErrors';
import { forgetToken } from './session/login';

export interface OdinRequest {
	method: Extract<IHttpRequestMethods, 'GET' | 'POST' | 'PUT' | 'DELETE'>;
	/** Below the base URL, e.g. /groups/trunk-groups */
	path: string;
	query?: Record<string, string>;
	body?: JsonObject;
	/** What it is for, a verb phrase that messages are built with */
	purpose: string;
}

const CREDENTIAL = 'odinApi';

/** The portal takes either for the end of a session; 403 can also mean that the administrator may not do it. */
const UNAUTHORIZED = 401;
const FORBIDDEN = 403;

/** So many new tokens that get nothing but 403, also where Odin is asked for the session: the rights are missing. */
const MAX_FRUITLESS = 3;

/** For so long that is taken for granted. It can be wrong: somebody else may have ended each of these sessions. */
const NO_RIGHTS_MS = 30_000;

/** How often a session is renewed for one request, where it ends again and again. */
const MAX_RENEWALS = 3;

interface SentWith {
	token: string;
	/** The token was issued for this request or while it waited: it was good a moment ago */
	isNew: boolean;
	reply: AttemptResult;
}

interface SessionCheck {
	token: string;
	isAlive: boolean;
}

/** Requests with the session of one credential. A session that Odin has ended is renewed. */
export class HttpExchange {
	/** Whether Odin still had the session of a token after the first 403 to a request that it was issued for */
	private readonly firstChecks = new Map<string, Promise<boolean>>();

	/** The tokens that were given up: their sessions are over, or a new one was to be tried. */
	private readonly refusedTokens = new Set<string>();

	private renewal: Promise<void> | undefined;

	private lastCheck: Promise<unknown> = Promise.resolve();

	/** Not sent yet, so it tells about the answers that are here already. */
	private nextCheck: Promise<SessionCheck> | undefined;

	/** Odin has done something that it was asked for, so a 403 to all there is means that the session is over. */
	private wasAllowed = false;

	/** Tokens that got a 403 at once, before anything was allowed */
	private readonly fruitless = new Set<string>();

	/** Until then a 403 counts as missing rights, and neither a login nor a question is spent on it. */
	private noRightsUntil = 0;

	/** What Odin told of the session when it was asked after a 403 */
	sessionBody: unknown;

	private readonly address: ApiAddress | undefined;

	/** Id and name of the credential; n8n copies the whole node for whoever asks for them. */
	private readonly credential: { id: string; name: string };

	constructor(
		private readonly context: IExecuteFunctions | ILoadOptionsFunctions,
		private readonly credentials: ICredentialDataDecryptedObject,
		private readonly rules: {
			/** Milliseconds until a request counts as unanswered */
			timeout: number;
			throttle: Throttle;
			signal: AbortSignal | undefined;
			onToken(token: unknown): void;
		},
	) {
		this.address = apiAddress(credentials.baseUrl);
		const { id, name } = context.getNode().credentials?.[CREDENTIAL] ?? {};
		this.credential = { id: id ?? '', name: name ?? '' };
		rules.onToken(credentials.token);
	}

	async send(request: OdinRequest, isRepeat: boolean): Promise<AttemptResult> {
		for (let renewals = 0; ; renewals += 1) {
			const sent = await this.sendOnce(request, isRepeat || renewals > 0);
			const { token, isNew, reply } = sent;
			if (!('answer' in reply) || !(await this.isOver(reply.answer, sent))) return reply;
			// Somebody else ends sessions at this very moment: a login at once would only end his in turn.
			const isFruitless = renewals > 0 && isNew && this.credentials.token === token;
			if (renewals === MAX_RENEWALS || isFruitless) {
				return { answer: reply.answer, sessionIsOver: true };
			}
			await this.renew(token);
		}
	}

	/** Whether the answer is due to a session that has ended, so that a new one is worth a try. */
	private async isOver(answer: OdinResponse, { token, isNew }: SentWith): Promise<boolean> {
		if (answer.status === UNAUTHORIZED || saysSessionIsOver(answer)) return true;
		if (answer.status !== FORBIDDEN) return false;
		if (isNew && !this.wasAllowed) this.fruitless.add(token);
		if (this.hasNoRights()) return false;
		// Of the first 403 Odin is not asked: a new login is tried whatever it would say.
		if (this.refusedTokens.size === 0 || this.refusedTokens.has(token)) return true;
		const isAlive = isNew ? await this.wasAlive(token) : await this.isAlive(token);
		return !isAlive && !this.hasNoRights();
	}

	/**
	 * An administrator without any rights may not even ask for his session, which looks like one that has ended, over and
	 * over. What tells them apart is whether anything was ever allowed.
	 */
	private hasNoRights(): boolean {
		if (this.fruitless.size >= MAX_FRUITLESS) {
			this.fruitless.clear();
			this.noRightsUntil = Date.now() + NO_RIGHTS_MS;
		}
		return Date.now() < this.noRightsUntil;
	}

	/** All requests that a token was issued for share one question. */
	private async wasAlive(token: string): Promise<boolean> {
		const check = this.firstChecks.get(token) ?? this.isAlive(token);
		this.firstChecks.set(token, check);
		return await check;
	}

	/** Whether Odin still had this session after the answers that are here by now, as far as it tells. */
	private async isAlive(token: string): Promise<boolean> {
		this.nextCheck ??= this.lastCheck.then(async () => {
			this.nextCheck = undefined;
			const check = this.checkSession();
			this.lastCheck = check;
			return await check;
		});
		const check = await this.nextCheck;
		return check.token === token && check.isAlive;
	}

	private async checkSession(): Promise<SessionCheck> {
		const request = { method: 'GET' as const, path: '/auth/session', purpose: 'check the session' };
		const { token, reply } = await this.sendOnce(request, true);
		// An Odin without this path is no sign of an ended session.
		const isAlive =
			'answer' in reply && (isSuccess(reply.answer) || [404, 405].includes(reply.answer.status));
		if (isAlive) this.sessionBody = reply.answer.body;
		return { token, isAlive };
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
		const { throttle, signal } = this.rules;
		const permit = await throttle.acquire(() => !this.credentials.token, isRepeat);
		if (!permit) return { token: '', isNew: false, reply: { stopped: 'before' } };
		// Each request has its own copy of the token, so that after a refusal it is known which token was refused.
		const data = { ...this.credentials };
		const tokenBefore = data.token;
		const deadline = new Deadline(this.rules.timeout, signal, !tokenBefore);
		let response: unknown;
		try {
			const sending = this.overHttp(request, data, deadline.signal);
			response = await (tokenBefore ? sending : unlessStopped(sending, signal));
		} catch (error) {
			response = error;
		}
		const isNew = data.token !== tokenBefore;
		if (isNew) this.takeOver(data);
		const isStopped = signal?.aborted && (data.token ? 'underWay' : 'before');
		const reply = attemptResultOf(response, {
			baseUrl: this.address?.baseUrl ?? '',
			isLate: deadline.isOver,
			isStopped: isStopped || undefined,
		});
		throttle.release(permit);
		this.adapt(permit, reply);
		return { token: String(data.token ?? ''), isNew, reply };
	}

	/** Slower where Odin is too busy, with the pause it asks for; faster where it keeps up. */
	private adapt(permit: Permit, reply: AttemptResult): void {
		const { throttle } = this.rules;
		const pause = (milliseconds = 0) =>
			throttle.slowDown(permit, milliseconds > MAX_WAIT_MS ? 0 : milliseconds);
		if ('login' in reply && reply.login.retryAfterMs !== undefined) {
			pause(reply.login.retryAfterMs);
		} else if ('answer' in reply) {
			const { answer } = reply;
			if (answer.status === 429 || answer.status === 503) pause(retryAfterMs(answer.headers));
			else if (isSuccess(answer)) {
				throttle.speedUp();
				this.wasAllowed = true;
				this.fruitless.clear();
				this.noRightsUntil = 0;
			}
		}
	}

	private async overHttp(
		{ method, path, query, body }: OdinRequest,
		data: ICredentialDataDecryptedObject,
		abortSignal: AbortSignal,
	): Promise<unknown> {
		// n8n takes the signal that ends a request from here; its `timeout` ends one of silence only, and a body that
		// trickles would never end.
		const context = Object.create(this.context, {
			getExecutionCancelSignal: { value: () => abortSignal },
			...(!data.token && { helpers: { value: this.helpersWithLogin() } }),
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
	private helpersWithLogin(): IExecuteFunctions['helpers'] {
		const { helpers } = this.context;
		const httpRequest = async (options: IHttpRequestOptions): Promise<unknown> => {
			try {
				const signal = AbortSignal.timeout(this.rules.timeout);
				const sending = helpers.httpRequest({ ...options, abortSignal: signal });
				return await receive(sending, { url: options.url, signal });
			} finally {
				await this.rules.throttle.afterLogin();
			}
		};
		return Object.create(helpers, { httpRequest: { value: httpRequest } });
	}

	/** A session that was renewed for one request serves all that follow. */
	private takeOver(data: ICredentialDataDecryptedObject): void {
		this.rules.onToken(data.token);
		this.credentials.token = data.token ?? '';
		this.credentials.issuedTo = data.issuedTo ?? '';
	}
}

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
