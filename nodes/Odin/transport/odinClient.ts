import type { IDataObject } from 'n8n-workflow';
import { checksum } from '../values/checksum';
import { isObject } from '../values/json';
import { redactErrorText } from '../secrets/errorText';
import { KnownSecrets } from '../secrets/known';
import { isUnsent } from './attempt';
import { Throttle, wait } from './throttle';
import { apiAddress } from './address';
import { isSuccess } from './response';
import {
	CREDENTIAL,
	HttpExchange,
	isWrite,
	type Exchanged,
	type OdinRequest,
	type RequestContext,
} from './httpExchange';
import { leavesOpen, OdinError, sentences } from './odinError';
import { refusal, type Refusal, type RequestResult } from './requestResult';
import {
	connectionFailure,
	failureOf,
	interrupted,
	neverSent,
	notAsked,
	restrictedFailure,
	type RequestFacts,
} from './responseErrors';
import { nextStep, waitBeforeRetry, type NextStep } from './retryPolicy';
import { saysSessionEnded } from './session/endedSession';
import { forgetToken, storedToken, userNameOf } from './session/login';
import { loginText, type OdinLoginError } from './session/loginError';
import { Session, type SentToken } from './session/session';
import { Signer } from './signer';
import { subjectOf } from './subject';

export interface OdinSettings {
	/** Milliseconds until a request counts as unanswered */
	timeout: number;
	/** How often a request is sent again, at most */
	maxRetries: number;
	/** Requests in flight at once */
	concurrency: number;
	/** Requests in any one second; 0 means no limit */
	requestsPerSecond: number;
	/** Once it says stop, nothing is sent any more */
	signal?: AbortSignal;
}

/** What became of one try of a request, and what it was sent with. */
interface Try {
	result: RequestResult;
	sent: SentToken;
}

/** What all items of an execution share: one credential and its session. */
interface Connection {
	readonly settings: OdinSettings;
	readonly exchange: HttpExchange;
	readonly session: Session;
	readonly signer: Signer;
	readonly username: string;
	readonly baseUrl: string;
	/** Who the administrator is, once it was asked for */
	administrator?: Promise<RequestResult>;
	/** The session as Odin showed it when it was asked after a 403 */
	checkedSession?: unknown;
}

/** Odin over HTTP, for one execution of the node or one item of it, with what must never be shown there. */
export class OdinClient {
	private isWriteSent = false;

	private isWriteOpenOrDone = false;

	private constructor(
		private readonly connection: Connection,
		readonly secrets: KnownSecrets,
	) {}

	/**
	 * Reads the credential, once for all requests: in n8n each reading costs a query and a decryption. What is secret of it
	 * is added to `secrets`.
	 */
	static async open(
		context: RequestContext,
		settings: OdinSettings,
		secrets = new KnownSecrets(),
	): Promise<OdinClient> {
		const credentials = await context.getCredentials(CREDENTIAL);
		secrets.keepPassword(credentials.password);
		secrets.keepToken(credentials.token);
		const session = new Session(storedToken(credentials as IDataObject), {
			readStore: async () => {
				const stored = await context.getCredentials(CREDENTIAL).catch(() => credentials);
				secrets.keepToken(stored.token);
				return storedToken(stored as IDataObject);
			},
			check: async () => await client.checkSession(),
			forget: (token) => forgetToken(credentials as IDataObject, token),
		});
		const exchange = new HttpExchange(context, credentials, session, {
			timeout: settings.timeout,
			throttle: Throttle.of(context, settings),
			signal: settings.signal,
		});
		const username = userNameOf(credentials as IDataObject);
		const baseUrl = apiAddress(credentials.baseUrl)?.baseUrl ?? 'the Base URL';
		const signer = new Signer(String(credentials.password ?? ''), [baseUrl, username]);
		const connection = { settings, exchange, session, signer, username, baseUrl };
		const client: OdinClient = new OdinClient(connection, secrets);
		return client;
	}

	/** The same for one item, whose secrets are of no concern to the others. */
	forItem(secrets: KnownSecrets): OdinClient {
		return new OdinClient(this.connection, secrets);
	}

	/** Tells whether this is still the same Odin and the same administrator, and nothing else of them. */
	get account(): { odin: number; administrator: number } {
		const { baseUrl, username } = this.connection;
		return { odin: checksum(baseUrl), administrator: checksum(username) };
	}

	/** From now on this value appears in no message and no output of the item. */
	keepSecret(secret: unknown): void {
		this.secrets.keep(secret);
	}

	/** How many requests may be in flight at once: to begin more reads than that only takes memory. */
	get concurrency(): number {
		return this.connection.settings.concurrency;
	}

	/** Whether a write of this item may have reached Odin. */
	get mayHaveWritten(): boolean {
		return this.isWriteSent;
	}

	/** Whether Odin may show another state because of this item: it said yes to a write, or left one open. */
	get mayHaveChanged(): boolean {
		return this.isWriteOpenOrDone;
	}

	/** Signs a text with the credential: only who has it can make or check the signature. */
	async sign(text: string): Promise<string> {
		return await this.connection.signer.sign(text);
	}

	/** Sends a request and returns the body of the answer; throws OdinError for any other than the wanted one. */
	async request(request: OdinRequest): Promise<unknown> {
		const outcome = await this.send(request);
		if (!outcome.ok) throw outcome.failure;
		return outcome.body;
	}

	/**
	 * Sends a request and returns what became of it. Does not throw. What comes after a failure is decided in
	 * retryPolicy.ts; a write of which the outcome is unknown is left to the caller, who looks for it. `retriedBefore` is how often it was sent
	 * again already.
	 */
	async send(request: OdinRequest, retriedBefore = 0): Promise<RequestResult> {
		let retries = retriedBefore;
		let renewals = 0;
		let outcomeUnknown = false;
		for (;;) {
			const { result, sent } = await this.try(request, retries + renewals > 0);
			if (result.ok) return result;
			const { failure } = result;
			const next = nextStep({
				isWrite: isWrite(request),
				failure,
				retries,
				renewals,
				isTokenFresh: sent.isFresh && sent.token === this.connection.session.token,
				isGivenUp: this.isGivenUp(failure),
				maxRetries: this.connection.settings.maxRetries,
			});
			if (!(await this.proceed(next, failure, sent.token))) {
				return this.explain(request, { ...result, outcomeUnknown, retries });
			}
			if (next.step === 'retry') retries += 1;
			renewals = next.step === 'retry' ? Number(failure.sessionEnded) : renewals + 1;
			outcomeUnknown ||= leavesOpen(failure);
		}
	}

	private isGivenUp({ kind, sessionEnded }: OdinError): boolean {
		if (kind === 'login') return this.connection.session.loginFailure !== undefined;
		return sessionEnded && this.connection.session.isContested;
	}

	/** Takes the next step; false where the request is not sent again. */
	private async proceed(next: NextStep, failure: OdinError, token: string): Promise<boolean> {
		const { signal, maxRetries } = this.connection.settings;
		if (next.step === 'giveUp') {
			if (failure.sessionEnded) this.connection.session.giveUp(token);
			if (failure.kind === 'login')
				this.connection.session.note({ type: 'loginGivenUp', tries: maxRetries + 1 });
			return false;
		}
		if (next.step === 'retry') await wait(next.afterMs, signal);
		if (signal?.aborted) return false;
		if (failure.sessionEnded) await this.connection.session.renew(token);
		return next.step === 'retry' || next.sendAgain;
	}

	/**
	 * Waits before the caller sends a write again whose outcome was unknown, and that was sent again `retries` times. False
	 * when it is not to be sent any more.
	 */
	async waitToRetry(
		failure: { retryAfterMs?: number | undefined; sessionEnded?: boolean },
		retries: number,
	): Promise<boolean> {
		const { maxRetries, signal } = this.connection.settings;
		const milliseconds = waitBeforeRetry(failure, retries, maxRetries);
		if (milliseconds === undefined) return false;
		await wait(milliseconds, signal);
		return !signal?.aborted;
	}

	/** Waits the given milliseconds. False when the execution was stopped. */
	async pause(milliseconds: number): Promise<boolean> {
		await wait(milliseconds, this.connection.settings.signal);
		return !this.connection.settings.signal?.aborted;
	}

	/** The session that Odin keeps for this login: who the administrator is and what he may do. Read once. */
	async session(): Promise<RequestResult> {
		this.connection.administrator ??= this.send({
			method: 'GET',
			path: '/auth/session',
			purpose: 'read the session of this administrator',
		});
		return await this.connection.administrator;
	}

	private async try(request: OdinRequest, isRetry: boolean): Promise<Try> {
		const sent = await this.connection.exchange.send(request, isRetry);
		this.isWriteSent ||= isWrite(request) && !isUnsent(sent.result);
		if (sent.isFresh) this.secrets.keepToken(sent.token);
		const result = await this.resultOf(sent, this.facts(request));
		this.isWriteOpenOrDone ||=
			isWrite(request) && !isUnsent(sent.result) && (result.ok || leavesOpen(result.failure));
		return { result, sent };
	}

	private async resultOf(sent: Exchanged, facts: RequestFacts): Promise<RequestResult> {
		const { result } = sent;
		if ('answer' in result) {
			const { answer } = result;
			const sessionEnded = await this.connection.session.hasEnded(answer, sent);
			const words = redactErrorText(answer.words, this.secrets);
			const failure = failureOf(answer, { ...facts, sessionEnded }, words);
			if (!failure) return { ok: true, body: answer.body };
			return refusal(sessionEnded ? failure.with({ sessionEnded }) : failure);
		}
		if ('login' in result) return refusal(this.loginFailure(result.login, facts));
		if ('stopped' in result) {
			return refusal(result.stopped === 'before' ? neverSent(facts) : interrupted(facts));
		}
		if ('restricted' in result) return refusal(restrictedFailure(result.restricted, facts));
		return refusal(connectionFailure(result.networkCode, facts));
	}

	/** Whether Odin still has the session. One without this path is taken at its word. */
	private async checkSession(): Promise<{ token: string; isAlive: boolean }> {
		const request = { method: 'GET' as const, path: '/auth/session', purpose: 'check the session' };
		const { token, isFresh, result } = await this.connection.exchange.send(request, true);
		if (isFresh) this.secrets.keepToken(token);
		if (!('answer' in result) || saysSessionEnded(result.answer)) return { token, isAlive: false };
		const { answer } = result;
		if (!isSuccess(answer)) return { token, isAlive: [404, 405].includes(answer.status) };
		this.connection.session.note({ type: 'allowed' });
		this.connection.checkedSession = answer.body;
		return { token, isAlive: true };
	}

	private loginFailure(error: OdinLoginError, facts: RequestFacts): OdinError {
		return new OdinError({
			kind: 'login',
			message: sentences(
				notAsked(facts, 'The login did not succeed'),
				loginText(error.advice, redactErrorText(error.words, this.secrets)),
			),
			// Not that nothing was sent: something may have been before, of which this request was to tell.
			description: 'Open the credential and test it there',
			isTransient: error.isTransient,
			retryAfterMs: error.retryAfterMs,
		});
	}

	/** Adds what only the request tells, or the session. Of a write, its sender tells the history. */
	private explain(request: OdinRequest, outcome: Refusal): RequestResult {
		const failure = outcome.failure.with({ about: subjectOf(request.purpose).object });
		const isForbiddenWrite = isWrite(request) && failure.kind === 'forbidden';
		return {
			...outcome,
			failure: isForbiddenWrite ? this.explainForbidden(request, failure) : failure,
		};
	}

	/** Says more where the question for the session, which comes with a 403, has brought more to light. */
	private explainForbidden(request: OdinRequest, failure: OdinError): OdinError {
		const { checkedSession } = this.connection;
		if (!isObject(checkedSession) || checkedSession.readOnly !== true) return failure;
		return failure.with({
			message: `Administrator '${this.connection.username}' is read-only, so Odin refused to ${request.purpose} (HTTP 403)`,
			description:
				'Use the credential of an administrator who may write. Reading works with this one',
		});
	}

	private facts(request: OdinRequest): RequestFacts {
		const { purpose, method } = request;
		return {
			purpose,
			isWrite: isWrite(request),
			needsNoBody: method === 'PUT' || method === 'DELETE',
			username: this.connection.username,
			baseUrl: this.connection.baseUrl,
		};
	}
}
