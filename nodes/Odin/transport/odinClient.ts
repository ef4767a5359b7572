import type { IExecuteFunctions, ILoadOptionsFunctions } from 'n8n-workflow';
import { isObject } from '../values/json';
import { redactErrorText } from '../secrets/errorText';
import { KnownSecrets } from '../secrets/known';
import { Throttle, wait } from './throttle';
import { apiAddress } from './address';
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
import { loginText, type OdinLoginError } from './session/loginError';

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

/** What all items of an execution share: one credential, its session, and how its login went. */
interface Connection {
	readonly settings: OdinSettings;
	readonly exchange: HttpExchange;
	readonly username: string;
	readonly baseUrl: string;
	ownSession?: Promise<RequestResult>;
	/** The last login that did not succeed */
	failedLogin?: OdinLoginError;
	/** How many logins failed since Odin last answered anything else */
	failedLogins: number;
	/**
	 * Until then no request tries it again: for good where Odin refused it, since trying for every item could lock the
	 * administrator out; for a while where an item has used up its retries and the login failed as often, since the others
	 * would wait as long for nothing.
	 */
	noLoginUntil: number;
	/** Odin kept no session, however often it was renewed: more logins would only end those of others. */
	keepsNoSession: boolean;
}

/** Odin over HTTP, for one execution of the node or one item of it, with what must never be shown there. */
export class OdinClient {
	private constructor(
		private readonly connection: Connection,
		readonly secrets: KnownSecrets,
	) {}

	/**
	 * Reads the credential, once for all requests: in n8n each reading costs a query and a decryption. What is secret of it
	 * is added to `secrets`.
	 */
	static async open(
		context: IExecuteFunctions | ILoadOptionsFunctions,
		settings: OdinSettings,
		secrets = new KnownSecrets(),
	): Promise<OdinClient> {
		const credentials = await context.getCredentials('odinApi');
		secrets.keepPassword(credentials.password);
		const exchange = new HttpExchange(context, credentials, {
			timeout: settings.timeout,
			throttle: admissionFor(context, settings),
			signal: settings.signal,
			onToken: (token) => secrets.keepToken(token),
		});
		const connection = {
			settings,
			exchange,
			username: String(credentials.username ?? ''),
			baseUrl: apiAddress(credentials.baseUrl)?.baseUrl ?? 'the Base URL',
			failedLogins: 0,
			noLoginUntil: 0,
			keepsNoSession: false,
		};
		return new OdinClient(connection, secrets);
	}

	/** The same for one item, whose secrets are of no concern to the others. */
	forItem(secrets: KnownSecrets): OdinClient {
		return new OdinClient(this.connection, secrets);
	}

	/** From now on this value appears in no message and no output of the item. */
	keepSecret(secret: unknown): void {
		this.secrets.keep(secret);
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
				(failure.kind === 'session' && this.connection.keepsNoSession) ||
				(failure.kind === 'login' && this.isLoginGivenUp()) ||
				!(await this.waitToRepeat(failure, repeats));
			if (isLast && failure.kind === 'session') this.connection.keepsNoSession = true;
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
		const { maxRetries, signal } = this.connection.settings;
		const milliseconds = retryAfterMs ?? backoffMs(repeats);
		if (repeats >= maxRetries || milliseconds > MAX_WAIT_MS) return false;
		await wait(milliseconds, signal);
		return !signal?.aborted;
	}

	/** The session that Odin keeps for this login: who the administrator is and what he may do. Read once. */
	async session(): Promise<RequestResult> {
		this.connection.ownSession ??= this.sendOnce(
			{ method: 'GET', path: '/auth/session', purpose: 'tell the session of this administrator' },
			false,
		);
		return await this.connection.ownSession;
	}

	private async sendOnce(request: OdinRequest, isRepeat: boolean): Promise<RequestResult> {
		const facts = this.facts(request);
		if (this.connection.failedLogin && this.isLoginGivenUp()) {
			return refusal(this.loginFailure(this.connection.failedLogin, facts));
		}
		return this.outcome(await this.connection.exchange.send(request, isRepeat), facts);
	}

	private outcome(reply: AttemptResult, facts: RequestFacts): RequestResult {
		if ('answer' in reply) {
			this.connection.failedLogins = 0;
			const { answer, sessionIsOver } = reply;
			const words = redactErrorText(answer.words, this.secrets);
			const failure = failureOf(answer, { ...facts, sessionIsOver }, words);
			return failure ? refusal(failure) : { ok: true, body: answer.body };
		}
		if ('login' in reply) {
			// Items that wait for the same login share its failure.
			if (reply.login !== this.connection.failedLogin) this.connection.failedLogins += 1;
			this.connection.failedLogin = reply.login;
			if (!reply.login.isTransient) this.connection.noLoginUntil = Number.POSITIVE_INFINITY;
			return refusal(this.loginFailure(reply.login, facts));
		}
		if ('stopped' in reply) {
			return refusal(reply.stopped === 'before' ? neverSent(facts) : interrupted(facts));
		}
		if ('restricted' in reply) return refusal(restrictedFailure(reply.restricted, facts));
		return refusal(connectionFailure(reply.networkCode, facts));
	}

	private isLoginGivenUp(): boolean {
		return Date.now() < this.connection.noLoginUntil;
	}

	/** Those that fail because it is given up already do not prolong that. */
	private giveLoginUp(): void {
		if (this.connection.failedLogins <= this.connection.settings.maxRetries) return;
		if (!this.isLoginGivenUp()) this.connection.noLoginUntil = Date.now() + LOGIN_PAUSE_MS;
	}

	private loginFailure(error: OdinLoginError, facts: RequestFacts): OdinError {
		const reason = loginText(error.advice, redactErrorText(error.words, this.secrets));
		return new OdinError({
			kind: 'login',
			message: `Odin was not asked to ${facts.purpose}, since the login did not succeed. ${reason}`,
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
		const { sessionBody } = this.connection.exchange;
		if (!isObject(sessionBody) || sessionBody.readOnly !== true) return failure;
		return failure.with({
			message: `Administrator '${this.connection.username}' is read-only, so Odin did not ${request.purpose} (HTTP 403)`,
			description:
				'Use a credential of an administrator who may change trunk groups. Reading works with this one',
		});
	}

	private facts({ purpose, method }: OdinRequest): RequestFacts {
		return {
			purpose,
			isWrite: method !== 'GET',
			needsNoBody: method === 'PUT' || method === 'DELETE',
			username: this.connection.username,
			baseUrl: this.connection.baseUrl,
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
