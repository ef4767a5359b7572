import { useOdin, type Json } from '../support/odinRuns';
import { expectPlainWords } from '../support/plainWords';

const NORTH = { serviceProviderId: 'globex-ent', groupId: 'globex-north' };
const KEY = { ...NORTH, name: 'north-trunk-1' };
const TARGET = { ...NORTH, trunkGroup: 'north-trunk-1' };
const MISSING = { ...NORTH, trunkGroup: 'gone' };

const odin = useOdin();

describe('Get', () => {
	const GET = 'trunkGroup.get';

	it('gives ten flat fields by default', async () => {
		const json = await odin.one(GET, TARGET);
		expect(json).toEqual({
			...KEY,
			maxActiveCalls: 20,
			trunkGroupState: 'Available',
			requireAuthentication: true,
			trunkGroupIdentity: 'north-trunk-1@example.net',
			deviceName: 'north-sbc-1',
			departmentName: 'Contact Center',
			pilotUserId: 'north-pilot@example.net',
		});
		expect(
			await odin.one(GET, { ...NORTH, groupId: 'globex-south', trunkGroup: 'south-trunk-1' }),
		).toEqual({
			...Object.fromEntries(Object.keys(json).map((name) => [name, null])),
			...NORTH,
			groupId: 'globex-south',
			name: 'south-trunk-1',
			maxActiveCalls: 10,
			trunkGroupState: 'Available',
			requireAuthentication: false,
		});
	});

	it('is shortened by default also where an expression gives nothing for Simplify', async () => {
		const byDefault = await odin.one(GET, TARGET);
		expect(await odin.one(GET, { ...TARGET, simplify: '={{ $json.nothing }}' })).toEqual(byDefault);
	});

	it('gives the profile exactly as Odin does without Simplify', async () => {
		expect(await odin.one(GET, { ...TARGET, simplify: false })).toEqual(odin.stored(KEY));
		expect(odin.requests()).toMatchObject([{ method: 'GET', query: KEY }]);
	});

	it('is not misled by another trunk group', async () => {
		odin.answerProfilesAs((profile) => ({ ...profile, name: 'other' }));
		const options = { ifNotFound: 'returnEmpty' };
		expectPlainWords(await odin.complaint(GET, { ...TARGET, options }));
	});
});

describe('Compare', () => {
	const COMPARE = 'trunkGroup.compare';

	it('finds what is as it should be in sync, whatever else is set', async () => {
		const json = await odin.one(COMPARE, {
			...TARGET,
			callCapacity: { maxActiveCalls: '20', enableBursting: 'TRUE', burstingMaxActiveCalls: 5 },
			accessDevice: { deviceName: 'north-sbc-1' },
			additionalFields: { departmentName: 'Contact Center' },
			unreachableDestination: {
				unreachableDestinationAction: 'Reroute',
				unreachableDestinationRerouteTrunkGroupName: 'south-trunk-1',
				unreachableDestinationRerouteTrunkGroupGroupId: 'globex-south',
			},
			callForwardingAlways: {
				callForwardingAlwaysAction: 'None',
				callForwardingAlwaysForwardAddress: '123123123',
			},
			payload: { pilotUserId: 'north-pilot@example.net', prefix: null, prefixEnabled: false },
		});
		expect(json).toEqual({
			...KEY,
			inSync: true,
			differences: [],
			trunkGroup: odin.stored(KEY),
		});
	});

	it('names what differs, expected and actual, and writes nothing', async () => {
		const json = await odin.one(COMPARE, {
			...TARGET,
			simplify: true,
			callCapacity: { maxActiveCalls: 21, maxIncomingCalls: '15' },
			identity: { prefix: '0099' },
			callForwardingAlways: { callForwardingAlwaysForwardAddress: '0223123123' },
			accessDevice: { deviceName: 'north-sbc-1', deviceLevel: 'System' },
			payload: { requireAuthentication: 'false', trunkGroupIdentity: '' },
			clearFields: ['trunkGroupIdentity', 'peeringDomain'],
		});
		expect(json.inSync).toBe(false);
		const differences = json.differences as Array<{ field: string }>;
		const order = (one: { field: string }, other: { field: string }) =>
			one.field.localeCompare(other.field);
		expect([...differences].sort(order)).toEqual([
			{
				field: 'accessDevice',
				expected: { deviceName: 'north-sbc-1', deviceLevel: 'System' },
				actual: { deviceName: 'north-sbc-1', deviceLevel: 'Group' },
			},
			{ field: 'callForwardingAlwaysForwardAddress', expected: '0223123123', actual: 123123123 },
			{ field: 'maxActiveCalls', expected: 21, actual: 20 },
			{ field: 'prefix', expected: '0099', actual: null },
			{ field: 'requireAuthentication', expected: false, actual: true },
			{ field: 'trunkGroupIdentity', expected: null, actual: 'north-trunk-1@example.net' },
		]);
		// Simplify shapes the trunk group alone.
		expect(Object.keys(json.trunkGroup as Json)).toHaveLength(10);
		expect(odin.writes()).toEqual([]);
	});

	it('compares no documented default', async () => {
		const trunkGroup = odin.network.trunkGroup('globex-ent', 'globex-north', KEY.name);
		if (trunkGroup)
			Object.assign(trunkGroup, { invitationTimeout: 99, userLookupPolicy: 'Extended' });
		const json = await odin.one(COMPARE, { ...TARGET, callCapacity: { maxActiveCalls: 20 } });
		expect(json).toMatchObject({ inSync: true, differences: [] });
	});

	it.each<[string, Json]>([
		['nothing', {}],
		[
			'empty entries and expressions that give nothing',
			{ identity: { prefix: '', peeringDomain: '={{ $json.peeringDomian }}' }, payload: {} },
		],
		['null, which clears nothing here', { payload: { prefix: null } }],
		['the key', { payload: KEY }],
		['what only Odin sets', { payload: { trunkGroupState: 'Available' } }],
		[
			'an unknown field that is left out',
			{ payload: { colour: 1 }, options: { unknownFields: 'ignore' } },
		],
	])('says that nothing was compared where an item names no more than %s', async (_, named) => {
		const { output, hints } = await odin.run(COMPARE, { ...TARGET, ...named });
		expect(output[0]?.[0]?.json).toMatchObject({ inSync: true, differences: [] });
		const told = hints.map(({ message }) => message).join();
		expect(told).toContain('No field was named, so nothing was compared; the trunk group exists');
		expectPlainWords(told);
	});

	it.each<[string, Json, string[]]>([
		['Clear Fields', { clearFields: ['trunkGroupIdentity'] }, ['trunkGroupIdentity']],
		['an unknown field', { payload: { colour: 'red' } }, []],
		['no action', { capacityExceeded: { capacityExceededAction: 'None' } }, []],
	])('%s is something to compare', async (_, named, fields) => {
		const { output, hints } = await odin.run(COMPARE, { ...TARGET, ...named });
		const { differences } = output[0]![0]!.json;
		expect((differences as Json[]).map(({ field }) => field)).toEqual(fields);
		expect(JSON.stringify(hints)).not.toContain('No field was named');
	});

	it('reports a missing trunk group', async () => {
		const json = await odin.one(COMPARE, { ...MISSING, callCapacity: { maxActiveCalls: 3 } });
		expect(json).toEqual({
			...NORTH,
			name: 'gone',
			inSync: false,
			differences: [{ field: 'maxActiveCalls', expected: 3, actual: null }],
			trunkGroup: null,
		});
	});

	it('says what nobody can compare, and never shows a SIP password', async () => {
		const shown = { pilotUserNetworkClassOfService: 'gold', maxActiveCalls: 20 };
		const payload = { ...shown, sipAuthenticationPassword: 'Secret-4711' };
		const { output, hints, logs } = await odin.run(COMPARE, { ...TARGET, payload });
		expect(output[0]?.[0]?.json).toMatchObject({ inSync: true });
		expect(hints.map(({ message }) => message)).toEqual([
			"'pilotUserNetworkClassOfService' is not returned by Odin, so it can't be compared (item 0).",
		]);
		expect(JSON.stringify([output, hints, logs])).not.toContain('Secret-4711');
		// Only where something else might have been written there is a word on that.
		expect(await odin.hints('trunkGroup.upsert', { ...KEY, payload: shown })).toBe(
			"'pilotUserNetworkClassOfService' is not returned by Odin, so it can't be compared; left unchanged (item 0).",
		);
	});
});

describe('Export', () => {
	it('gives what can be written, the key first, without users, read-only fields and secrets', async () => {
		odin.answerProfilesAs((profile) => ({
			...profile,
			sipAuthenticationPassword: 'Secret-4711',
			peeringDomain: null,
			otgDtgIdentity: '',
		}));
		const json = await odin.one('trunkGroup.export', TARGET);
		expect(Object.keys(json).slice(0, 3)).toEqual(Object.keys(KEY));
		const never = [
			...['users', 'pilotUserId', 'trunkGroupState', 'totalActiveIncomingCalls'],
			...['sipAuthenticationPassword', 'peeringDomain', 'otgDtgIdentity'],
		];
		expect(Object.keys(json).filter((name) => never.includes(name))).toEqual([]);
		expect(json).toMatchObject({
			maxActiveCalls: 20,
			callForwardingAlwaysForwardAddress: '123123123',
			accessDevice: { deviceLevel: 'Group', deviceName: 'north-sbc-1' },
			requireAuthentication: true,
			sipAuthenticationUserName: 'north-trunk-1',
			unreachableDestinationRerouteTrunkGroupKey: {
				groupId: 'globex-south',
				name: 'south-trunk-1',
			},
		});
	});
});

describe('a trunk group that is not there', () => {
	it.each(['get', 'update', 'delete', 'export', 'getUsers', 'getAvailableUsers'])(
		'is named by %s',
		async (operation) => {
			const fields = operation === 'update' && { callCapacity: { maxActiveCalls: 3 } };
			const complaint = await odin.complaint(`trunkGroup.${operation}`, { ...MISSING, ...fields });
			expect(complaint).toContain("trunk group 'gone' in group 'globex-north' of service");
			expect(complaint).toMatch(/Odin has no trunk group|HTTP 404/);
			expectPlainWords(complaint, '[Error 5650]', 'There has been a BroadWorks error.');
		},
	);

	it.each<[number, unknown]>([
		[404, { error: '[Error 5650] Trunk Group not found: gone', status: 404 }],
		[404, ''],
		[400, { error: 'Trunk group NOT FOUND' }],
		[400, { error: 'The Trunk Group DOES NOT EXIST' }],
		[400, { errors: [{ message: 'Trunk group not found' }] }],
		[500, { message: 'no such trunk group' }],
		[200, ''],
	])('is none, however Odin says so: HTTP %i with %j', async (status, body) => {
		const path = '/groups/trunk-groups';
		odin.simulator.addFault({ kind: 'status', status, body, times: 4, path });
		const key = { ...NORTH, name: 'gone' };
		const options = { ifNotFound: 'returnEmpty' };
		const given = { ...MISSING, options };
		expect(await odin.one('trunkGroup.get', given)).toEqual({ ...key, found: false });
		expect(await odin.one('trunkGroup.delete', given)).toEqual({ ...key, deleted: false });
		expect(
			await odin.one('trunkGroup.delete', { ...given, options: { ...options, previewOnly: true } }),
		).toEqual({
			...key,
			...{ preview: true, outcome: 'unchanged', changes: [], request: null },
			planId: expect.any(String),
		});
		expect(await odin.complaint('trunkGroup.get', MISSING)).toContain("no trunk group 'gone'");
		expect(odin.writes()).toEqual([]);
	});
});
