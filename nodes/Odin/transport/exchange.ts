import type {
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	IHttpRequestMethods,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
} from 'n8n-workflow';
import type { JsonObject } from '../trunkGroup/json';
import type { Admission, Admitted } from './admission';
import { apiAddress, callUrl, type ApiAddress } from './address';
import { isSuccess } from './answer';
import { Deadline } from './deadline';
import { MAX_WAIT_MS, retryAfterMs } from './repeating';
import { replyOf, type Reply } from './reply';
import { saysSessionIsOver } from './outcome';
import { forgetToken } from './session';

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

/**
 * Fresh tokens that may get nothing but 403 before that counts as missing rights, whatever Odin says of the session: an
 * administrator without any rights may not even ask for it.
 */
const MAX_FRUITLESS = 2;

/** How often a session is renewed for one request, where it ends again and again. */
const MAX_RENEWALS = 3;

interface SentWith {
	token: string;
	/** The token was issued for this request or while it waited: it was good a moment ago */
	isNew: boolean;
	reply: Reply;
}

interface SessionCheck {
	token: string;
	isAlive: boolean;
}

/** Requests with the session of one credential. A session that Odin has ended is renewed. */
export class Exchange {
	/** Tokens that are good and got a 403 all the same: for them a 403 means missing rights, unless they end. */
	private readonly provenTokens = new Set<string>();

	private readonly refusedTokens = new Set<string>();

	private renewal: Promise<void> | undefined;

	private lastCheck: Promise<unknown> = Promise.resolve();

	/** Not sent yet, so it tells about the answers that are here already. */
	private nextCheck: Promise<SessionCheck> | undefined;

	/** Tokens that got a 403 at once, with nothing allowed since */
	private readonly fruitless = new Set<string>();

	private readonly address: ApiAddress | undefined;

	/** Id and name of the credential; n8n copies the whole node for whoever asks for them. */
	private readonly credential: { id: string; name: string };

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
		this.address = apiAddress(credentials.baseUrl);
		const { id, name } = context.getNode().credentials?.[CREDENTIAL] ?? {};
		this.credential = { id: id ?? '', name: name ?? '' };
		rules.onToken(credentials.token);
	}

	async send(request: OdinRequest, isRepeat: boolean): Promise<Reply> {
		for (let renewals = 0; ; renewals += 1) {
			const sent = await this.sendOnce(request, isRepeat || renewals > 0);
			const isOver = await this.mayHaveEnded(sent, renewals > 0);
			if (!isOver || renewals === MAX_RENEWALS) return sent.reply;
			await this.renew(sent.token);
		}
	}

	/** Whether the answer may be due to a session that has ended, so that a new one is worth a try. */
	private async mayHaveEnded(sent: SentWith, isRenewed: boolean): Promise<boolean> {
		const { token, isNew, reply } = sent;
		const status = 'answer' in reply ? reply.answer.status : undefined;
		const isSettled = isRenewed && isNew;
		if (status === UNAUTHORIZED || ('answer' in reply && saysSessionIsOver(reply.answer))) {
			return !isSettled;
		}
		if (status !== FORBIDDEN) return false;
		if (!isRenewed && !this.provenTokens.has(token)) return true;
		const mayTell = this.fruitless.size < MAX_FRUITLESS;
		if (!isSettled && mayTell && !(await this.isAlive(token))) return true;
		if (isSettled) this.fruitless.add(token);
		this.provenTokens.add(token);
		return false;
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
		const { admission, signal } = this.rules;
		const admitted = await admission.enter(() => !this.credentials.token, isRepeat);
		if (!admitted) return { token: '', isNew: false, reply: { stopped: 'before' } };
		// Each request has its own copy of the token, so that after a refusal it is known which token was refused.
		const data = { ...this.credentials };
		const tokenBefore = data.token;
		const deadline = new Deadline(this.rules.timeout, signal);
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
		const reply = replyOf(response, {
			isLate: deadline.isOver,
			isStopped: isStopped || undefined,
		});
		admission.leave(admitted);
		this.adapt(admitted, reply);
		return { token: String(data.token ?? ''), isNew, reply };
	}

	/** Slower where Odin is too busy, with the pause it asks for; faster where it keeps up. */
	private adapt(admitted: Admitted, reply: Reply): void {
		const { admission } = this.rules;
		const pause = (milliseconds = 0) =>
			admission.slowDown(admitted, milliseconds > MAX_WAIT_MS ? 0 : milliseconds);
		if ('login' in reply && reply.login.retryAfterMs !== undefined) {
			pause(reply.login.retryAfterMs);
		} else if ('answer' in reply) {
			const { answer } = reply;
			if (answer.status === 429 || answer.status === 503) pause(retryAfterMs(answer.headers));
			else if (isSuccess(answer)) {
				admission.speedUp();
				this.fruitless.clear();
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
		return await this.context.helpers.httpRequestWithAuthentication.call(
			context,
			CREDENTIAL,
			{
				method,
				url: this.address ? callUrl(this.address, path, query) : '',
				// As text: axios would copy an object and leave out keys such as `constructor`.
				...(body && { body: JSON.stringify(body) }),
				// Without a body no type: some servers take it for an announced JSON that is missing.
				headers: {
					...(body && { 'Content-Type': 'application/json' }),
					Accept: 'application/json',
				},
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
			{ credentialsDecrypted: { ...this.credential, type: CREDENTIAL, data } },
		);
	}

	/** preAuthentication sends with them: a login is a request too, with the same time for its answer, and keeps the pace. */
	private helpersWithLogin(): IExecuteFunctions['helpers'] {
		const { helpers } = this.context;
		const httpRequest = async (options: IHttpRequestOptions): Promise<unknown> => {
			try {
				const abortSignal = AbortSignal.timeout(this.rules.timeout);
				return await helpers.httpRequest({ ...options, abortSignal });
			} finally {
				await this.rules.admission.afterLogin();
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
