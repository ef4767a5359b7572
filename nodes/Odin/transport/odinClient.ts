import type {
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	ILoadOptionsFunctions,
} from 'n8n-workflow';
import { isObject } from '../values/json';
import { scrub } from '../secrets/redact';
import { Throttle, wait } from './throttle';
import { apiAddress } from './address';
import { cutWords } from './response';
import { HttpExchange, type OdinRequest } from './httpExchange';
import { withUnknownOutcome, OdinError } from './odinError';
import {
	connectionFailure,
	failureOf,
	interrupted,
	neverSent,
	restrictedFailure,
	type RequestFacts,
} from './responseErrors';
import { backoffMs, MAX_WAIT_MS, isRetryable } from './retryPolicy';
import type { AttemptResult } from './attempt';
import type { OdinLoginError } from './session/loginError';

export type RequestResult =
	| { ok: true; body: unknown }
	| {
			ok: false;
			failure: OdinError;
			/** An earlier try of the request may have been carried out */
			isDoubtful: boolean;
			/** How often it was sent again */
			repeats: number;
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

/** For so long a login that has failed too often is not tried again. Short: what comes after the outage should succeed. */
const LOGIN_PAUSE_MS = 5000;

/** Odin over HTTP, for one execution of the node: one credential, its session, and what must never be shown. */
export class OdinClient {
	private readonly exchange: HttpExchange;

	/** Those of the credential, which hold for every item */
	private readonly ownSecrets = new Set<string>();

	/** Every secret that was ever kept, in that order, also again */
	private readonly keptSecrets: string[] = [];

	private ownSession: Promise<RequestResult> | undefined;

	/** The last login that did not succeed */
	private failedLogin: OdinLoginError | undefined;

	/** How many logins failed since Odin last answered anything else */
	private failedLogins = 0;

	/**
	 * Until then no request tries it again: for good where Odin refused it, since trying for every item could lock the
	 * administrator out; for a while where an item has used up its retries and the login failed as often, since the others
	 * would wait as long for nothing.
	 */
	private noLoginUntil = 0;

	/** Odin kept no session, however often it was renewed: more logins would only end those of others. */
	private keepsNoSession = false;

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
		this.exchange = new HttpExchange(context, credentials, {
			timeout: settings.timeout,
			throttle: admissionFor(context, settings),
			signal: settings.signal,
			onToken: (token) => this.keepOwnSecret(token),
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
		return new OdinClient(context, await context.getCredentials('odinApi'), settings, secrets);
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
	 * Sends a request and returns what became of it. Does not throw. It is sent again, up to `maxRetries` times, while
	 * Odin is too busy or its answer got lost; a POST whose answer got lost is not, since it may have happened. `repeated`
	 * is how often that was already.
	 */
	async send(request: OdinRequest, repeated = 0): Promise<RequestResult> {
		let isDoubtful = false;
		for (let repeats = repeated; ; repeats += 1) {
			const outcome = await this.sendOnce(request, repeats > 0);
			if (outcome.ok) return outcome;
			const { failure } = outcome;
			const isLast =
				!isRetryable(failure, request.method) ||
				(failure.kind === 'session' && this.keepsNoSession) ||
				(failure.kind === 'login' && this.isLoginGivenUp()) ||
				!(await this.waitToRepeat(failure, repeats));
			if (isLast && failure.kind === 'session') this.keepsNoSession = true;
			if (isLast && failure.kind === 'login') this.giveLoginUp();
			if (isLast) return this.explain(request, { ...outcome, isDoubtful, repeats });
			// A proxy may answer 503 for an Odin that did what it was asked.
			isDoubtful ||= failure.kind === 'lost' || failure.httpStatus === 503;
		}
	}

	/**
	 * Waits as long as Odin asks, otherwise longer each time, before something is tried again that was tried again
	 * `repeats` times. False when it is not to be tried any more.
	 */
	async waitToRepeat(
		{ retryAfterMs }: { retryAfterMs?: number | undefined },
		repeats: number,
	): Promise<boolean> {
		const { maxRetries, signal } = this.settings;
		const milliseconds = retryAfterMs ?? backoffMs(repeats);
		if (repeats >= maxRetries || milliseconds > MAX_WAIT_MS) return false;
		await wait(milliseconds, signal);
		return !signal?.aborted;
	}

	/** The session that Odin keeps for this login: who the administrator is and what he may do. Read once. */
	async session(): Promise<RequestResult> {
		this.ownSession ??= this.sendOnce(
			{ method: 'GET', path: '/auth/session', purpose: 'tell the session of this administrator' },
			false,
		);
		return await this.ownSession;
	}

	private async sendOnce(request: OdinRequest, isRepeat: boolean): Promise<RequestResult> {
		const facts = this.facts(request);
		if (this.failedLogin && this.isLoginGivenUp()) {
			return refusal(this.loginFailure(this.failedLogin, facts));
		}
		return this.outcome(await this.exchange.send(request, isRepeat), facts);
	}

	private outcome(reply: AttemptResult, facts: RequestFacts): RequestResult {
		if ('answer' in reply) {
			this.failedLogins = 0;
			const { answer, sessionIsOver } = reply;
			const words = cutWords(scrub(answer.words, this.secrets));
			const failure = failureOf(answer, { ...facts, sessionEnded: sessionIsOver }, words);
			return failure ? refusal(failure) : { ok: true, body: answer.body };
		}
		if ('login' in reply) {
			// Items that wait for the same login share its failure.
			if (reply.login !== this.failedLogin) this.failedLogins += 1;
			this.failedLogin = reply.login;
			if (!reply.login.isTransient) this.noLoginUntil = Number.POSITIVE_INFINITY;
			return refusal(this.loginFailure(reply.login, facts));
		}
		if ('stopped' in reply) {
			return refusal(reply.stopped === 'before' ? neverSent(facts) : interrupted(facts));
		}
		if ('restricted' in reply) return refusal(restrictedFailure(reply.restricted, facts));
		return refusal(connectionFailure(reply.networkCode, facts));
	}

	private isLoginGivenUp(): boolean {
		return Date.now() < this.noLoginUntil;
	}

	/** Those that fail because it is given up already do not prolong that. */
	private giveLoginUp(): void {
		if (this.failedLogins <= this.settings.maxRetries) return;
		if (!this.isLoginGivenUp()) this.noLoginUntil = Date.now() + LOGIN_PAUSE_MS;
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
		const { failure, isDoubtful } = outcome;
		const explained =
			failure.kind === 'forbidden' ? this.explainForbidden(request, failure) : failure;
		const isOpen = isDoubtful && request.method !== 'POST';
		return { ...outcome, failure: isOpen ? withUnknownOutcome(explained) : explained };
	}

	/** Says more where the question for the session, which comes with a 403, has brought more to light. */
	private explainForbidden(request: OdinRequest, failure: OdinError): OdinError {
		const { sessionBody } = this.exchange;
		if (!isObject(sessionBody) || sessionBody.readOnly !== true) return failure;
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
	isDoubtful: false,
	repeats: 0,
});

/** The runs of a node in one execution keep its pace together. */
const admissionFor = (
	context: IExecuteFunctions | ILoadOptionsFunctions,
	settings: OdinSettings,
): Throttle =>
	settings.requestsPerSecond > 0 && 'getContext' in context
		? Throttle.after(context.getContext('node'), settings)
		: new Throttle(settings);
