import { isObject } from '../contract/convertBody';
import type { RecordedRequest } from './requestLog';

export type FaultKind =
	/** Another status (default 500) and body, nothing happens. */
	| 'status'
	/** The write happens; the answer is that of the rule: status (default 200), body, headers. */
	| 'answerAfterWrite'
	/** The write is answered as ever and does not happen: a PUT with what was there before, a POST as if it had. */
	| 'ignored'
	/** The write happens; a PUT is answered with what was there before it. */
	| 'oldProfile'
	/** The write happens; for `readLagMs` all reads show the network as it was before it. */
	| 'readLag'
	/** The token is dead from now on and the answer says so (default 401, Expired token), nothing happens. */
	| 'sessionEnded'
	/** The same, after the write. */
	| 'sessionEndedAfterWrite'
	/** The write happens, the connection is destroyed without an answer. */
	| 'lostAnswer'
	/** The connection is destroyed before anything happens. */
	| 'reset'
	/** Nothing happens and no answer ever comes. */
	| 'hang'
	/** The write happens and no answer ever comes. */
	| 'hangAfterWrite'
	/** A proxy's page (default 502), nothing happens. */
	| 'html'
	/** The write happens, the body of the answer comes in 20 pieces, one every paceMs. */
	| 'slowBody'
	/** The write happens; half of the JSON comes as a whole answer. */
	| 'truncated'
	/** The write happens; half of the JSON comes, then the connection is destroyed. */
	| 'cutBody'
	/** The write happens; a success (default 200) without a body. A refusal is answered as it is. */
	| 'empty'
	/** The write happens; a proxy's page with 502, or 504 by status. */
	| 'gatewayAfterWrite'
	/** The write happens; the text of the answer goes through `rewrite`, under the headers of the rule. */
	| 'rewritten'
	/** 302 to location, nothing happens. */
	| 'redirect'
	/** 200 and 10 MB of noise, nothing happens. */
	| 'noise'
	/** 200 with {"error": ...}, nothing happens. */
	| 'errorIn200';

export interface Fault {
	kind: FaultKind;
	status?: number;
	body?: unknown;
	headers?: Record<string, string>;
	location?: string;
	/** What a rewritten answer becomes. Default: the same. */
	rewrite?(text: string): string;
	/** Pause between the pieces of a slowBody. Default 100. */
	paceMs?: number;
	/** How long a readLag lasts. Default 300. */
	readLagMs?: number;
}

export interface FaultRule extends Fault {
	method?: string;
	/** Without base path and query. */
	path?: string;
	/** The name of the trunk group, the device or the user in body or query. */
	name?: string;
	/** Default 1; Infinity for ever. */
	times?: number;
	/** Let so many matching requests through first. */
	skip?: number;
}

export interface FaultCandidate {
	method: string;
	path: string;
	query: Record<string, string>;
	body: unknown;
	/** Counts the requests from 0 over the simulator's life. */
	sequence: number;
	/** Whether its token counts. Without it Odin would refuse the request in any case. */
	hasSession(): boolean;
}

export type FaultDecision = (request: FaultCandidate) => Fault | undefined;

/** Decides which request meets which fault: rules in the order they were added, then the injected decision. */
export class FaultPlan {
	private rules: Array<{ rule: FaultRule; skip: number; times: number }> = [];
	private decide: FaultDecision | undefined;

	add(rule: FaultRule): void {
		this.rules.push({ rule, skip: rule.skip ?? 0, times: rule.times ?? 1 });
	}

	inject(decide: FaultDecision | undefined): void {
		this.decide = decide;
	}

	clear(): void {
		this.rules = [];
		this.decide = undefined;
	}

	/** Counts the request against the rules that match it. */
	choose(
		{ method, path, query, body }: RecordedRequest,
		more: Pick<FaultCandidate, 'sequence' | 'hasSession'>,
	): Fault | undefined {
		const candidate = { method, path, query, body, ...more };
		for (const entry of this.rules) {
			if (entry.times <= 0 || !matches(entry.rule, candidate)) continue;
			if (entry.skip > 0) {
				entry.skip -= 1;
				continue;
			}
			entry.times -= 1;
			return entry.rule;
		}
		return this.decide?.(candidate);
	}
}

function matches(rule: FaultRule, { method, path, query, body }: FaultCandidate): boolean {
	if (rule.method !== undefined && rule.method.toUpperCase() !== method) return false;
	if (rule.path !== undefined && rule.path !== path) return false;
	return (
		rule.name === undefined ||
		[query, body].some((keys) => isObject(keys) && NAMES.some((name) => keys[name] === rule.name))
	);
}

const NAMES = ['name', 'deviceName', 'userId'];
