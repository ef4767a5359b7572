import { groupServices } from '../../simulator/network/services';
import { clone, useOdin, type Json } from './support/odinRuns';

const HQ = { serviceProviderId: 'acme-ent', groupId: 'turn-up' };
const KEY = { ...HQ, name: 'sbc' };

const odin = useOdin({ loggedIn: true, arrange: ({ network }) => network.addGroup(HQ) });

describe('get', () => {
	const get = async (more: Json = {}) =>
		await odin.one('sipTrunk.get', { ...HQ, trunkGroup: 'sbc', ...more });

	it('shows all that makes a trunk work, and nothing of others', async () => {
		const { network } = odin;
		network.addDevice({ ...HQ, deviceName: 'pbx' });
		network.addTrunkGroup({
			...KEY,
			accessDevice: { deviceName: 'pbx', deviceLevel: 'Group' },
		});
		network.addNumbers({ ...HQ, min: '+1-5135551000', max: '+1-5135551002', activated: true });
		for (const [index, trunkGroup] of ['sbc', undefined].entries()) {
			network.addUser({
				...HQ,
				userId: `user-${index}@example.com`,
				phoneNumber: `+1-513555100${index}`,
				trunkGroup,
				registrations: [{ linePort: 'x' }],
			});
		}
		network.trunkGroup(HQ.serviceProviderId, HQ.groupId, 'sbc')!.pilotUserId = 'user-0@example.com';
		expect(await get()).toMatchObject({
			...KEY,
			trunkGroup: { name: 'sbc' },
			device: { deviceName: 'pbx' },
			numbers: [{ min: '+1-5135551000', userId: 'user-0@example.com', activated: true }],
			users: [{ userId: 'user-0@example.com', linePort: 'user-0@example.com' }],
			pilotUserId: 'user-0@example.com',
			registrations: [{ userId: 'user-0@example.com' }],
			capacity: { maxActiveCalls: 100 },
		});
		expect(odin.writes()).toEqual([]);
	});

	it('says that there is none', async () => {
		expect(await odin.complaint('sipTrunk.get', { ...HQ, trunkGroup: 'sbc' })).toContain(
			"Odin has no trunk group 'sbc'",
		);
		expect(await get({ options: { ifNotFound: 'returnEmpty' } })).toMatchObject({ found: false });
	});
});

describe('turnUp', () => {
	const ROW = {
		...HQ,
		name: ' sbc\u00a0',
		maxActiveCalls: '20',
		trunkGroupFields: '{"enableBursting": "false"}',
		capacity: { groupMaxActiveCalls: 150 },
		deviceDefinition: { deviceName: 'pbx', deviceType: 'Generic SIP IP-PBX', port: 5061 },
		numbers: '5135551000-02\n(513) 555-1005',
		usersFromNumbers: { userId: '{digits}@{domain}', extension: '{last4}', lastName: '{number}' },
		users: [],
		pilot: 'first',
		userServices: 'call forwarding always',
		userSipAuthentication: true,
		options: { includeSipPassword: true },
	};
	const FIRST = '15135551000@example.com';

	const arrange = () => {
		const { network } = odin;
		network.addNumbers({
			serviceProviderId: HQ.serviceProviderId,
			min: '+1-5135551000',
			max: '+1-5135551009',
		});
		const group = network.stores.groups.find(HQ)!;
		group.services = groupServices({ 'Trunk Group': { authorized: false, assigned: false } });
	};
	const stored = () =>
		clone([
			network().stores.groups.find(HQ),
			network().devices(HQ.serviceProviderId, HQ.groupId),
			network().trunkGroups(HQ.serviceProviderId, HQ.groupId),
			network().stores.users.all(HQ),
			network()
				.stores.numbers.all({})
				.filter(({ phoneNumber }) => phoneNumber.startsWith('+1-513555100')),
		]);
	const network = () => odin.network;
	const run = async (more: Json = {}) => await odin.one('sipTrunk.turnUp', { ...ROW, ...more });
	const outcomes = ({ steps }: Json) =>
		(steps as Json[]).map(({ step, outcome }) => `${String(step)} ${String(outcome)}`);

	it('brings a trunk to where it carries calls, as the preview says, and a second run writes nothing', async () => {
		arrange();
		const before = stored();
		const preview = await run({ options: { previewOnly: true } });
		expect(odin.writes()).toEqual([]);
		expect(stored()).toEqual(before);
		const result = await run();
		expect(outcomes(result)).toEqual(outcomes(preview));
		expect(outcomes(result)).toEqual([
			'groupService updated',
			'groupCapacity updated',
			'device created',
			'trunkGroup created',
			'numbers updated',
			...Array.from({ length: 4 }, () => 'user created'),
			'pilot updated',
			'activation updated',
			...Array.from({ length: 4 }, () => 'userServices updated'),
			...Array.from({ length: 4 }, () => 'userSipAuthentication updated'),
		]);
		expect(result).toMatchObject({
			...KEY,
			outcome: 'created',
			trunk: {
				trunkGroup: { maxActiveCalls: 20, accessDevice: { deviceName: 'pbx' } },
				device: { port: 5061 },
				pilotUserId: FIRST,
				capacity: { maxActiveCalls: 150 },
			},
		});
		const { users, numbers } = result.trunk as { users: Json[]; numbers: Json[] };
		expect(numbers).toHaveLength(4);
		expect(numbers.every(({ activated }) => activated === true)).toBe(true);
		const passwords = network()
			.stores.users.all(HQ)
			.map(({ userId, sipPassword }) => [userId, sipPassword]);
		expect(
			users.map(({ userId, sipAuthenticationPassword }) => [userId, sipAuthenticationPassword]),
		).toEqual(passwords);
		expect(users).toMatchObject([
			{ extension: '1000' },
			{},
			{},
			{ linePort: '15135551005@example.com' },
		]);

		const after = stored();
		odin.forget();
		const again = await run();
		expect(again).toMatchObject({ outcome: 'unchanged' });
		expect((again.steps as Json[]).every(({ outcome }) => outcome === 'unchanged')).toBe(true);
		expect(odin.writes()).toEqual([]);
		expect(stored()).toEqual(after);
	});

	const OTHER = { ...HQ, userId: FIRST };
	const BLOCKED: Record<string, { arrange(): void; row?: Json; step: string; words: string }> = {
		'a number of another group': {
			arrange: () => {
				network().addGroup({ ...HQ, groupId: 'other' });
				Object.assign(network().stores.numbers.find({ phoneNumber: '+1-5135551001' })!, {
					groupId: 'other',
				});
			},
			step: 'numbers',
			words: "belongs to group 'other'",
		},
		'a number of nobody': {
			arrange: () => {},
			row: { numbers: '5139990000' },
			step: 'numbers',
			words: 'none of them',
		},
		'a user of another group': {
			arrange: () => {
				network().addGroup({ ...HQ, groupId: 'other' });
				network().addUser({ ...OTHER, groupId: 'other' });
			},
			step: 'user',
			words: "belongs to group 'other'",
		},
		'a user on a device': {
			arrange: () => {
				network().addDevice({ ...HQ, deviceName: 'phone' });
				network().addUser({
					...OTHER,
					accessDevice: { deviceName: 'phone', deviceLevel: 'Group' },
				});
			},
			step: 'user',
			words: "is on device 'phone'",
		},
		'an extension that is taken': {
			arrange: () => network().addUser({ ...HQ, userId: 'a@example.com', extension: '1000' }),
			step: 'user',
			words: "in use by user 'a@example.com'",
		},
		'the user limit': {
			arrange: () => Object.assign(network().stores.groups.find(HQ)!, { userLimit: 3 }),
			step: 'user',
			words: 'may have 3 users',
		},
		'a device of another type': {
			arrange: () =>
				network().addDevice({ ...HQ, deviceName: 'pbx', deviceType: 'Generic SIP Phone' }),
			step: 'device',
			words: "can't be changed",
		},
		'more than the service provider has': {
			arrange: () => {},
			row: { capacity: { groupMaxActiveCalls: 100000 } },
			step: 'groupCapacity',
			words: 'above that of the service provider',
		},
		'more calls than the group has': {
			arrange: () => {},
			row: { maxActiveCalls: 151 },
			step: 'trunkGroup',
			words: 'above the call capacity of the group',
		},
		'a service that is used up': {
			arrange: () => {},
			row: { userServices: 'External Calling Line ID Delivery' },
			step: 'userServices',
			words: '4 more are needed',
		},
		'a pilot who is no user': {
			arrange: () => {},
			row: { pilot: 'nobody@example.com' },
			step: 'pilot',
			words: 'no user of the trunk',
		},
	};

	it.each(Object.entries(BLOCKED))(
		'%s blocks the plan, and nothing is sent',
		async (_, blocked) => {
			arrange();
			network().stores.groups.find(HQ)!.services = groupServices();
			blocked.arrange();
			const before = stored();
			const { error, output } = await odin.run('sipTrunk.turnUp', { ...ROW, ...blocked.row });
			expect(output.flat()).toEqual([]);
			expect(error?.message).toContain(blocked.words);
			const preview = await run({ ...blocked.row, options: { previewOnly: true } });
			const steps = (preview.steps as Json[]).filter(({ outcome }) => outcome === 'blocked');
			expect(steps[0]).toMatchObject({ step: blocked.step });
			expect(String(steps[0]?.reason)).toContain(blocked.words);
			expect(odin.writes()).toEqual([]);
			expect(stored()).toEqual(before);
		},
	);

	/** Fails one write of a row for good. */
	const refuseWrite = (place: number) => {
		let writes = 0;
		odin.simulator.injectFault(({ method, path }) => {
			const isRead =
				method === 'GET' || path === '/password/generate' || path === '/groups/devices/users';
			if (isRead || path.startsWith('/auth/')) return undefined;
			writes += 1;
			return writes === place
				? { kind: 'status', status: 400, body: { error: 'Not today', status: 400 } }
				: undefined;
		});
	};

	it('takes back what it did, whichever step is refused, or goes on with it in a second run', async () => {
		const WRITES = 19;
		for (let place = 1; place <= WRITES; place += 1) {
			for (const onFailure of ['undo', 'keep']) {
				await odin.restart();
				arrange();
				const before = stored();
				refuseWrite(place);
				const options = { ...ROW.options, onFailure };
				const { error } = await odin.run('sipTrunk.turnUp', { ...ROW, options });
				expect(error?.message).toContain('Not today');
				odin.simulator.clearFaults();
				if (onFailure === 'undo') expect([place, stored()]).toEqual([place, before]);
				else expect(await run()).toMatchObject({ trunk: { pilotUserId: FIRST } });
			}
		}
	}, 120_000);

	it('reads back each answer that is lost, and makes nothing twice', async () => {
		arrange();
		let writes = 0;
		const lost = new Set<string>();
		odin.simulator.injectFault(({ method, path, body }) => {
			const isRead =
				method === 'GET' || path === '/password/generate' || path === '/groups/devices/users';
			const key = `${method} ${path} ${JSON.stringify(body)}`;
			if (isRead || path.startsWith('/auth/') || lost.has(key)) return undefined;
			lost.add(key);
			writes += 1;
			return { kind: 'lostAnswer' };
		});
		const result = await run();
		expect(writes).toBeGreaterThan(15);
		expect(result).toMatchObject({ outcome: 'created', trunk: { pilotUserId: FIRST } });
		expect(network().stores.users.all(HQ)).toHaveLength(4);
	}, 60_000);

	it('finds users and line ports that two rows name before anything is sent', async () => {
		const users = (userId: string, linePort?: string) =>
			JSON.stringify([{ userId, lastName: 'A', firstName: 'B', linePort }]);
		const base = { ...HQ, name: '={{ $json.name }}', users: '={{ $json.users }}' };
		const { error } = await odin.run('sipTrunk.turnUp', base, {
			items: [
				{ name: 'one', users: users('a@example.com') },
				{ name: 'two', users: users('A@example.com') },
				{ name: 'three', users: users('c@example.com', 'a@Example.com') },
			],
		});
		expect(`${error?.message} ${error?.description}`).toContain('already requested by item 0');
		expect(odin.requests()).toEqual([]);
	});

	it('goes on where an earlier try of the node stood, and makes nothing twice', async () => {
		arrange();
		refuseWrite(9);
		const result = await odin.run('sipTrunk.turnUp', ROW, {
			node: { retryOnFail: true, maxTries: 2, waitBetweenTries: 0 },
		});
		expect(result.error).toBeUndefined();
		expect(network().stores.users.all(HQ)).toHaveLength(4);
		const posts = odin.sent('POST', '/users').map(({ body }) => (body as Json).userId);
		expect(posts.length - new Set(posts).size).toBeLessThanOrEqual(1);
	});

	it('takes back changes of what was there to the values before, and lowers nothing', async () => {
		for (let place = 1; place <= 14; place += 1) {
			await odin.restart();
			arrange();
			const group = network().stores.groups.find(HQ)!;
			group.services = groupServices();
			group.callCapacity.maxActiveCalls = 500;
			network().addDevice({ ...HQ, deviceName: 'pbx', port: 5070 });
			network().addTrunkGroup({ ...KEY, maxActiveCalls: 5 });
			network().addUser({ ...HQ, userId: FIRST, lastName: 'Before', extension: '77' });
			const before = stored();
			refuseWrite(place);
			const options = { ...ROW.options, onFailure: 'undo' };
			const parameters = { ...ROW, userSipAuthentication: false, options };
			const { error } = await odin.run('sipTrunk.turnUp', parameters);
			if (!error) {
				expect(place).toBeGreaterThan(12);
				break;
			}
			expect(error.message).toContain('Not today');
			odin.simulator.clearFaults();
			expect([place, stored()]).toEqual([place, before]);
		}
		expect(network().stores.groups.find(HQ)!.callCapacity.maxActiveCalls).toBe(500);
	}, 60_000);
});
