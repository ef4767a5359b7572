import type { Fault, FaultCandidate } from '../../../simulator';
import { useOdin, type Json } from '../support/odinRuns';
import { expectPlainWords } from '../support/plainWords';

const AUDIT = 'trunkGroup.audit';
const ENTERPRISE = { serviceProviderId: 'audited-ent' };
const HQ = { ...ENTERPRISE, groupId: 'hq' };
const BRANCH = { ...ENTERPRISE, groupId: 'branch' };
const PATH = '/groups/trunk-groups';

/** One trunk group in which there is nothing to find, in a group of an enterprise of its own. */
const odin = useOdin({
	loggedIn: true,
	arrange({ network }) {
		network.addServiceProvider({
			...ENTERPRISE,
			callCapacity: { maxActiveCalls: 50, burstingMaxActiveCalls: 10 },
		});
		for (const group of [HQ, BRANCH]) {
			network.addGroup({
				...group,
				callCapacity: { maxActiveCalls: 40, burstingMaxActiveCalls: 5 },
			});
		}
		network.addDevice({ ...HQ, deviceName: 'pbx', netAddress: '192.0.2.1' });
		network.addNumbers({ ...HQ, min: '+1-5135550110' });
		network.addTrunkGroup({ ...HQ, ...SOUND, name: 'sbc' });
		network.addUser({
			...HQ,
			userId: 'pilot@example.com',
			trunkGroup: 'sbc',
			phoneNumber: '+1-5135550110',
		});
	},
});

const SOUND = {
	maxActiveCalls: 10,
	requireAuthentication: true,
	sipAuthenticationUserName: 'sbc',
	sipAuthenticationPassword: 'Zq7-kPw2-Lm94',
	pilotUserId: 'pilot@example.com',
	accessDevice: { deviceName: 'pbx', deviceLevel: 'Group' as const },
	unreachableDestinationAction: 'Forward',
	unreachableDestinationForwardAddress: '5135550110',
};

const sbc = (): Json => {
	const found = odin.network.trunkGroup('audited-ent', 'hq', 'sbc');
	if (!found) throw new RangeError('sbc');
	return found as unknown as Json;
};

const change = (fields: Json): unknown => Object.assign(sbc(), fields);

/** Makes the rerouting of a trunk group lead to another one. */
const rerouteTo = (situation: string, target: Json): Json => ({
	[`${situation}Action`]: 'Reroute',
	[`${situation}RerouteTrunkGroupKey`]: target,
});

const rulesOf = (findings: Json[]): unknown[] => findings.map(({ rule, name }) => [rule, name]);

/** Lets requests fail that meet a condition. */
const refuse = (status: number, isMeant: (request: FaultCandidate) => boolean): void =>
	odin.simulator.injectFault((request): Fault | undefined =>
		isMeant(request)
			? {
					kind: 'status',
					status,
					body: { error: 'Closed', status },
					headers: { 'retry-after': '0' },
				}
			: undefined,
	);

const audit = async (parameters: Json = HQ): Promise<Json[]> =>
	await odin.all(AUDIT, { options: { maxRetries: 0 }, ...parameters });

it('gives no item where nothing is found, and changes nothing', async () => {
	expect(await audit()).toEqual([]);
	expect(await odin.hints(AUDIT, HQ)).toBe('');
	expect(odin.writes()).toEqual([]);
});

describe('finds', () => {
	const finding = (rule: string, severity: string, more: Json = {}): Json => ({
		severity,
		rule,
		...HQ,
		name: 'sbc',
		message: expect.stringContaining('sbc') as string,
		fields: expect.any(Array) as string[],
		fix: null,
		...more,
	});

	it.each<[string, () => unknown, Json]>([
		[
			'unscreened calls',
			() => change({ allowUnscreenedCalls: true }),
			finding('unscreenedCalls', 'high', { fix: { allowUnscreenedCalls: false } }),
		],
		[
			'emergency calls without an identity',
			() => change({ allowUnscreenedEmergencyCalls: true }),
			finding('emergencyWithoutIdentity', 'high', {
				fix: {
					pilotUserCallingLineIdentityForEmergencyCallsPolicy: 'Unscreened Originating Calls',
				},
			}),
		],
		[
			'a target that does not exist',
			() => change(rerouteTo('capacityExceeded', { ...HQ, name: 'gone' })),
			finding('danglingTarget', 'high', { fix: { capacityExceededAction: null } }),
		],
		[
			'a target in a group that does not exist',
			() => change(rerouteTo('capacityExceeded', { ...HQ, groupId: 'gone', name: 'x' })),
			finding('danglingTarget', 'high', { fix: { capacityExceededAction: null } }),
		],
		[
			'a loop of one',
			() => change(rerouteTo('callForwardingAlways', { ...HQ, name: 'SBC' })),
			finding('rerouteLoop', 'high', { fields: ['callForwardingAlwaysRerouteTrunkGroupKey'] }),
		],
		[
			'no authentication on a fixed address',
			() => change({ requireAuthentication: false }),
			finding('noAuthentication', 'low'),
		],
		[
			'no authentication on any address',
			() => {
				change({ requireAuthentication: false });
				Object.assign(odin.network.devices('audited-ent', 'hq')[0]!, { netAddress: undefined });
			},
			finding('noAuthentication', 'high'),
		],
		[
			'no authentication on a device of the enterprise without a fixed address',
			() => {
				odin.network.addDevice({ ...ENTERPRISE, deviceName: 'shared' });
				change({
					requireAuthentication: false,
					accessDevice: { deviceName: 'shared', deviceLevel: 'Service Provider' },
				});
			},
			finding('noAuthentication', 'high'),
		],
		[
			'a number outside',
			() => change({ unreachableDestinationForwardAddress: '+1 (212) 555-0100' }),
			finding('forwardOutside', 'medium'),
		],
		[
			'an address outside',
			() => change({ unreachableDestinationForwardAddress: 'sip:mallory@example.org:5060' }),
			finding('forwardOutside', 'medium'),
		],
		[
			'a limit above that of the group',
			() => change({ maxActiveCalls: 45 }),
			finding('limitAboveCeiling', 'medium', { fix: { maxActiveCalls: 40 } }),
		],
		[
			'a limit above that of the service provider',
			() => {
				Object.assign(odin.network.callCapacity('audited-ent') ?? {}, { maxActiveCalls: 8 });
			},
			finding('limitAboveCeiling', 'medium', { fix: { maxActiveCalls: 8 } }),
		],
		[
			'a user without a number',
			() => odin.network.addUser({ ...HQ, userId: 'anna@example.com', trunkGroup: 'sbc' }),
			finding('userWithoutNumber', 'low', {
				message: expect.stringContaining('anna@example.com') as string,
			}),
		],
		[
			'numbers without a user',
			() => odin.network.addNumbers({ ...HQ, min: '+1-5135550120', max: '+1-5135550129' }),
			finding('numberWithoutUser', 'low', {
				name: null,
				message: 'Numbers +1-5135550120 - +1-5135550129 have no user',
				fields: [],
			}),
		],
	])('%s', async (_, arrange, expected) => {
		arrange();
		const findings = await audit();
		expect(findings).toEqual([expected]);
		expectPlainWords(String(findings[0]?.message));
		// What mends it is taken by Update as it is, and then it is mended.
		const { fix } = findings[0]!;
		if (!fix) return;
		await odin.one('trunkGroup.update', { ...HQ, trunkGroup: 'sbc', payload: fix });
		expect(rulesOf(await audit())).not.toContainEqual([expected.rule, 'sbc']);
	});

	it('emergency calls without a pilot user, whose identity they could have, also once the policy is mended', async () => {
		change({ allowUnscreenedEmergencyCalls: true, pilotUserId: null });
		const [{ fix, message }] = (await audit()) as [Json];
		expect(message).toMatch(/without an identity: it has no pilot user$/);
		await odin.one('trunkGroup.update', { ...HQ, trunkGroup: 'sbc', payload: fix });
		expect(await audit()).toMatchObject([
			{ severity: 'high', rule: 'emergencyWithoutIdentity', fix: null },
			{ severity: 'medium', rule: 'noPilot' },
		]);
	});

	it('a target without a device', async () => {
		odin.network.addTrunkGroup({ ...BRANCH, ...SOUND, name: 'bare', accessDevice: undefined });
		change(rerouteTo('unreachableDestination', { ...BRANCH, name: 'bare' }));
		expect(await audit()).toMatchObject([
			{ severity: 'medium', rule: 'targetWithoutDevice', name: 'sbc', fix: null },
		]);
	});

	it('a loop through other groups and situations, once for each of its trunk groups', async () => {
		odin.network.addTrunkGroup({
			...BRANCH,
			...SOUND,
			name: 'two',
			...rerouteTo('capacityExceeded', { ...BRANCH, name: 'three' }),
		});
		odin.network.addTrunkGroup({
			...BRANCH,
			...SOUND,
			name: 'three',
			...rerouteTo('callForwardingAlways', { ...HQ, name: 'sbc' }),
		});
		change(rerouteTo('unreachableDestination', { ...BRANCH, name: 'two' }));
		const ofGroup = await audit();
		expect(ofGroup).toMatchObject([
			{
				severity: 'high',
				rule: 'rerouteLoop',
				name: 'sbc',
				message:
					"Trunk group 'sbc' reroutes back to itself: 'sbc' → 'two' in group 'branch' → 'three' in group 'branch' → 'sbc'",
				fields: ['unreachableDestinationRerouteTrunkGroupKey'],
			},
		]);
		const ofAll = await audit(ENTERPRISE);
		const loops = ofAll.filter(({ rule }) => rule === 'rerouteLoop');
		expect(loops.map(({ groupId, name }) => [groupId, name])).toEqual([
			['hq', 'sbc'],
			['branch', 'two'],
			['branch', 'three'],
		]);
	});

	it.each(['5001', '5135550110', '+1 513-555-0110', 'sip:9999999@example.com', 'anna@EXAMPLE.com'])(
		'not %s, which stays in the enterprise',
		async (address) => {
			change({ unreachableDestinationForwardAddress: address });
			expect(await audit()).toEqual([]);
		},
	);
});

describe('what could not be read is said, and the rest goes on', () => {
	const OF_TRUNK_GROUP =
		/^'unscreenedCalls', 'rerouteLoop', .*'userWithoutNumber' were not checked: /;

	it.each<[string, string, (request: FaultCandidate) => boolean, Json, RegExp]>([
		['a profile', PATH, ({ query }) => query.name !== undefined, { name: 'sbc' }, OF_TRUNK_GROUP],
		['the users', `${PATH}/users`, () => true, { name: 'sbc' }, /^'userWithoutNumber' was not/],
		[
			'the numbers',
			'/groups/dns/details',
			() => true,
			{ name: null },
			/^'userWithoutNumber', 'numberWithoutUser' were not checked/,
		],
		[
			'the call capacity',
			`${PATH}/call-capacity`,
			() => true,
			{ name: null },
			/^'limitAboveCeiling' was not checked/,
		],
	])('%s', async (_, path, isMeant, place, message) => {
		odin.network.addUser({ ...HQ, userId: 'anna@example.com', trunkGroup: 'sbc' });
		for (const status of [403, 404, 500, 503]) {
			refuse(status, (request) => request.path === path && isMeant(request));
			const findings = await audit();
			const notChecked = findings.filter(({ rule }) => rule === 'notChecked');
			// A profile that Odin does not find is not there.
			const pattern = path === PATH && status === 404 ? /listed, but not there/ : message;
			expect(notChecked).toEqual([
				{
					severity: 'low',
					rule: 'notChecked',
					...HQ,
					...place,
					message: expect.stringMatching(pattern) as string,
					fields: [],
					fix: null,
				},
			]);
			expectPlainWords(String(notChecked[0]?.message), 'Closed');
			const others = findings.filter(({ rule }) => rule !== 'notChecked');
			expect(others.length).toBe(path === `${PATH}/call-capacity` ? 1 : 0);
			odin.simulator.clearFaults();
		}
	});

	it('the address of a device: then it is low, not high', async () => {
		change({ requireAuthentication: false });
		refuse(403, ({ path }) => path === '/groups/devices');
		expect(rulesOf(await audit())).toEqual([
			['noAuthentication', 'sbc'],
			['notChecked', 'sbc'],
		]);
		odin.simulator.clearFaults();
		change({ accessDevice: { deviceName: 'not-there', deviceLevel: 'System' } });
		expect(await audit()).toMatchObject([
			{ rule: 'noAuthentication', severity: 'low' },
			{ rule: 'notChecked' },
		]);
	});

	it('another group: a target in it is not called missing', async () => {
		change(rerouteTo('unreachableDestination', { ...BRANCH, name: 'x' }));
		for (const status of [403, 404, 500]) {
			refuse(status, ({ query }) => query.groupId === 'branch');
			expect(await audit()).toMatchObject([
				{
					rule: 'notChecked',
					...HQ,
					name: 'sbc',
					message: expect.stringMatching(
						/^'rerouteLoop', 'danglingTarget', 'targetWithoutDevice' were not checked: .*branch/,
					) as string,
				},
			]);
			odin.simulator.clearFaults();
		}
	});

	it('a target that its group lists and nobody can read', async () => {
		odin.network.addTrunkGroup({ ...BRANCH, ...SOUND, name: 'x' });
		change(rerouteTo('unreachableDestination', { ...BRANCH, name: 'x' }));
		refuse(404, ({ query }) => query.name === 'x');
		expect(rulesOf(await audit())).toEqual([['notChecked', 'sbc']]);
	});

	it('the numbers of the service provider: nothing is called outside', async () => {
		change({ unreachableDestinationForwardAddress: '+12125550100' });
		refuse(403, ({ path }) => path === '/service-providers/dns');
		expect(await audit()).toMatchObject([
			{ rule: 'notChecked', ...ENTERPRISE, groupId: null, name: null },
		]);
	});

	it('a whole group of several, of which the others are audited', async () => {
		odin.network.addTrunkGroup({ ...BRANCH, ...SOUND, name: 'two', allowUnscreenedCalls: true });
		for (const status of [400, 403, 404, 500]) {
			refuse(status, ({ query }) => query.groupId === 'hq');
			expect(rulesOf(await audit(ENTERPRISE))).toEqual([
				['notChecked', null],
				['unscreenedCalls', 'two'],
			]);
			odin.simulator.clearFaults();
		}
	});

	it('a trunk group without a name in the list', async () => {
		odin.answer(PATH, [{ name: null, groupId: 'hq' }, null, { deviceName: 'x' }]);
		expect(await audit()).toMatchObject([
			{
				rule: 'notChecked',
				name: null,
				message: expect.stringContaining('without a name') as string,
			},
		]);
	});

	it.each([
		['a list of names alone', ['sbc']],
		['a list in an object', { trunkGroups: [{ name: 'sbc' }, { name: 'sbc' }] }],
	])('%s is read', async (_, body) => {
		change({ allowUnscreenedCalls: true });
		odin.simulator.injectFault(({ path, query }) =>
			path === PATH && query.name === undefined ? { kind: 'status', status: 200, body } : undefined,
		);
		expect(rulesOf(await audit())).toEqual([['unscreenedCalls', 'sbc']]);
	});

	it('a profile that shows none of its settings', async () => {
		odin.answerProfilesAs(({ name }) => ({ name }));
		expect(await audit()).toMatchObject([{ rule: 'notChecked', name: 'sbc' }]);
	});
});

describe('the scope', () => {
	it('of a service provider are all of its groups, of none all service providers', async () => {
		odin.network.addTrunkGroup({ ...BRANCH, ...SOUND, name: 'two', pilotUserId: undefined });
		expect(rulesOf(await audit(ENTERPRISE))).toEqual([['noPilot', 'two']]);
		const all = await audit({});
		expect(new Set(all.map(({ serviceProviderId }) => serviceProviderId))).toEqual(
			new Set(
				['acme-ent', 'globex-ent', 'citytel-sp', 'audited-ent'].filter((id) => id !== 'citytel-sp'),
			),
		);
		expect(rulesOf(all)).toContainEqual(['noPilot', 'two']);
	});

	it('needs a service provider for a group', async () => {
		expect(await odin.complaint(AUDIT, { groupId: 'hq' })).toContain(
			"'Group' needs 'Service Provider'",
		);
		expect(odin.requests()).toEqual([]);
	});

	it('of blank cells is empty', async () => {
		const items = [{ group: ' ', serviceProvider: 'audited-ent' }];
		const parameters = {
			serviceProviderId: '={{ $json.serviceProvider }}',
			groupId: { __rl: true, mode: 'id', value: '={{ $json.group }}' },
		};
		change({ allowUnscreenedCalls: true });
		expect(rulesOf(await odin.all(AUDIT, parameters, { items }))).toEqual([
			['unscreenedCalls', 'sbc'],
		]);
	});

	it.each([403, 400])('of an administrator of one group is that group (%i)', async (status) => {
		change({ allowUnscreenedCalls: true });
		const administrator = { loginType: 'Group', serviceProviderId: 'audited-ent', groupId: 'hq' };
		odin.simulator.injectFault(({ path, query }) => {
			if (path === '/auth/session') return { kind: 'status', status: 200, body: administrator };
			const isList = path === '/service-providers' || (path === '/groups' && !query.groupId);
			return isList ? { kind: 'status', status, body: { error: 'No' } } : undefined;
		});
		expect(rulesOf(await audit({}))).toEqual([['unscreenedCalls', 'sbc']]);
	});

	it('without trunk groups says so', async () => {
		expect(await odin.hints(AUDIT, BRANCH)).toContain('no trunk groups to audit');
		const lab = { serviceProviderId: 'acme-ent', groupId: 'acme-lab' };
		const { output, hints } = await odin.run(AUDIT, lab);
		expect(output[0]).toEqual([]);
		expect(hints[0]?.message).toContain("lacks the service 'Trunk Group'");
	});
});

describe('the item fails', () => {
	it.each<[string, Json, RegExp]>([
		['for an unknown service provider', { serviceProviderId: 'nobody' }, /nobody/],
		['for an unknown group', { ...ENTERPRISE, groupId: 'nowhere' }, /nowhere/],
	])('%s', async (_, scope, words) => {
		expect(await odin.complaint(AUDIT, scope)).toMatch(words);
	});

	it('for a service provider of which Odin shows an empty list', async () => {
		odin.simulator.injectFault(({ path, query }) =>
			path === '/groups' && query.serviceProviderId === 'nobody'
				? { kind: 'status', status: 200, body: [] }
				: undefined,
		);
		expect(await odin.complaint(AUDIT, { serviceProviderId: 'nobody' })).toMatch(/nobody/);
	});

	it('for a wrong login, which is tried once', async () => {
		await odin.engine.setCredentials({ ...odin.account(), password: 'wrong' });
		expect(await odin.complaint(AUDIT, ENTERPRISE)).toMatch(/login/i);
		await odin.engine.setCredentials(odin.account());
	});

	it('where the named group shows nothing at all', async () => {
		refuse(403, ({ query }) => query.groupId === 'hq');
		expect(await odin.complaint(AUDIT, HQ)).toMatch(/does not allow.*hq/);
	});
});

describe('many trunk groups', () => {
	const COUNT = 300;

	it('are read once for all items and references, in the order of their list', async () => {
		for (let index = 0; index < COUNT; index += 1) {
			odin.network.addTrunkGroup({
				...BRANCH,
				...SOUND,
				name: `t${index}`,
				allowUnscreenedCalls: true,
				...rerouteTo('capacityExceeded', { ...HQ, name: 'sbc' }),
			});
		}
		odin.forget();
		const items = [{ group: 'branch' }, { group: '' }, { group: 'branch' }];
		const findings = await odin.all(
			AUDIT,
			{ ...ENTERPRISE, groupId: '={{ $json.group }}', options: { concurrency: 20 } },
			{ items },
		);
		expect(findings.map(({ name }) => name)).toEqual(
			[1, 2, 3].flatMap(() => Array.from({ length: COUNT }, (_, index) => `t${index}`)),
		);
		const reads = odin.requests().map(({ path, query }) => JSON.stringify([path, query]));
		expect(new Set(reads).size).toBe(reads.length);
		// Two each, and what the groups have in common.
		expect(reads.length).toBeLessThan(2 * COUNT + 20);
	});
});
