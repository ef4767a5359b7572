import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IExecuteFunctions,
	ILoadOptionsFunctions,
} from 'n8n-workflow';
import { isObject } from '../values/json';
import { scrub } from '../secrets/redact';
import { Throttle, wait } from './throttle';
import { apiAddress } from './address';
import { cutWords, isSuccess } from './response';
import { CREDENTIAL, HttpExchange, type Exchanged, type OdinRequest } from './httpExchange';
import { withUnknownOutcome, OdinError } from './odinError';
import {
	connectionFailure,
	failureOf,
	interrupted,
	neverSent,
	restrictedFailure,
	type RequestFacts,
} from './responseErrors';
import { nextStep, waitBeforeRetry, type NextStep } from './retryPolicy';
import { saysSessionEnded } from './session/endedSession';
import { forgetToken, storedToken } from './session/login';
import type { OdinLoginError } from './session/loginError';
import { Session, type SentToken } from './session/session';

export type RequestResult =
	| { ok: true; body: unknown }
	| {
			ok: false;
			failure: OdinError;
			/** An earlier try of the request may have been carried out */
			outcomeUnknown: boolean;
			/** How often it was sent again */
			retries: number;
	  };

type Refusal = Extract<RequestResult, { ok: false }>;

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

/** Odin over HTTP, for one execution of the node: one credential, its session, and what must never be shown. */
export class OdinClient {
	private readonly ownSession: Session;

	private readonly exchange: HttpExchange;

	/** Those of the credential, which hold for every item */
	private readonly ownSecrets = new Set<string>();

	/** Every secret that was ever kept, in that order, also again */
	private readonly keptSecrets: string[] = [];

	private administrator: Promise<RequestResult> | undefined;

	/** The session as Odin showed it when it was asked after a 403 */
	private checkedSession: unknown;

	private readonly username: string;

	private readonly baseUrl: string;

	private constructor(
		context: IExecuteFunctions | ILoadOptionsFunctions,
		credentials: ICredentialDataDecryptedObject,
		private readonly settings: OdinSettings,
		private readonly secrets: Set<string>,
	) {
		this.username = String(credentials.username ?? '');
		this.baseUrl = apiAddress(credentials.baseUrl)?.baseUrl ?? 'the Base URL';
		this.keepOwnSecret(credentials.password);
		this.keepOwnSecret(credentials.token);
		this.ownSession = new Session(storedToken(credentials as IDataObject), {
			readStore: async () => {
				const stored = await context.getCredentials(CREDENTIAL).catch(() => credentials);
				this.keepOwnSecret(stored.token);
				return storedToken(stored as IDataObject);
			},
			check: async () => await this.checkSession(),
			forget: (token) => forgetToken(credentials as IDataObject, token),
		});
		this.exchange = new HttpExchange(context, credentials, this.ownSession, {
			timeout: settings.timeout,
			throttle: throttleFor(context, settings),
			signal: settings.signal,
		});
	}

	/**
	 * Reads the credential, once for all requests: in n8n each reading costs a query and a decryption. `secrets` are
	 * known from before; those that turn up are added.
	 */
	static async open(
		context: IExecuteFunctions | ILoadOptionsFunctions,
		settings: OdinSettings,
		secrets = new Set<string>(),
	): Promise<OdinClient> {
		return new OdinClient(context, await context.getCredentials(CREDENTIAL), settings, secrets);
	}

	/** From now on this value appears in no message. */
	keepSecret(secret: unknown): void {
		// An expression in the credential may make a number of it.
		const text = typeof secret === 'number' ? String(secret) : secret;
		if (typeof text !== 'string' || text === '') return;
		this.secrets.add(text);
		this.keptSecrets.push(text);
	}

	private keepOwnSecret(secret: unknown): void {
		if (secret) this.ownSecrets.add(String(secret));
		this.keepSecret(secret);
	}

	/** How many secrets were kept so far, for `secretsSince`. */
	get secretCount(): number {
		return this.keptSecrets.length;
	}

	/** What an item may not show that began at this count: few, however many items have passwords. */
	secretsSince(count = this.keptSecrets.length): Set<string> {
		return new Set([...this.ownSecrets, ...this.keptSecrets.slice(count)]);
	}

	/** Sends a request and returns the body of the answer; throws OdinFailure for any other than the wanted one. */
	async request(request: OdinRequest): Promise<unknown> {
		const outcome = await this.send(request);
		if (!outcome.ok) throw outcome.failure;
		return outcome.body;
	}

	/**
	 * Sends a request and returns what became of it. Does not throw. What comes after a failure is decided in
	 * retryPolicy.ts; a POST of which the outcome is unknown is left to the caller. `retriedBefore` is how often it was sent
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
				method: request.method,
				failure,
				retries,
				renewals,
				isTokenFresh: sent.isFresh && sent.token === this.ownSession.token,
				isGivenUp: this.isGivenUp(failure),
				maxRetries: this.settings.maxRetries,
			});
			if (!(await this.proceed(next, failure, sent.token))) {
				return this.explain(request, { ...result, outcomeUnknown, retries });
			}
			if (next.step === 'retry') retries += 1;
			renewals = next.step === 'retry' ? Number(failure.sessionEnded) : renewals + 1;
			// A proxy may answer 503 for an Odin that did what it was asked.
			outcomeUnknown ||= failure.kind === 'lost' || failure.httpStatus === 503;
		}
	}

	private isGivenUp({ kind, sessionEnded }: OdinError): boolean {
		if (kind === 'login') return this.ownSession.loginFailure !== undefined;
		return sessionEnded && this.ownSession.isContested;
	}

	/** Takes the next step; false where the request is not sent again. */
	private async proceed(next: NextStep, failure: OdinError, token: string): Promise<boolean> {
		const { signal, maxRetries } = this.settings;
		if (next.step === 'giveUp') {
			if (failure.sessionEnded) this.ownSession.giveUp(token);
			if (failure.kind === 'login')
				this.ownSession.note({ type: 'loginGivenUp', tries: maxRetries + 1 });
			return false;
		}
		if (next.step === 'retry') await wait(next.afterMs, signal);
		if (signal?.aborted) return false;
		if (failure.sessionEnded) await this.ownSession.renew(token);
		return next.step === 'retry' || next.sendAgain;
	}

	/**
	 * Waits before the caller sends a POST again whose outcome was unknown, and that was sent again `retries` times. False
	 * when it is not to be sent any more.
	 */
	async waitToRetry(
		failure: { retryAfterMs?: number | undefined; sessionEnded?: boolean },
		retries: number,
	): Promise<boolean> {
		const { maxRetries, signal } = this.settings;
		const milliseconds = waitBeforeRetry(failure, retries, maxRetries);
		if (milliseconds === undefined) return false;
		await wait(milliseconds, signal);
		return !signal?.aborted;
	}

	/** The session that Odin keeps for this login: who the administrator is and what he may do. Read once. */
	async session(): Promise<RequestResult> {
		this.administrator ??= this.send({
			method: 'GET',
			path: '/auth/session',
			purpose: 'tell the session of this administrator',
		});
		return await this.administrator;
	}

	private async try(request: OdinRequest, isRetry: boolean): Promise<Try> {
		const sent = await this.exchange.send(request, isRetry);
		if (sent.isFresh) this.keepOwnSecret(sent.token);
		return { result: await this.resultOf(sent, this.facts(request)), sent };
	}

	private async resultOf(sent: Exchanged, facts: RequestFacts): Promise<RequestResult> {
		const { result } = sent;
		if ('answer' in result) {
			const { answer } = result;
			const sessionEnded = await this.ownSession.hasEnded(answer, sent);
			const words = cutWords(scrub(answer.words, this.secrets));
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
		const { token, isFresh, result } = await this.exchange.send(request, true);
		if (isFresh) this.keepOwnSecret(token);
		if (!('answer' in result) || saysSessionEnded(result.answer)) return { token, isAlive: false };
		const { answer } = result;
		if (!isSuccess(answer)) return { token, isAlive: [404, 405].includes(answer.status) };
		this.ownSession.note({ type: 'allowed' });
		this.checkedSession = answer.body;
		return { token, isAlive: true };
	}

	private loginFailure(error: OdinLoginError, facts: RequestFacts): OdinError {
		return new OdinError({
			kind: 'login',
			message: `Odin was not asked to ${facts.purpose}, since the login did not succeed. ${scrub(error.message, this.secrets)}`,
			// Not that nothing was sent: something may have been before, of which this request was to tell.
			description: 'Open the credential and test it there',
			isTransient: error.isTransient,
			retryAfterMs: error.retryAfterMs,
		});
	}

	/** Adds what only the history of the request tells, or the session. Of a POST, its sender tells the history. */
	private explain(request: OdinRequest, outcome: Refusal): RequestResult {
		if (request.method === 'GET') return outcome;
		const { failure, outcomeUnknown } = outcome;
		const explained =
			failure.kind === 'forbidden' ? this.explainForbidden(request, failure) : failure;
		const isOpen = outcomeUnknown && request.method !== 'POST';
		return { ...outcome, failure: isOpen ? withUnknownOutcome(explained) : explained };
	}

	/** Says more where the question for the session, which comes with a 403, has brought more to light. */
	private explainForbidden(request: OdinRequest, failure: OdinError): OdinError {
		const { checkedSession } = this;
		if (!isObject(checkedSession) || checkedSession.readOnly !== true) return failure;
		return failure.with({
			message: `Administrator '${this.username}' is read-only, so Odin did not ${request.purpose} (HTTP 403)`,
			description:
				'Use a credential of an administrator who may change trunk groups. Reading works with this one',
		});
	}

	private facts({ purpose, method }: OdinRequest): RequestFacts {
		return {
			purpose,
			isWrite: method !== 'GET',
			needsNoBody: method === 'PUT' || method === 'DELETE',
			username: this.username,
			baseUrl: this.baseUrl,
		};
	}
}

const refusal = (failure: OdinError): Refusal => ({
	ok: false,
	failure,
	outcomeUnknown: false,
	retries: 0,
});

/** The runs of a node in one execution keep its pace together. */
const throttleFor = (
	context: IExecuteFunctions | ILoadOptionsFunctions,
	settings: OdinSettings,
): Throttle =>
	settings.requestsPerSecond > 0 && 'getContext' in context
		? Throttle.after(context.getContext('node'), settings)
		: new Throttle(settings);
