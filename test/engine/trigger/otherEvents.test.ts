import type { TrunkGroup } from '../../../simulator/network/records';
import { useOdin } from '../support/odinRuns';
import { HQ, lines, NOTHING, published, triggerOf } from '../support/triggers';

const odin = useOdin({ loggedIn: true });

const add = (name: string, given: Partial<TrunkGroup> = {}): TrunkGroup =>
	odin.network.addTrunkGroup({ ...HQ, name, ...given });

describe('trunk group state', () => {
	const event = 'trunkGroupState';

	it('is told in both directions, and nothing else of the trunk group', async () => {
		const one = add('one', { trunkGroupState: 'Unavailable' });
		const two = add('two');
		const trigger = await published(odin, { event });
		expect(await trigger.poll()).toEqual(NOTHING);
		one.trunkGroupState = 'Available';
		two.trunkGroupState = 'Unavailable';
		two.maxActiveCalls = 9;
		const { items } = await trigger.poll();
		expect(items).toMatchObject([
			{
				event,
				name: 'one',
				change: 'changed',
				changes: [{ field: 'trunkGroupState', from: 'Unavailable', to: 'Available' }],
			},
			{
				event,
				name: 'two',
				change: 'changed',
				changes: [{ field: 'trunkGroupState', from: 'Available', to: 'Unavailable' }],
				trunkGroup: { maxActiveCalls: 9 },
			},
		]);
		odin.network.removeTrunkGroup(one);
		add('three');
		expect(await trigger.poll()).toEqual(NOTHING);
	});

	it('is told of one that became unavailable as soon as it was made', async () => {
		const trigger = await published(odin, { event });
		add('one', { trunkGroupState: 'Unavailable' });
		expect(lines(await trigger.poll())).toEqual([
			'acme-hq/one changed, trunkGroupState Available → Unavailable',
		]);
	});

	it('is not forgotten while a list lacks the trunk group', async () => {
		const one = add('one');
		const trigger = await published(odin, { event });
		odin.simulator.injectFault(({ path, query }) =>
			path === '/groups/trunk-groups' && query.name === undefined
				? { kind: 'status', status: 200, body: [] }
				: undefined,
		);
		expect(await trigger.poll()).toEqual(NOTHING);
		one.trunkGroupState = 'Unavailable';
		expect(lines(await trigger.poll())).toHaveLength(1);
		odin.simulator.clearFaults();
		expect(await trigger.poll()).toEqual(NOTHING);
	});

	it('is remembered alone', async () => {
		add('one', { maxActiveCalls: 77 });
		const trigger = await published(odin, { event });
		expect(JSON.stringify(trigger.stored)).not.toMatch(/\b77\b/);
	});
});

describe('call capacity used', () => {
	const event = 'callCapacityUsed';

	it('is told at the threshold, once until it was below it by the hysteresis', async () => {
		const one = add('one', { maxActiveCalls: 10, totalActiveIncomingCalls: 9 });
		const two = add('two', { maxActiveCalls: 10 });
		const trigger = await published(odin, { event, threshold: 80, hysteresis: 20 });
		const told: string[][] = [];
		for (const [incoming, outgoing] of [
			[4, 3],
			[4, 4],
			[5, 5],
			[4, 2],
			[8, 0],
			[5, 0],
			[0, 8],
		] as const) {
			Object.assign(two, {
				totalActiveIncomingCalls: incoming,
				totalActiveOutgoingCalls: outgoing,
			});
			told.push(lines(await trigger.poll()));
		}
		expect(told).toEqual([
			[],
			['acme-hq/two changed, callCapacityUsed 70 → 80'],
			[],
			[],
			[],
			[],
			['acme-hq/two changed, callCapacityUsed 50 → 80'],
		]);
		one.totalActiveIncomingCalls = 0;
		await trigger.poll();
		one.totalActiveIncomingCalls = 10;
		const { items } = await trigger.poll();
		expect(items).toMatchObject([
			{ event, name: 'one', change: 'changed', trunkGroup: { totalActiveIncomingCalls: 10 } },
		]);
	});

	it('is not told twice after a restart, nor where the threshold changes', async () => {
		const one = add('one', { maxActiveCalls: 10 });
		const trigger = await published(odin, { event }, { isDurable: true });
		one.totalActiveIncomingCalls = 9;
		expect(lines(await trigger.poll())).toHaveLength(1);
		trigger.crash();
		expect(await trigger.poll()).toEqual(NOTHING);
		expect(await trigger.publish({ ...HQ, event, threshold: 85 })).toEqual(NOTHING);
		one.totalActiveIncomingCalls = 0;
		await trigger.poll();
		one.totalActiveIncomingCalls = 8;
		expect(await trigger.poll()).toEqual(NOTHING);
		expect(lines(await trigger.publish({ ...HQ, event, threshold: 75 }))).toHaveLength(1);
	});

	it.each([
		['threshold', 0],
		['threshold', 'eighty'],
		['hysteresis', -1],
	])('refuses %s %j', async (name, value) => {
		await expect(triggerOf(odin, { event, [name]: value }).publish()).rejects.toThrow(
			/takes a whole number/,
		);
	});

	it('takes an empty expression for the default, and numbers as text', async () => {
		const one = add('one', { maxActiveCalls: 10 });
		const trigger = await published(odin, { event, threshold: ' 50 ', hysteresis: '' });
		one.totalActiveIncomingCalls = 5;
		expect(lines(await trigger.poll())).toHaveLength(1);
	});
});

describe('registration lost', () => {
	const event = 'registrationLost';
	const NORTH = { serviceProviderId: 'globex-ent', groupId: 'globex-north' };
	const PILOT = 'north-pilot@example.net';
	const start = async () => await published(odin, { ...NORTH, event });
	const pilot = () => odin.network.user(PILOT)!;

	it('is told of a user of a trunk group who was registered', async () => {
		const trigger = await start();
		odin.network.addRegistration(pilot());
		expect(await trigger.poll()).toEqual(NOTHING);
		pilot().registrations = [];
		expect((await trigger.poll()).items).toEqual([
			{
				event,
				...NORTH,
				name: 'north-trunk-1',
				change: 'changed',
				changes: [{ field: 'registered', from: true, to: false }],
				trunkGroup: expect.objectContaining({
					name: 'north-trunk-1',
					pilotUserId: PILOT,
				}) as unknown,
				detectedAt: expect.any(String) as unknown,
				userId: PILOT,
			},
		]);
		expect(await trigger.poll()).toEqual(NOTHING);
	});

	it('is one request a group as long as nothing is lost, and none for a static trunk', async () => {
		const trigger = await start();
		expect(await trigger.poll()).toEqual(NOTHING);
		expect(odin.calls()).toEqual(['GET /users/registration/bulk']);
	});

	it('is not told of a user of no trunk group, nor of one that was deleted', async () => {
		const phone = odin.network.user('hana.hosted@example.net')!;
		const line = odin.network.user('north-line-1@example.net')!;
		odin.network.addRegistration(phone);
		odin.network.addRegistration(line);
		const trigger = await start();
		phone.registrations = [];
		odin.network.stores.users.remove(line);
		expect((await trigger.poll()).items).toEqual([]);
		expect((await trigger.poll()).items).toEqual([]);
	});

	it.each<[string, (body: Record<string, unknown>) => unknown]>([
		['lacks the user', (body) => ({ ...body, users: [] })],
		['is null', () => null],
		['has rows of something else', () => [{ a: 1 }]],
		['has no list of registrations', () => [{ userId: PILOT, registrations: {} }]],
		['is empty for the user', () => [{ userId: PILOT, registrations: null }]],
	])('is not told where the answer for all %s', async (_, form) => {
		odin.network.addRegistration(pilot());
		const trigger = await start();
		odin.answer('/users/registration/bulk', form({ ...NORTH }));
		expect((await trigger.poll()).items).toEqual([]);
		odin.simulator.clearFaults();
		pilot().registrations = [];
		expect(lines(await trigger.poll())).toEqual([
			'globex-north/north-trunk-1 changed, registered true → false',
		]);
	});

	it.each<[string, unknown]>([
		['users with their registrations', [{ userId: PILOT, registrations: [{ order: 1 }] }]],
		['one row a registration', { registrations: [{ userId: PILOT, uRI: 'sip:a@example.net' }] }],
		[
			'profile and data',
			{ users: [{ profile: { userId: PILOT }, data: { registrations: [{}] } }] },
		],
	])('is understood where the answer for all has %s', async (_, body) => {
		odin.answer('/users/registration/bulk', body);
		const trigger = await start();
		odin.simulator.clearFaults();
		expect(lines(await trigger.poll())).toHaveLength(1);
	});

	it("waits where the user can't be read", async () => {
		odin.network.addRegistration(pilot());
		const trigger = await start();
		pilot().registrations = [];
		odin.simulator.addFault({ path: '/users', kind: 'status', status: 500, times: Infinity });
		const { items, errors } = await trigger.poll();
		expect(items).toEqual([]);
		expect(errors).toHaveLength(1);
		odin.simulator.clearFaults();
		expect(lines(await trigger.poll())).toHaveLength(1);
	});

	it('has an example in a user who is registered', async () => {
		const trigger = triggerOf(odin, { ...NORTH, event });
		await expect(trigger.click()).rejects.toThrow(/no user of a trunk group is registered/);
		odin.network.addRegistration(pilot());
		expect(await trigger.click()).toMatchObject([
			{ event, name: 'north-trunk-1', userId: PILOT, example: true },
		]);
	});
});
