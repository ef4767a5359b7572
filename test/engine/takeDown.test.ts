import { clone, useOdin, type Json } from './support/odinRuns';

const HQ = { serviceProviderId: 'acme-ent', groupId: 'take-down' };
const KEY = { ...HQ, name: 'sbc' };
const PBX = { deviceName: 'pbx', deviceLevel: 'Group' as const };
const A = 'a@example.com';
const B = 'b@example.com';

const odin = useOdin({ loggedIn: true, arrange: ({ network }) => network.addGroup(HQ) });

/** As Turn Up names it. */
const ROW = {
	...HQ,
	trunkGroup: ' sbc\u00a0',
	alsoRemove: ['users', 'device', 'numbers'],
	deviceName: 'pbx',
	numbers: '5135551000-02',
	userIds: ` ${A},, ${B.toUpperCase()}`,
};

const network = () => odin.network;
const trunkGroup = () => network().trunkGroup(HQ.serviceProviderId, HQ.groupId, 'sbc');

/** A trunk with two users, each with a number, and a third number that is free; beside them what stays. */
const arrange = () => {
	network().addDevice({ ...HQ, deviceName: 'pbx' });
	network().addTrunkGroup({ ...KEY, accessDevice: PBX });
	network().addNumbers({ ...HQ, min: '+1-5135551000', max: '+1-5135551003', activated: true });
	for (const [index, userId] of [A, B].entries()) {
		network().addUser({ ...HQ, userId, phoneNumber: `+1-513555100${index}`, trunkGroup: 'sbc' });
	}
	trunkGroup()!.pilotUserId = A;
	network().addDevice({ ...HQ, deviceName: 'phone' });
	network().addUser({ ...HQ, userId: 'c@example.com', phoneNumber: '+1-5135551003' });
};

/** What is in the group and its numbers. */
const stored = () =>
	clone({
		devices: network().devices(HQ.serviceProviderId, HQ.groupId),
		trunkGroups: network().trunkGroups(HQ.serviceProviderId, HQ.groupId),
		users: network().stores.users.all(HQ),
		numbers: network()
			.stores.numbers.all(HQ)
			.map(({ phoneNumber }) => phoneNumber),
	});

const expectTakenDown = () => {
	const { devices, trunkGroups, users, numbers } = stored();
	expect({
		devices: devices.map(({ deviceName }) => deviceName),
		trunkGroups,
		users: users.map(({ userId }) => userId),
		numbers,
	}).toEqual({
		devices: ['phone'],
		trunkGroups: [],
		users: ['c@example.com'],
		numbers: ['+1-5135551003'],
	});
};

const run = async (more: Json = {}) => await odin.one('sipTrunk.takeDown', { ...ROW, ...more });

const outcomes = (steps: unknown) =>
	(steps as Json[]).map(({ step, outcome }) => `${String(step)} ${String(outcome)}`);

/** Writes as they arrived: "DELETE /users a@example.com" */
const ledger = () =>
	odin.writes().map(({ method, path, query, body }) => {
		const { userId, deviceName, name, dns } = { ...query, ...(body as Json) } as Json;
		const [number] = (dns ?? []) as Array<{ min: string }>;
		return `${method} ${path} ${String(number?.min ?? userId ?? deviceName ?? name)}`;
	});

describe('all of it', () => {
	it('goes in its order, as the preview says, and a second run writes nothing', async () => {
		arrange();
		const before = stored();
		const preview = await run({ options: { previewOnly: true } });
		expect(preview).toMatchObject({
			...KEY,
			preview: true,
			outcome: 'removed',
			trunk: { trunkGroup: { name: 'sbc' }, pilotUserId: A },
		});
		expect(odin.writes()).toEqual([]);
		expect(stored()).toEqual(before);

		const result = await run();
		expect(result).toMatchObject({ ...KEY, outcome: 'removed', trunk: null });
		expect(result.steps).toEqual(preview.steps);
		expect(outcomes(result.steps)).toEqual([
			'pilot updated',
			'user removed',
			'numbers removed',
			'user removed',
			'numbers removed',
			'numbers removed',
			'trunkGroup removed',
			'device removed',
		]);
		expect(ledger()).toEqual([
			'PUT /groups/trunk-groups sbc',
			`DELETE /users ${A}`,
			'DELETE /groups/dns +1-5135551000',
			`DELETE /users ${B}`,
			'DELETE /groups/dns +1-5135551001',
			'DELETE /groups/dns +1-5135551002',
			'DELETE /groups/trunk-groups sbc',
			'DELETE /groups/devices pbx',
		]);
		expectTakenDown();

		odin.forget();
		const { output, hints } = await odin.run('sipTrunk.takeDown', ROW);
		expect(output[0]?.[0]?.json).toMatchObject({ outcome: 'unchanged', trunk: null });
		const { steps } = output[0]![0]!.json as { steps: Json[] };
		expect(new Set(steps.map(({ outcome }) => outcome))).toEqual(new Set(['unchanged']));
		expect(hints).toEqual([]);
		expect(odin.writes()).toEqual([]);
	});

	it('needs no names while the trunk group is there, and says afterwards what is unknown', async () => {
		arrange();
		const { numbers, ...unnamed } = { ...ROW, deviceName: '', userIds: '' };
		expect(numbers).toBeDefined();
		expect(await odin.one('sipTrunk.takeDown', unnamed)).toMatchObject({ outcome: 'removed' });
		expect(stored().numbers).toEqual(['+1-5135551002', '+1-5135551003']);
		odin.forget();
		const { output, hints } = await odin.run('sipTrunk.takeDown', unnamed);
		expect(output[0]?.[0]?.json).toMatchObject({ outcome: 'unchanged' });
		expect(hints.map(({ message }) => message).join()).toContain(
			"unknown unless the item names it: 'User IDs', 'Numbers', 'Device Name'",
		);
		expect(odin.writes()).toEqual([]);
	});
});

it('takes users off and leaves them, numbers and device where nothing else is to go', async () => {
	arrange();
	const result = await run({ alsoRemove: [] });
	expect(outcomes(result.steps)).toEqual([
		'pilot updated',
		'user updated',
		'user updated',
		'trunkGroup removed',
	]);
	expect(odin.sent('PUT', '/users').map(({ body }) => body)).toEqual(
		[A, B].map((userId) => ({ userId, endpointType: 'none', trunkAddressing: null })),
	);
	expect(stored()).toMatchObject({ trunkGroups: [], devices: [{}, {}], users: [{}, {}, {}] });
	expect(stored().numbers).toHaveLength(4);
	// The users are there, so that a second run can still delete them.
	expect(await run()).toMatchObject({ outcome: 'removed' });
	expectTakenDown();
});

it('goes on with what the row names where the trunk group is gone', async () => {
	arrange();
	for (const user of network().trunkUsers(trunkGroup()!)) delete user.trunkGroup;
	network().removeTrunkGroup(trunkGroup()!);
	network().stores.users.remove(network().user(A)!);
	const result = await run();
	expect(outcomes(result.steps)).toEqual([
		'user unchanged',
		'user removed',
		'numbers removed',
		'numbers removed',
		'trunkGroup unchanged',
		'device removed',
	]);
	expectTakenDown();
});
