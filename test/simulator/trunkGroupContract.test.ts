import fc from 'fast-check';

import { type Simulator, startSimulator } from '../../simulator';
import {
	isWritableOn,
	type Operation,
	TRUNK_GROUP_FIELDS,
} from '../../simulator/contract/trunkGroupFields';
import { PROFILE_KEYS } from '../../simulator/trunkGroups/profile';
import { createBody, HQ, REQUIRED_DEFAULTS } from './documentedTrunkGroup';
import { companionsOf, HIGHEST, invalidValue, validValue } from './fieldValues';
import { logIn, type OdinClient } from './odinClient';

const PATH = '/groups/trunk-groups';
const KEY = { ...HQ, name: 'acme-hq-trunk-1' };
const RUNS = { numRuns: 4 };

let simulator: Simulator;
let client: OdinClient;

beforeAll(async () => {
	simulator = await startSimulator({ numbersForDigits: false });
	const capacity = simulator.network.callCapacity('acme-ent', 'acme-hq');
	Object.assign(capacity ?? {}, { maxActiveCalls: HIGHEST, burstingMaxActiveCalls: -1 });
	client = await logIn(simulator);
});
afterAll(async () => await simulator.close());

const keys = new Set<string>(['serviceProviderId', 'groupId', 'name', 'newName', 'pilotUserId']);
const answered = TRUNK_GROUP_FIELDS.filter(
	({ name, readOnly }) => !readOnly && !keys.has(name) && PROFILE_KEYS.some((key) => key === name),
);

function withoutStored(): void {
	for (const trunkGroup of simulator.network.trunkGroups('acme-ent', 'acme-hq')) {
		simulator.network.removeTrunkGroup(trunkGroup);
	}
}

/** Any choice of fields with valid values, and what these values require of others. */
function anyProfile(operation: Operation): fc.Arbitrary<Record<string, unknown>> {
	const fields = answered.filter((field) => isWritableOn(field, operation));
	const values = fields.map((field) => [field.name, validValue(field)] as const);
	return fc
		.record(Object.fromEntries(values), { requiredKeys: [] })
		.map((profile) => ({ ...companionsOfAll(profile), ...profile }));
}

function companionsOfAll(profile: Record<string, unknown>): Record<string, unknown> {
	const companions = answered.map((field) => companionsOf(field, profile[field.name]));
	return Object.assign({}, ...companions);
}

/** What of a profile must come back as it was sent. */
function comparable(profile: Record<string, unknown>, sent: Record<string, unknown>) {
	const { sipAuthenticationPassword, ...visible } = sent;
	const names = Object.keys(sipAuthenticationPassword === undefined ? sent : visible);
	return Object.fromEntries(
		names.map((name) => [name, name === 'users' ? hostedIds(profile.users) : profile[name]]),
	);
}

const hostedIds = (users: unknown) =>
	(users as Array<{ userId: string }>).map(({ userId }) => ({ userId }));

describe.each([false, true])('strict %s', (strict) => {
	beforeAll(() => simulator.configure({ strict }));
	beforeEach(withoutStored);

	test('any valid fields come back from create and get as they were sent', async () => {
		await fc.assert(
			fc
				.asyncProperty(anyProfile('create'), async (fields) => {
					const { status, data } = await client.post(PATH, createBody(fields));
					expect([status, data.error]).toEqual([200, undefined]);
					expect((await client.get(PATH, KEY)).data).toEqual(data);
					expect(comparable(data, fields)).toEqual(comparable(fields, fields));
				})
				.afterEach(withoutStored),
			{ numRuns: 60 },
		);
	});

	test('any valid fields come back from update, over whatever is stored', async () => {
		await fc.assert(
			fc
				.asyncProperty(anyProfile('create'), anyProfile('update'), async (stored, fields) => {
					// Hosted users would keep the access device from changing.
					await client.post(PATH, createBody({ ...stored, users: [] }));
					const { data: before } = await client.get(PATH, KEY);
					const { status, data } = await client.put(PATH, { ...KEY, ...fields });
					expect([status, data.error]).toEqual([200, undefined]);
					expect(comparable(data, fields)).toEqual(comparable(fields, fields));
					expect(data).toEqual({ ...before, ...comparable(data, fields), users: data.users });
				})
				.afterEach(withoutStored),
			{ numRuns: 60 },
		);
	});
});

describe('a strict Odin', () => {
	beforeAll(() => simulator.configure({ strict: true }));
	beforeEach(withoutStored);

	test.each(
		TRUNK_GROUP_FIELDS.filter(
			({ writeOn, name }) =>
				(writeOn ?? []).length > 0 &&
				!/^(hostedUserId|hostedUserIdList|delete.*|pilotUser)$/.test(name),
		).map((field) => [field.name, field] as const),
	)('refuses any invalid %s on create and update, naming it', async (name, field) => {
		const key = { ...HQ, name: 'unchanged' };
		await client.post(PATH, createBody(key));
		const before = (await client.get(PATH, key)).data;
		await fc.assert(
			fc.asyncProperty(invalidValue(field), async (value) => {
				const answers = [
					...(isWritableOn(field, 'create')
						? [await client.post(PATH, createBody({ [name]: value }))]
						: []),
					...(isWritableOn(field, 'update')
						? [await client.put(PATH, { ...key, [name]: value })]
						: []),
				];
				for (const { status, data } of answers) {
					expect([status, data.error]).toEqual([400, expect.stringContaining(name)]);
				}
			}),
			RUNS,
		);
		expect(simulator.network.trunkGroups('acme-ent', 'acme-hq')).toHaveLength(1);
		expect((await client.get(PATH, key)).data).toEqual(before);
	});

	test.each(Object.keys(REQUIRED_DEFAULTS))(
		'requires the default of %s on create',
		async (name) => {
			const { status, data } = await client.post(PATH, createBody({ [name]: undefined }));
			expect([status, data.error]).toEqual([400, `Missing required key: ${name}`]);
		},
	);

	test.each(TRUNK_GROUP_FIELDS.map(({ name }) => name))(
		'refuses null for %s on create',
		async (name) => {
			expect((await client.post(PATH, createBody({ [name]: null }))).data.error).toContain(name);
		},
	);

	test.each([
		['POST', 'unknownKey'],
		['PUT', 'unknownKey'],
		['POST', 'newName'],
		['POST', 'pilotUserId'],
		['PUT', 'pilotUserNetworkClassOfService'],
		['POST', 'pilotUserCallingLineIdentityPolicy'],
	])('refuses with %s the key %s', async (method, name) => {
		await client.post(PATH, createBody({ name: 'stored' }));
		const body = method === 'POST' ? createBody() : { ...HQ, name: 'stored' };
		const { status, data } = await client.request({
			method,
			url: PATH,
			data: { ...body, [name]: 'No Calls' },
		});
		expect([status, data.error]).toEqual([400, `This key is not permitted: ${name}`]);
	});

	test('counts characters, not UTF-16 units', async () => {
		const name = '🚚'.repeat(30);
		expect((await client.post(PATH, createBody({ name }))).status).toBe(200);
		expect((await client.post(PATH, createBody({ name: `${name}x` }))).data.error).toContain(
			'name',
		);
	});
});

describe('a tolerant Odin', () => {
	beforeAll(() => simulator.configure({ strict: false }));
	beforeEach(withoutStored);

	const ofType = (...types: string[]) =>
		answered
			.filter(({ type }) => types.includes(type))
			.map((field) => [field.name, field] as const);

	test.each(ofType('boolean', 'integer'))('converts %s from text', async (name, field) => {
		await client.post(PATH, createBody());
		await fc.assert(
			fc.asyncProperty(validValue(field), async (value) => {
				const fields = { ...companionsOf(field, value), [name]: String(value) };
				expect((await client.put(PATH, { ...KEY, ...fields })).data[name]).toBe(value);
			}),
			RUNS,
		);
	});

	test.each(ofType('string'))('converts %s from a number', async (name) => {
		expect((await client.post(PATH, createBody({ [name]: 42 }))).data[name]).toBe('42');
	});

	test('converts the key from numbers', async () => {
		const group = { serviceProviderId: '17', groupId: '18' };
		simulator.network.addServiceProvider(group);
		simulator.network.addGroup(group);
		const { data } = await client.post(
			PATH,
			createBody({ serviceProviderId: 17, groupId: 18, name: 19 }),
		);
		expect(data).toMatchObject({ ...group, name: '19' });
	});

	test.each([
		['maxActiveCalls', '5 calls'],
		['maxActiveCalls', ' 5'],
		['maxActiveCalls', '5.0'],
		['maxActiveCalls', 1.5],
		['maxActiveCalls', 0],
		['maxActiveCalls', ''],
		['enableBursting', 'yes'],
		['enableBursting', 1],
		['trunkGroupIdentity', ''],
		['trunkGroupIdentity', true],
		['name', ''],
		['name', 'x'.repeat(31)],
		['userLookupPolicy', 'basic'],
		['accessDevice', ['acme-sbc-1']],
		['accessDevice', { deviceName: 'acme-sbc-1' }],
		['users', [{ lastName: 'without an id' }]],
	])('still refuses %s: %j', async (name, value) => {
		const { status, data } = await client.post(PATH, createBody({ [name]: value }));
		expect([status, data.error]).toEqual([400, expect.stringContaining(name)]);
		expect(simulator.network.trunkGroups('acme-ent', 'acme-hq')).toEqual([]);
	});

	test('ignores unknown and misplaced keys, and null on create', async () => {
		const odd = { unknownKey: 1, newName: 'x', pilotUserId: 'x', prefix: null, users: null };
		const { data } = await client.post(PATH, createBody(odd));
		expect(data).toEqual((await client.get(PATH, KEY)).data);
		for (const key of ['unknownKey', 'newName', 'pilotUserId', 'prefix']) {
			expect(data).not.toHaveProperty(key);
		}
		expect(data.users).toEqual([]);
	});

	test('drops empty SIP credentials only while authentication is off', async () => {
		const empty = { sipAuthenticationUserName: '', sipAuthenticationPassword: '' };
		const on = await client.post(PATH, createBody({ ...empty, requireAuthentication: 'true' }));
		expect([on.status, on.data.error]).toEqual([400, expect.stringContaining('sipAuthentication')]);
		await client.post(PATH, createBody(empty));
		expect((await client.put(PATH, { ...KEY, ...empty })).status).toBe(200);
		const credentials = { sipAuthenticationUserName: 'x', sipAuthenticationPassword: 'y' };
		await client.put(PATH, { ...KEY, ...credentials, requireAuthentication: true });
		expect((await client.put(PATH, { ...KEY, ...empty })).status).toBe(400);
	});

	test.each([undefined, null, [], 'text', 5])('refuses the body %j', async (body) => {
		const { status, data } = await client.request({
			method: 'POST',
			url: PATH,
			data: body === undefined ? undefined : JSON.stringify(body),
			headers: { 'content-type': 'application/json' },
		});
		expect([status, data.error]).toEqual([400, 'Missing required key: serviceProviderId']);
	});
});
