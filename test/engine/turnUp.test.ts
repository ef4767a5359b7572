import { groupServices } from '../../simulator/network/services';
import { clone, useOdin, type Json } from './support/odinRuns';

const PROVIDER = 'acme-ent';
const HQ = { serviceProviderId: PROVIDER, groupId: 'turn-up' };
const OTHER = { ...HQ, groupId: 'other' };
const FIRST = '15135551000@example.com';
const ACTION = 'sipTrunk.turnUp';

const ROW = {
	...HQ,
	name: ' sbc\u00a0',
	maxActiveCalls: '20',
	trunkGroupFields: '{"enableBursting": "false"}',
	capacity: { groupMaxActiveCalls: 150 },
	deviceDefinition: { deviceName: 'pbx', deviceType: 'Generic SIP IP-PBX', port: 5061 },
	numbers: '5135551000-01',
	usersFromNumbers: { userId: '{digits}@{domain}', extension: '{last4}' },
	pilot: 'first',
	userServices: 'call forwarding always',
	userSipAuthentication: true,
	options: { includeSipPassword: true },
};

/** One trunk an item; what is not there is not asked for. */
const OF_ITEM = {
	serviceProviderId: '={{ $json.serviceProviderId }}',
	groupId: '={{ $json.groupId }}',
	name: '={{ $json.name }}',
	numbers: '={{ $json.numbers }}',
	users: '={{ $json.users }}',
	usersFromNumbers: { userId: '={{ $json.template }}', linePort: '={{ $json.linePort }}' },
	pilot: '={{ $json.pilot }}',
	options: { concurrency: 4 },
};

const odin = useOdin({
	loggedIn: true,
	arrange: ({ network }) => {
		const services = groupServices({ 'Trunk Group': { authorized: false, assigned: false } });
		network.addGroup({ ...HQ, services });
		network.addGroup(OTHER);
		network.addNumbers({
			serviceProviderId: PROVIDER,
			min: '+1-5135551000',
			max: '+1-5135551099',
		});
	},
});
const network = () => odin.network;
const group = () => network().stores.groups.find(HQ)!;

const run = async (more: Json = {}) => await odin.one(ACTION, { ...ROW, ...more });
const undoing = { ...ROW.options, onFailure: 'undo' };
const steps = ({ steps: list }: Json) => list as Json[];
const usersOf = (place: Json = HQ) => network().stores.users.all(place);

const stored = () =>
	clone([
		network().serviceProvider(PROVIDER)!.callCapacity,
		group(),
		network().devices(PROVIDER, HQ.groupId),
		network().trunkGroups(PROVIDER, HQ.groupId),
		usersOf(),
		network()
			.stores.numbers.all({ serviceProviderId: PROVIDER })
			.filter(({ phoneNumber }) => phoneNumber.startsWith('+1-51355510')),
	]);

const REFUSED = {
	kind: 'status',
	status: 400,
	body: { error: 'Not today', status: 400 },
} as const;

/** Fails one write of a row for good. */
const refuseWrite = (place: number) =>
	odin.atWrites((write) => (write === place ? REFUSED : undefined));

/** How many writes the row needs. */
const WRITES = 14;
const FIRST_SIP = 13;
const PLACES = Array.from({ length: WRITES }, (_, index) => index + 1);

const outcomes = (result: Json) =>
	steps(result).map(({ step, outcome }) => `${String(step)} ${String(outcome)}`);

it('brings a trunk to where it carries calls, as the preview says, and a second run writes nothing', async () => {
	const spelled = {
		numbers: '5135551000-02\n(513) 555-1005',
		usersFromNumbers: { ...ROW.usersFromNumbers, lastName: '{number}' },
		users: [],
		pilot: ' First ',
	};
	const before = stored();
	const preview = await run({ ...spelled, options: { previewOnly: true } });
	expect(odin.writes()).toEqual([]);
	expect(stored()).toEqual(before);
	const result = await run(spelled);
	expect(outcomes(result)).toEqual(outcomes(preview));
	const each = (text: string) => Array<string>(4).fill(text);
	expect(outcomes(result)).toEqual([
		...['groupService updated', 'groupCapacity updated', 'device created', 'trunkGroup created'],
		...['numbers updated', ...each('user created'), 'pilot updated', 'activation updated'],
		...[...each('userServices updated'), ...each('userSipAuthentication updated')],
	]);
	expect(result).toMatchObject({
		...{ ...HQ, name: 'sbc', outcome: 'created' },
		trunk: {
			trunkGroup: { maxActiveCalls: 20, accessDevice: { deviceName: 'pbx' } },
			device: { port: 5061 },
			pilotUserId: FIRST,
			capacity: { maxActiveCalls: 150 },
		},
	});
	const { users, numbers } = result.trunk as { users: Json[]; numbers: Json[] };
	expect(numbers.map(({ activated }) => activated)).toEqual(Array<boolean>(4).fill(true));
	expect(users.map((user) => [user.userId, user.sipAuthenticationPassword])).toEqual(
		usersOf().map(({ userId, sipPassword }) => [userId, sipPassword]),
	);
	expect(users[0]).toMatchObject({ extension: '1000' });
	expect(users[3]).toMatchObject({ linePort: '15135551005@example.com' });

	const after = stored();
	odin.forget();
	const again = await run(spelled);
	expect(again).toMatchObject({ outcome: 'unchanged' });
	expect(new Set(steps(again).map(({ outcome }) => outcome))).toEqual(new Set(['unchanged']));
	expect(odin.writes()).toEqual([]);
	expect(stored()).toEqual(after);
});

describe('blocked', () => {
	const BLOCKED: Record<string, { arrange?(): unknown; row?: Json; step: string; words: string }> =
		{
			'a group service without a license': {
				arrange: () => {
					group().services = groupServices({
						'Trunk Group': { authorized: false, assigned: false, licensed: false },
					});
				},
				step: 'groupService',
				words: "no license for 'Trunk Group'",
			},
			'a license of trunk groups that is used up': {
				arrange: () => {
					group().services = groupServices({ 'Trunk Group': { quantity: 1 } });
					network().addTrunkGroup({ ...HQ, name: 'first' });
				},
				step: 'trunkGroup',
				words: 'used up its 1 trunk groups',
			},
			'a service pack that the group does not have': {
				row: { userServicePacks: 'SIP-RECORDING' },
				step: 'userServices',
				words: "'SIP-RECORDING' is not authorized",
			},
			'a device that differs while it has users': {
				arrange: () => {
					network().addDevice({ ...HQ, deviceName: 'pbx', port: 5099 });
					const accessDevice = { deviceName: 'pbx', deviceLevel: 'Group' as const };
					network().addUser({ ...HQ, userId: 'desk@example.com', accessDevice });
				},
				step: 'device',
				words: "can't be changed while it has users: 'desk@example.com'",
			},
			'a device type that there is not': {
				row: { deviceDefinition: { deviceName: 'pbx', deviceType: 'Telex' } },
				step: 'device',
				words: "may not use device type 'Telex'",
			},
			'another device of a trunk group with users': {
				arrange: () => {
					group().services = groupServices();
					network().addTrunkGroup({ ...HQ, name: 'sbc' });
					network().addUser({ ...HQ, userId: 'there@example.com', trunkGroup: 'sbc' });
				},
				step: 'trunkGroup',
				words: "can't be changed while it has users: 'there@example.com'",
			},
			'a number of another service provider': {
				arrange: () =>
					network().addNumbers({ serviceProviderId: 'citytel-sp', min: '+1-5139990000' }),
				row: { numbers: '5139990000' },
				step: 'numbers',
				words: "belongs to service provider 'citytel-sp'",
			},
			'a number that another user has': {
				arrange: () => {
					const number = network().stores.numbers.find({ phoneNumber: '+1-5135551000' });
					Object.assign(number!, { groupId: HQ.groupId });
					network().addUser({ ...HQ, userId: 'a@example.com', phoneNumber: '+1-5135551000' });
				},
				step: 'user',
				words: "number +1-5135551000 is in use by user 'a@example.com'",
			},
			'a user of another service provider': {
				arrange: () => {
					network().addUser({
						serviceProviderId: 'citytel-sp',
						groupId: 'citytel-bakery',
						userId: FIRST,
					});
				},
				step: 'user',
				words: "belongs to group 'citytel-bakery' of service provider 'citytel-sp'",
			},
			'a user on another trunk group': {
				arrange: () => {
					network().addTrunkGroup({ ...HQ, name: 'old' });
					network().addUser({ ...HQ, userId: FIRST, trunkGroup: 'old' });
				},
				step: 'user',
				words: "the user is on trunk group 'old'",
			},
			'a line port of the group': {
				arrange: () => {
					network().addTrunkGroup({ ...HQ, name: 'old' });
					const linePort = FIRST.toUpperCase();
					network().addUser({ ...HQ, userId: 'a@example.com', trunkGroup: 'old', linePort });
				},
				step: 'user',
				words: `line port '${FIRST}' is in use by user 'a@example.com'`,
			},
			'a line port of another service provider': {
				arrange: () => {
					network().addUser({
						serviceProviderId: 'globex-ent',
						groupId: 'globex-north',
						userId: 'line@example.com',
						trunkGroup: 'north-trunk-1',
					});
				},
				row: {
					usersFromNumbers: { userId: '{digits}@{domain}', linePort: 'line@example.com' },
					numbers: '5135551000',
				},
				step: 'user',
				words:
					"line port 'line@example.com' is in use by user 'line@example.com' of group 'globex-north' of service provider 'globex-ent'",
			},
			'a number of another group': {
				arrange: () => {
					const number = network().stores.numbers.find({ phoneNumber: '+1-5135551001' });
					Object.assign(number!, { groupId: OTHER.groupId });
				},
				step: 'numbers',
				words: "belongs to group 'other'",
			},
			'a number of nobody': {
				row: { numbers: '5139990000' },
				step: 'numbers',
				words: 'none of them',
			},
			'a user of another group': {
				arrange: () => network().addUser({ ...OTHER, userId: FIRST }),
				step: 'user',
				words: "belongs to group 'other'",
			},
			'a user on a device': {
				arrange: () => {
					network().addDevice({ ...HQ, deviceName: 'phone' });
					const accessDevice = { deviceName: 'phone', deviceLevel: 'Group' as const };
					network().addUser({ ...HQ, userId: FIRST, accessDevice });
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
				arrange: () => Object.assign(group(), { userLimit: 1 }),
				step: 'user',
				words: 'may have 1 users',
			},
			'a device of another type': {
				arrange: () =>
					network().addDevice({ ...HQ, deviceName: 'pbx', deviceType: 'Generic SIP Phone' }),
				step: 'device',
				words: "can't be changed",
			},
			'more than the service provider has': {
				row: { capacity: { groupMaxActiveCalls: 100000 } },
				step: 'groupCapacity',
				words: 'above that of the service provider',
			},
			'more calls than the group has': {
				row: { maxActiveCalls: 151 },
				step: 'trunkGroup',
				words: 'above the call capacity of the group',
			},
			'a service that is used up': {
				row: { userServices: 'External Calling Line ID Delivery', numbers: '5135551000-03' },
				step: 'userServices',
				words: '4 more are needed',
			},
			'a pilot who is no user': {
				row: { pilot: 'nobody@example.com' },
				step: 'pilot',
				words: 'no user of the trunk',
			},
			'bursting beyond the service provider': {
				arrange: () => {
					network().serviceProvider(PROVIDER)!.callCapacity.burstingMaxActiveCalls = 10;
				},
				row: { capacity: { groupBurstingMaxActiveCalls: 11 } },
				step: 'groupCapacity',
				words: 'above that of the service provider',
			},
		};

	it.each(Object.entries(BLOCKED))('%s: nothing is sent, and it says why', async (_, blocked) => {
		blocked.arrange?.();
		const before = stored();
		const { error, output } = await odin.run(
			ACTION,
			{ ...ROW, ...blocked.row },
			{ node: { onError: 'continueErrorOutput' } },
		);
		expect(error).toBeUndefined();
		const { json } = output[1]![0]!;
		expect(json.error).toContain(blocked.words);
		const told = steps((json.details ?? {}) as Json);
		// Nothing of a plan that was not carried out is told as done.
		expect(told.every(({ outcome }) => !['created', 'updated'].includes(String(outcome)))).toBe(
			true,
		);
		const options = { previewOnly: true };
		const { output: shown, hints } = await odin.run(ACTION, { ...ROW, ...blocked.row, options });
		const preview = shown[0]![0]!.json as Json;
		const [hint] = hints.filter(({ message }) => message.includes('is blocked, so nothing would'));
		expect(hint).toMatchObject({ type: 'warning' });
		expect(preview?.blocked).toEqual(expect.stringContaining(blocked.words));
		expect(hint?.message).toContain(blocked.words);
		const [first] = steps(preview).filter(({ outcome }) => outcome === 'blocked');
		expect(first).toMatchObject({ step: blocked.step });
		expect(String(first?.reason)).toContain(blocked.words);
		expect(odin.writes()).toEqual([]);
		expect(stored()).toEqual(before);
	});

	it('numbers: each is told with its owner or reason, and nothing that only follows from them', async () => {
		network().addNumbers({ ...OTHER, min: '+1-5135551040' });
		const globex = { serviceProviderId: 'globex-ent', groupId: 'globex-north' };
		network().addNumbers({ ...globex, min: '+1-6145559100' });
		const number = network().stores.numbers.find({ phoneNumber: '+1-5135551010' });
		Object.assign(number!, { groupId: HQ.groupId });
		network().addUser({ ...HQ, userId: 'a@example.com', phoneNumber: '+1-5135551010' });
		const numbers = '5135551031, 5135551040, 6145559100, 5139990000, 5135551010';
		const { message } = await odin.failure(ACTION, { ...ROW, numbers });
		for (const words of [
			"+1-5135551040 belongs to group 'other' of service provider 'acme-ent'",
			"'5139990000' is none of them",
			"+1-6145559100 belongs to group 'globex-north' of service provider 'globex-ent'",
			"number +1-5135551010 is in use by user 'a@example.com'",
		]) {
			expect(message).toContain(words);
		}
		// Named with the step that it is a part of, and with nothing else.
		const subject = /numbers \+1-5135551010, \+1-5135551031, \+1-5135551040 of the group/;
		expect(message).toMatch(subject);
		expect(message.replace(subject, '')).not.toContain('5135551031');
		expect(message).not.toContain('pilot');
		const preview = await run({ numbers, options: { previewOnly: true } });
		expect(steps(preview).find(({ step }) => step === 'pilot')).toMatchObject({
			outcome: 'skipped',
			reason: 'the users are not known while numbers are blocked',
		});
		expect(odin.writes()).toEqual([]);
	});

	it('a capacity that Odin refuses to tell without the service is set after it, and never blocks', async () => {
		const path = '/service-providers/trunk-groups/call-capacity';
		odin.simulator.injectFault(({ path: asked }) => {
			const isAssigned = group().services.some(
				({ serviceName, assigned }) => serviceName === 'Trunk Group' && assigned,
			);
			if (asked !== path || isAssigned) return undefined;
			const error = 'The service Trunk Group is not assigned';
			return { kind: 'status', status: 400, body: { error, status: 400 } };
		});
		const capacity = { serviceProviderMaxActiveCalls: 600, groupMaxActiveCalls: 550 };
		const preview = await run({ capacity, options: { previewOnly: true } });
		expect(steps(preview).slice(0, 3)).toMatchObject([
			{ step: 'serviceProviderCapacity', outcome: 'updated' },
			{ step: 'groupService', outcome: 'updated' },
			{ step: 'groupCapacity', outcome: 'updated' },
		]);
		expect(await run({ capacity })).toMatchObject({ outcome: 'created' });
		const paths = odin.writes().map((request) => request.path);
		expect(paths.slice(0, 4)).toEqual([
			'/groups/services',
			'/groups/services',
			path,
			'/groups/trunk-groups/call-capacity',
		]);
		expect(group().callCapacity.maxActiveCalls).toBe(550);
	});

	it('a capacity that Odin does not show yet is named in the preview as not checked', async () => {
		const hint =
			/^The call capacity of group 'turn-up' .* was not checked.*'Group Max Active Calls'/m;
		const preview = { ...ROW, options: { ...ROW.options, previewOnly: true } };
		expect(await odin.hints(ACTION, { ...preview, capacity: {} })).toMatch(hint);
		expect(await odin.hints(ACTION, preview)).not.toMatch(hint);
	});

	it('a capacity that turns out to be high enough is told as unchanged', async () => {
		const result = await run({ capacity: { groupMaxActiveCalls: 90 } });
		expect(steps(result)[1]).toEqual({
			step: 'groupCapacity',
			subject: "the call capacity of group 'turn-up' of service provider 'acme-ent'",
			outcome: 'unchanged',
		});
		expect(group().callCapacity.maxActiveCalls).toBe(100);
	});
});

it('makes users in the order in which the row names their numbers, each once', async () => {
	const named = { numbers: '5135551002, 5135551000-01, (513) 555-1002', users: [], pilot: 'first' };
	const usersFromNumbers = { ...ROW.usersFromNumbers, firstName: '{index}' };
	const result = await run({ ...named, usersFromNumbers });
	const made = steps(result).filter(({ step }) => step === 'user');
	const ids = ['15135551002', '15135551000', '15135551001'].map(
		(digits) => `${digits}@example.com`,
	);
	expect(made.map(({ subject }) => subject)).toEqual(
		ids.map((id) => expect.stringContaining(`'${id}'`)),
	);
	expect((result.trunk as Json).pilotUserId).toBe(ids[0]);
	expect(usersOf().find(({ userId }) => userId === ids[0])).toMatchObject({ firstName: '1' });
});

it('names the numbers of its steps as ranges, also where nothing is left to do', async () => {
	const named = (result: Json) =>
		steps(result)
			.filter(({ step }) => step === 'numbers' || step === 'activation')
			.map(({ subject }) => subject);
	const subject =
		"numbers +1-5135551000 - +1-5135551001 of group 'turn-up' of service provider 'acme-ent'";
	expect(named(await run({ options: { previewOnly: true } }))).toEqual([subject, subject]);
	network().addNumbers({ ...HQ, min: '+1-5135551000', activated: true });
	expect(named(await run())).toEqual([subject, subject]);
	expect(named(await run())).toEqual([subject, subject]);
});

it.each([
	['', (text: string) => text],
	[', as a number', (text: string) => text.replace(/"phoneNumber":"(\d+)"/g, '"phoneNumber":$1')],
])('knows numbers that Odin shows without any country code%s', async (_, asShown) => {
	odin.simulator.addFault({
		kind: 'rewritten',
		path: '/users',
		times: Infinity,
		rewrite: (text) => asShown(text.replace(/"countryCode":"\d+",/g, '')),
	});
	expect(await run()).toMatchObject({ outcome: 'created' });
	odin.forget();
	expect(await run()).toMatchObject({ outcome: 'unchanged' });
	expect(odin.writes()).toEqual([]);
});

describe('what only says beforehand whether Odin will refuse', () => {
	const UNTOLD: Array<[string, string]> = [
		['GET', '/groups'],
		['GET', '/groups/device-types'],
		['POST', '/groups/devices/users'],
		['GET', '/service-providers/trunk-groups/call-capacity'],
		['GET', '/groups/dns/details'],
		['GET', '/users/registration/bulk'],
	];
	it.each(UNTOLD.flatMap((read) => [403, 404].map((status) => [...read, status] as const)))(
		'is not needed: %s %s answers %i',
		async (method, path, status) => {
			odin.simulator.addFault({ kind: 'status', method, path, status, times: Infinity });
			expect(await run()).toMatchObject({ outcome: 'created' });
			odin.forget();
			expect(await run()).toMatchObject({ outcome: 'unchanged' });
			expect(odin.writes()).toEqual([]);
		},
	);

	it('is known of a device from its trunk group, too', async () => {
		await run();
		const [method, path] = ['POST', '/groups/devices/users'];
		odin.simulator.addFault({ kind: 'status', method, path, status: 404, times: Infinity });
		const deviceDefinition = { ...ROW.deviceDefinition, port: 5062 };
		expect(steps(await run({ deviceDefinition, options: { previewOnly: true } }))).toContainEqual(
			expect.objectContaining({ step: 'device', outcome: 'blocked' }),
		);
	});
});

it.each([
	[1, 'skipped', undefined],
	[2, 'updated', [expect.objectContaining({ field: 'authorized', to: true })]],
])(
	'tells of the service only what is done where write %i does nothing',
	async (at, outcome, changes) => {
		odin.atWrites((place) => (place === at ? { kind: 'ignored' } : undefined));
		const { output } = await odin.run(ACTION, ROW, {
			node: { onError: 'continueRegularOutput' },
		});
		const { details } = output[0]![0]!.json as Json & { details: Json };
		expect(details).toMatchObject({ kind: 'notApplied' });
		const [service] = steps(details);
		expect(service).toMatchObject({ step: 'groupService', outcome });
		expect(service!.changes).toEqual(changes ?? expect.anything());
	},
);

describe('a user who is there', () => {
	it('is taken over from no endpoint, and keeps the name that no template gives', async () => {
		network().addUser({ ...HQ, userId: FIRST, lastName: 'Adler', firstName: 'Anna' });
		const result = await run();
		expect(steps(result).filter(({ step }) => step === 'user')).toMatchObject([
			{ outcome: 'updated' },
			{ outcome: 'created' },
		]);
		expect(network().user(FIRST)).toMatchObject({ lastName: 'Adler', trunkGroup: 'sbc' });
	});
});

describe('SIP authentication of users', () => {
	const passwords = () => usersOf().map(({ sipPassword }) => sipPassword);

	it('keeps the password of one who has a SIP user name, with a hint, unless a new one is asked for', async () => {
		await run();
		const before = passwords();
		const { hints, output } = await odin.run(ACTION, ROW);
		expect(passwords()).toEqual(before);
		expect(output[0]![0]!.json).toMatchObject({ outcome: 'unchanged' });
		expect(hints.map(({ message }) => message).join()).toContain(
			'Users with a SIP user name keep their SIP password (2)',
		);
		const renewed = await run({ authentication: { setSipPassword: true } });
		expect(
			(renewed.trunk as { users: Json[] }).users.map((user) => user.sipAuthenticationPassword),
		).toEqual(passwords());
		expect(passwords().some((password) => before.includes(password))).toBe(false);
	});

	it.each<[string, number, () => void]>([
		['a later step is refused', 1, () => refuseWrite(WRITES)],
		[
			'the result cannot be read',
			2,
			() =>
				odin.atWrites(
					() => undefined,
					(writes, { path }) =>
						writes === WRITES && path === '/groups/trunk-groups/users' ? REFUSED : undefined,
				),
		],
	])('says which passwords are lost where %s', async (_, lost, meet) => {
		meet();
		const { error } = await odin.run(ACTION, ROW);
		expect(error?.description).toContain(
			`The SIP passwords already set (${lost}) can't be shown: 'Set SIP Password' makes new ones`,
		);
	});

	it('hands a password over where the list of users lags behind', async () => {
		odin.simulator.addFault({
			kind: 'rewritten',
			path: '/groups/trunk-groups/users',
			times: Infinity,
			rewrite: (text) => JSON.stringify({ ...(JSON.parse(text) as Json), users: [] }),
		});
		const { trunk } = await run();
		const given = (trunk as Json & { users: Json[] }).users;
		expect(given.map((user) => user.sipAuthenticationPassword)).toEqual(passwords());
	});

	it('is handed over with Retry On Fail, and no password of this run is told as kept', async () => {
		refuseWrite(WRITES);
		const node = { retryOnFail: true, maxTries: 2, waitBetweenTries: 0 };
		const { output, hints } = await odin.run(ACTION, ROW, { node });
		const { trunk } = output[0]![0]!.json as Json & { trunk: { users: Json[] } };
		expect(trunk.users.map((user) => user.sipAuthenticationPassword)).toEqual(passwords());
		expect(hints).toEqual([]);
	});

	it('makes no password that would be lost', async () => {
		const ofUsers = "'User SIP Authentication' generates a SIP password for each user";
		const complaint = await odin.complaint(ACTION, { ...ROW, options: {} });
		expect(complaint).toContain(ofUsers);
		expect(complaint).toContain("turn on 'Include SIP Password'");
		expect(complaint).not.toContain('SIP Password Source');
		expect(
			await odin.complaint(ACTION, {
				...ROW,
				userSipAuthentication: false,
				authentication: { sipPasswordSource: 'generate' },
				options: {},
			}),
		).toContain("'SIP Password Source' is Generate");
		expect(odin.requests()).toEqual([]);
		const options = { previewOnly: true };
		expect(await odin.hints(ACTION, { ...ROW, options })).toContain(ofUsers);
		const included = { ...options, includeSipPassword: true };
		expect(await odin.hints(ACTION, { ...ROW, options: included })).toBe('');
	});
});

describe('many rows', () => {
	const item = (index: number, more: Json = {}) => ({
		...(index % 2 === 0 ? HQ : OTHER),
		name: `trunk-${index}`,
		numbers: `513555100${index}`,
		template: '{digits}@{domain}',
		pilot: 'first',
		...more,
	});

	const person = (userId: string, linePort?: string) => ({
		...{ userId, lastName: 'A', firstName: 'B' },
		...(linePort && { linePort }),
	});

	const TWICE: Record<string, Json[]> = {
		'a number in another spelling': [
			item(0, { numbers: '5135551000-02' }),
			item(1, { numbers: '+1-5135551001' }),
		],
		'a range that overlaps': [
			item(0, { numbers: '(513) 555-1004' }),
			item(2, { numbers: ['15135551003', { min: '+1-5135551004', max: '+1-5135551008' }] }),
		],
		'the number of a user': [
			item(0, { numbers: '5135551000' }),
			item(2, {
				numbers: '',
				template: '',
				users: [
					{ userId: 'b@x.com', lastName: 'B', firstName: 'B', phoneNumber: '1 513 555 1000' },
				],
			}),
		],
		'a line port that is made from it': [
			item(0, { linePort: 'line@{domain}' }),
			item(1, { linePort: 'LINE@{domain}' }),
		],
	};

	it.each(Object.entries(TWICE))(
		'%s in two rows is found before anything is sent',
		async (_, items) => {
			const before = stored();
			const text = await odin.complaint(ACTION, OF_ITEM, { items });
			expect(text).toMatch(/^Item 1: 'Numbers' repeats .*, already requested by item 0/);
			expect(text).toContain('Nothing was written for any item');
			expect(odin.writes()).toEqual([]);
			expect(stored()).toEqual(before);

			const { output } = await odin.run(ACTION, OF_ITEM, {
				items,
				node: { onError: 'continueErrorOutput' },
			});
			expect(output[0]!.map(({ json }) => json.name)).toEqual([items[0]!.name]);
			expect(output[1]!.map(({ json }) => json.name)).toEqual([items[1]!.name]);
		},
	);

	it('a user, or a line port, in two rows is found before any request', async () => {
		const rows = [person('a@example.com'), person('A@example.com'), person('c', 'a@Example.com')];
		const items = rows.map((one, index) =>
			item(index, { numbers: '', template: '', users: [one] }),
		);
		const text = await odin.complaint(ACTION, OF_ITEM, { items });
		expect(text).toContain(
			"Item 1: 'Users' repeats user 'A@example.com', already requested by item 0",
		);
		expect(text).toContain("Item 2: 'Users' repeats line port 'a@Example.com', already requested");
		expect(odin.requests()).toEqual([]);
	});

	it('go to their groups in input order, read a group once until one writes, and write nothing again', async () => {
		const items = Array.from({ length: 8 }, (_, index) => item(index));
		const results = await odin.all(ACTION, OF_ITEM, { items });
		expect(results.map(({ groupId, name }) => [groupId, name])).toEqual(
			items.map(({ name }, index) => [index % 2 === 0 ? 'turn-up' : 'other', name]),
		);
		expect([usersOf().length, usersOf(OTHER).length]).toEqual([4, 4]);
		const reads = async (count: number): Promise<string[]> => {
			odin.forget();
			const again = await odin.all(ACTION, OF_ITEM, { items: items.slice(0, count) });
			expect(again.every(({ outcome }) => outcome === 'unchanged')).toBe(true);
			expect(odin.writes()).toEqual([]);
			return odin.calls();
		};
		const [four, eight] = [await reads(4), await reads(8)];
		// Of a group, however many rows it has: services, numbers, those of its service provider, and its domain.
		for (const call of ['GET /groups/services', 'GET /groups/domains']) {
			expect(four.filter((one) => one === call).length).toBeLessThanOrEqual(2 * 2);
			expect(eight.filter((one) => one === call)).toHaveLength(
				four.filter((one) => one === call).length,
			);
		}
		// Twice as many rows with a user each cost less than twice as many requests.
		expect(eight.length).toBeLessThan(2 * four.length);
		expect(eight.length - four.length).toBeLessThanOrEqual(4 * 8);
	});

	it('of one group are carried out one after the other: what one raises is seen by the next', async () => {
		const capacity = { groupMaxActiveCalls: '={{ $json.calls }}' };
		const items = [120, 110, 130].map((calls, index) => item(2 * index, { calls }));
		const results = await odin.all(ACTION, { ...OF_ITEM, capacity }, { items });
		expect(
			results.map((result) => steps(result).find(({ step }) => step === 'groupCapacity')?.outcome),
		).toEqual(['updated', 'unchanged', 'updated']);
		expect(group().callCapacity.maxActiveCalls).toBe(130);
	});
});

describe('two executions at once on one group', () => {
	const inOrder = (names: unknown[]) => names.map(String).sort();

	it('with trunks of their own make each once', async () => {
		const items = Array.from({ length: 6 }, (_, index) => ({
			...HQ,
			name: `trunk-${index}`,
			numbers: `513555100${index}`,
			template: '{digits}@{domain}',
			pilot: 'first',
		}));
		const [even, odd] = await Promise.all(
			[0, 1].map(
				async (half) =>
					await odin.run(
						ACTION,
						{ ...OF_ITEM, capacity: { groupMaxActiveCalls: 150 + half } },
						{ items: items.filter((_, index) => index % 2 === half) },
					),
			),
		);
		expect([even!.error?.message, odd!.error?.message]).toEqual([undefined, undefined]);
		expect(
			inOrder(
				network()
					.trunkGroups(PROVIDER, HQ.groupId)
					.map(({ name }) => name),
			),
		).toEqual(inOrder(items.map(({ name }) => name)));
		expect(usersOf()).toHaveLength(6);
		expect(group().callCapacity.maxActiveCalls).toBe(151);
	});

	it('with the same row are both done, and only one has made each thing', async () => {
		const results = await Promise.all(
			[0, 1].map(async () => await odin.one(ACTION, { ...ROW, userSipAuthentication: false })),
		);
		for (const step of ['device', 'trunkGroup']) {
			const outcomes = results.map(
				(result) => steps(result).find((one) => one.step === step)?.outcome,
			);
			expect([step, inOrder(outcomes)]).toEqual([step, ['created', 'unchanged']]);
		}
		expect(usersOf()).toHaveLength(2);
	});

	it('with the same row and SIP passwords double nothing, say what is so, and are done by one more run', async () => {
		const runs = await Promise.all(
			[0, 1].map(
				async () => await odin.run(ACTION, ROW, { node: { onError: 'continueErrorOutput' } }),
			),
		);
		for (const { output } of runs) {
			const [done, failed] = [output[0]![0]?.json, output[1]![0]?.json];
			if (done) expect(done).toMatchObject({ trunk: { trunkGroup: { name: 'sbc' } } });
			else expect(String(failed?.error)).toMatch(/already|in use|other values|been carried out/);
		}
		await run();
		expect(network().devices(PROVIDER, HQ.groupId)).toHaveLength(1);
		expect(network().trunkGroups(PROVIDER, HQ.groupId)).toHaveLength(1);
		expect(usersOf()).toHaveLength(2);
		odin.forget();
		expect(await run()).toMatchObject({ outcome: 'unchanged' });
		expect(odin.writes()).toEqual([]);
	});
});

describe('cut off', () => {
	/** Nothing reaches Odin from the write at this place on, which is carried out or not. */
	const killAt = async (place: number, isCarriedOut: boolean) => {
		const stop = new AbortController();
		const after = (writes: number) => (writes >= place ? ({ kind: 'hang' } as const) : undefined);
		odin.atWrites((write) => {
			if (write !== place) return after(write);
			queueMicrotask(() => stop.abort());
			return { kind: isCarriedOut ? 'hangAfterWrite' : 'hang' };
		}, after);
		const result = await odin.run(ACTION, ROW, { signal: stop.signal });
		odin.simulator.clearFaults();
		return result;
	};

	it.each([true, false])(
		'at any write (carried out: %s): the same row completes it, and nothing is doubled',
		async (isCarriedOut) => {
			for (let place = 1; place <= WRITES; place += 1) {
				await odin.restart();
				await killAt(place, isCarriedOut);
				const result = await run();
				expect([place, result]).toMatchObject([place, { trunk: { pilotUserId: FIRST } }]);
				expect(usersOf()).toHaveLength(2);
				expect(usersOf().every(({ sipPassword }) => sipPassword !== undefined)).toBe(true);
				odin.forget();
				expect([place, await run()]).toMatchObject([place, { outcome: 'unchanged' }]);
				expect(odin.writes()).toEqual([]);
			}
		},
		120_000,
	);

	it('by Stop: what was done is told, undo or not, and the same row completes it', async () => {
		const stop = new AbortController();
		odin.simulator.injectFault(({ method, path }) => {
			if (method === 'POST' && path === '/users') stop.abort();
			return undefined;
		});
		const { status, logs } = await odin.run(
			ACTION,
			{ ...ROW, options: undoing },
			{ signal: stop.signal },
		);
		expect(status).toBe('canceled');
		odin.simulator.clearFaults();
		const told = logs.find((line) => line.includes('was cancelled'));
		expect(told).not.toContain('Nothing was done');
		expect(told).toContain(
			"Steps of item 0: service 'Trunk Group' of group 'turn-up' of service provider 'acme-ent' updated",
		);
		expect(told).toContain(
			"device 'pbx' in group 'turn-up' of service provider 'acme-ent' created",
		);
		expect(network().devices(PROVIDER, HQ.groupId)).toHaveLength(1);
		expect(await run()).toMatchObject({ trunk: { pilotUserId: FIRST } });
		expect(usersOf()).toHaveLength(2);
	});
});

it('reads back each answer that is lost, and makes nothing twice', async () => {
	const lost = new Set<string>();
	odin.atWrites((_, request) => {
		const key = `${request.method} ${request.path} ${JSON.stringify(request.body)}`;
		if (lost.has(key)) return undefined;
		lost.add(key);
		return { kind: 'lostAnswer' };
	});
	expect(await run()).toMatchObject({ outcome: 'created', trunk: { pilotUserId: FIRST } });
	expect(lost.size).toBe(WRITES);
	expect(usersOf()).toHaveLength(2);
}, 60_000);

describe('a step that is refused', () => {
	it.each(PLACES)(
		'at write %i is taken back with all before, or a second run goes on with it',
		async (place) => {
			for (const onFailure of ['undo', 'keep']) {
				await odin.restart();
				const before = stored();
				refuseWrite(place);
				const options = { ...ROW.options, onFailure };
				const { error } = await odin.run(ACTION, { ...ROW, options });
				expect(error?.message).toContain('Not today');
				odin.simulator.clearFaults();
				if (onFailure === 'undo') expect(stored()).toEqual(before);
				else expect(await run()).toMatchObject({ trunk: { pilotUserId: FIRST } });
			}
		},
	);

	it('with Retry On Fail goes on where the try before stood, and makes nothing twice', async () => {
		refuseWrite(8);
		const node = { retryOnFail: true, maxTries: 2, waitBetweenTries: 0 };
		await odin.one(ACTION, ROW, { node });
		expect(usersOf()).toHaveLength(2);
		const posts = odin.sent('POST', '/users').map(({ body }) => (body as Json).userId);
		expect(posts.length - new Set(posts).size).toBeLessThanOrEqual(1);
	});

	it('of what was there is taken back to the values before, and nothing is lowered', async () => {
		for (let place = 1; place <= WRITES; place += 1) {
			await odin.restart();
			group().services = groupServices();
			group().callCapacity.maxActiveCalls = 500;
			network().addDevice({ ...HQ, deviceName: 'pbx', port: 5070 });
			network().addTrunkGroup({ ...HQ, name: 'sbc', maxActiveCalls: 5 });
			network().addUser({ ...HQ, userId: FIRST, lastName: 'Before', extension: '77' });
			const before = stored();
			refuseWrite(place);
			const { error } = await odin.run(ACTION, {
				...{ ...ROW, userSipAuthentication: false, options: undoing },
			});
			if (!error) {
				expect(place).toBeGreaterThan(8);
				break;
			}
			expect(error.message).toContain('Not today');
			odin.simulator.clearFaults();
			expect([place, stored()]).toEqual([place, before]);
		}
		expect(group().callCapacity.maxActiveCalls).toBe(500);
	}, 60_000);
});

describe('undo', () => {
	it('takes back what a lost answer hid, at whichever write', async () => {
		for (let place = 1; place < WRITES; place += 1) {
			// A SIP password can't be looked for: it is sent again.
			for (const isFoundAtOnce of place < FIRST_SIP ? [true, false] : [true]) {
				await odin.restart();
				const before = stored();
				let isRead = false;
				odin.atWrites(
					(write) => {
						if (write === place) return { kind: 'lostAnswer' };
						return isFoundAtOnce && write === place + 1 ? REFUSED : undefined;
					},
					// The look after it is refused once, so that nobody knows whether it was carried out.
					(writes) => {
						if (isFoundAtOnce || writes !== place || isRead) return undefined;
						isRead = true;
						return REFUSED;
					},
				);
				const { error } = await odin.run(ACTION, { ...ROW, options: undoing });
				const at = [place, isFoundAtOnce];
				expect([at, error?.message]).toEqual([at, expect.stringContaining('taken back')]);
				odin.simulator.clearFaults();
				expect([at, stored()]).toEqual([at, before]);
			}
		}
	}, 120_000);

	it.each<[string, number, Json]>([
		['', WRITES, {}],
		[' and what it still shows', 5, { deviceDefinition: {}, maxActiveCalls: 120 }],
	])(
		'takes back what Odin does not show yet%s',
		async (_, last, more) => {
			await odin.restart({ readLagMs: 300 });
			const before = stored();
			refuseWrite(last);
			const { error } = await odin.run(ACTION, { ...ROW, ...more, options: undoing });
			expect(error?.message).toContain('What this run had done was taken back');
			expect(error?.message).not.toContain('except');
			expect(stored()).toEqual(before);
		},
		60_000,
	);

	it('takes back in a later try what an earlier one could not, whose outcome was unknown', async () => {
		const before = stored();
		let isAway = false;
		let plans = 0;
		odin.simulator.injectFault((request) => {
			const { method, path, body } = request;
			// Only a plan reads the services while Odin is away: the undo does not come that far.
			if (isAway && method === 'GET' && path === '/groups/services') plans += 1;
			if (plans === 2) isAway = false;
			if (isAway) return { kind: 'status', status: 500, body: {} };
			if (method === 'POST' && path === '/groups/trunk-groups') {
				isAway = true;
				return { kind: 'lostAnswer' };
			}
			return method === 'POST' && path === '/users' && (body as Json).userId === FIRST
				? REFUSED
				: undefined;
		});
		const options = { ...undoing, maxRetries: 0 };
		const { error } = await odin.run(
			ACTION,
			{ ...ROW, options },
			{ node: { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 } },
		);
		expect(odin.sent('POST', '/users')).toHaveLength(1);
		expect(error?.message).toContain('What this run had done was taken back');
		expect(error?.message).not.toContain('except');
		expect(error?.description).toContain('A second run starts from the beginning');
		expect(stored()).toEqual(before);
	});

	it.each([
		['its own, whose answer was lost', true],
		["somebody else's, which was there before the first request", false],
	])('after "already exists" to a create it is %s', async (_, isOwn) => {
		const before = stored();
		let creates = 0;
		let isHidden = false;
		odin.simulator.injectFault(({ method, path, query, body }) => {
			if (path === '/groups/devices' && method === 'POST') {
				creates += 1;
				if (creates > 1) return undefined;
				if (!isOwn) network().addDevice({ ...HQ, deviceName: 'pbx', port: 5061 });
				isHidden = isOwn;
				return isOwn ? { kind: 'lostAnswer' } : undefined;
			}
			// What answers lags behind what wrote, so that it is sent again.
			if (isHidden && path === '/groups/devices' && query.deviceName === 'pbx') {
				isHidden = false;
				return { kind: 'status', status: 404, body: { error: 'Device not found' } };
			}
			return method === 'POST' && path === '/users' && (body as Json).userId === FIRST
				? REFUSED
				: undefined;
		});
		const { error } = await odin.run(ACTION, { ...ROW, options: undoing });
		expect(error?.message).toContain('What this run had done was taken back');
		expect(odin.sent('POST', '/groups/devices').map(({ status }) => status)).toHaveLength(
			isOwn ? 2 : 1,
		);
		const devices = network().devices(PROVIDER, HQ.groupId);
		expect(devices.map(({ deviceName }) => deviceName)).toEqual(isOwn ? [] : ['pbx']);
		for (const device of devices) network().stores.devices.remove(device);
		expect(stored()).toEqual(before);
	});

	it('leaves a capacity that another row or a trunk group needs, and says so', async () => {
		group().services = groupServices();
		const refuseName = (name: string) =>
			odin.simulator.injectFault(({ method, path, body }) =>
				method === 'POST' && path === '/groups/trunk-groups' && (body as Json).name === name
					? REFUSED
					: undefined,
			);
		const parameters = {
			...OF_ITEM,
			capacity: { groupMaxActiveCalls: '={{ $json.groupCalls }}' },
			maxActiveCalls: '={{ $json.calls }}',
			options: { onFailure: 'undo' },
		};
		refuseName('one');
		const items = [
			{ ...HQ, name: 'one', groupCalls: 150, calls: 1 },
			{ ...HQ, name: 'two', groupCalls: 140, calls: 1 },
		];
		const { output } = await odin.run(ACTION, parameters, {
			items,
			node: { onError: 'continueErrorOutput' },
		});
		expect(output[1]![0]!.json.details).toMatchObject({
			stays: [{ step: 'groupCapacity', reason: 'another item needs maxActiveCalls above 100' }],
		});
		expect(group().callCapacity.maxActiveCalls).toBe(150);

		refuseName('four');
		odin.forget();
		const { error } = await odin.run(ACTION, parameters, {
			items: [{ ...HQ, name: 'four', groupCalls: 200, calls: 1 }],
		});
		expect(error?.message).toContain('What this run had done was taken back');
		expect(group().callCapacity.maxActiveCalls).toBe(150);

		network().trunkGroup(PROVIDER, HQ.groupId, 'two')!.maxActiveCalls = 180;
		const { error: kept } = await odin.run(ACTION, parameters, {
			items: [{ ...HQ, name: 'four', groupCalls: 200, calls: 1 }],
		});
		expect(kept?.message).toContain('Nothing of what this run had done was taken back: one step');
		expect(group().callCapacity.maxActiveCalls).toBe(200);
	});

	it('lowers a capacity to what it was right before, not to what it was when it was planned', async () => {
		group().services = groupServices();
		// Somebody else raises it between the plan and the step.
		let reads = 0;
		const { callCapacity } = group();
		odin.simulator.injectFault(({ method, path }) => {
			const isRead = method === 'GET' && path === '/groups/trunk-groups/call-capacity';
			if (isRead) reads += 1;
			if (isRead && reads === 2) callCapacity.maxActiveCalls = 120;
			return method === 'POST' && path === '/groups/trunk-groups' ? REFUSED : undefined;
		});
		const { error } = await odin.run(ACTION, { ...ROW, options: undoing });
		expect(error?.message).toContain('What this run had done was taken back');
		expect(group().callCapacity.maxActiveCalls).toBe(120);
	});

	it('takes SIP authentication back with the service that came for it', async () => {
		group().services = groupServices();
		network().addUser({ ...HQ, userId: FIRST });
		const before = stored();
		let seen = 0;
		odin.simulator.injectFault(({ method, path }) => {
			if (method !== 'PUT' || path !== '/users/authentication') return undefined;
			seen += 1;
			return seen === 2 ? REFUSED : undefined;
		});
		const { error } = await odin.run(ACTION, { ...ROW, options: undoing });
		expect(error?.message).toContain('Not today');
		expect(error?.message).toContain('What this run had done was taken back');
		expect(stored()).toEqual(before);
	});
});
