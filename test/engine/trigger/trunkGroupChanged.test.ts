import type { IDataObject } from 'n8n-workflow';
import type { TrunkGroup } from '../../../simulator/network/records';
import { useOdin } from '../support/odinRuns';
import { expectPlainWords } from '../support/plainWords';
import { HQ, lines, NOTHING, published, triggerOf } from '../support/triggers';

const odin = useOdin({ loggedIn: true });

const add = (name: string, given: Partial<TrunkGroup> = {}): TrunkGroup =>
	odin.network.addTrunkGroup({ ...HQ, name, ...given });

const LIST = { method: 'GET', path: '/groups/trunk-groups' };

/** Faults of lists alone: a record is read with its name. */
const spoilLists = (answer: object, isSpoiled: (query: Record<string, string>) => boolean) =>
	odin.simulator.injectFault(({ method, path, query }) =>
		method === 'GET' && path === LIST.path && query.name === undefined && isSpoiled(query)
			? ({ kind: 'status', status: 200, ...answer } as never)
			: undefined,
	);

describe.each([
	['without durable cursors', false],
	['with durable cursors', true],
])('%s', (_, isDurable) => {
	it('what is created, changed and deleted is told once, and nothing else', async () => {
		const one = add('one', { maxActiveCalls: 3 });
		const trigger = await published(odin, {}, { isDurable });
		expect(await trigger.poll()).toEqual(NOTHING);
		const two = add('two', { accessDevice: { deviceLevel: 'Group', deviceName: 'acme-sbc-1' } });
		one.maxActiveCalls = 7;
		one.totalActiveIncomingCalls = 5;
		expect(await trigger.poll()).toEqual({
			errors: [],
			items: [
				{
					event: 'trunkGroupChanged',
					...HQ,
					name: 'one',
					change: 'changed',
					changes: [{ field: 'maxActiveCalls', from: 3, to: 7 }],
					trunkGroup: expect.objectContaining({ ...HQ, name: 'one', maxActiveCalls: 7 }),
					detectedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
				},
				expect.objectContaining({ name: 'two', change: 'created', changes: [] }),
			],
		});
		expect(await trigger.poll()).toEqual(NOTHING);
		delete two.accessDevice;
		expect(lines(await trigger.poll())).toEqual([
			'acme-hq/two changed, deviceName acme-sbc-1 → null',
		]);
		odin.network.removeTrunkGroup(one);
		odin.network.renameTrunkGroup(two, 'three');
		const { items } = await trigger.poll();
		expect(lines({ items, errors: [] })).toEqual([
			'acme-hq/one deleted',
			'acme-hq/two deleted',
			'acme-hq/three created',
		]);
		expect(items[0]).toMatchObject({ trunkGroup: null });
		expect(await trigger.poll()).toEqual(NOTHING);
	});

	it('what happens while n8n is down is told after it', async () => {
		const one = add('one', { maxActiveCalls: 3 });
		const trigger = await published(odin, {}, { isDurable });
		add('two');
		expect(lines(await trigger.poll())).toEqual(['acme-hq/two created']);
		one.maxActiveCalls = 4;
		trigger.crash();
		expect(lines(await trigger.publish())).toEqual(['acme-hq/one changed, maxActiveCalls 3 → 4']);
		trigger.crash();
		expect(await trigger.publish()).toEqual(NOTHING);
	});

	it('a poll that could read nothing forgets nothing and shows why', async () => {
		const one = add('one', { maxActiveCalls: 3 });
		const trigger = await published(odin, {}, { isDurable });
		const before = trigger.stored;
		one.maxActiveCalls = 4;
		add('two');
		odin.simulator.addFault({ ...LIST, kind: 'status', status: 500, times: Infinity });
		const { items, errors } = await trigger.poll();
		expect(items).toEqual([]);
		expect(errors.map(({ message }) => message)).toEqual([
			expect.stringContaining("list the trunk groups of group 'acme-hq'"),
		]);
		expect(trigger.stored).toEqual(before);
		odin.simulator.clearFaults();
		expect(lines(await trigger.poll())).toEqual([
			'acme-hq/one changed, maxActiveCalls 3 → 4',
			'acme-hq/two created',
		]);
	});

	it("a group that can't be read holds up no other, and misses nothing", async () => {
		const trigger = await published(odin, { groupId: '' }, { isDurable });
		const plant = { ...HQ, groupId: 'acme-plant' };
		spoilLists({ status: 500 }, ({ groupId }) => groupId === plant.groupId);
		add('one');
		odin.network.addTrunkGroup({ ...plant, name: 'press' });
		const polled = await trigger.poll();
		expect(lines(polled)).toEqual(['acme-hq/one created']);
		expect(polled.errors.map(({ message }) => message)).toEqual([
			expect.stringContaining("group 'acme-plant'"),
		]);
		const again = await trigger.poll();
		expect(lines(again)).toEqual([]);
		expect(again.errors).toHaveLength(1);
		odin.simulator.clearFaults();
		expect(lines(await trigger.poll())).toEqual(['acme-plant/press created']);
		expect(await trigger.poll()).toEqual(NOTHING);
	});
});

describe('an answer that is not whole', () => {
	it.each<[string, object]>([
		['lacks all rows', { body: [] }],
		['has rows without a name', { body: [{}, { name: null }, { name: ' ' }, null] }],
		['is null', { body: null }],
		['has null for a list', { body: { ...HQ, trunkGroups: null } }],
		['has trunk groups of another group', { body: [{ name: 'x', ...HQ, groupId: 'acme-plant' }] }],
		['is no list', { body: { error: 'x' } }],
		['is a web page', { kind: 'html', status: 200 }],
		['is cut off', { kind: 'truncated' }],
		['is empty', { kind: 'empty' }],
		['is busy', { status: 503 }],
	])('deletes nothing: a list that %s', async (_, answer) => {
		add('one');
		add('two');
		const trigger = await published(odin);
		spoilLists(answer, () => true);
		expect((await trigger.poll()).items).toEqual([]);
		expect((await trigger.poll()).items).toEqual([]);
		odin.simulator.clearFaults();
		expect(await trigger.poll()).toEqual(NOTHING);
	});

	it('deletes nothing where each answer is an empty success', async () => {
		add('one');
		const trigger = await published(odin);
		odin.simulator.addFault({ ...LIST, kind: 'empty', times: Infinity });
		const { items, errors } = await trigger.poll();
		expect(items).toEqual([]);
		expect(errors).toHaveLength(1);
		odin.simulator.clearFaults();
		expect(await trigger.poll()).toEqual(NOTHING);
	});

	it.each<[string, (profile: Record<string, unknown>) => unknown]>([
		['has nothing but its name', ({ name }) => ({ name })],
		['is of another trunk group', (profile) => ({ ...profile, name: 'other' })],
		['is a list', () => []],
		['complains', () => ({ error: 'There has been a BroadWorks error.' })],
		[
			'lacks a field that every profile has',
			(profile) => ({ ...profile, maxActiveCalls: undefined }),
		],
	])('changes nothing: a profile that %s', async (_, form) => {
		add('one', { maxActiveCalls: 3, pilotUserId: 'anna.adler@example.com' });
		const trigger = await published(odin);
		odin.answerProfilesAs(form);
		expect((await trigger.poll()).items).toEqual([]);
		odin.simulator.clearFaults();
		expect(await trigger.poll()).toEqual(NOTHING);
	});

	it.each<[string, (profile: Record<string, unknown>) => unknown]>([
		['numbers as text', (profile) => ({ ...profile, maxActiveCalls: '3' })],
		['switches as text', (profile) => ({ ...profile, requireAuthentication: 'false' })],
		[
			'null for what is not set',
			(profile) => ({ department: null, pilotUserId: null, ...profile }),
		],
		['empty text for what is not set', (profile) => ({ trunkGroupIdentity: '', ...profile })],
		['no field that is always there', (profile) => ({ ...profile, trunkGroupState: undefined })],
		['the profile in an object', (profile) => ({ trunkGroup: profile })],
	])('tells no change where Odin now shows %s', async (_, form) => {
		add('one', { maxActiveCalls: 3 });
		const trigger = await published(odin);
		odin.answerProfilesAs(form);
		expect(await trigger.poll()).toEqual(NOTHING);
	});
});

describe('what is watched', () => {
	it('without a group: all groups; the trunk groups of a new one are created', async () => {
		const trigger = await published(odin, { groupId: { __rl: true, mode: 'list', value: '' } });
		odin.network.addGroup({ ...HQ, groupId: 'acme-new' });
		odin.network.addTrunkGroup({ ...HQ, groupId: 'acme-new', name: 'first' });
		expect(lines(await trigger.poll())).toEqual(['acme-new/first created']);
		expect(await trigger.poll()).toEqual(NOTHING);
	});

	it('without fields: only what is created and deleted', async () => {
		const one = add('one');
		const trigger = await published(odin, { watchFields: [] });
		one.maxActiveCalls = 9;
		add('two');
		expect(lines(await trigger.poll())).toEqual(['acme-hq/two created']);
		expect(odin.calls()).toEqual(Array.from({ length: 2 }, () => 'GET /groups/trunk-groups'));
		odin.network.removeTrunkGroup(one);
		expect(lines(await trigger.poll())).toEqual(['acme-hq/one deleted']);
	});

	it('a group that is deleted: its trunk groups are deleted too', async () => {
		const group = odin.network.addGroup({ ...HQ, groupId: 'acme-new' });
		const first = odin.network.addTrunkGroup({ ...HQ, groupId: 'acme-new', name: 'first' });
		const trigger = await published(odin, { groupId: '' });
		odin.network.removeTrunkGroup(first);
		odin.network.stores.groups.remove(group);
		expect(lines(await trigger.poll())).toEqual(['acme-new/first deleted']);
		expect(await trigger.poll()).toEqual(NOTHING);
	});

	it('without the list of groups: the groups known before; what is new waits for the list', async () => {
		const trigger = await published(odin, { groupId: '' });
		odin.simulator.addFault({ path: '/groups', kind: 'status', status: 500, times: Infinity });
		add('one');
		odin.network.addGroup({ ...HQ, groupId: 'acme-new' });
		odin.network.addTrunkGroup({ ...HQ, groupId: 'acme-new', name: 'first' });
		const polled = await trigger.poll();
		expect(lines(polled)).toEqual(['acme-hq/one created']);
		expect(polled.errors).toHaveLength(1);
		odin.simulator.clearFaults();
		expect(lines(await trigger.poll())).toEqual(['acme-new/first created']);
	});

	it('is read at the pace of the options', async () => {
		for (let one = 0; one < 12; one += 1) add(`t${one}`);
		const trigger = await published(odin, { options: { requestsPerSecond: 5, maxRetries: 0 } });
		odin.simulator.configure({ rateLimit: { requestsPerSecond: 5 } });
		expect(await trigger.poll()).toEqual(NOTHING);
		expect(odin.requests()).toHaveLength(1 + 12);
	});

	it('asks for one list a group, and reads each trunk group', async () => {
		add('one');
		const trigger = await published(odin, { groupId: '' });
		await trigger.poll();
		expect(odin.calls().sort()).toEqual([
			'GET /groups',
			...Array.from({ length: 3 + 2 }, () => 'GET /groups/trunk-groups'),
		]);
	});

	it('may change: what is new is remembered, the rest misses nothing', async () => {
		const one = add('one', { maxActiveCalls: 3, invitationTimeout: 6 });
		const plant = odin.network.trunkGroup('acme-ent', 'acme-plant', 'plant-overflow')!;
		const trigger = await published(odin);
		one.maxActiveCalls = 4;
		one.invitationTimeout = 9;
		expect(
			lines(await trigger.publish({ ...HQ, watchFields: ['maxActiveCalls', 'invitationTimeout'] })),
		).toEqual(['acme-hq/one changed, maxActiveCalls 3 → 4']);
		one.invitationTimeout = 10;
		plant.maxActiveCalls = 2;
		const all = { ...HQ, groupId: '', watchFields: ['invitationTimeout', 'maxActiveCalls'] };
		expect(lines(await trigger.publish(all))).toEqual([
			'acme-hq/one changed, invitationTimeout 9 → 10',
		]);
		plant.maxActiveCalls = 1;
		expect(lines(await trigger.poll())).toEqual([
			'acme-plant/plant-overflow changed, maxActiveCalls 2 → 1',
		]);
		one.maxActiveCalls = 8;
		odin.network.removeTrunkGroup(plant);
		expect(lines(await trigger.publish({ ...HQ, watchFields: 'maxActiveCalls' }))).toEqual([
			'acme-hq/one changed, maxActiveCalls 4 → 8',
		]);
	});

	it('stays known with another administrator, whose other groups are only remembered', async () => {
		const own = { loginType: 'Group', serviceProviderId: 'acme-ent', groupId: 'acme-hq' };
		odin.simulator.configure({ administrator: { ...own, mayList: false } });
		const one = add('one', { maxActiveCalls: 3 });
		const trigger = await published(odin, { groupId: '' });
		odin.simulator.configure({ administrator: {}, username: 'another-admin' });
		await odin.engine.setCredentials(odin.account());
		one.maxActiveCalls = 4;
		expect(lines(await trigger.poll())).toEqual(['acme-hq/one changed, maxActiveCalls 3 → 4']);
		odin.network.addTrunkGroup({ ...HQ, groupId: 'acme-plant', name: 'press' });
		expect(lines(await trigger.poll())).toEqual(['acme-plant/press created']);
	});

	it('begins anew with another Odin', async () => {
		add('one');
		const trigger = await published(odin);
		await odin.restart();
		add('two');
		expect(await trigger.poll()).toEqual(NOTHING);
	});

	it('is remembered, and no more: neither other fields nor secrets', async () => {
		add('one', {
			maxActiveCalls: 3,
			requireAuthentication: true,
			sipAuthenticationUserName: 'user-of-one',
			sipAuthenticationPassword: 'Xy98!?Zw76',
			otgDtgIdentity: 'not-watched',
		});
		const trigger = await published(odin);
		add('two');
		const told = JSON.stringify((await trigger.poll()).items);
		const { password } = await odin.engine.credentials();
		for (const secret of ['Xy98!?Zw76', String(password), 'token']) {
			expect(JSON.stringify(trigger.stored)).not.toContain(secret);
			expect(told).not.toContain(secret);
		}
		expect(JSON.stringify(trigger.stored)).not.toMatch(/not-watched|user-of-one|odin-admin/);
	});

	it('a name that is no field, and no service provider, are refused', async () => {
		const trigger = triggerOf(odin, {
			watchFields: ['maxActiveCalls', 'sipAuthenticationPassword'],
		});
		await expect(trigger.publish()).rejects.toThrow(
			"'Watch Fields' names 'sipAuthenticationPassword', which can't be watched",
		);
		await expect(triggerOf(odin, { serviceProviderId: '' }).publish()).rejects.toThrow(
			"'Service Provider' is needed",
		);
		expect(odin.requests()).toEqual([]);
	});
});

describe('the time of a poll', () => {
	it('is not used up: what was not read is read in the next ones, nothing twice', async () => {
		const all = Array.from({ length: 30 }, (_, at) => add(`t${at + 10}`, { maxActiveCalls: 1 }));
		const trigger = await published(odin);
		odin.simulator.configure({ latencyMs: 100 });
		for (const one of all) one.maxActiveCalls = 2;
		trigger.budgetMs = 1000;
		const told: string[] = [];
		for (let poll = 0; poll < 12; poll += 1) {
			odin.forget();
			const polled = await trigger.poll();
			expect(polled.errors).toEqual([]);
			told.push(...lines(polled));
		}
		expect(told.sort()).toEqual(
			all.map(({ name }) => `acme-hq/${name} changed, maxActiveCalls 1 → 2`),
		);
	});

	it('is not shared by two polls: the second one leaves all to the first', async () => {
		add('one');
		const trigger = await published(odin);
		odin.simulator.configure({ latencyMs: 100 });
		add('two');
		const polls = await Promise.all([trigger.poll(), trigger.poll(), trigger.poll()]);
		expect(polls.flatMap(lines)).toEqual(['acme-hq/two created']);
	});
});

describe('a click on the test button', () => {
	it('shows a real trunk group and remembers nothing', async () => {
		add('one', { maxActiveCalls: 3 });
		const trigger = triggerOf(odin);
		const [item] = await trigger.click();
		expect(item).toMatchObject({
			event: 'trunkGroupChanged',
			...HQ,
			name: 'one',
			change: 'changed',
			changes: expect.arrayContaining([{ field: 'maxActiveCalls', from: null, to: 3 }]) as unknown,
			trunkGroup: { name: 'one', maxActiveCalls: 3 },
			example: true,
		});
		expect(trigger.stored).toEqual({});
		await trigger.publish();
		const { stored } = trigger;
		add('two');
		await trigger.click();
		expect(trigger.stored).toEqual(stored);
		expect(lines(await trigger.poll())).toEqual(['acme-hq/two created']);
	});

	it.each<[string, IDataObject, RegExp]>([
		['where there is none', {}, /no trunk group in group 'acme-hq'/],
		[
			'in all groups',
			{ serviceProviderId: 'citytel-sp', groupId: '' },
			/service provider 'citytel-sp'/,
		],
		['in an unknown group', { groupId: 'nowhere' }, /'nowhere'/],
		['for a service that is missing', { groupId: 'acme-lab' }, /'acme-lab'/],
	])('says why it has nothing to show %s', async (_, parameters, told) => {
		const message = await triggerOf(odin, parameters)
			.click()
			.then(
				() => 'it succeeded',
				(thrown: Error) => thrown.message,
			);
		expect(message).toMatch(told);
		expectPlainWords(message, '[Error 4002]', 'There has been a BroadWorks error.', '[Error 5690]');
	});
});

it('a session that has ended is renewed once, for this poll and the next ones', async () => {
	add('one');
	const trigger = await published(odin);
	odin.simulator.revokeTokens();
	add('two');
	expect(lines(await trigger.poll())).toEqual(['acme-hq/two created']);
	expect(await trigger.poll()).toEqual(NOTHING);
	expect(odin.sent('POST', '/auth/token')).toHaveLength(1);
});

it('a login that fails keeps the workflow from being published, and says so', async () => {
	await odin.engine.setCredentials({ ...odin.account(), password: 'wrong' });
	await expect(triggerOf(odin).publish()).rejects.toThrow(/login/);
});
