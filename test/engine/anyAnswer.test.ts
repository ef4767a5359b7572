import fc from 'fast-check';

import { useOdin, type Json } from './support/odinRuns';
import { addSites, OPERATIONS, SITES } from './support/operationTable';
import { propertyRuns } from '../propertyRuns';
import { Spoiler, type SpoiledAnswer } from './support/spoiler';

/**
 * Whatever a server answers to any request of any operation, the item ends as a result, as a failed item or as one whose
 * outcome is unknown, and what is claimed is true. FC_RUNS=500 FC_SEED=7 npm run test:jest -- test/engine/anyAnswer tries more.
 */

const odin = useOdin();
const spoiler = new Spoiler();

beforeAll(async () => {
	await spoiler.start();
});

afterAll(async () => {
	await spoiler.stop();
});

const nested = (depth: number, open: string, close: string) =>
	`${open.repeat(depth)}1${close.repeat(depth)}`;

/** JSON that stands where a value should be, by what is wrong with it. */
const HOSTILE_JSON: Record<string, string[]> = {
	'methods of its own': [
		'{"toString":1}',
		'{"toString":null,"valueOf":null}',
		'[{"toString":1}]',
		'{"\\u0074oString":1}',
		'{"toJSON":1}',
		'{"then":1,"length":-1,"hasOwnProperty":1}',
	],
	'another prototype': [
		'{"__proto__":{"name":"x"}}',
		'{"\\u005f_proto__":{"toString":1}}',
		'{"constructor":{"prototype":null}}',
	],
	'a number that is none': [
		'1e999',
		'-1e999',
		'1e-999',
		'-0',
		'123456789012345678901234567890',
		'9'.repeat(20_000),
	],
	'nesting without end': [
		nested(49, '[', ']'),
		nested(60, '{"a":', '}'),
		nested(3000, '[', ']'),
		nested(20_000, '{"error":', '}'),
	],
	'a long or odd text': [
		`"${'9'.repeat(20_000)}"`,
		`"${'a'.repeat(20_000)}"`,
		'"\\u0000\\u001b[31m\\u202e"',
		'"\\ud800"',
		'"={{ $env.PATH }}"',
	],
	nothing: ['null', 'true', 'false', '""', '" "', '0', '[]', '{}', '[null]', '[[]]', '[1,"a",{}]'],
};

const HOSTILE_TEXTS = [
	'',
	' ',
	'OK',
	'{',
	'{"a":1}{"a":2}',
	'<html><body>Bad gateway</body></html>',
	'\uFEFF{"name":"x"}',
	'{"name":"a","name":{"toString":1}}',
	'{"success":false}',
	'{"status":"failed","message":"Could not do it"}',
	'{"error":{"error":{"error":{"error":{"error":{"error":"deep"}}}}}}',
	`{"message":"${'a '.repeat(10_000)}"}`,
	`{"error":"${'%41'.repeat(5_000)}"}`,
];

const hostileJson = fc.oneof(
	...Object.values(HOSTILE_JSON).map((texts) => fc.constantFrom(...texts)),
	fc.json(),
);

/** The places in a JSON text where a value stands. */
const VALUES = /(?<=[[:,])(?:"(?:[^"\\]|\\.)*"|-?[\d.]+|true|false|null|\{\}|\[\])(?=[\],}])/g;

/** The values that a row or profile is known by, and counted with. */
const KNOWN_BY =
	/(?<="(?:name|userId|deviceName|groupId|groupName|serviceProviderId|maxActiveCalls|password|token)":)(?:"(?:[^"\\]|\\.)*"|-?[\d.]+|null)/g;

/** What Odin answered, with one value or key replaced. */
const mutated = fc
	.tuple(fc.nat(), hostileJson, fc.constantFrom('known by', 'known by', 'value', 'key', 'wrap'))
	.map(([place, json, what]) => (text: string) => {
		if (what === 'wrap') return `{"data":${text === '' ? 'null' : text},"more":${json}}`;
		if (what === 'key') return text.replace(/"(name|userId|groupId)":/, '"__proto__":');
		const places = [...text.matchAll(what === 'value' ? VALUES : KNOWN_BY)];
		const chosen = places[place % Math.max(1, places.length)];
		if (!chosen) return json;
		return text.slice(0, chosen.index) + json + text.slice(chosen.index + chosen[0].length);
	});

const body: fc.Arbitrary<(text: string) => Uint8Array | string> = fc.oneof(
	{ weight: 4, arbitrary: mutated },
	{ weight: 2, arbitrary: fc.constantFrom(...HOSTILE_TEXTS).map((text) => () => text) },
	{ weight: 1, arbitrary: hostileJson.map((text) => () => text) },
	{ weight: 1, arbitrary: fc.string({ unit: 'binary' }).map((text) => () => text) },
	{ weight: 1, arbitrary: fc.uint8Array({ maxLength: 300 }).map((bytes) => () => bytes) },
);

const headers = fc.constantFrom<Array<Record<string, string>>>(
	{},
	{},
	{},
	{ 'content-type': 'text/html; charset=utf-16' },
	{ 'content-encoding': 'gzip' },
	{ 'content-encoding': 'br' },
	{ 'retry-after': '1e999', date: 'never' },
	{ location: 'http://127.0.0.1:9/', 'set-cookie': '__proto__=1' },
);

// A server that does something and answers that it refused would deceive anybody.
const outcome = fc.oneof(
	fc.record({ isDone: fc.constant(true), status: fc.constantFrom(200, 200, 201, 204, 500, 502) }),
	fc.record({
		isDone: fc.constant(false),
		status: fc.constantFrom(302, 400, 401, 403, 404, 409, 422, 429, 500, 503, 599),
	}),
);

const spoiled: fc.Arbitrary<SpoiledAnswer> = fc
	.tuple(outcome, headers, body, fc.nat(9))
	.map(([{ isDone, status }, more, made, chance]) => ({
		isDone,
		status,
		headers: more,
		body: made,
		isCut: chance === 0,
	}));

const LOGIN = -1;

const place = fc.constantFrom<Array<number | 'all'>>(0, 0, 0, 1, 1, 2, LOGIN, 'all');

const KINDS = [
	'login',
	'session',
	'unreachable',
	'forbidden',
	'refused',
	'notFound',
	'busy',
	'lost',
	'redirect',
	'notApplied',
	// An answer without anything in it says that there is no such device, and a new one needs its type.
	'parameter',
];

/** What Odin has, as a person would compare it. */
const ledger = (): string => {
	const [site] = SITES;
	const { serviceProvider, group } = site!;
	return JSON.stringify([
		odin.network.trunkGroups(serviceProvider, group),
		odin.network.group(serviceProvider, group),
	]);
};

const stands = (name: string): boolean => {
	const [site] = SITES;
	const key = { serviceProviderId: site!.serviceProvider, groupId: site!.group, name };
	return odin.stored(key) !== undefined;
};

async function freshOdin(): Promise<void> {
	await odin.restart();
	addSites(odin.network);
	spoiler.putBefore(odin.simulator.baseUrl);
	const { username, password } = odin.simulator;
	await odin.engine.setCredentials({ baseUrl: spoiler.baseUrl, username, password });
}

const operations = Object.entries(OPERATIONS).map(([action, row], index) => ({
	action,
	...row,
	index,
}));

describe.each(operations)('$action', ({ action, parameters, writes, index }) => {
	beforeAll(freshOdin);

	it('takes any answer', async () => {
		await fc.assert(
			fc.asyncProperty(spoiled, place, async (answer, at) => {
				if (writes) await freshOdin();
				else spoiler.putBefore(odin.simulator.baseUrl);
				// Logged in, so that the first request is one that Odin would carry out.
				await odin.all('serviceProvider.getAll');
				spoiler.putBefore(odin.simulator.baseUrl);
				if (at === LOGIN) odin.simulator.revokeTokens();
				spoiler.spoil = (request) =>
					request === at || (at === 'all' && request !== LOGIN) ? answer : undefined;
				const before = ledger();

				const run = await odin.run(
					action,
					{ ...parameters, options: { maxRetries: 0 } },
					{ items: SITES.slice(0, 1), node: { onError: 'continueRegularOutput' } },
				);

				expect(run.error).toBeUndefined();
				const items = run.output[0] ?? [];
				for (const { pairedItem } of items) expect(pairedItem).toEqual({ item: 0 });
				const failed = items.map(({ json }) => json as Json).find(isFailed);
				if (failed) expect(KINDS).toContain(failed.details.kind);
				if (!writes) return;
				if (failed && ledger() !== before) {
					expect(failed.details.kind).toBe('lost');
					expect(failed.details.description).not.toMatch(/Nothing was/);
				}
				const [site] = SITES;
				if (failed) return;
				if (action === 'trunkGroup.create') expect(stands(`${site!.name}-new`)).toBe(true);
				if (action === 'trunkGroup.delete') expect(stands(`${site!.name}-idle`)).toBe(false);
			}),
			// Other values for each operation.
			{ ...propertyRuns(20), seed: Number(fc.readConfigureGlobal().seed) + index },
		);
	});
});

const isFailed = (json: Json): json is { error: string; details: Json } =>
	typeof json.error === 'string' && typeof json.details === 'object';
