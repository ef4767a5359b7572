import fc from 'fast-check';

import { addClonePlaces, EAST, REROUTE_TARGET } from '../support/clonePlaces';
import { asParameters, fieldSet } from '../support/fieldSets';
import { useOdin, type Json } from '../support/odinRuns';
import { propertyRuns } from '../../propertyRuns';

const KEY = { ...EAST, name: 'sbc' };
const UPSERT = 'trunkGroup.upsert';

const odin = useOdin({ arrange: ({ network }) => addClonePlaces(network) });
let count = 0;

const addTrunkGroup = (fields: Json = {}) => {
	odin.network.addTrunkGroup({ ...KEY, maxActiveCalls: 5, ...fields });
	odin.forget();
};

/** Another order of the keys, at any depth. */
function reversed(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(reversed);
	if (typeof value !== 'object' || value === null) return value;
	const entries = Object.entries(value).map(([key, part]) => [key, reversed(part)] as const);
	return Object.fromEntries(entries.reverse());
}

/** Forms in which an Odin may give the same profile. */
const FORMS: Readonly<Record<string, (profile: Json) => unknown>> = {
	'as it is': (profile) => profile,
	'with keys in another order': reversed,
	'with numbers as text': (profile) =>
		Object.fromEntries(
			Object.entries(profile).map(([key, value]) => [
				key,
				typeof value === 'number' ? String(value) : value,
			]),
		),
	'with null and empty lists for what is unset': (profile) => ({
		prefix: null,
		peeringDomain: null,
		capacityExceededAction: null,
		accessDevice: null,
		department: null,
		maxIncomingCalls: null,
		...profile,
	}),
	'with further parts in its objects': (profile) => ({
		...profile,
		...(profile.accessDevice !== undefined && {
			accessDevice: { ...(profile.accessDevice as Json), ...EAST, staticLineOrdering: false },
		}),
		...(profile.department !== undefined && {
			department: { ...(profile.department as Json), fullPath: 'x' },
		}),
	}),
	'with departments as text': (profile) => ({
		...profile,
		...(profile.department !== undefined && { department: (profile.department as Json).name }),
	}),
};

it('twice writes once, however Odin gives what it stores', async () => {
	const property = fc.asyncProperty(
		fieldSet,
		fc.func(fc.boolean()),
		fc.constantFrom(...Object.keys(FORMS)),
		async (fields, inPayload, form) => {
			const key = { ...EAST, name: `trunk-${(count += 1)}` };
			const parameters = {
				...key,
				...asParameters(fields, { group: EAST, isNew: true, inPayload }),
			};
			odin.forget();
			const first = await odin.one(UPSERT, parameters);
			expect(first).toEqual({
				...key,
				outcome: 'created',
				changes: [],
				trunkGroup: odin.stored(key),
			});
			expect(odin.writes().map(({ method }) => method)).toEqual(['POST']);

			odin.forget();
			odin.answerProfilesAs(FORMS[form] ?? ((profile) => profile));
			const second = await odin.one(UPSERT, parameters);
			odin.simulator.clearFaults();
			expect(second).toMatchObject({ outcome: 'unchanged', changes: [] });
			expect(odin.requests().map(({ method }) => method)).toEqual(['GET']);
		},
	);
	await fc.assert(property, propertyRuns(60));
});

it('writes the difference to another set of fields, and nothing once more', async () => {
	const property = fc.asyncProperty(fieldSet, fieldSet, async (before, wanted) => {
		const key = { ...EAST, name: `trunk-${(count += 1)}` };
		const upsert = async (fields: Json) =>
			await odin.one(UPSERT, { ...key, ...asParameters(fields, { group: EAST, isNew: true }) });
		await upsert(before);
		const stored = odin.stored(key) ?? {};
		odin.forget();
		const { outcome, changes, trunkGroup } = await upsert(wanted);
		const after = odin.stored(key) ?? {};
		expect(trunkGroup).toEqual(after);
		const changed = (changes as Array<{ field: string; from: unknown; to: unknown }>) ?? [];
		const names = changed.map(({ field }) => field).sort();
		expect(outcome).toBe(names.length > 0 ? 'updated' : 'unchanged');
		// Max Active Calls of 1 is left alone, as the form's default.
		const really = Object.keys(after).filter(
			(name) => JSON.stringify(after[name]) !== JSON.stringify(stored[name]),
		);
		expect(names).toEqual(really.sort());
		expect(odin.written().map((body) => Object.keys(body as Json).sort())).toEqual(
			names.length > 0 ? [[...names, ...Object.keys(KEY)].sort()] : [],
		);
		for (const { field, from, to } of changed) {
			expect(from).toEqual(stored[field] ?? null);
			expect(String(to)).toBe(String(after[field]));
		}
		odin.forget();
		expect(await upsert(wanted)).toMatchObject({ outcome: 'unchanged', changes: [] });
		expect(odin.writes()).toEqual([]);
	});
	await fc.assert(property, propertyRuns(40));
});

describe('two executions at the same time', () => {
	it.each([0, 1, 2])('for the same new name make one trunk group (%i)', async () => {
		odin.simulator.configure({ latencyMs: 20 });
		const parameters = { ...KEY, maxActiveCalls: 7, identity: { prefix: '0099' } };
		const runs = await Promise.all([odin.one(UPSERT, parameters), odin.one(UPSERT, parameters)]);
		expect(runs.map(({ outcome }) => outcome).sort()).toEqual(['created', 'unchanged']);
		for (const { trunkGroup } of runs) expect(trunkGroup).toEqual(odin.stored(KEY));
		const made = odin.writes().filter(({ status }) => status === 200);
		expect(made).toHaveLength(1);
	});

	it('with other values end with those of the later one', async () => {
		odin.simulator.configure({ latencyMs: 20 });
		const runs = await Promise.all(
			[7, 8].map(async (maxActiveCalls) => await odin.one(UPSERT, { ...KEY, maxActiveCalls })),
		);
		expect(runs.map(({ outcome }) => outcome).sort()).toEqual(['created', 'updated']);
		const later = runs.find(({ outcome }) => outcome === 'updated');
		expect(later?.trunkGroup).toEqual(odin.stored(KEY));
	});
});

describe('Max Active Calls', () => {
	it.each<[string, Json, number]>([
		['left at 1 does not touch an existing trunk group', {}, 5],
		['entered as 1, the same', { maxActiveCalls: 1 }, 5],
		['of an expression that gives 1 does', { maxActiveCalls: '={{ 1 }}' }, 1],
		['of an expression that gives nothing does not', { maxActiveCalls: '={{ null }}' }, 5],
		['in Payload does', { payload: '{"maxActiveCalls":1}' }, 1],
		['in Payload as text does', { payload: { maxActiveCalls: '3' } }, 3],
		['of the form wins over Payload', { maxActiveCalls: 9, payload: { maxActiveCalls: 3 } }, 9],
	])('%s', async (_, parameters, expected) => {
		addTrunkGroup();
		const { outcome } = await odin.one(UPSERT, { ...KEY, ...parameters });
		expect(odin.stored(KEY)).toMatchObject({ maxActiveCalls: expected });
		expect(outcome).toBe(expected === 5 ? 'unchanged' : 'updated');
		expect(odin.written()).toEqual(expected === 5 ? [] : [{ ...KEY, maxActiveCalls: expected }]);
		const isLeftAtOne = !('payload' in parameters) && (parameters.maxActiveCalls ?? 1) === 1;
		expect(await odin.hints(UPSERT, { ...KEY, ...parameters })).toBe(
			isLeftAtOne
				? "'Max Active Calls', left at 1, has no effect on an existing trunk group (item 0)."
				: '',
		);
	});

	it('counts for a new trunk group', async () => {
		await odin.all(UPSERT, KEY);
		expect(odin.stored(KEY)).toMatchObject({ maxActiveCalls: 1 });
	});
});

it('documented defaults belong to creating alone', async () => {
	const own = {
		invitationTimeout: 99,
		userLookupPolicy: 'Extended',
		useSystemUserLookupPolicy: false,
		failureThresholdCounter: 9,
		requireAuthentication: true,
		sipAuthenticationUserName: 'pbx',
		sipAuthenticationPassword: 'Secret-1',
	};
	addTrunkGroup(own);
	const stored = odin.stored(KEY);
	expect(await odin.one(UPSERT, KEY)).toEqual({
		...KEY,
		outcome: 'unchanged',
		changes: [],
		trunkGroup: stored,
	});
	await odin.all(UPSERT, { ...KEY, identity: { prefix: '00' } });
	expect(odin.written()).toEqual([{ ...KEY, prefix: '00' }]);
	expect(odin.stored(KEY)).toEqual({ ...stored, prefix: '00' });

	const fresh = { ...KEY, name: 'new' };
	odin.forget();
	await odin.all(UPSERT, fresh);
	expect(odin.written()).toEqual([expect.objectContaining({ invitationTimeout: 6 })]);
});

it('None clears an action that is set, and is no change where none is', async () => {
	const none = { callForwardingAlways: { callForwardingAlwaysAction: 'None' } };
	expect(await odin.one(UPSERT, { ...KEY, ...none })).toMatchObject({ outcome: 'created' });
	expect(odin.written()[0]).not.toHaveProperty('callForwardingAlwaysAction');
	expect(await odin.one(UPSERT, { ...KEY, ...none })).toMatchObject({ outcome: 'unchanged' });

	await odin.all(UPSERT, {
		...KEY,
		callForwardingAlways: {
			callForwardingAlwaysAction: 'Reroute',
			callForwardingAlwaysRerouteTrunkGroupName: REROUTE_TARGET.name,
			callForwardingAlwaysRerouteTrunkGroupGroupId: REROUTE_TARGET.groupId,
		},
	});
	odin.forget();
	expect(await odin.one(UPSERT, { ...KEY, ...none })).toMatchObject({
		outcome: 'updated',
		changes: [{ field: 'callForwardingAlwaysAction', from: 'Reroute', to: null }],
	});
	expect(odin.written()).toEqual([{ ...KEY, callForwardingAlwaysAction: null }]);
});

it('nulls and empty texts of a CRM change nothing, Clear Fields does', async () => {
	addTrunkGroup({ prefix: '00', peeringDomain: 'peer.example.com' });
	const { trunkGroup: stored, ...idle } = await odin.one(UPSERT, {
		...KEY,
		payload: { prefix: null, maxIncomingCalls: null, deviceName: '', peeringDomain: '' },
		identity: { peeringDomain: ' ' },
	});
	expect(idle).toEqual({ ...KEY, outcome: 'unchanged', changes: [] });
	expect(stored).toEqual(odin.stored(KEY));
	expect(odin.writes()).toEqual([]);

	const clearFields = ['prefix', 'capacityExceededAction'];
	const { changes } = await odin.one(UPSERT, { ...KEY, clearFields });
	expect(changes).toEqual([{ field: 'prefix', from: '00', to: null }]);
	expect(odin.written()).toEqual([{ ...KEY, prefix: null }]);
});

it('Simplify shapes the trunk group alone, into ten flat fields', async () => {
	const flat = [
		'deviceName',
		'departmentName',
		'groupId',
		'maxActiveCalls',
		'name',
		'pilotUserId',
		'requireAuthentication',
		'serviceProviderId',
		'trunkGroupIdentity',
		'trunkGroupState',
	].sort();
	const parameters = { ...KEY, simplify: true, accessDevice: { deviceName: 'sbc-1' } };
	for (const outcome of ['created', 'unchanged']) {
		const json = await odin.one(UPSERT, parameters);
		expect(Object.keys(json).sort()).toEqual(
			['changes', 'outcome', 'trunkGroup', ...Object.keys(KEY)].sort(),
		);
		expect(json.outcome).toBe(outcome);
		expect(Object.keys(json.trunkGroup as Json).sort()).toEqual(flat);
		expect(json.trunkGroup).toMatchObject({ deviceName: 'sbc-1', pilotUserId: null });
	}
	const created = await odin.one('trunkGroup.create', { ...EAST, name: 'flat', simplify: true });
	expect(Object.keys(created).sort()).toEqual(flat);
	const updated = await odin.one('trunkGroup.update', {
		...{ ...EAST, trunkGroup: 'flat', simplify: true },
		callCapacity: { maxActiveCalls: 3 },
	});
	expect(updated).toEqual({ ...created, maxActiveCalls: 3 });
});

it('what only an existing trunk group takes is set there, and asked away on a new one', async () => {
	const payload = { useSystemOptionsMessageResponseStatusCodes: false };
	const complaint = await odin.complaint(UPSERT, { ...KEY, payload });
	expect(complaint).toContain('Use System Status Codes');
	expect(odin.writes()).toEqual([]);
	addTrunkGroup();
	await odin.all(UPSERT, { ...KEY, payload });
	expect(odin.stored(KEY)).toMatchObject(payload);
});

it('departments of one name, of the group and of the enterprise, are two', async () => {
	const { serviceProviderId } = EAST;
	odin.network.addDepartment({ serviceProviderId, name: 'Sales' });
	const ofEnterprise = { serviceProviderId, name: 'Sales' };
	const ofGroup = { ...EAST, name: 'Sales' };
	addTrunkGroup({ department: ofEnterprise });
	const additionalFields = { departmentName: 'Sales' };
	expect(await odin.one(UPSERT, { ...KEY, additionalFields })).toMatchObject({
		outcome: 'updated',
		changes: [{ field: 'department', from: ofEnterprise, to: ofGroup }],
	});
	expect(await odin.one(UPSERT, { ...KEY, payload: { department: ofEnterprise } })).toMatchObject({
		outcome: 'updated',
		changes: [{ field: 'department', from: ofGroup, to: ofEnterprise }],
	});
});
