/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/require-node-api-error */
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Failure } from '../processes/failure';

const PATIENCE_MS = 120_000;

/** An answer other than the wanted one. */
export class N8nRefusal extends Failure {
	constructor(
		readonly status: number,
		message: string,
	) {
		super(message);
	}
}

export interface Answer {
	status: number;
	body: unknown;
}

export interface Request {
	method?: 'GET' | 'POST';
	body?: unknown;
	headers?: Record<string, string>;
	/** Milliseconds until n8n counts as not answering */
	patience?: number;
}

/** One JSON request; an answer of any status is returned, no answer is a failure. */
export async function sendJson(
	url: string,
	{ method = 'POST', body, headers, patience = PATIENCE_MS }: Request,
): Promise<Answer & { headers: Headers }> {
	try {
		const response = await fetch(url, {
			method,
			headers: { 'content-type': 'application/json', ...headers },
			body: JSON.stringify(body),
			signal: AbortSignal.timeout(patience),
		});
		const text = await response.text();
		return { status: response.status, headers: response.headers, body: parse(text) };
	} catch (error) {
		// If n8n broke down, its own last words say more than the connection it dropped; they arrive in this time.
		await delay(1_000);
		throw new Failure(`n8n did not answer at ${url}: ${String((error as Error).cause ?? error)}`);
	}
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}

/** n8n's internal API, the one its editor uses, as the owner of the instance. */
export class N8nApi {
	readonly #browser = { 'browser-id': randomUUID() };
	#cookie = '';

	constructor(readonly url: string) {}

	async get<T>(path: string): Promise<T> {
		return await this.send<T>(path, { method: 'GET' });
	}

	async post<T>(path: string, body: unknown): Promise<T> {
		return await this.send<T>(path, { body });
	}

	/** @returns the `data` of the answer */
	private async send<T>(path: string, request: Request): Promise<T> {
		const headers = { ...this.#browser, cookie: this.#cookie };
		const answer = await sendJson(`${this.url}/rest${path}`, { ...request, headers });
		const cookie = answer.headers.getSetCookie().find((text) => text.startsWith('n8n-auth='));
		if (cookie !== undefined) this.#cookie = cookie.split(';')[0] ?? '';
		if (answer.status >= 300) {
			const { message, description } = (answer.body ?? {}) as Record<string, string | undefined>;
			const told = [message ?? String(answer.body), description].filter(Boolean).join('\n');
			throw new N8nRefusal(answer.status, `n8n answered ${answer.status} to ${path}: ${told}`);
		}
		return (answer.body as { data: T }).data;
	}
}
