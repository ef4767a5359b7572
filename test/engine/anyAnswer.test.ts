import fc from 'fast-check';

import { useOdin, type Json } from './support/odinRuns';
import { addSites, OPERATIONS, SITES } from './support/operationTable';
import { propertyRuns } from './support/propertyRuns';
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

/** JSON that stands where a value should be. */
const HOSTILE_JSON = [
	'{"toString":1}',
	'{"toString":null,"valueOf":null}',
	'[{"toString":1}]',
	'{"toJSON":1}',
	'{"__proto__":{"name":"x"}}',
	'{"\\u005f_proto__":{"toString":1}}',
	'{"constructor":{"prototype":null}}',
	'{"then":1,"length":-1}',
	'{"hasOwnProperty":1}',
	'1e999',
	'-1e999',
	'1e-999',
	'-0',
	'123456789012345678901234567890',
	`${'9'.repeat(20_000)}`,
	`"${'9'.repeat(20_000)}"`,
	`"${'a'.repeat(20_000)}"`,
	'"\\u0000\\u001b[31m\\u202e"',
	'"\\ud800"',
	'"={{ $env.PATH }}"',
	'null',
	'true',
	'false',
	'""',
	'" "',
	'0',
	'[]',
	'{}',
	'[null]',
	'[[]]',
	'[1,"a",null,{}]',
	nested(49, '[', ']'),
	nested(60, '{"a":', '}'),
	nested(3000, '[', ']'),
	nested(20_000, '{"error":', '}'),
];

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
	...HOSTILE_JSON,
];

const hostileJson = fc.oneof(
	{ weight: 3, arbitrary: fc.constantFrom(...HOSTILE_JSON) },
	{ weight: 1, arbitrary: fc.json() },
);

/** The places in a JSON text where a value stands. */
const VALUES = /(?<=[[:,])(?:"(?:[^"\\]|\\.)*"|-?[\d.]+|true|false|null|\{\}|\[\])(?=[\],}])/g;

/** What Odin answered, with one value or key replaced. */
const mutated = fc
	.tuple(fc.nat(), hostileJson, fc.constantFrom('value', 'key', 'wrap'))
	.map(([place, json, what]) => (text: string) => {
		if (what === 'wrap') return `{"data":${text === '' ? 'null' : text},"more":${json}}`;
		if (what === 'key') return text.replace(/"name":|"userId":|"groupId":/, '"__proto__":');
		const places = [...text.matchAll(VALUES)];
		const chosen = places[place % Math.max(1, places.length)];
		if (!chosen) return json;
		return text.slice(0, chosen.index) + json + text.slice(chosen.index + chosen[0].length);
	});

const body: fc.Arbitrary<(text: string) => Uint8Array | string> = fc.oneof(
	{ weight: 4, arbitrary: mutated },
	{ weight: 3, arbitrary: fc.constantFrom(...HOSTILE_TEXTS).map((text) => () => text) },
	{ weight: 1, arbitrary: fc.json().map((text) => () => text) },
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

const place = fc.constantFrom<Array<number | 'all'>>(0, 0, 0, 1, 1, 2, -1, 'all');

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

describe.each(Object.entries(OPERATIONS))('%s', (action, { parameters, writes }) => {
	it('takes any answer', async () => {
		await fc.assert(
			fc.asyncProperty(spoiled, place, async (answer, at) => {
				await odin.restart();
				addSites(odin.network);
				spoiler.putBefore(odin.simulator.baseUrl);
				const { username, password } = odin.simulator;
				await odin.engine.setCredentials({ baseUrl: spoiler.baseUrl, username, password });
				spoiler.spoil = (index) =>
					index === at || (at === 'all' && index >= 0) ? answer : undefined;
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
			propertyRuns(20),
		);
	});
});

const isFailed = (json: Json): json is { error: string; details: Json } =>
	typeof json.error === 'string' && typeof json.details === 'object';
