import fc from 'fast-check';
import type { INodeProperties } from 'n8n-workflow';

import type { RunResult } from './harness';
import { expectationOf, STORED, type Expectation } from './support/expectations';
import { itemsOf, prepared, type Item } from './support/hostileItems';
import { useOdin } from './support/odinRuns';
import { propertyRuns } from './support/propertyRuns';
import { RawItems } from './support/rawItems';
import { KEY, kinds, parametersOf, type Kind } from './support/trunkGroupWrites';
import { isObject } from './support/valueRules';

type Json = Record<string, unknown>;

const TRUNK_GROUPS = '/groups/trunk-groups';

const raw = new RawItems();

const odin = useOdin({
	switches: { strict: false },
	nodeTypes: raw.nodeTypes,
});

beforeAll(() => {
	labels = labelsOf(odin.engine.description().properties);
});

let labels: ReadonlyMap<string, string>;

/** What the form calls its parameters and the entries of its collections. */
function labelsOf(properties: INodeProperties[]): Map<string, string> {
	const entries = properties.flatMap((property) =>
		property.type === 'collection' ? ((property.options ?? []) as INodeProperties[]) : [property],
	);
	return new Map(entries.map(({ name, displayName }) => [name, displayName]));
}

const labelOf = (entry: string): string => labels.get(entry) ?? entry;

/** Equal for equal JSON, whatever the order of its keys. */
function canonical(value: unknown): string {
	return JSON.stringify(value, (_, inner: unknown) =>
		isObject(inner)
			? Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)))
			: inner,
	);
}

const short = (value: unknown): string => {
	const text = typeof value === 'string' ? value : canonical(value);
	return text.length > 600 ? `${text.slice(0, 600)}… (${text.length})` : text;
};

/** Odin as it takes everything, and has what `kind` says. */
function answerAll({ existing }: Kind): void {
	odin.simulator.clearFaults();
	odin.simulator.injectFault(({ method, path, query, body }) => {
		if (path !== TRUNK_GROUPS) return undefined;
		if (method !== 'GET') {
			const { newName, ...sent } = body as Json;
			return { kind: 'status', status: 200, body: { ...sent, name: newName ?? sent.name } };
		}
		return existing
			? { kind: 'status', status: 200, body: { ...STORED, ...query } }
			: { kind: 'status', status: 404, body: { error: 'Trunk group not found' } };
	});
}

/** The one output item of each input item. */
function outcomesOf({ output, error }: RunResult, count: number): Json[] {
	expect(error?.message).toBeUndefined();
	const outcomes = (output[0] ?? []).map(({ json }) => json);
	expect(outcomes).toHaveLength(count);
	return outcomes;
}

const quoted = (label: string): string => {
	const characters = [...label.slice(0, 202)];
	return characters.length > 100 ? `'${characters.slice(0, 100).join('')}…'` : `'${label}'`;
};

/** Complaints about what became of an item that was to be refused, or may be. */
function complaintsAbout(outcome: Json, { refused, mayBeRefused }: Expectation): string[] {
	const message = String(outcome.error ?? '');
	const isRefused = (outcome.details as Json | undefined)?.kind === 'parameter';
	const complaints: string[] = [];
	if (refused.length > 0 && !isRefused) complaints.push('should be refused');
	if ('error' in outcome && !isRefused) complaints.push('went wrong at Odin');
	if (message.length > 1500) complaints.push(`says too much: ${message.length} characters`);
	if (/could not handle/.test(message)) complaints.push('crashed');
	// One reason that may be given is enough: what else would be said depends on it.
	if (isRefused && mayBeRefused.some((label) => message.includes(quoted(label)))) return complaints;
	if (refused.length === 0 && isRefused) complaints.push('should not be refused');
	const named = isRefused ? refused : [];
	for (const label of named) {
		const words = / /.test(label) && message.includes(label) ? label : quoted(label);
		if (!message.includes(words)) complaints.push(`does not name ${short(label)}`);
	}
	return complaints;
}

async function runItems(kind: Kind, items: Item[]): Promise<void> {
	answerAll(kind);
	odin.simulator.clearRequests();
	const all = items.map((item, index) => prepared(item, index, kind));
	const run = await raw.run(
		odin.engine,
		all.map(({ json }) => json),
		parametersOf(kind),
		{ onError: 'continueRegularOutput' },
	);
	const outcomes = outcomesOf(run, items.length);
	const bodies: string[] = [];
	all.forEach(({ json, given }, index) => {
		const outcome = outcomes[index] ?? {};
		const expected = expectationOf(kind, given, labelOf);
		const complaints = complaintsAbout(outcome, expected);
		if (expected.body && !('error' in outcome)) {
			if (kind.write === 'compare') {
				const differences = Object.entries(expected.body).map(([field, value]) => ({
					field,
					expected: value,
					actual: STORED[field],
				}));
				const byField = (list: unknown) =>
					[...(list as Json[])].sort((one, other) =>
						String(one.field) < String(other.field) ? -1 : 1,
					);
				if (canonical(byField(outcome.differences)) !== canonical(byField(differences))) {
					complaints.push(`is compared as ${short(outcome.differences)}`);
				}
			} else {
				bodies.push(canonical(expected.body));
			}
		}
		if (complaints.length > 0) {
			throw new Error(
				`Item ${short(json)}\n${complaints.join('; ')}\nexpected ${short(expected)}\ngot ${short(outcome)}`,
			);
		}
	});
	const writes = odin.simulator.requests.filter(
		({ method, path }) => method !== 'GET' && !path.startsWith('/auth/'),
	);
	expect(writes.map(({ body }) => short(canonical(body))).sort()).toEqual(bodies.map(short).sort());
	expect(writes.map(({ body }) => canonical(body)).sort()).toEqual(bodies.sort());
	const method = kind.existing ? 'PUT' : 'POST';
	for (const request of odin.simulator.requests.filter(({ path }) => !path.startsWith('/auth/'))) {
		expect([request.path, ['GET', method].includes(request.method)]).toEqual([TRUNK_GROUPS, true]);
		expect(Object.keys(request.query)).toEqual(request.method === 'GET' ? KEY : []);
	}
	for (const { message } of run.hints) expect(message.length).toBeLessThan(5000);
}

describe.each(Object.entries(kinds))('whatever comes to %s', (_, kind) => {
	it('arrives at Odin exactly or is refused by its label', async () => {
		await fc.assert(
			fc.asyncProperty(itemsOf(kind), async (items) => await runItems(kind, items)),
			propertyRuns(8),
		);
	});
});
