import { groupServices } from '../../simulator/network/services';
import { clone, useOdin, type Json } from './support/odinRuns';
import { expectPlainWords } from './support/plainWords';

const LAB = { serviceProviderId: 'acme-ent', groupId: 'lab-2' };
const PATH = '/groups/services';
const UPDATE = 'groupService.update';

const odin = useOdin({
	loggedIn: true,
	arrange: ({ network }) => {
		network.addGroup({
			...LAB,
			services: groupServices({
				'Trunk Group': { authorized: false, assigned: false },
				'Auto Attendant': { authorized: false, licensed: false },
				'Music On Hold': { assigned: true },
			}),
		});
	},
});

const all = () => odin.network.stores.groups.find(LAB)?.services ?? [];
const stored = (name: string): Json => {
	return { ...all().find(({ serviceName }) => serviceName === name) };
};
const change = (type: string, serviceName: string, field: string, to = true): Json => ({
	serviceName,
	type,
	field,
	from: !to,
	to,
});
const AUTHORIZED = { groupServices: [{ serviceName: 'Trunk Group', authorized: true }] };
const ASSIGNED = { groupServices: [{ serviceName: 'Trunk Group', assigned: true }] };
const BOTH = [
	change('group', 'Trunk Group', 'authorized'),
	change('group', 'Trunk Group', 'assigned'),
];

it('getAll gives one item a service, with its type', async () => {
	const rows = await odin.all('groupService.getAll', LAB);
	expect(rows).toEqual(
		expect.arrayContaining([
			{
				...LAB,
				serviceName: 'Trunk Group',
				type: 'group',
				authorized: false,
				assigned: false,
				quantity: -1,
				usage: 0,
				allowed: -1,
				licensed: true,
			},
			expect.objectContaining({ serviceName: 'Auto Attendant', type: 'group', licensed: false }),
			expect.objectContaining({ serviceName: 'Authentication', type: 'user', authorized: true }),
			expect.objectContaining({ serviceName: 'SIP-PREMIUM', type: 'pack', quantity: 1 }),
		]),
	);
	odin.answer(PATH, { message: 'Welcome' });
	expect(await odin.complaint('groupService.getAll', LAB)).toContain('other than a list');
});

describe('update', () => {
	it('authorizes, then assigns, and writes nothing when it is repeated', async () => {
		const parameters = { ...LAB, services: 'trunk group' };
		expect(await odin.one(UPDATE, parameters)).toEqual({
			...LAB,
			outcome: 'updated',
			changes: BOTH,
			unchanged: [],
		});
		expect(odin.writes()).toMatchObject([{ method: 'PUT', path: PATH }, { method: 'PUT' }]);
		expect(odin.written()).toEqual([
			{ ...LAB, ...AUTHORIZED },
			{ ...LAB, ...ASSIGNED },
		]);
		expect(stored('Trunk Group')).toMatchObject({ authorized: true, assigned: true });
		odin.forget();
		expect(await odin.one(UPDATE, parameters)).toMatchObject({
			outcome: 'unchanged',
			changes: [],
			unchanged: ['Trunk Group'],
		});
		expect(odin.writes()).toEqual([]);
	});

	it('sets what is named of services and packs, and leaves all else', async () => {
		const before = clone(all());
		const parameters = {
			...LAB,
			services: '["Voice Messaging User", "Authentication"]',
			servicePacks: 'SIP-RECORDING, SIP-DID',
			removeServices: 'Music On Hold, Call Forwarding Always',
			removeServicePacks: ' SIP-PREMIUM,',
		};
		expect(await odin.one(UPDATE, parameters)).toMatchObject({
			changes: [
				change('user', 'Voice Messaging User', 'authorized'),
				change('pack', 'SIP-RECORDING', 'authorized'),
				change('group', 'Music On Hold', 'assigned', false),
				change('user', 'Call Forwarding Always', 'authorized', false),
				change('pack', 'SIP-PREMIUM', 'authorized', false),
			],
			unchanged: ['Authentication', 'SIP-DID'],
		});
		expect(odin.writes()).toHaveLength(1);
		const named = [
			'Voice Messaging User',
			'SIP-RECORDING',
			'Music On Hold',
			'Call Forwarding Always',
			'SIP-PREMIUM',
		];
		const others = before.filter(({ serviceName }) => !named.includes(serviceName));
		expect(others).toHaveLength(5);
		for (const service of others) expect(stored(service.serviceName)).toEqual(service);
		expect(stored('Music On Hold')).toMatchObject({ authorized: true, assigned: false });
	});

	it('is previewed as it is carried out, and says that a second request follows', async () => {
		const parameters = { ...LAB, services: 'Trunk Group', options: { previewOnly: true } };
		expect(await odin.one(UPDATE, parameters)).toEqual({
			...LAB,
			preview: true,
			planId: expect.any(String),
			outcome: 'updated',
			changes: BOTH,
			request: { method: 'PUT', path: PATH, body: { ...LAB, ...AUTHORIZED } },
		});
		expect(await odin.hints(UPDATE, parameters)).toContain(
			"second request then assigns 'Trunk Group'",
		);
		expect(odin.writes()).toEqual([]);
	});

	it.each<[Json, RegExp]>([
		[{ services: 'Trunk Group, Auto Attendant' }, /no license for 'Auto Attendant'/],
		[{ services: 'Trunk Group, Trunk Groups' }, /Odin lists no 'Trunk Groups'/],
		[{ services: 'SIP-DID' }, /'SIP-DID' is a service pack, not a service/],
		[{ servicePacks: 'Trunk Group' }, /'Trunk Group' is a service/],
		[{ removeServices: 'Authentication' }, /'Authentication' is in use \(1\)/],
		[{ services: 'Trunk Group', removeServices: 'trunk group' }, /both to add and to remove/],
		[{ services: ', ' }, /nothing to update/],
		[{ services: '[Trunk Group' }, /begins like JSON/],
		[{ services: 'Trunk\u200bGroup' }, /invisible characters \(\\u200b\)/],
	])('%j is refused by name, with nothing sent', async (asked, reason) => {
		odin.network.addUser({ ...LAB, userId: 'ann@example.com', services: ['Authentication'] });
		const complaint = await odin.complaint(UPDATE, { ...LAB, ...asked });
		expect(complaint).toMatch(reason);
		expectPlainWords(complaint);
		expect(odin.writes()).toEqual([]);
	});

	it('says what Odin does not show, and what was done before', async () => {
		odin.simulator.addFault({ kind: 'ignored', method: 'PUT', path: PATH, skip: 1 });
		const { error, details } = await odin.failedItem(UPDATE, { ...LAB, services: 'Trunk Group' });
		expect(error).toMatch(/'Trunk Group' is not assigned\. Already done: 'Trunk Group'/);
		expect(details).toMatchObject({
			kind: 'notApplied',
			fields: [{ serviceName: 'Trunk Group', field: 'assigned', asked: true, shown: false }],
			changes: [change('group', 'Trunk Group', 'authorized')],
		});
		expectPlainWords(error);
	});

	it('with Retry On Fail goes on where it stood, and tells all that it changed', async () => {
		odin.simulator.addFault({ kind: 'status', status: 400, method: 'PUT', path: PATH, skip: 1 });
		expect(
			await odin.one(
				UPDATE,
				{ ...LAB, services: 'Trunk Group' },
				{ node: { retryOnFail: true, maxTries: 2, waitBetweenTries: 0 } },
			),
		).toMatchObject({ changes: BOTH, unchanged: [] });
		expect(odin.written()).toEqual([
			{ ...LAB, ...AUTHORIZED },
			{ ...LAB, ...ASSIGNED },
			{ ...LAB, ...ASSIGNED },
		]);
	});
});
