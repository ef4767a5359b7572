import * as fc from 'fast-check';
import {
	trunkGroupIn,
	type Read,
	type Target,
	type TrunkGroupFacts,
} from '../../../../nodes/Odin/resources/trunkGroup/audit/facts';
import { loopsIn, type Node } from '../../../../nodes/Odin/resources/trunkGroup/audit/loops';
import {
	GROUP_RULES,
	RULES,
	TRUNK_GROUP_RULES,
} from '../../../../nodes/Odin/resources/trunkGroup/audit/rules';
import type { Result } from '../../../../nodes/Odin/resources/trunkGroup/audit/rule';
import { trunkGroupId } from '../../../../nodes/Odin/resources/trunkGroup/routes';

type Json = Record<string, unknown>;

const KEY = { serviceProviderId: 'acme', groupId: 'hq', id: 'sbc' };
const PLACE = { serviceProviderId: 'acme', groupId: 'hq', name: 'sbc' };
const unread = { ...PLACE, reason: 'Odin is closed' };

/** A profile that no rule finds anything in. */
const PROFILE: Json = {
	name: 'sbc',
	maxActiveCalls: 10,
	enableBursting: false,
	allowUnscreenedCalls: false,
	allowUnscreenedEmergencyCalls: false,
	pilotUserCallingLineIdentityForEmergencyCallsPolicy: 'No Calls',
	requireAuthentication: true,
	pilotUserId: 'pilot@example.com',
	accessDevice: { deviceName: 'pbx', deviceLevel: 'Group' },
	unreachableDestinationAction: 'Forward',
	unreachableDestinationForwardAddress: '5135550010',
};

interface Given {
	profile?: Json;
	device?: Read<string | null>;
	ceilings?: TrunkGroupFacts['ceilings'];
	/** Of every Forward */
	own?: Read<boolean>;
	/** Of every Reroute */
	target?: Read<Target>;
	loop?: TrunkGroupFacts['loop'];
	users?: Read<string[]>;
}

function factsOf({ profile, device, ceilings, own, target, loop, users }: Given): TrunkGroupFacts {
	const trunkGroup = trunkGroupIn({ ...PROFILE, ...profile }, KEY)!;
	const of = (action: string) => trunkGroup.routes.filter((route) => route.action === action);
	return {
		trunkGroup,
		...(device && { deviceAddress: device }),
		ceilings: ceilings ?? [],
		isOwnAddress: new Map(of('Forward').map((route) => [route, own ?? { value: true }])),
		targets: new Map(
			of('Reroute').map((route) => [route, target ?? { value: { exists: true, hasDevice: true } }]),
		),
		...(loop && { loop }),
		usersWithoutNumber: users ?? { value: [] },
	};
}

const resultsOf = (given: Given) =>
	TRUNK_GROUP_RULES.flatMap((rule) =>
		rule.check(factsOf(given)).map((result) => ({
			rule: rule.name,
			...(!('unread' in result) && { severity: rule.severities[0] }),
			...result,
		})),
	);

const reroute = (situation: string, target: Json | null = { name: 'other' }): Json => ({
	[`${situation}Action`]: 'Reroute',
	...(target && { [`${situation}RerouteTrunkGroupKey`]: target }),
});

const ceiling = (owner: string, maxActiveCalls: number | null, burstingMaxActiveCalls = 0) => ({
	value: { owner, maxActiveCalls, burstingMaxActiveCalls },
});

it('finds nothing where all is well', () => {
	expect(resultsOf({})).toEqual([]);
	const all = [reroute('capacityExceeded'), reroute('callForwardingAlways')];
	expect(resultsOf({ profile: Object.assign({}, ...all) })).toEqual([]);
});

const FOUND: Array<[string, Given, string, string, string[], Json | null, RegExp]> = [
	[
		'unscreenedCalls',
		{ profile: { allowUnscreenedCalls: 'true' } },
		'high',
		'allows calls',
		['allowUnscreenedCalls'],
		{ allowUnscreenedCalls: false },
		/sbc/,
	],
	[
		'emergencyWithoutIdentity',
		{ profile: { allowUnscreenedEmergencyCalls: true } },
		'high',
		'emergency calls',
		['allowUnscreenedEmergencyCalls', 'pilotUserCallingLineIdentityForEmergencyCallsPolicy'],
		{ pilotUserCallingLineIdentityForEmergencyCallsPolicy: 'Unscreened Originating Calls' },
		/identity/,
	],
	...(['callForwardingAlways', 'capacityExceeded', 'unreachableDestination'] as const).flatMap(
		(situation): typeof FOUND => [
			[
				'danglingTarget',
				{ profile: reroute(situation), target: { value: { exists: false } } },
				'high',
				'does not exist',
				[`${situation}RerouteTrunkGroupKey`],
				{ [`${situation}Action`]: null },
				/trunk group 'other',/,
			],
			[
				'targetWithoutDevice',
				{
					profile: reroute(situation, { groupId: 'branch', name: 'other' }),
					target: { value: { exists: true, hasDevice: false } },
				},
				'medium',
				'has no device',
				[`${situation}RerouteTrunkGroupKey`],
				null,
				/trunk group 'other' in group 'branch',/,
			],
			[
				'forwardOutside',
				{
					profile: {
						unreachableDestinationAction: 'Reroute',
						unreachableDestinationRerouteTrunkGroupKey: { name: 'other' },
						[`${situation}Action`]: 'Forward',
						[`${situation}ForwardAddress`]: 123123123,
					},
					own: { value: false },
				},
				'medium',
				'outside',
				[`${situation}Action`, `${situation}ForwardAddress`],
				null,
				/123123123/,
			],
		],
	),
	[
		'danglingTarget',
		{
			profile: reroute('capacityExceeded', null),
			target: { value: { exists: false } },
		},
		'high',
		'names no trunk group',
		['capacityExceededRerouteTrunkGroupKey'],
		{ capacityExceededAction: null },
		/capacity is exceeded/,
	],
	[
		'rerouteLoop',
		{
			profile: reroute('capacityExceeded', { groupId: 'branch', name: 'other' }),
			loop: {
				size: 2,
				path: [KEY, { ...KEY, groupId: 'branch', id: 'other' }],
				situations: ['capacityExceeded'],
			},
		},
		'high',
		"'sbc' → 'other' in group 'branch' → 'sbc'",
		['capacityExceededRerouteTrunkGroupKey'],
		null,
		/back to itself/,
	],
	[
		'rerouteLoop',
		{
			profile: reroute('capacityExceeded'),
			loop: { size: 4000, path: [], situations: ['capacityExceeded'] },
		},
		'high',
		'4000 trunk groups',
		['capacityExceededRerouteTrunkGroupKey'],
		null,
		/loop/,
	],
	[
		'noAuthentication',
		{ profile: { requireAuthentication: false, accessDevice: null } },
		'high',
		'no device',
		['requireAuthentication'],
		null,
		/authentication/,
	],
	[
		'noAuthentication',
		{ profile: { requireAuthentication: 'false' }, device: { value: null } },
		'high',
		"device 'pbx' has no fixed address",
		['requireAuthentication', 'accessDevice'],
		null,
		/authentication/,
	],
	[
		'noAuthentication',
		{ profile: { requireAuthentication: false }, device: { value: '192.0.2.1' } },
		'low',
		'192.0.2.1',
		['requireAuthentication', 'accessDevice'],
		null,
		/authentication/,
	],
	[
		'limitAboveCeiling',
		{ ceilings: [ceiling('group', 8), ceiling('service provider', 9)] },
		'medium',
		"10 calls, above the group's 8 and the service provider's 9",
		['maxActiveCalls'],
		{ maxActiveCalls: 8 },
		/sbc/,
	],
	[
		'limitAboveCeiling',
		{ ceilings: [ceiling('group', null), ceiling('service provider', 0)] },
		'medium',
		"service provider's 0",
		['maxActiveCalls'],
		null,
		/sbc/,
	],
	[
		'limitAboveCeiling',
		{
			profile: { enableBursting: true, burstingMaxActiveCalls: '5' },
			ceilings: [ceiling('group', 10, 4)],
		},
		'medium',
		'5 more calls while bursting',
		['burstingMaxActiveCalls'],
		{ burstingMaxActiveCalls: 4 },
		/sbc/,
	],
	['noPilot', { profile: { pilotUserId: '' } }, 'medium', 'pilot', ['pilotUserId'], null, /sbc/],
	[
		'noFailOver',
		{
			profile: {
				unreachableDestinationAction: null,
				callForwardingAlwaysAction: 'Forward',
				callForwardingAlwaysForwardAddress: '5001',
			},
		},
		'low',
		'no action for calls',
		['unreachableDestinationAction', 'capacityExceededAction'],
		null,
		/sbc/,
	],
	[
		'userWithoutNumber',
		{ users: { value: ['anna@example.com'] } },
		'low',
		'anna@example.com',
		['phoneNumber'],
		null,
		/sbc/,
	],
];

describe('what a rule finds', () => {
	it.each(FOUND)('%s in %j', (rule, given, severity, text, fields, fix, pattern) => {
		const results = resultsOf(given);
		expect(results).toEqual([
			{ rule, severity, fields, fix, message: expect.stringContaining(text) as string },
		]);
		expect((results[0] as { message: string }).message).toMatch(pattern);
	});

	it('covers every rule', () => {
		const covered = new Set([...FOUND.map(([rule]) => rule), 'numberWithoutUser', 'notChecked']);
		expect(RULES.map(({ name }) => name).filter((name) => !covered.has(name))).toEqual([]);
	});

	it('is gone after its fix', () => {
		for (const [rule, given, , , , fix] of FOUND) {
			if (!fix) continue;
			const after = resultsOf({ ...given, profile: { ...given.profile, ...fix } });
			expect(after.filter((result) => result.rule === rule)).toEqual([]);
		}
	});
});

describe('what a rule does not claim', () => {
	it.each<[string, Given]>([
		[
			'a policy that gives an identity',
			{
				profile: {
					allowUnscreenedEmergencyCalls: true,
					pilotUserCallingLineIdentityForEmergencyCallsPolicy: 'Unscreened Originating Calls',
				},
			},
		],
		[
			'a limit at the ceiling',
			{ ceilings: [ceiling('group', 10), ceiling('service provider', null)] },
		],
		[
			'bursting that is off',
			{ profile: { burstingMaxActiveCalls: 5 }, ceilings: [ceiling('group', 10, 4)] },
		],
		[
			'a target beside another action',
			{
				profile: { unreachableDestinationRerouteTrunkGroupKey: { name: 'gone' } },
				target: { value: { exists: false } },
			},
		],
		[
			'an address beside another action',
			{
				profile: { ...reroute('capacityExceeded'), capacityExceededForwardAddress: '15550100123' },
			},
		],
		[
			'another way for calls when it is full alone',
			{ profile: { unreachableDestinationAction: null, ...reroute('capacityExceeded') } },
		],
	])('%s', (_, given) => {
		expect(resultsOf(given)).toEqual([]);
	});

	it.each<[string, string[], Given]>([
		[
			'a switch that is not shown',
			['unscreenedCalls'],
			{ profile: { allowUnscreenedCalls: undefined } },
		],
		['a switch that is hidden', ['noAuthentication'], { profile: { requireAuthentication: null } }],
		[
			'a policy that is not shown',
			['emergencyWithoutIdentity'],
			{
				profile: {
					allowUnscreenedEmergencyCalls: true,
					pilotUserCallingLineIdentityForEmergencyCallsPolicy: undefined,
				},
			},
		],
		[
			"a target that can't be read",
			['rerouteLoop', 'danglingTarget', 'targetWithoutDevice'],
			{ profile: reroute('capacityExceeded'), target: { unread } },
		],
		["numbers that can't be read", ['forwardOutside'], { own: { unread } }],
		["a ceiling that can't be read", ['limitAboveCeiling'], { ceilings: [{ unread }] }],
		["users that can't be read", ['userWithoutNumber'], { users: { unread } }],
	])('%s', (_, rules, given) => {
		const results = resultsOf(given);
		expect(results.map(({ rule }) => rule)).toEqual(rules);
		for (const result of results) expect(result).toMatchObject({ unread: PLACE });
	});

	it('more than low of a device that could not be read', () => {
		const results = resultsOf({
			profile: { requireAuthentication: false },
			device: { unread },
		});
		expect(results).toMatchObject([
			{ rule: 'noAuthentication', severity: 'low' },
			{ rule: 'noAuthentication', unread },
		]);
	});

	it('anything of a profile that shows nothing', () => {
		for (const profile of [{}, { name: 'sbc' }, { name: 'sbc', users: null, pilotUserId: {} }]) {
			expect(trunkGroupIn(profile, KEY)).toBeUndefined();
		}
	});
});

it('numbers without a user are told by range, where they could be read', () => {
	const results = (freeNumbers: Read<string[]>): Result[] =>
		GROUP_RULES.flatMap((rule) => rule.check({ place: { ...PLACE, name: null }, freeNumbers }));
	expect(results({ value: ['+1-5135550010', '+1-5135550020 - +1-5135550029'] })).toEqual([
		{ message: 'Number +1-5135550010 has no user', fields: [], fix: null },
		{ message: 'Numbers +1-5135550020 - +1-5135550029 have no user', fields: [], fix: null },
	]);
	expect(results({ unread })).toEqual([{ unread }]);
});

describe('a profile of any values', () => {
	it('breaks no rule', () => {
		const names = Object.keys({ ...PROFILE, ...reroute('capacityExceeded'), users: [] });
		fc.assert(
			fc.property(fc.dictionary(fc.constantFrom(...names), fc.jsonValue()), (profile) => {
				if (!trunkGroupIn({ ...PROFILE, ...profile }, KEY)) return;
				for (const result of resultsOf({ profile })) {
					const text = 'unread' in result ? result.unread.reason : result.message;
					expect(text).toMatch(/trunk group 'sbc'/i);
					expect(text).not.toMatch(/undefined|\[object/);
				}
			}),
		);
	});
});

describe('loops', () => {
	const keyOf = (id: number) => ({ ...KEY, id: String(id) });
	const netOf = (edges: ReadonlyArray<readonly number[]>): Map<string, Node> =>
		new Map(
			edges.map((targets, id) => [
				trunkGroupId(keyOf(id)),
				{
					key: keyOf(id),
					steps: targets.map((to) => ({ situation: 'capacityExceeded' as const, to: keyOf(to) })),
				},
			]),
		);
	const pathsIn = (edges: number[][]) =>
		Object.fromEntries(
			[...loopsIn(netOf(edges)).values()].map(({ path }) => [
				path[0]?.id,
				path.map(({ id }) => id).join(''),
			]),
		);

	it.each<[string, number[][], Json]>([
		['a chain has none', [[1], [2], []], {}],
		['of one', [[0]], { 0: '0' }],
		['of two', [[1], [0]], { 0: '01', 1: '10' }],
		['what leads into one is not in it', [[1], [2], [1]], { 1: '12', 2: '21' }],
		['the shortest way is told', [[1, 2], [2], [0]], { 0: '02', 1: '120', 2: '20' }],
		['two apart', [[1], [0], [3], [2]], { 0: '01', 1: '10', 2: '23', 3: '32' }],
		['a target that is not there', [[7]], {}],
	])('%s', (_, edges, paths) => {
		expect(pathsIn(edges)).toEqual(paths);
	});

	it('are the trunk groups that can reach themselves', () => {
		const net = fc.array(fc.array(fc.nat(7), { maxLength: 3 }), { minLength: 8, maxLength: 8 });
		fc.assert(
			fc.property(net, (edges) => {
				const reaches = (from: number): boolean => {
					const seen = new Set<number>();
					const open = [...edges[from]!];
					for (let next = open.pop(); next !== undefined; next = open.pop()) {
						if (next === from) return true;
						if (!seen.has(next)) open.push(...edges[next]!);
						seen.add(next);
					}
					return false;
				};
				const loops = loopsIn(netOf(edges));
				for (const id of edges.keys()) {
					const loop = loops.get(trunkGroupId(keyOf(id)));
					expect(loop !== undefined).toBe(reaches(id));
					const way = loop?.path.map((key) => Number(key.id)) ?? [];
					// Each step of the way is one that is there, and the last leads back.
					way.forEach((step, at) => expect(edges[step]).toContain(way[at + 1] ?? id));
				}
			}),
		);
	});

	it('of ten thousand trunk groups are found without telling the way', () => {
		const count = 10_000;
		const edges = Array.from({ length: count }, (_, id) => [(id + 1) % count]);
		const loops = loopsIn(netOf(edges));
		expect(loops.size).toBe(count);
		expect([...loops.values()].every(({ size, path }) => size === count && path.length === 0)).toBe(
			true,
		);
	});
});

it.each([
	[{ ...KEY, groupId: 'HQ', id: 'two' }, "'two'"],
	[{ ...KEY, groupId: 'plant', id: 'two' }, "'two' in group 'plant'"],
	[
		{ ...KEY, serviceProviderId: 'globex', id: 'two' },
		"'two' in group 'hq' of service provider 'globex'",
	],
])('a step of a loop is named with its place where that is another one: %j', (step, text) => {
	const loop = { size: 2, path: [KEY, step], situations: [] };
	expect(resultsOf({ loop })).toMatchObject([
		{
			rule: 'rerouteLoop',
			message: `Trunk group 'sbc' reroutes back to itself: 'sbc' → ${text} → 'sbc'`,
		},
	]);
});
