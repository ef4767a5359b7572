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

/** What can happen to a write, with what is sent of it in the end. */
const FAULTS = {
	refused: { writes: 2 },
	'carried out, its answer lost': { writes: 1 },
	'carried out, its answer lost, and Odin away': { writes: 1 },
	'accepted and not carried out': { writes: 2 },
} as const;

const READS = ['/groups/devices/users'];

/** Lets one write of a run, and perhaps what follows, meet a fault. */
const spoil = (place: number, mode: keyof typeof FAULTS, away: number) => {
	let writes = 0;
	let left = 0;
	odin.simulator.injectFault(({ method, path }) => {
		if (path.startsWith('/auth/')) return undefined;
		if (left > 0) {
			left -= 1;
			return { kind: 'reset' };
		}
		if (method === 'GET' || READS.includes(path)) return undefined;
		writes += 1;
		if (writes !== place) return undefined;
		if (mode === 'refused') return { kind: 'status', status: 400, body: { error: 'Not today' } };
		if (mode === 'accepted and not carried out') return { kind: 'ignored' };
		if (mode.endsWith('away')) left = away;
		return { kind: 'lostAnswer' };
	});
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
