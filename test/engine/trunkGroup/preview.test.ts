import { clone, useOdin, type Json } from '../support/odinRuns';
import { expectPlainWords } from '../support/plainWords';

const GROUP = { serviceProviderId: 'acme-ent', groupId: 'acme-hq' };
const KEY = { ...GROUP, name: 'sbc' };
const TARGET = { ...GROUP, trunkGroup: 'sbc' };
const SECRET = 'Ab-Secret-4711';
const PATH = '/groups/trunk-groups';

const odin = useOdin();

const addTrunkGroup = (fields: Json = {}) =>
	odin.network.addTrunkGroup({ ...KEY, maxActiveCalls: 5, prefix: '00', ...fields });

const masked = (body: unknown): unknown => {
	if (body === undefined || body === null) return null;
	const copy = clone(body) as Json;
	if ('sipAuthenticationPassword' in copy) copy.sipAuthenticationPassword = '***';
	return copy;
};

const define = {
	requireAuthentication: true,
	sipAuthenticationUserName: 'pbx',
	sipAuthenticationPassword: SECRET,
};
const generate = { ...define, sipAuthenticationPassword: '', sipPasswordSource: 'generate' };

type Case = [
	what: string,
	operation: string,
	parameters: Json,
	exists: boolean,
	outcome: string,
	changes: unknown[],
];

const PASSWORD = { field: 'sipAuthenticationPassword', from: null, to: '***' };
const SET = { setSipPassword: true, sipAuthenticationPassword: SECRET };
const ALREADY = { ...KEY, options: { ifExists: 'returnExisting' } };
const SECTIONS = { ...KEY, maxActiveCalls: 8, identity: { prefix: '00', peeringDomain: 'x' } };

const CASES: Case[] = [
	[
		'a new one',
		'create',
		{ ...KEY, maxActiveCalls: 7, identity: { prefix: '01' }, ...define },
		false,
		'created',
		[],
	],
	['a new one with a generated password', 'create', { ...KEY, ...generate }, false, 'created', []],
	['one that is there, to be returned', 'create', ALREADY, true, 'unchanged', []],
	['a new one', 'upsert', { ...KEY, authentication: define }, false, 'created', []],
	[
		'one that differs',
		'upsert',
		SECTIONS,
		true,
		'updated',
		[
			{ field: 'maxActiveCalls', from: 5, to: 8 },
			{ field: 'peeringDomain', from: null, to: 'x' },
		],
	],
	['a password', 'upsert', { ...KEY, authentication: SET }, true, 'updated', [PASSWORD]],
	[
		'a generated password',
		'upsert',
		{ ...KEY, authentication: { setSipPassword: true, sipPasswordSource: 'generate' } },
		true,
		'updated',
		[PASSWORD],
	],
	['one that is as asked', 'upsert', { ...KEY, identity: { prefix: '00' } }, true, 'unchanged', []],
	[
		'name, fields and password',
		'update',
		{
			...TARGET,
			newName: 'sbc-2',
			callCapacity: { maxActiveCalls: 6, maxIncomingCalls: 0 },
			clearFields: ['prefix'],
			authentication: SET,
		},
		true,
		'updated',
		[
			{ field: 'maxActiveCalls', from: 5, to: 6 },
			{ field: 'maxIncomingCalls', from: null, to: 0 },
			{ field: 'newName', from: 'sbc', to: 'sbc-2' },
			{ field: 'prefix', from: '00', to: null },
			PASSWORD,
		],
	],
	[
		'one that is as asked',
		'update',
		{ ...TARGET, callCapacity: { maxActiveCalls: 5 } },
		true,
		'unchanged',
		[],
	],
	['one', 'delete', TARGET, true, 'deleted', []],
];

it.each(CASES)(
	'%s is shown by %s and not done, and then done as it was shown',
	async (_, operation, parameters, exists, outcome, changes) => {
		const action = `trunkGroup.${operation}`;
		if (exists) addTrunkGroup({ ...define, sipAuthenticationPassword: 'Old-Secret-1' });
		const before = odin.stored(KEY);
		const options = { ...(parameters.options as Json | undefined), previewOnly: true };
		const run = await odin.run(action, { ...parameters, options });
		const json = run.output[0]?.[0]?.json as Json;
		expect(Object.keys(json)).toEqual([
			...['serviceProviderId', 'groupId', 'name'],
			...['preview', 'outcome', 'changes', 'request', 'planId'],
		]);
		expect(json).toMatchObject({ ...KEY, preview: true, outcome });
		const byField = (one: unknown, other: unknown) =>
			JSON.stringify(one).localeCompare(JSON.stringify(other));
		expect([...(json.changes as unknown[])].sort(byField)).toEqual(changes);
		expect(odin.stored(KEY)).toEqual(before);
		expect(odin.writes()).toEqual([]);
		// No password is generated either.
		expect(odin.requests().filter(({ path }) => path.includes('password'))).toEqual([]);
		expect(JSON.stringify([run.output, run.hints, run.logs])).not.toContain(SECRET);

		odin.forget();
		const shown = { ...(parameters.options as Json | undefined), includeSipPassword: true };
		await odin.all(
			action,
			action.endsWith('delete') ? parameters : { ...parameters, options: shown },
		);
		const sent = odin.writes().filter(({ status }) => status === 200);
		expect(json.request).toEqual(
			sent.map(({ method, body }) => ({ method, path: PATH, body: masked(body) }))[0] ?? null,
		);
	},
);

it.each([
	['trunkGroup.create', KEY],
	['trunkGroup.upsert', KEY],
	['trunkGroup.update', TARGET],
])('%s refuses the masked password of a preview', async (action, key) => {
	if (action === 'trunkGroup.update') addTrunkGroup();
	const preview = await odin.one('trunkGroup.create', {
		...KEY,
		name: 'other',
		...define,
		options: { previewOnly: true },
	});
	const { body: payload } = preview.request as { body: Json };
	const unknown = { webLogin: { password: '***' }, users: [{ userId: 'a', token: '***' }] };
	for (const given of [payload, JSON.stringify(payload)]) {
		const complaint = await odin.complaint(action, { ...key, payload: given });
		expect(complaint).toContain(
			"'SIP Password' in 'Further Fields (JSON)' shows a hidden password",
		);
		expectPlainWords(complaint);
	}
	expect(await odin.complaint(action, { ...key, payload: unknown })).toMatch(
		/'Hosted Users' in 'Further Fields \(JSON\)' shows a hidden password.*'webLogin' in 'Further Fields \(JSON\)' shows/,
	);
	const form = { ...define, sipAuthenticationPassword: '***', setSipPassword: true };
	const entries = action === 'trunkGroup.create' ? form : { authentication: form };
	expect(await odin.complaint(action, { ...key, ...entries })).toContain(
		"'SIP Password' shows a hidden password",
	);
	expect(odin.writes()).toEqual([]);
});

it('Compare takes the request of a preview, whose password it does not compare', async () => {
	addTrunkGroup();
	const payload = { maxActiveCalls: 5, sipAuthenticationPassword: '***' };
	expect(await odin.one('trunkGroup.compare', { ...TARGET, payload })).toMatchObject({
		inSync: true,
	});
});

it('stars in other fields, and more or fewer of them, are values', async () => {
	const payload = { ...define, sipAuthenticationPassword: '****', prefix: '***' };
	await odin.all('trunkGroup.create', { ...KEY, payload });
	expect(odin.sipPassword(KEY)).toBe('****');
	expect(odin.stored(KEY)).toMatchObject({ prefix: '***' });
});

it('a create of one that exists is refused as the real one', async () => {
	addTrunkGroup();
	const preview = await odin.complaint('trunkGroup.create', {
		...KEY,
		options: { previewOnly: true },
	});
	expect(preview).toContain("Trunk group 'sbc' in group");
	expect(odin.writes()).toEqual([]);
});

it('an administrator who may only read can preview', async () => {
	odin.simulator.configure({ administrator: { readOnly: true } });
	const options = { previewOnly: true };
	expect(await odin.one('trunkGroup.upsert', { ...KEY, options })).toMatchObject({
		outcome: 'created',
	});
});

describe.each([
	['trunkGroup.create', { name: 'sbc' }],
	['trunkGroup.upsert', { name: 'sbc' }],
	['device.create', { deviceName: 'pbx', deviceType: 'Generic SIP IP-PBX' }],
	['user.upsert', { newUserId: 'new@example.com', lastName: 'Adler', firstName: 'Anna' }],
])('%s in a group', (action, record) => {
	const options = { previewOnly: true };

	it.each([
		['acme-ent', 'nowhere'],
		['nobody', 'acme-hq'],
	])('that does not exist has a hint, and the write is refused: %s, %s', async (sp, group) => {
		const place = { serviceProviderId: sp, groupId: group };
		const hints = await odin.hints(action, { ...place, ...record, options });
		expect(hints).toBe(
			`Odin shows no group '${group}' of service provider '${sp}': check both before the write (item 0).`,
		);
		expect(await odin.complaint(action, { ...place, ...record })).toMatch(/not found/i);
	});

	it.each([400, 403, 500])('that may not be read has none (%i)', async (status) => {
		odin.simulator.injectFault(({ path }) =>
			path === '/groups' ? { kind: 'status', status, body: { error: 'Closed' } } : undefined,
		);
		const parameters = { ...GROUP, ...record, options: { ...options, maxRetries: 0 } };
		expect(await odin.hints(action, parameters)).toBe('');
	});

	it('is read once for all rows', async () => {
		const [[name = '', value] = []] = Object.entries(record);
		const rows = { ...GROUP, ...record, [name]: `={{ $json.row }}${value}` };
		const items = [{ row: 'a' }, { row: 'b' }, { row: 'c' }];
		await odin.all(action, { ...rows, options }, { items });
		expect(odin.sent('GET', '/groups')).toHaveLength(1);
	});
});
