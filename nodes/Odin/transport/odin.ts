import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IExecuteFunctions,
	IHttpRequestMethods,
	ILoadOptionsFunctions,
} from 'n8n-workflow';
import { randomInt, sleep } from 'n8n-workflow';
import type { JsonObject } from '../trunkGroup/json';
import { isObject } from '../trunkGroup/json';
import { scrub } from '../trunkGroup/masking';
import { apiAddress, callUrl } from './address';
import { readAnswer, type Answer } from './answer';
import { OdinFailure } from './failure';
import { connectionFailure, failureOf, type RequestFacts } from './outcome';
import { forget, wasIssuedSince } from './session';

export interface OdinRequest {
	method: Extract<IHttpRequestMethods, 'GET' | 'POST' | 'PUT' | 'DELETE'>;
	/** Below the base URL, e.g. /groups/trunk-groups */
	path: string;
	query?: Record<string, string>;
	body?: JsonObject;
	/** What it is for, a verb phrase that messages are built with */
	purpose: string;
}

export type Outcome = { ok: true; body: unknown } | { ok: false; failure: OdinFailure };

export interface OdinSettings {
	/** Milliseconds until a request counts as unanswered */
	timeout: number;
}

const CREDENTIAL = 'odinApi';

/** Both are answered for a session that has ended. Nothing was done then, so the request may be sent again. */
const SESSION_ENDED = [401, 403];

/** More than two are needed where Odin allows one session only and the logins of n8n's workers end each other's. */
const MOST_SENDS = 6;
/** By chance, so that two workers do not go on ending each other's session. */
const SHORTEST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 1_000;

/** Odin over HTTP, for one execution of the node: one credential, its session, and what must never be shown. */
export class Odin {
	private readonly secrets = new Set<string>();

	private ownSession: Promise<Outcome> | undefined;

	/** A login that Odin refused for good: trying it again for every item could lock the administrator out. */
	private refusedLogin: Error | undefined;

	/** Not even newly issued tokens were accepted. */
	private sessionsEndAtOnce = false;

	private constructor(
		private readonly context: IExecuteFunctions | ILoadOptionsFunctions,
		private readonly credentials: ICredentialDataDecryptedObject,
		private readonly settings: OdinSettings,
	) {
		this.keepSecret(credentials.password);
		this.keepSecret(credentials.token);
	}

	/** Reads the credential, once for all requests: in n8n each reading costs a query and a decryption. */
	static async open(
		context: IExecuteFunctions | ILoadOptionsFunctions,
		settings: OdinSettings,
	): Promise<Odin> {
		return new Odin(context, await context.getCredentials(CREDENTIAL), settings);
	}

	/** From now on this value appears in no message. */
	keepSecret(secret: unknown): void {
		if (typeof secret === 'string' && secret !== '') this.secrets.add(secret);
	}

	/** Sends a request and returns the body of the answer; throws OdinFailure for any other than the wanted one. */
	async request(request: OdinRequest): Promise<unknown> {
		const outcome = await this.send(request);
		if (!outcome.ok) throw outcome.failure;
		return outcome.body;
	}

	/** Sends a request and returns what became of it. Does not throw. */
	async send(request: OdinRequest): Promise<Outcome> {
		const outcome = await this.sendOnce(request);
		if (outcome.ok || outcome.failure.kind !== 'forbidden' || request.method === 'GET') {
			return outcome;
		}
		return await this.explainForbidden(request, outcome);
	}

	/** The session that Odin keeps for this login: who the administrator is and what he may do. Read once. */
	async session(): Promise<Outcome> {
		this.ownSession ??= this.sendOnce({
			method: 'GET',
			path: '/auth/session',
			purpose: 'tell the session of this administrator',
		});
		return await this.ownSession;
	}

	private async sendOnce(request: OdinRequest): Promise<Outcome> {
		const facts = this.facts(request);
		const begun = Date.now();
		let token: unknown = this.credentials.token;
		for (let sends = 1; ; sends++) {
			if (this.refusedLogin) {
				return { ok: false, failure: this.loginFailure(this.refusedLogin, facts) };
			}
			const { response, used } = await this.exchange(request, token);
			const outcome = this.outcome(response, facts);
			const status = outcome.ok ? 200 : (outcome.failure.httpStatus ?? 0);
			if (!SESSION_ENDED.includes(status)) return outcome;
			if (sends === MOST_SENDS) {
				this.sessionsEndAtOnce = true;
				return outcome;
			}
			token = await this.tokenAfter(used, status, begun);
			if (token === undefined) return outcome;
		}
	}

	/** @param token to send it with; if it is empty, n8n logs in first */
	private async exchange(
		request: OdinRequest,
		token: unknown,
	): Promise<{ response: unknown; used: unknown }> {
		const address = apiAddress(this.credentials.baseUrl);
		// Each request has its own copy of the token, so that after a refusal it is known which token was refused.
		const data: ICredentialDataDecryptedObject = {
			...this.credentials,
			token: String(token ?? ''),
		};
		const { id = '', name = '' } = this.context.getNode().credentials?.[CREDENTIAL] ?? {};
		let response: unknown;
		try {
			response = await this.context.helpers.httpRequestWithAuthentication.call(
				this.context,
				CREDENTIAL,
				{
					method: request.method,
					url: address ? callUrl(address, request.path, request.query) : '',
					// As text: axios would copy an object and leave out keys such as `constructor`.
					...(request.body && { body: JSON.stringify(request.body) }),
					headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
					// Read as text: a truncated or foreign body must not pass for JSON.
					encoding: 'text',
					returnFullResponse: true,
					disableFollowRedirect: true,
					ignoreHttpStatusErrors: true,
					timeout: this.settings.timeout,
				},
				{ credentialsDecrypted: { id: id ?? '', name, type: CREDENTIAL, data } },
			);
		} catch (error) {
			response = error;
		} finally {
			if (data.token !== token) this.takeOver(data);
		}
		return { response, used: data.token };
	}

	/**
	 * What to send a request with after its token was refused: the token that another item or another n8n worker has
	 * got in the meantime, or none, which makes n8n log in. Undefined if Odin does not want this session at all.
	 */
	private async tokenAfter(refused: unknown, status: number, begun: number): Promise<unknown> {
		const isNew = wasIssuedSince(this.credentials, refused, begun);
		// A right that is missing; and an Odin that knows no session, which is not asked again for every item.
		if (isNew && (status === 403 || this.sessionsEndAtOnce)) return undefined;
		forget(this.credentials, refused);
		// A session that ends at once was ended by the login of another worker; n8n may not have stored that one yet.
		if (isNew) await sleep(randomInt(SHORTEST_PAUSE_MS, LONGEST_PAUSE_MS));
		if (this.credentials.token !== refused) return this.credentials.token;
		const stored = await this.context.getCredentials(CREDENTIAL);
		if (stored.token === refused || stored.token === '') return '';
		this.takeOver(stored);
		return stored.token;
	}

	/** A session that was renewed for one request serves all that follow. */
	private takeOver(data: ICredentialDataDecryptedObject): void {
		this.keepSecret(data.token);
		this.credentials.token = data.token ?? '';
		this.credentials.issuedTo = data.issuedTo ?? '';
	}

	private outcome(response: unknown, facts: RequestFacts): Outcome {
		const answer = this.answerIn(response);
		if (answer) {
			const failure = failureOf(answer, facts);
			return failure ? { ok: false, failure } : { ok: true, body: answer.body };
		}
		const { cause, code } = response as { cause?: unknown; code?: unknown };
		if (cause instanceof Error && cause.name === 'OdinLoginError') {
			if (!('transient' in cause && cause.transient)) this.refusedLogin = cause;
			return { ok: false, failure: this.loginFailure(cause, facts) };
		}
		const causeCode =
			isObject(cause) || cause instanceof Error ? (cause as { code?: unknown }).code : undefined;
		const networkCode = [causeCode, code].find((given) => typeof given === 'string');
		return { ok: false, failure: connectionFailure(networkCode as string | undefined, facts) };
	}

	/** The answer of Odin, also of one that n8n hands over as an exception (a session that has ended). */
	private answerIn(response: unknown): Answer | undefined {
		const full = response as IDataObject;
		const thrown = (full.cause as { response?: IDataObject } | undefined)?.response;
		const status = Number(full.statusCode ?? thrown?.status);
		if (!Number.isInteger(status)) return undefined;
		const text = String(full.body ?? thrown?.data ?? '');
		const headers = (full.headers ?? thrown?.headers ?? {}) as Record<string, string>;
		const answer = readAnswer(status, text, headers);
		return { ...answer, words: scrub(answer.words, this.secrets) };
	}

	private loginFailure(error: Error, facts: RequestFacts): OdinFailure {
		return new OdinFailure({
			kind: 'login',
			message: `Odin was not asked to ${facts.purpose}, since the login did not succeed. ${scrub(error.message, this.secrets)}`,
			description: 'Nothing was sent. Open the credential and test it there',
		});
	}

	private async explainForbidden(
		request: OdinRequest,
		outcome: Extract<Outcome, { ok: false }>,
	): Promise<Outcome> {
		const session = await this.session();
		if (!session.ok || !isObject(session.body) || session.body.readOnly !== true) return outcome;
		const { failure } = outcome;
		return {
			ok: false,
			failure: new OdinFailure({
				kind: 'forbidden',
				message: `Administrator '${this.facts(request).username}' is read-only, so Odin did not ${request.purpose} (HTTP 403)`,
				description:
					'Use a credential of an administrator who may change trunk groups. Reading works with this one',
				httpStatus: failure.httpStatus,
				odinMessage: failure.odinMessage,
			}),
		};
	}

	private facts({ purpose, method }: OdinRequest): RequestFacts {
		return {
			purpose,
			isWrite: method !== 'GET',
			username: String(this.credentials.username ?? ''),
			baseUrl: apiAddress(this.credentials.baseUrl)?.baseUrl ?? 'the Base URL',
		};
	}
}
