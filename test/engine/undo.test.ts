import fc from 'fast-check';

import type { Fault } from '../../simulator';
import { groupServices } from '../../simulator/network/services';
import { addClonePlaces, EAST } from './support/clonePlaces';
import { asParameters, fieldSet } from './support/fieldSets';
import { clone, jsonOf, useOdin, type Json } from './support/odinRuns';
import { expectPlainWords } from './support/plainWords';
import { propertyRuns } from '../propertyRuns';

const GROUP = { serviceProviderId: 'acme-ent', groupId: 'undo' };
const KEY = { ...GROUP, name: 'sbc' };
const USER = 'anna@example.com';

const odin = useOdin({
	loggedIn: true,
	arrange: ({ network }) => {
		network.addGroup(GROUP);
		addClonePlaces(network);
	},
});

const undo = async (before: unknown, options: Json = {}) =>
	await odin.one('change.undo', { before, options } as Json);

const stored = () => odin.network.trunkGroup('acme-ent', 'undo', 'sbc') as unknown as Json;

const add = (fields: Json = {}) =>
	odin.network.addTrunkGroup({ ...KEY, maxActiveCalls: 5, prefix: '00', ...fields });

const write = async (action: string, parameters: Json = {}, more: Json = {}) => {
	const item = await odin.one(action, { ...GROUP, ...parameters }, more as never);
	odin.forget();
	return item;
};

const upsert = async (parameters: Json = {}) =>
	await write('trunkGroup.upsert', { name: 'sbc', ...parameters });

const fieldsOf = (list: unknown) => (list as Json[]).map(({ field }) => field).sort();

/** A trunk group that calls are rerouted from, to the one that is undone. */
const reroute = (name: string) =>
	void odin.network.addTrunkGroup({
		...{ ...GROUP, name },
		capacityExceededAction: 'Reroute',
		capacityExceededRerouteTrunkGroupKey: KEY,
	});

const CHANGE = { maxActiveCalls: 9, identity: { prefix: '01', peeringDomain: 'a.example.com' } };

describe('an upsert', () => {
	it('is given back, once, as its preview says and its plan ID allows', async () => {
		add();
		const before = odin.stored(KEY);
		const item = await upsert(CHANGE);
		expect(odin.stored(KEY)).not.toEqual(before);
		const after = odin.stored(KEY);
		const preview = await undo(item, { previewOnly: true });
		expect(preview).toMatchObject({ ...KEY, preview: true, outcome: 'updated', stays: [] });
		expect(odin.writes()).toEqual([]);
		expect(odin.stored(KEY)).toEqual(after);

		const options = { planId: preview.planId, requirePlanId: true };
		const result = await undo(item, options);
		expect(result).toMatchObject({ ...KEY, outcome: 'updated', stays: [] });
		expect(result.changes).toEqual(preview.changes);
		expect(fieldsOf(result.changes)).toEqual(['maxActiveCalls', 'peeringDomain', 'prefix']);
		expect(result.trunkGroup).toEqual(odin.stored(KEY));
		expect(odin.stored(KEY)).toEqual(before);
		expect(odin.writes().map(({ method, body }) => ({ method, body }))).toEqual([
			{ method: 'PUT', body: (preview.request as Json).body },
		]);

		odin.forget();
		for (const more of [options, {}]) {
			const again = await undo(item, more);
			expect(again).toMatchObject({ outcome: 'unchanged', changes: [], stays: [] });
			expect(again.trunkGroup).toEqual(before);
		}
		expect(odin.writes()).toEqual([]);
	});

	it('is not given back with a plan ID when Odin has changed since the preview', async () => {
		add();
		const item = await upsert(CHANGE);
		const { planId } = await undo(item, { previewOnly: true });
		const since: Json[] = [
			{ prefix: '77' },
			{ prefix: '77', maxActiveCalls: 10, peeringDomain: 'theirs.example' },
		];
		for (const values of since) {
			Object.assign(stored(), values);
			const complaint = await odin.complaint('change.undo', { before: item, options: { planId } });
			expect(complaint).toContain('The state in Odin has changed since the preview');
			expect(odin.writes()).toEqual([]);
		}
	});

	it('gives unchanged the second time with the plan ID of what left something as it is', async () => {
		add();
		const item = await upsert(CHANGE);
		stored().prefix = '77';
		const { planId } = await undo(item, { previewOnly: true });
		for (const outcome of ['updated', 'unchanged']) {
			expect(await undo(item, { planId })).toMatchObject({ outcome, stays: [{ field: 'prefix' }] });
		}
	});

	it('is given back but for what somebody has changed since, which is told', async () => {
		add();
		const item = await upsert(CHANGE);
		stored().prefix = '77';
		const run = await odin.run('change.undo', { before: item });
		const [result] = jsonOf(run.output[0]);
		expect(result).toMatchObject({
			outcome: 'updated',
			stays: [{ field: 'prefix', reason: expect.stringContaining('is now "77", not "01"') }],
		});
		expect(fieldsOf(result?.changes)).toEqual(['maxActiveCalls', 'peeringDomain']);
		expect(odin.stored(KEY)).toMatchObject({ maxActiveCalls: 5, prefix: '77' });
		expect(odin.stored(KEY)).not.toHaveProperty('peeringDomain');
		const hints = run.hints.map(({ message }) => message).join('\n');
		expect(hints).toContain('Left as it is: prefix is now "77"');
		expectPlainWords(hints);
	});

	it('that changed nothing gives unchanged, and so does one of what is gone', async () => {
		add();
		const item = await upsert({ identity: { prefix: '00' } });
		expect(item).toMatchObject({ outcome: 'unchanged' });
		expect(await undo(item)).toMatchObject({ outcome: 'unchanged', changes: [], stays: [] });
		const changed = await upsert(CHANGE);
		odin.network.removeTrunkGroup(stored() as never);
		expect(await undo(changed)).toMatchObject({
			outcome: 'unchanged',
			trunkGroup: null,
			stays: [{ reason: 'it is no longer there' }],
		});
		expect(odin.writes()).toEqual([]);
	});

	it('names a password that it set, and leaves it', async () => {
		add();
		const authentication = {
			...{ requireAuthentication: true, sipAuthenticationUserName: 'pbx' },
			...{ setSipPassword: true, sipAuthenticationPassword: 'Ab-Secret-4711' },
		};
		const item = await upsert({ authentication, options: { includeSipPassword: true } });
		const run = await odin.run('change.undo', { before: item });
		const [result] = jsonOf(run.output[0]);
		expect(fieldsOf(result?.stays)).toContain('sipAuthenticationPassword');
		expect(odin.stored(KEY)).toMatchObject({ requireAuthentication: false });
		expect(odin.sipPassword(KEY)).toBe('Ab-Secret-4711');
		expect(JSON.stringify([run.output, run.hints, run.logs])).not.toContain('Ab-Secret-4711');
	});

	it('leaves what was empty and cannot be cleared', async () => {
		add({ pilotUserCallingLineIdentityPolicy: undefined });
		const item = {
			...(await upsert(CHANGE)),
			changes: [
				{ field: 'maxActiveCalls', from: null, to: 9 },
				{ field: 'peeringDomain', from: null, to: 'a.example.com' },
			],
		};
		expect(await undo(item)).toMatchObject({
			outcome: 'updated',
			changes: [{ field: 'peeringDomain', to: null }],
			stays: [{ field: 'maxActiveCalls', reason: "was empty before, and can't be cleared" }],
		});
	});

	it('gives back all that it changed, whatever it was', async () => {
		const place = { ...EAST, name: 'sbc' };
		await fc.assert(
			fc.asyncProperty(fieldSet, fieldSet, async (first, second) => {
				odin.clear();
				const old = odin.network.trunkGroup(place.serviceProviderId, place.groupId, 'sbc');
				if (old) odin.network.removeTrunkGroup(old);
				const bring = async (fields: Json) =>
					await odin.one('trunkGroup.upsert', {
						...place,
						...asParameters(fields, { group: EAST, isNew: true, inPayload: () => true }),
					});
				await bring(first);
				const before = odin.stored(place)!;
				const item = await bring(second);
				const { outcome, stays } = await undo(item);
				expect(outcome).toBe(item.outcome);
				const left = new Set(fieldsOf(stays));
				const after = odin.stored(place)!;
				const comparable = (profile: Json) =>
					Object.fromEntries(Object.entries(profile).filter(([name]) => !left.has(name)));
				// A list of nothing and a text of nothing are none.
				expect(comparable(after)).toEqual(comparable(before));
				// Only what cannot be cleared is left, and what Odin shows without its zeros in front.
				for (const { reason } of stays as Json[]) {
					expect(reason).toMatch(/can't be cleared/);
				}
			}),
			propertyRuns(30),
		);
	});
});

describe('an upsert that created', () => {
	const create = async () => await upsert(CHANGE);

	it('is deleted again, once, also with the plan ID of its preview', async () => {
		const item = await create();
		expect(item).toMatchObject({ outcome: 'created' });
		const preview = await undo(item, { previewOnly: true });
		expect(preview).toMatchObject({ outcome: 'deleted', request: { method: 'DELETE' } });
		const options = { planId: preview.planId };
		expect(await undo(item, options)).toMatchObject({
			...KEY,
			...{ outcome: 'deleted', changes: [], trunkGroup: null, stays: [] },
		});
		expect(odin.stored(KEY)).toBeUndefined();
		odin.forget();
		expect(await undo(item, options)).toMatchObject({ outcome: 'unchanged', trunkGroup: null });
		expect(odin.writes()).toEqual([]);
	});

	const SINCE: Record<string, [() => void, string]> = {
		'another value of what was written': [
			() => void (stored().maxActiveCalls = 10),
			'is now 10, not 9',
		],
		'another value of what was not written': [
			() => void (stored().enableBursting = true),
			'is now true, not false',
		],
		'a value where there was none': [
			() => void (stored().otgDtgIdentity = 'theirs'),
			'is now \\"theirs\\", not empty',
		],
		'a user on it': [
			() => odin.network.addUser({ ...GROUP, userId: USER, trunkGroup: 'sbc' }),
			`is in use by the users ${USER}`,
		],
		'a trunk group that reroutes to it': [() => reroute('theirs'), "is in use: 'theirs' reroutes"],
	};

	it.each(Object.entries(SINCE))('is left with %s', async (_, [since, words]) => {
		const item = await create();
		since();
		const result = await undo(item);
		expect(result).toMatchObject({ outcome: 'unchanged' });
		expect(JSON.stringify(result.stays)).toContain(words);
		expect(odin.writes()).toEqual([]);
		expect(odin.stored(KEY)).toBeDefined();
	});

	it('is deleted also where the item shows only some fields, unless another one has a value', async () => {
		const simplified = await upsert({ maxActiveCalls: 9, simplify: true });
		expect(await undo(simplified)).toMatchObject({ outcome: 'deleted' });
		const item = await upsert({ ...CHANGE, simplify: true });
		expect(await undo(item)).toMatchObject({
			outcome: 'unchanged',
			stays: ['peeringDomain', 'prefix'].map((field) => ({
				field,
				reason: expect.stringContaining('does not show what it was') as string,
			})),
		});
		expect(stored()).toBeDefined();
	});
});

describe.each<[string, string, Json, Json, () => void]>([
	[
		'device',
		'device.upsert',
		{ deviceName: 'pbx', deviceType: 'Generic SIP IP-PBX' },
		{ deviceFields: { port: 5099, description: 'New' } },
		() => void odin.network.addDevice({ ...GROUP, deviceName: 'pbx', port: 5060 }),
	],
	[
		'user',
		'user.upsert',
		{ newUserId: USER, lastName: 'Adler', firstName: 'Anna' },
		{ userFields: { title: 'Operator' }, trunk: { trunkGroupName: 'sbc' } },
		() => {
			add();
			odin.network.addUser({ ...GROUP, userId: USER, lastName: 'Adler', firstName: 'Anna' });
		},
	],
])('a %s', (value, action, keys, fields, arrange) => {
	it('is given back, and deleted where it was created', async () => {
		const item = await write(action, keys);
		expect(item).toMatchObject({ outcome: 'created' });
		expect(await undo(item)).toMatchObject({ outcome: 'deleted', [value]: null });

		arrange();
		const get = async () =>
			value === 'device'
				? await odin.one('device.get', { ...GROUP, device: 'pbx', simplify: false })
				: await odin.one('user.get', { userId: USER, simplify: false });
		const before = await get();
		const changed = await write(action, { ...keys, ...fields });
		expect(changed).toMatchObject({ outcome: 'updated' });
		expect(await undo(changed)).toMatchObject({ outcome: 'updated', stays: [] });
		expect(await get()).toEqual(before);
		odin.forget();
		expect(await undo(changed)).toMatchObject({ outcome: 'unchanged' });
		expect(odin.writes()).toEqual([]);
	});
});

describe('the item', () => {
	const wrapped: Record<string, (item: Json) => unknown> = {
		'as it is': (item) => item,
		'as text': (item) => `\ufeff ${JSON.stringify(item)}\n`,
		'as n8n holds it': (item) => ({ json: item, pairedItem: { item: 0 } }),
		'in a list of one': (item) => [item],
		'as text of a list of one': (item) => JSON.stringify([{ json: item }]),
		'with keys of another': (item) => ({ ...item, ticket: 4711, steps: undefined, name: 'sbc' }),
	};

	it.each(Object.entries(wrapped))('counts %s', async (_, wrap) => {
		add();
		const item = await upsert(CHANGE);
		expect(await undo(wrap(item))).toMatchObject({ ...KEY, outcome: 'updated' });
	});

	it('is the incoming one by default', async () => {
		add();
		const item = await upsert(CHANGE);
		const json = await odin.one('change.undo', {}, { items: [item] } as never);
		expect(json).toMatchObject({ ...KEY, outcome: 'updated' });
	});

	it.each<[string, unknown, string]>([
		['nothing', '', 'is needed'],
		['no JSON', 'undo it', 'is not JSON'],
		['a number', 7, 'takes an output item'],
		['two items', [{}, {}], 'this is a list of 2'],
		['a preview', { ...KEY, preview: true, outcome: 'updated', changes: [] }, 'is a preview'],
		['a comparison', { inSync: true, differences: [] }, 'the output of Compare'],
		['a deletion', { ...KEY, deleted: true }, "can't be undone"],
		['its own deletion', { ...KEY, outcome: 'deleted', trunkGroup: null }, "can't be undone"],
		['a profile', { ...KEY, maxActiveCalls: 5 }, 'does not contain the previous values'],
		['something foreign', { id: 7, status: 'done' }, 'does not contain the previous values'],
		[
			'a take-down',
			{
				...{ error: 'x', serviceProviderId: 'a', groupId: 'b', name: 'c' },
				details: { ...KEY, steps: [{ step: 'user', subject: 'u', outcome: 'removed' }] },
			},
			'describes a take-down',
		],
		['another error item', { error: 'x', details: { kind: 'refused' } }, 'has no steps'],
		[
			'changes that are none',
			{ ...KEY, outcome: 'updated', changes: ['x'], trunkGroup: {} },
			"'changes' that can't be read",
		],
		[
			'no key',
			{ outcome: 'updated', changes: [], trunkGroup: {} },
			'does not name the trunk group',
		],
	])('that is %s is refused before anything is sent', async (_, before, words) => {
		const complaint = await odin.complaint('change.undo', { before });
		expect(complaint).toContain("'Item to Undo'");
		expect(complaint).toContain(words);
		expectPlainWords(complaint);
		expect(odin.requests()).toEqual([]);
	});
});

describe('a turn-up', () => {
	const ROW = {
		...KEY,
		maxActiveCalls: '20',
		capacity: { groupMaxActiveCalls: 150 },
		deviceDefinition: { deviceName: 'pbx', deviceType: 'Generic SIP IP-PBX', port: 5061 },
		numbers: '5135551000-01',
		usersFromNumbers: { userId: '{digits}@{domain}', extension: '{last4}', lastName: '{number}' },
		pilot: 'first',
		userServices: 'call forwarding always',
		userSipAuthentication: true,
		options: { includeSipPassword: true },
	};
	const WRITES = 14;
	const REFUSED: Fault = { kind: 'status', status: 400, body: { error: 'Not today' } };

	const arrange = () => {
		const { network } = odin;
		network.addNumbers({
			serviceProviderId: GROUP.serviceProviderId,
			min: '+1-5135551000',
			max: '+1-5135551009',
		});
		network.stores.groups.find(GROUP)!.services = groupServices({
			'Trunk Group': { authorized: false, assigned: false },
		});
	};

	const state = () =>
		clone([
			odin.network.stores.groups.find(GROUP),
			odin.network.devices(GROUP.serviceProviderId, GROUP.groupId),
			odin.network.trunkGroups(GROUP.serviceProviderId, GROUP.groupId),
			odin.network.stores.users.all(GROUP),
			odin.network.stores.numbers
				.all({})
				.filter(({ phoneNumber }) => phoneNumber.startsWith('+1-513555100')),
		]);

	it('is taken back as its preview says, and a second run writes nothing', async () => {
		arrange();
		const before = state();
		const item = await write('sipTrunk.turnUp', ROW);
		const preview = await undo(item, { previewOnly: true });
		expect(preview).toMatchObject({ preview: true, outcome: 'deleted', stays: [] });
		expect(odin.writes()).toEqual([]);
		const result = await undo(item, { planId: preview.planId });
		expect(result).toMatchObject({ ...KEY, outcome: 'deleted', trunkGroup: null, stays: [] });
		const outcomes = ({ steps }: Json) =>
			(steps as Json[]).map(({ step, outcome }) => `${String(step)} ${String(outcome)}`);
		expect(outcomes(result)).toEqual(outcomes(preview));
		expect(state()).toEqual(before);
		odin.forget();
		expect(await undo(item, { planId: preview.planId })).toMatchObject({
			outcome: 'unchanged',
			stays: [{ step: 'groupCapacity', reason: expect.stringContaining('does not report it') }],
		});
		expect(odin.writes()).toEqual([]);
	});

	it('of what was there gives back the values before, and leaves what has changed since', async () => {
		arrange();
		const { network } = odin;
		network.stores.groups.find(GROUP)!.services = groupServices();
		network.addDevice({ ...GROUP, deviceName: 'pbx', port: 5070 });
		add();
		const first = '15135551000@example.com';
		network.addUser({ ...GROUP, userId: first, lastName: 'Before', extension: '77' });
		const before = state();
		const item = await write('sipTrunk.turnUp', { ...ROW, userSipAuthentication: false });
		stored().maxActiveCalls = 33;
		const result = await undo(item);
		expect(result).toMatchObject({ outcome: 'updated' });
		expect(result.stays).toMatchObject([{ step: 'trunkGroup', field: 'maxActiveCalls' }]);
		stored().maxActiveCalls = 5;
		expect(state()).toEqual(before);
	});

	it('leaves a device that a user who stays is on: Odin would refuse to change it', async () => {
		arrange();
		odin.network.addDevice({ ...GROUP, deviceName: 'pbx', port: 5070 });
		const item = await write('sipTrunk.turnUp', { ...ROW, userSipAuthentication: false });
		const [first] = odin.network.stores.users.all(GROUP);
		first!.extension = '77';
		const result = await undo(item);
		expect(result.stays).toContainEqual(
			expect.objectContaining({ step: 'device', reason: `it is in use by ${first!.userId}` }),
		);
		expect(odin.writes().filter(({ path }) => path === '/groups/devices')).toEqual([]);
	});

	it.each([
		['a switch that was on before', { from: true }],
		['a type that no service has', { type: 'device' }],
		['a field that is no switch', { field: 'quantity' }],
	])('leaves a service where the item shows %s', async (_, spoilt) => {
		arrange();
		const item = await write('sipTrunk.turnUp', ROW);
		const steps = (item.steps as Json[]).map((one) =>
			one.step === 'groupService'
				? { ...one, changes: (one.changes as Json[]).map((change) => ({ ...change, ...spoilt })) }
				: one,
		);
		const result = await undo({ ...item, steps });
		expect(result.stays).toEqual([
			expect.objectContaining({ step: 'groupService', reason: "can't be read from the item" }),
		]);
		expect(odin.writes().filter(({ path }) => path === '/groups/services')).toEqual([]);
	});

	it('leaves what others use by now', async () => {
		arrange();
		const item = await write('sipTrunk.turnUp', ROW);
		odin.network.addUser({ ...GROUP, userId: USER, trunkGroup: 'sbc' });
		odin.network.addTrunkGroup({ ...GROUP, name: 'other', maxActiveCalls: 120 });
		const result = await undo(item);
		expect(result).toMatchObject({ outcome: 'updated' });
		const stays = (result.stays as Json[]).map(({ step, reason }) => [step, reason]);
		expect(stays).toEqual([
			['trunkGroup', expect.stringContaining(USER)],
			['device', expect.stringContaining('sbc')],
			['groupCapacity', expect.stringContaining("'other'")],
			['groupService', expect.stringContaining('has trunk groups')],
		]);
		expect(stored()).toBeDefined();
		const users = odin.network.stores.users.all(GROUP).map(({ userId }) => userId);
		expect(users).toEqual([USER]);
	});

	it('leaves a trunk group that calls are rerouted to', async () => {
		arrange();
		const item = await write('sipTrunk.turnUp', ROW);
		reroute('theirs');
		const { stays } = await undo(item);
		expect(stays).toContainEqual(
			expect.objectContaining({
				step: 'trunkGroup',
				reason: "it is in use: 'theirs' reroutes to it",
			}),
		);
		expect(stored()).toBeDefined();
	});

	it('that was not completed is taken back from its error item, wherever it stopped', async () => {
		for (let place = 1; place <= WRITES; place += 1) {
			await odin.restart();
			arrange();
			const before = state();
			odin.atWrites((write) => (write === place ? REFUSED : undefined));
			const run = await odin.run('sipTrunk.turnUp', ROW, {
				items: [{ outcome: 'created', steps: 'of the input', changes: [] }],
				node: { onError: 'continueErrorOutput' },
			});
			odin.simulator.clearFaults();
			const [failed] = jsonOf(run.output[1]);
			expect(failed).toMatchObject({ steps: 'of the input', error: expect.any(String) });
			const result = await undo(failed);
			expect([place, result.stays, state()]).toEqual([place, [], before]);
		}
	}, 120_000);

	it('that was taken back by its own run leaves nothing to undo', async () => {
		arrange();
		odin.simulator.addFault({ ...REFUSED, method: 'POST', path: '/users' });
		const options = { ...ROW.options, onFailure: 'undo' };
		const failed = await odin.failedItem('sipTrunk.turnUp', { ...ROW, options });
		odin.forget();
		const result = await undo(failed);
		expect(result).toMatchObject({ outcome: 'unchanged', steps: [] });
		expect(odin.writes()).toEqual([]);
	});

	it('is taken back to the end although every answer is lost', async () => {
		arrange();
		const before = state();
		const item = await write('sipTrunk.turnUp', ROW);
		const lost = new Set<string>();
		odin.atWrites((_, { method, path, query, body }) => {
			const key = `${method} ${path} ${JSON.stringify([query, body])}`;
			if (lost.has(key)) return undefined;
			lost.add(key);
			return { kind: 'lostAnswer' };
		});
		expect(await undo(item)).toMatchObject({ outcome: 'deleted', stays: [] });
		expect(lost.size).toBeGreaterThan(5);
		expect(state()).toEqual(before);
	});

	it('that is refused half-way says what was taken back, and goes on in a second run', async () => {
		arrange();
		const before = state();
		const item = await write('sipTrunk.turnUp', ROW);
		odin.simulator.addFault({ ...REFUSED, method: 'DELETE', path: '/groups/trunk-groups' });
		const { error, details } = await odin.failedItem('change.undo', { before: item });
		expect(error).toContain('Not today');
		expect(error).toContain('steps were taken back');
		expectPlainWords(`${error} ${String(details.description)}`);
		expect(details.stays).toBeInstanceOf(Array);
		expect(await undo(item)).toMatchObject({ outcome: 'deleted', stays: [] });
		expect(state()).toEqual(before);
	});
});

it('goes on with its own write after a lost answer with Retry On Fail', async () => {
	add();
	const item = await upsert(CHANGE);
	const { planId } = await undo(item, { previewOnly: true });
	odin.forget();
	let isLost = false;
	odin.simulator.injectFault(({ method }) => {
		if (method === 'GET')
			return isLost ? ((isLost = false), { kind: 'status', status: 400 }) : undefined;
		isLost = true;
		return { kind: 'lostAnswer' };
	});
	const run = await odin.run(
		'change.undo',
		{ before: item, options: { planId, maxRetries: 0 } },
		{ node: { retryOnFail: true, maxTries: 2, waitBetweenTries: 0 } },
	);
	expect(run.error).toBeUndefined();
	expect(jsonOf(run.output[0])).toMatchObject([{ outcome: 'updated' }]);
	expect(odin.writes()).toHaveLength(1);
});
