import { useOdin, type Json } from '../support/odinRuns';
import { expectPlainWords } from '../support/plainWords';

const GROUP = { serviceProviderId: 'acme-ent', groupId: 'acme-hq' };
const KEY = { ...GROUP, name: 'sbc' };
const options = { checkCapacity: true };

const odin = useOdin();

/** The group's ceilings, and whether the trunk group is there before. */
function arrange(capacity: Json, exists: boolean): void {
	Object.assign(odin.network.callCapacity('acme-ent', 'acme-hq') ?? {}, capacity);
	if (exists) odin.network.addTrunkGroup({ ...KEY, maxActiveCalls: 5 });
	odin.forget();
}

const inSection = (fields: Json): Json => {
	const { maxActiveCalls, ...callCapacity } = fields;
	return { ...(maxActiveCalls !== undefined && { maxActiveCalls }), callCapacity };
};

const WAYS: ReadonlyArray<[string, boolean, string, (fields: Json) => Json]> = [
	['create', false, 'trunkGroup.create', (fields) => ({ ...KEY, ...inSection(fields) })],
	[
		'upsert of a new one',
		false,
		'trunkGroup.upsert',
		(fields) => ({ ...KEY, ...inSection(fields) }),
	],
	[
		'upsert of an existing one',
		true,
		'trunkGroup.upsert',
		(fields) => ({ ...KEY, ...inSection(fields) }),
	],
	[
		'update',
		true,
		'trunkGroup.update',
		(callCapacity) => ({ ...GROUP, trunkGroup: 'sbc', callCapacity }),
	],
];

describe.each(WAYS)('on %s', (_, exists, action, parametersFor) => {
	const CASES: Array<[Json, Json, string | undefined]> = [
		[{ maxActiveCalls: 100 }, { maxActiveCalls: 100 }, undefined],
		[{ maxActiveCalls: 100 }, { maxActiveCalls: 101 }, '100'],
		[{ maxActiveCalls: -1 }, { maxActiveCalls: 1_000_000 }, undefined],
		[{ maxActiveCalls: 0 }, { maxActiveCalls: 2 }, '0'],
		[
			{ burstingMaxActiveCalls: 20 },
			{ burstingMaxActiveCalls: 20, enableBursting: true },
			undefined,
		],
		[{ burstingMaxActiveCalls: 20 }, { burstingMaxActiveCalls: 21, enableBursting: true }, '20'],
		[
			{ burstingMaxActiveCalls: -1 },
			{ burstingMaxActiveCalls: 999_999, enableBursting: true },
			undefined,
		],
		[{ burstingMaxActiveCalls: 0 }, { enableBursting: true }, '0'],
	];

	it.each(CASES)('with a ceiling of %j for %j', async (capacity, fields, available) => {
		arrange(capacity, exists);
		const parameters = { ...parametersFor(fields), options };
		if (available === undefined && capacity.maxActiveCalls !== -1) {
			await odin.all(action, parameters);
			expect(odin.stored(KEY)).toMatchObject(fields);
			return;
		}
		if (available === undefined) {
			// This stand-in takes no unlimited group; the check itself lets it pass on to the write.
			await odin.run(action, parameters);
			expect(odin.writes()).toHaveLength(1);
			return;
		}
		for (const previewOnly of [true, false]) {
			const { message, description } = await odin.failure(action, {
				...parameters,
				options: { ...options, previewOnly },
			});
			expect(message).toMatch(new RegExp(`(is|,) ${available}\\b`));
			expect(message).toContain(
				String(Object.values(fields)[0] === true ? 'Bursting' : Object.values(fields)[0]),
			);
			expect(message).toContain("group 'acme-hq'");
			expectPlainWords(`${message} ${description ?? ''}`);
		}
		expect(odin.writes()).toEqual([]);
	});

	it('reads the capacity only when it is asked for', async () => {
		arrange({}, exists);
		await odin.all(action, parametersFor({ maxActiveCalls: 7 }));
		expect(odin.requests().filter(({ path }) => path.endsWith('/call-capacity'))).toEqual([]);
	});
});

it('of a group that Odin does not know is told with the service provider', async () => {
	const key = { ...KEY, groupId: 'nowhere' };
	const parameters = { ...key, maxActiveCalls: 5, options };
	expect(await odin.complaint('trunkGroup.create', parameters)).toMatch(
		/could not read the call capacity of group 'nowhere' of service provider 'acme-ent' \(HTTP 404\)/,
	);
});

it('an upsert that changes nothing asks nothing, although the trunk group is above the ceiling', async () => {
	arrange({ maxActiveCalls: 3 }, true);
	expect(await odin.one('trunkGroup.upsert', { ...KEY, options })).toMatchObject({
		outcome: 'unchanged',
	});
	expect(odin.requests()).toHaveLength(1);
});

it('an update of something else does not look at the ceiling', async () => {
	arrange({ maxActiveCalls: 3 }, true);
	await odin.all('trunkGroup.update', {
		...GROUP,
		trunkGroup: 'sbc',
		identity: { prefix: '00' },
		options,
	});
	expect(odin.writes()).toHaveLength(1);
});

it('capacities that come as text are read', async () => {
	arrange({}, true);
	odin.answer('/groups/trunk-groups/call-capacity', {
		maxActiveCalls: '9',
		burstingMaxActiveCalls: '-1',
	});
	const update = { ...GROUP, trunkGroup: 'sbc', options };
	const callCapacity = { maxActiveCalls: 9, burstingMaxActiveCalls: 50 };
	await odin.all('trunkGroup.update', { ...update, callCapacity });
	expect(
		await odin.complaint('trunkGroup.update', { ...update, callCapacity: { maxActiveCalls: 10 } }),
	).toContain('is 9');
});

it.each([{}, { burstingMaxActiveCalls: null }, { burstingMaxActiveCalls: '' }])(
	'a bursting capacity that Odin does not tell (%j) is not taken for none',
	async (capacity) => {
		arrange({ burstingMaxActiveCalls: 20 }, true);
		odin.answer('/groups/trunk-groups/call-capacity', { maxActiveCalls: 9, ...capacity });
		const update = { ...GROUP, trunkGroup: 'sbc', options };
		await odin.all('trunkGroup.update', { ...update, callCapacity: { enableBursting: true } });
		expect(
			await odin.complaint('trunkGroup.update', {
				...update,
				callCapacity: { burstingMaxActiveCalls: 1 },
			}),
		).toContain("can't be checked: Odin does not report the call capacity");
	},
);

it('a group whose capacity cannot be read is not written to', async () => {
	const complaint = await odin.complaint('trunkGroup.create', {
		...GROUP,
		groupId: 'acme-lab',
		name: 'sbc',
		options,
	});
	expect(complaint).toContain('The service Trunk Group is not assigned');
	expect(odin.writes()).toEqual([]);
});
