import type { Fault } from '../../simulator';
import { numbersIn, type NumberRange } from '../../simulator/numbers/phoneNumbers';
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

/** What arrange() left, before it is called again. */
const clear = () => {
	const { devices, users, numbers } = network().stores;
	for (const store of [devices, users, numbers]) {
		for (const record of store.all(HQ)) store.remove(record as never);
	}
	odin.forget();
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
	odin.writes().flatMap(({ method, path, query, body }) => {
		const { userId, deviceName, name, dns } = { ...query, ...(body as Json) } as Json;
		const subjects = dns
			? (dns as NumberRange[]).flatMap(numbersIn)
			: [userId ?? deviceName ?? name];
		return subjects.map((subject) => `${method} ${path} ${String(subject)}`);
	});

const LEDGER = [
	'PUT /groups/trunk-groups sbc',
	`DELETE /users ${A}`,
	'DELETE /groups/dns +1-5135551000',
	`DELETE /users ${B}`,
	'DELETE /groups/dns +1-5135551001',
	'DELETE /groups/dns +1-5135551002',
	'DELETE /groups/trunk-groups sbc',
	'DELETE /groups/devices pbx',
];

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
		expect(ledger()).toEqual(LEDGER);
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

it('hints where numbers are to go whose users stay, and none is named', async () => {
	arrange();
	const parameters = { ...ROW, alsoRemove: ['numbers'], numbers: '' };
	expect(await odin.hints('sipTrunk.takeDown', parameters)).toContain(
		'the users stay, and so do their numbers',
	);
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

describe('who reroutes to the trunk group', () => {
	const hint =
		"Trunk group 'main' in group 'take-down' of service provider 'acme-ent' reroutes to trunk group 'sbc' in group 'take-down' of service provider 'acme-ent' (unreachableDestinationRerouteTrunkGroupKey), so these calls go nowhere without it (item 0).";

	beforeEach(() => {
		arrange();
		network().addTrunkGroup({
			...HQ,
			name: 'main',
			unreachableDestinationAction: 'Reroute',
			unreachableDestinationRerouteTrunkGroupKey: KEY,
		});
	});

	it.each([true, false])('is told, with Preview Only %s', async (previewOnly) => {
		const parameters = { ...ROW, options: { previewOnly } };
		const { output, hints } = await odin.run('sipTrunk.takeDown', parameters);
		expect(output[0]?.[0]?.json).toMatchObject({ outcome: 'removed' });
		expect(hints.map(({ message }) => message)).toEqual([hint]);
		expect(trunkGroup() === undefined).toBe(!previewOnly);
	});

	it('is not told when it goes in the same batch, nor twice', async () => {
		const rows = { ...HQ, trunkGroup: '={{ $json.name }}' };
		const items = [{ name: 'main' }, { name: 'sbc' }];
		expect(await odin.hints('sipTrunk.takeDown', rows, { items })).toBe('');
		const again = { ...rows, userIds: A, deviceName: 'pbx', numbers: '5135551000' };
		expect(await odin.hints('sipTrunk.takeDown', again, { items })).toBe('');
	});

	it('is told once, whatever Retry On Fail does', async () => {
		spoil(3, 'refused', 0);
		const { hints, status } = await odin.run('sipTrunk.takeDown', ROW, {
			node: { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 },
		});
		expect(status).toBe('success');
		expect(hints.map(({ message }) => message)).toEqual([hint]);
	});
});

it('names the numbers of each step as ranges, in every try the same, of many the first few', async () => {
	arrange();
	const tens = [0, 1, 2, 3, 4, 5, 6, 7];
	for (const index of tens) {
		network().addNumbers({ ...HQ, min: `+1-51355520${index}0`, max: `+1-51355520${index}4` });
	}
	const numbers = ['5135551000-02', ...tens.map((ten) => `51355520${ten}0-${ten}4`)];
	const { steps } = await run({ numbers, options: { previewOnly: true } });
	const place = "of group 'take-down' of service provider 'acme-ent'";
	expect(
		(steps as Json[]).filter(({ step }) => step === 'numbers').map(({ subject }) => subject),
	).toEqual([
		`numbers +1-5135551000 of user '${A}'`,
		`numbers +1-5135551001 of user '${B}'`,
		`numbers +1-5135551002, +1-5135552000 - +1-5135552004, +1-5135552010 - +1-5135552014, +1-5135552020 - +1-5135552024, +1-5135552030 - +1-5135552034, and 4 more ${place}`,
	]);
	spoil(6, 'refused', 0);
	const tried = await odin.one(
		'sipTrunk.takeDown',
		{ ...ROW, numbers },
		{ node: { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 } },
	);
	expect(tried.steps).toEqual(steps);
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

/** What can happen to a write, with what is sent of it in the end. */
const FAULTS = {
	refused: { writes: 2 },
	'carried out, its answer lost': { writes: 1 },
	'carried out, its answer lost, and Odin away': { writes: 1 },
	'accepted and not carried out': { writes: 2 },
} as const;

const REFUSED: Fault = { kind: 'status', status: 400, body: { error: 'Not today' } };

/** Lets one write of a run, and perhaps what follows, meet a fault. */
const spoil = (place: number, mode: keyof typeof FAULTS, away: number) => {
	let left = 0;
	const isAway = () => left > 0 && (left -= 1) >= 0;
	odin.atWrites(
		(write) => {
			if (isAway()) return { kind: 'reset' };
			if (write !== place) return undefined;
			if (mode === 'refused') return REFUSED;
			if (mode === 'accepted and not carried out') return { kind: 'ignored' };
			if (mode.endsWith('away')) left = away;
			return { kind: 'lostAnswer' };
		},
		() => (isAway() ? { kind: 'reset' } : undefined),
	);
};

const WRITES = 8;
const PLACES = Array.from({ length: WRITES }, (_, index) => index + 1);

/** Each write once, the one at a place as often as it is sent. A second run may join numbers in one request. */
const expectLedger = (place: number, times: number) => {
	const lines = LEDGER.flatMap((line, index) =>
		Array<string>(index === place - 1 ? times : 1).fill(line),
	);
	expect([place, ledger().sort()]).toEqual([place, lines.sort()]);
};

const STANDS: Record<string, (subject: string) => boolean> = {
	user: (subject) => network().user(/'(.*)'/.exec(subject)?.[1] ?? '') === undefined,
	trunkGroup: () => trunkGroup() === undefined,
	device: () => network().devices(HQ.serviceProviderId, HQ.groupId).length === 1,
	pilot: () => trunkGroup()?.pilotUserId === undefined,
};

/** Each step that is said to be done is done. */
const expectTrue = (steps: Json[]) => {
	for (const { step, subject, outcome } of steps) {
		if (outcome !== 'removed' && outcome !== 'updated') continue;
		expect([subject, STANDS[String(step)]?.(String(subject)) ?? true]).toEqual([subject, true]);
	}
};

describe.each(Object.entries(FAULTS))('a write that is %s', (name, { writes }) => {
	const mode = name as keyof typeof FAULTS;

	it.each(PLACES)(
		'at place %d: the same row completes it, and nothing is sent twice',
		async (place) => {
			arrange();
			spoil(place, mode, Infinity);
			const first = await odin.run(
				'sipTrunk.takeDown',
				{ ...ROW, options: { maxRetries: 0 } },
				{ node: { onError: 'continueRegularOutput' } },
			);
			const { error, details, steps } = first.output[0]![0]!.json as Json;
			odin.simulator.clearFaults();
			const isOver = error === undefined;
			expect(isOver).toBe(mode === 'carried out, its answer lost');
			const shown = (isOver ? steps : (details as Json).steps) as Json[];
			expect(shown).toHaveLength(WRITES);
			expectTrue(shown);
			if (!isOver) {
				expect(shown.filter(({ outcome }) => outcome === 'skipped')).toHaveLength(
					WRITES - place + 1,
				);
				const result = await run();
				expect(result).toMatchObject({
					outcome: writes === 1 && place === WRITES ? 'unchanged' : 'removed',
				});
			}
			expectTakenDown();
			expectLedger(place, writes);
		},
	);

	it.each(PLACES.slice(1))(
		'at place %d: Retry On Fail goes on where it stood without any names',
		async (place) => {
			arrange();
			// Nobody has this number, so that only the row could name it.
			network().stores.numbers.remove(
				network().stores.numbers.find({ phoneNumber: '+1-5135551002' })!,
			);
			spoil(place - 1, mode, 1);
			const { alsoRemove } = ROW;
			const unnamed = { ...HQ, trunkGroup: 'sbc', alsoRemove, options: { maxRetries: 0 } };
			const result = await odin.run('sipTrunk.takeDown', unnamed, {
				node: { retryOnFail: true, maxTries: 2, waitBetweenTries: 0 },
			});
			expect(result.error).toBeUndefined();
			expect(result.hints).toEqual([]);
			const { outcome, steps } = result.output[0]![0]!.json as { outcome: string; steps: Json[] };
			expect(outcome).toBe('removed');
			expect(outcomes(steps)).toEqual([
				'pilot updated',
				'user removed',
				'numbers removed',
				'user removed',
				'numbers removed',
				'trunkGroup removed',
				'device removed',
			]);
			expectTakenDown();
			expect(ledger()).toHaveLength(WRITES - 1 + writes - 1);
		},
	);
});

it.each(Object.entries(FAULTS))(
	'users who stay: a write that is %s is completed by the same row',
	async (name, { writes }) => {
		for (const place of [1, 2, 3, 4]) {
			clear();
			arrange();
			const row = { ...ROW, alsoRemove: '', options: { maxRetries: 0 } };
			spoil(place, name as keyof typeof FAULTS, Infinity);
			await odin.run('sipTrunk.takeDown', row);
			odin.simulator.clearFaults();
			await odin.all('sipTrunk.takeDown', row);
			const lines = [LEDGER[0]!, `PUT /users ${A}`, `PUT /users ${B}`, LEDGER[6]!];
			const expected = lines.flatMap((line, index) =>
				Array<string>(index === place - 1 ? writes : 1).fill(line),
			);
			expect([place, ledger()]).toEqual([place, expected]);
			expect(stored()).toMatchObject({ trunkGroups: [], users: [{}, {}, {}] });
		}
	},
	60_000,
);

describe('what is not its own', () => {
	const addOther = () => network().addGroup({ ...HQ, groupId: 'other' });
	const D = 'd@example.com';

	const BLOCKED: Record<string, { arrange(): void; row?: Json; step: string; words: string }> = {
		'a named user of another group': {
			arrange: () => {
				addOther();
				network().addUser({ ...HQ, groupId: 'other', userId: D });
			},
			row: { userIds: [A, D] },
			step: 'user',
			words: "user 'd@example.com': the user belongs to group 'other'",
		},
		'a named user of another group, on a trunk group of the same name': {
			arrange: () => {
				addOther();
				network().addTrunkGroup({ ...HQ, groupId: 'other', name: 'sbc' });
				network().addUser({ ...HQ, groupId: 'other', userId: D, trunkGroup: 'sbc' });
			},
			row: { userIds: D, alsoRemove: [] },
			step: 'user',
			words: "belongs to group 'other'",
		},
		'a named user on another trunk group': {
			arrange: () => {
				network().addTrunkGroup({ ...HQ, name: 'new' });
				network().addUser({ ...HQ, userId: D, trunkGroup: 'new' });
			},
			row: { userIds: [{ userId: D, lastName: 'As Turn Up has it' }] },
			step: 'user',
			words: "the user is on trunk group 'new'",
		},
		'a named user on a device': {
			arrange: () =>
				void network().addUser({
					...HQ,
					userId: D,
					accessDevice: { deviceName: 'phone', deviceLevel: 'Group' },
				}),
			row: { userIds: `["${D}"]`, alsoRemove: 'device' },
			step: 'user',
			words: "the user is on device 'phone'",
		},
		'a number of another group': {
			arrange: () => {
				addOther();
				Object.assign(network().stores.numbers.find({ phoneNumber: '+1-5135551002' })!, {
					groupId: 'other',
				});
			},
			step: 'numbers',
			words: "+1-5135551002 belongs to group 'other'",
		},
		'a number of nobody': {
			arrange: () => {},
			row: { numbers: '5139990000' },
			step: 'numbers',
			words: 'is none of them',
		},
		'a number of a user beside the trunk': {
			arrange: () => {},
			row: { numbers: '5135551003' },
			step: 'numbers',
			words: "+1-5135551003 belongs to user 'c@example.com', who stays",
		},
		'a number of a user who is only taken off': {
			arrange: () => {},
			row: { alsoRemove: ['numbers', 'device'] },
			step: 'numbers',
			words: `+1-5135551000 belongs to user '${A}', who stays`,
		},
		'another device than that of the trunk group': {
			arrange: () => {},
			row: { deviceName: 'phone' },
			step: 'device',
			words: "the trunk group is on device 'pbx'",
		},
	};

	it.each(Object.entries(BLOCKED))(
		'%s blocks the plan, and nothing is sent',
		async (_, blocked) => {
			arrange();
			blocked.arrange();
			const before = stored();
			const { error, details } = await odin.failedItem('sipTrunk.takeDown', {
				...{ ...ROW, ...blocked.row },
			});
			expect(error).toContain("can't be taken down");
			expect(error).toContain(blocked.words);
			const parameters = { ...ROW, ...blocked.row, options: { previewOnly: true } };
			const { output: shown, hints } = await odin.run('sipTrunk.takeDown', parameters);
			const preview = shown[0]![0]!.json as { steps: Json[] };
			const [hint] = hints.filter(({ message }) => message.includes('so nothing would be sent'));
			expect(hint?.message).toContain(blocked.words);
			expect(preview).toMatchObject({
				outcome: 'unchanged',
				trunk: { trunkGroup: { name: 'sbc' } },
			});
			expect(outcomes(details.steps)).toEqual(
				outcomes(preview.steps).map((text) => text.replace(/(updated|removed)$/, 'skipped')),
			);
			const steps = preview.steps.filter(({ outcome }) => outcome === 'blocked');
			expect(steps).toMatchObject([{ step: blocked.step }]);
			expect(odin.writes()).toEqual([]);
			expect(stored()).toEqual(before);
		},
	);

	const STAYS: Record<string, { arrange(): void; row?: Json; reason?: string }> = {
		'that another trunk group is on': {
			arrange: () => void network().addTrunkGroup({ ...HQ, name: 'new', accessDevice: PBX }),
			reason: "trunk groups are on it: 'new'",
		},
		'that has other users': {
			arrange: () => void network().addUser({ ...HQ, userId: 'd@example.com', accessDevice: PBX }),
			reason: "it has users: 'd@example.com'",
		},
		'of the service provider': {
			arrange: () => {
				const device = { deviceName: 'shared', deviceLevel: 'Service Provider' as const };
				network().addDevice({ ...device, serviceProviderId: HQ.serviceProviderId, groupId: null });
				trunkGroup()!.accessDevice = device;
			},
			row: { deviceName: '' },
			reason: 'it is no device of the group',
		},
	};

	it.each(Object.entries(STAYS))('a device %s stays', async (_, { arrange: more, row, reason }) => {
		arrange();
		more();
		const count = network().devices(HQ.serviceProviderId, HQ.groupId).length;
		const result = await run(row);
		expect((result.steps as Json[]).at(-1)).toMatchObject({
			step: 'device',
			outcome: 'skipped',
			reason,
		});
		expect(trunkGroup()).toBeUndefined();
		expect(odin.sent('DELETE', '/groups/devices')).toEqual([]);
		expect(network().devices(HQ.serviceProviderId, HQ.groupId)).toHaveLength(count);
		expect(await run(row)).toMatchObject({ outcome: 'unchanged' });
	});

	it('hosted users are cleared with the trunk group, as Delete does, and stay', async () => {
		arrange();
		trunkGroup()!.users = [{ userId: 'c@example.com' }];
		const { steps } = await run();
		expect(steps).toContainEqual(
			expect.objectContaining({
				step: 'trunkGroup',
				changes: [{ field: 'users', from: [{ userId: 'c@example.com' }], to: [] }],
			}),
		);
		expectTakenDown();
	});
});

describe('many rows', () => {
	const ROWS = Array.from({ length: 6 }, (_, index) => ({
		name: `trunk-${index}`,
		user: `user-${index}@example.com`,
		number: `513555200${index}`,
	}));
	const EACH = {
		...HQ,
		trunkGroup: '={{ $json.name }}',
		alsoRemove: ['users', 'numbers', 'device'],
		deviceName: 'pbx',
		numbers: '={{ $json.number }}',
		userIds: '={{ $json.user }}',
	};

	const arrangeRows = () => {
		network().addDevice({ ...HQ, deviceName: 'pbx' });
		network().addNumbers({ ...HQ, min: '+1-5135552000', max: '+1-5135552005' });
		for (const { name, user, number } of ROWS) {
			network().addTrunkGroup({ ...HQ, name, accessDevice: PBX });
			network().addUser({
				...HQ,
				userId: user,
				phoneNumber: `+1-${number}`,
				trunkGroup: name,
			});
		}
	};

	it('of one group go one after the other; the device goes with the last', async () => {
		arrangeRows();
		const results = await odin.all('sipTrunk.takeDown', EACH, { items: ROWS });
		const devices = results.map(({ steps }) => outcomes(steps).at(-1));
		expect(devices).toEqual([...Array<string>(5).fill('device skipped'), 'device removed']);
		expect(stored()).toEqual({ devices: [], trunkGroups: [], users: [], numbers: [] });
		expect(odin.writes()).toHaveLength(3 * ROWS.length + 1);
		expect(odin.simulator.peakInFlight()).toBe(1);
	});

	it('share what they read while nothing is written', async () => {
		arrangeRows();
		await odin.all(
			'sipTrunk.takeDown',
			{ ...EACH, options: { previewOnly: true } },
			{ items: ROWS },
		);
		expect(odin.sent('GET', '/service-providers/dns')).toHaveLength(1);
		expect(odin.writes()).toEqual([]);
	});

	it('cost requests by their users alone', async () => {
		const costs: number[] = [];
		for (const count of [1, 2, 4]) {
			await odin.restart();
			arrangeRows();
			for (const { user } of ROWS.slice(0, count)) {
				Object.assign(network().user(user)!, { trunkGroup: 'trunk-0' });
			}
			odin.forget();
			await odin.all('sipTrunk.takeDown', EACH, { items: ROWS.slice(0, 1) });
			costs.push(odin.requests().length);
		}
		const [one = 0, two = 0, four = 0] = costs;
		// A user is read, deleted and looked at, as is its number.
		expect([two - one, four - two]).toEqual([5, 10]);
	});

	it('that name one trunk group: the second finds it done', async () => {
		arrangeRows();
		const [row] = ROWS;
		const results = await odin.all('sipTrunk.takeDown', EACH, { items: [row!, row!] });
		expect(results.map(({ outcome }) => outcome)).toEqual(['removed', 'unchanged']);
	});
});

it.each([
	[
		{ alsoRemove: 'users, everything' },
		"'Also Remove' takes users, device, numbers, not 'everything'",
	],
	[{ trunkGroup: '={{ " " }}' }, "'Trunk Group' is needed"],
	[{ numbers: 'five' }, "'Numbers'"],
	[{ userIds: 'a\u200b@example.com' }, "'User IDs'"],
	[{ deviceName: 'x'.repeat(41) }, "'Device Name'"],
])('%j is refused before anything is sent', async (row, words) => {
	expect(await odin.complaint('sipTrunk.takeDown', { ...ROW, ...row })).toContain(words);
	expect(odin.requests()).toEqual([]);
});

it('what Turn Up has begun goes with the same names', async () => {
	network().addNumbers({
		serviceProviderId: HQ.serviceProviderId,
		min: '+1-5135551000',
		max: '+1-5135551002',
	});
	const before = stored();
	const users = [A, B].map((userId, index) => ({
		userId,
		lastName: 'A',
		firstName: 'B',
		phoneNumber: `513555100${index}`,
	}));
	for (const place of Array.from({ length: 9 }, (_, index) => index + 1)) {
		spoil(place, 'refused', 0);
		await odin.run('sipTrunk.turnUp', {
			...HQ,
			name: 'sbc',
			deviceDefinition: { deviceName: 'pbx', deviceType: 'Generic SIP IP-PBX' },
			numbers: ROW.numbers,
			users: JSON.stringify(users),
			pilot: 'first',
		});
		odin.simulator.clearFaults();
		await odin.all('sipTrunk.takeDown', { ...ROW, userIds: users });
		expect([place, stored()]).toEqual([place, before]);
	}
});

describe('at the same time', () => {
	it('two executions on one trunk leave nothing, and each says what is true', async () => {
		for (const latencyMs of [0, 1, 3]) {
			await odin.restart({ latencyMs });
			arrange();
			const results = await Promise.all([run(), run()]);
			expect(results.map(({ trunk }) => trunk)).toEqual([null, null]);
			expectTakenDown();
		}
	});

	it('answers that lag behind the writes are waited for', async () => {
		await odin.restart({ readLagMs: 300 });
		arrange();
		expect(await run()).toMatchObject({ outcome: 'removed' });
		expectTakenDown();
		odin.forget();
		expect(await run()).toMatchObject({ outcome: 'unchanged' });
		expect(odin.writes()).toEqual([]);
	});
});

it('a try that can no longer read says what an earlier one did', async () => {
	arrange();
	const afterTwo = (writes: number) => (writes > 2 ? REFUSED : undefined);
	odin.atWrites(afterTwo, afterTwo);
	const { error, details } = await odin.failedItem('sipTrunk.takeDown', ROW, {
		node: { retryOnFail: true, maxTries: 2, waitBetweenTries: 0 },
	});
	expect(error).toMatch(/Odin refused to read trunk group .*2 steps had already been carried out/);
	expect(outcomes(details.steps)).toEqual(['pilot updated', 'user removed']);
});

it('a Stop half-way leaves an open outcome in the log, and the same row completes it', async () => {
	await odin.restart({ latencyMs: 5 });
	arrange();
	const stop = new AbortController();
	odin.simulator.injectFault(({ method, path }) => {
		if (method === 'DELETE' && path === '/groups/dns') stop.abort();
		return undefined;
	});
	const { status, logs } = await odin.run('sipTrunk.takeDown', ROW, { signal: stop.signal });
	expect(status).toBe('canceled');
	expect(logs.join('\n')).toContain("Outcome unknown: trunk group 'sbc'");
	odin.simulator.clearFaults();
	expect(await run()).toMatchObject({ outcome: 'removed' });
	expectTakenDown();
});

it.each(['reset', 'lostAnswer'] as const)(
	'whichever request is answered with %s, the same row completes it',
	async (kind) => {
		for (let place = 0, isOver = false; !isOver; place += 1) {
			clear();
			arrange();
			let requests = 0;
			odin.simulator.injectFault(({ path }) => {
				if (path.startsWith('/auth/')) return undefined;
				requests += 1;
				return requests === place + 1 ? { kind } : undefined;
			});
			const first = await odin.run(
				'sipTrunk.takeDown',
				{ ...ROW, options: { maxRetries: 0 } },
				{ node: { onError: 'continueRegularOutput' } },
			);
			odin.simulator.clearFaults();
			isOver = requests <= place;
			const { steps, details } = first.output[0]![0]!.json as { steps?: Json[]; details?: Json };
			expectTrue(steps ?? (details?.steps as Json[] | undefined) ?? []);
			await run();
			expectTakenDown();
			const twice = ledger().filter((line, index, all) => all.indexOf(line) !== index);
			expect(twice.length).toBeLessThanOrEqual(kind === 'lostAnswer' ? 0 : 1);
		}
	},
	60_000,
);
