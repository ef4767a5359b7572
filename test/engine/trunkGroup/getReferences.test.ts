import type { EnterpriseTrunkPart } from '../../../simulator';
import { useOdin, type Json } from '../support/odinRuns';

const GET = 'trunkGroup.getReferences';
const PATH = '/groups/trunk-groups';
const ENTERPRISE = { serviceProviderId: 'acme-ent' };
const HQ = { ...ENTERPRISE, groupId: 'acme-hq' };
const PLANT = { ...ENTERPRISE, groupId: 'acme-plant' };
const TARGET = { ...HQ, trunkGroup: 'sbc' };
const KEY = { ...HQ, name: 'sbc' };

const odin = useOdin({
	loggedIn: true,
	arrange: ({ network }) => void network.addTrunkGroup(KEY),
});

const rerouteTo = (situation: string, target: Json = KEY): Json => ({
	[`${situation}Action`]: 'Reroute',
	[`${situation}RerouteTrunkGroupKey`]: target,
});

const add = (place: typeof HQ, name: string, ...fields: Json[]): unknown =>
	odin.network.addTrunkGroup(Object.assign({ ...place, name }, ...fields) as typeof KEY);

const ORDERED = { orderedRouting: { orderingAlgorithm: 'Overflow' } };

function addEnterpriseTrunks(
	trunks: Record<string, EnterpriseTrunkPart[]>,
	place: { serviceProviderId: string; groupId?: string } = ENTERPRISE,
): void {
	for (const [enterpriseTrunkName, trunkGroups] of Object.entries(trunks)) {
		const trunk = { ...place, ...ORDERED, enterpriseTrunkName, trunkGroups };
		odin.network.addEnterpriseTrunk(trunk);
	}
}

describe('Get References', () => {
	it('names each field of each trunk group of the enterprise, and enterprise trunks', async () => {
		add(HQ, 'overflow', rerouteTo('capacityExceeded'), rerouteTo('unreachableDestination'));
		add(HQ, 'to-another', rerouteTo('capacityExceeded', { ...HQ, name: 'overflow' }));
		add(HQ, 'same-name-elsewhere', rerouteTo('capacityExceeded', { ...PLANT, name: 'sbc' }));
		add(PLANT, 'plant', rerouteTo('callForwardingAlways', { ...HQ, name: 'SBC' }));
		addEnterpriseTrunks({
			main: [
				{ trunkGroupName: 'other', groupId: 'acme-hq' },
				{ trunkGroupName: 'sbc', groupId: 'acme-hq', priority: 1 },
			],
			branch: [{ trunkGroupName: 'sbc', groupId: 'acme-plant' }],
			empty: [],
		});
		odin.simulator.injectFault(({ query }) =>
			query.enterpriseTrunkName === 'empty'
				? { kind: 'status', status: 200, body: { enterpriseTrunkName: 'empty' } }
				: undefined,
		);
		const { output, hints } = await odin.run(GET, TARGET);
		expect(output[0]?.map(({ json }) => json)).toEqual([
			{ ...HQ, name: 'overflow', field: 'capacityExceededRerouteTrunkGroupKey' },
			{ ...HQ, name: 'overflow', field: 'unreachableDestinationRerouteTrunkGroupKey' },
			{ ...PLANT, name: 'plant', field: 'callForwardingAlwaysRerouteTrunkGroupKey' },
			{ ...ENTERPRISE, groupId: null, name: 'main', field: 'enterpriseTrunk' },
		]);
		expect(hints.map(({ message }) => message)).toEqual([
			"References may be missing: Odin was asked to read enterprise trunk 'empty' of service provider 'acme-ent', and does not show its trunk groups (item 0).",
		]);
	});

	it('has nothing to warn of in the network of the demo', async () => {
		const { output, hints } = await odin.run(GET, {
			...{ serviceProviderId: 'globex-ent', groupId: 'globex-south' },
			trunkGroup: 'south-trunk-1',
		});
		expect(output[0]?.map(({ json }) => json.name)).toEqual(['north-trunk-1', 'globex-trunk']);
		expect(hints).toEqual([]);
	});

	it('reads enterprise trunks of the group where the service provider is no enterprise', async () => {
		const hotel = { serviceProviderId: 'citytel-sp', groupId: 'citytel-hotel' };
		add(hotel, 'sbc');
		addEnterpriseTrunks({ main: [{ trunkGroupName: 'sbc' }] }, hotel);
		const { output, hints } = await odin.run(GET, { ...hotel, trunkGroup: 'sbc' });
		expect(output[0]?.map(({ json }) => json)).toEqual([
			{ ...hotel, name: 'main', field: 'enterpriseTrunk' },
		]);
		expect(hints).toEqual([]);
	});

	it('does not claim that there are none where Odin does not tell', async () => {
		for (const status of [400, 403, 404, 500]) {
			odin.simulator.injectFault(({ path }) =>
				path.endsWith('/enterprise-trunks') ? { kind: 'status', status, body: {} } : undefined,
			);
			const { output, hints } = await odin.run(GET, { ...TARGET, options: { maxRetries: 0 } });
			expect(output[0]).toEqual([]);
			expect(hints.map(({ message }) => message)).toEqual([
				expect.stringMatching(/^References may be missing: .*enterprise trunks/),
			]);
			odin.simulator.clearFaults();
		}
	});

	it('goes on without a group that can not be read, and says so', async () => {
		add(HQ, 'overflow', rerouteTo('capacityExceeded'));
		add(PLANT, 'plant', rerouteTo('capacityExceeded'));
		odin.simulator.injectFault(({ query }) =>
			query.groupId === 'acme-plant' ? { kind: 'status', status: 403, body: {} } : undefined,
		);
		const { output, hints } = await odin.run(GET, TARGET);
		expect(output[0]?.map(({ json }) => json.name)).toEqual(['overflow']);
		expect(hints.map(({ message }) => message)).toEqual([
			expect.stringMatching(/^References may be missing: .*acme-plant/),
		]);
	});

	it('tells apart what has no effect now', async () => {
		add(HQ, 'overflow', rerouteTo('capacityExceeded'), { capacityExceededAction: 'Forward' });
		expect(await odin.all(GET, TARGET)).toHaveLength(1);
		expect(await odin.hints(GET, TARGET)).toContain(
			"Trunk group 'overflow' in group 'acme-hq' of service provider 'acme-ent' names it in capacityExceededRerouteTrunkGroupKey, which its action does not use now",
		);
	});

	it('of a trunk group that is gone names what still refers to it, and fails without that', async () => {
		const gone = { ...HQ, trunkGroup: 'gone' };
		const complaint = await odin.complaint(GET, gone);
		expect(complaint).toContain("Odin has no trunk group 'gone'");
		expect(complaint).not.toContain('If Not Found');
		expect(await odin.complaint('trunkGroup.get', gone)).toContain("'If Not Found' in the options");
		add(PLANT, 'plant', rerouteTo('capacityExceeded', { ...HQ, name: 'gone' }));
		expect(await odin.all(GET, gone)).toMatchObject([{ name: 'plant' }]);
		expect(await odin.hints(GET, gone)).toContain("Odin has no trunk group 'gone'");
	});
});

describe.each(['trunkGroup.delete', 'trunkGroup.update'])('%s', (action) => {
	const isRename = action === 'trunkGroup.update';
	const parameters = { ...TARGET, ...(isRename && { newName: 'renamed' }) };
	const reference = { ...PLANT, name: 'plant', field: 'capacityExceededRerouteTrunkGroupKey' };

	beforeEach(() => {
		add(PLANT, 'plant', rerouteTo('capacityExceeded'));
		add(HQ, 'idle', rerouteTo('capacityExceeded'), { capacityExceededAction: null });
		odin.forget();
	});

	it('tells in a preview who reroutes to the trunk group', async () => {
		const preview = { ...parameters, options: { previewOnly: true } };
		expect(await odin.one(action, preview)).toMatchObject({
			preview: true,
			references: [reference],
		});
		expect(await odin.hints(action, preview)).toContain(
			isRename ? 'check that it follows the new name' : 'go nowhere without it',
		);
	});

	it('tells it when it is done, and is not held up', async () => {
		const { output, hints, status } = await odin.run(action, parameters);
		expect(status).toBe('success');
		const json = output[0]?.[0]?.json;
		if (isRename) {
			// The simulator leaves reroute keys as they were, which the node has looked at.
			expect(hints.map(({ message }) => message)).toEqual([
				expect.stringContaining("still reroutes to the old name 'sbc'") as string,
			]);
			expect(json).toMatchObject({ name: 'renamed' });
			expect(json).not.toHaveProperty('references');
		} else {
			expect(json).toEqual({ ...KEY, deleted: true, references: [reference] });
			expect(hints.map(({ message }) => message)).toEqual([
				expect.stringMatching(/^Trunk group 'plant' in group 'acme-plant'.*go nowhere without it/),
			]);
		}
		expect(odin.writes()).toHaveLength(1);
	});

	it('looks for nobody where the plan is refused', async () => {
		const { planId } = await odin.one(action, { ...parameters, options: { previewOnly: true } });
		odin.forget();
		const other = isRename
			? { ...parameters, payload: { maxActiveCalls: 7 } }
			: { ...parameters, trunkGroup: 'idle' };
		expect(await odin.complaint(action, { ...other, options: { planId } })).toContain('Plan ID');
		expect(odin.sent('GET', PATH).filter(({ query }) => query.name === undefined)).toEqual([]);
		expect(odin.writes()).toEqual([]);
	});

	it('says that it could not look, and goes on', async () => {
		odin.simulator.injectFault(({ method, path, query }) =>
			method === 'GET' && path === PATH && query.name === undefined
				? { kind: 'status', status: 403, body: { error: 'Closed' } }
				: undefined,
		);
		const { hints, status } = await odin.run(action, parameters);
		expect(status).toBe('success');
		expect(hints.map(({ message }) => message)).toEqual([
			expect.stringMatching(/^Who reroutes to it is not known in full: .*Closed/) as string,
		]);
	});

	it('reads no more than a few trunk groups for it, and points to Get References', async () => {
		for (let index = 0; index < 60; index += 1) add(PLANT, `more-${index}`);
		add(HQ, 'near', rerouteTo('unreachableDestination'));
		const { hints } = await odin.run(action, parameters);
		const texts = hints.map(({ message }) => message).join('\n');
		expect(texts).toContain("'near'");
		expect(texts).toContain('Get References');
		expect(odin.sent('GET', PATH).length).toBeLessThan(10);
	});
});

it('what refers to a deleted trunk group and is deleted in the same run is not told', async () => {
	add(HQ, 'a', rerouteTo('capacityExceeded', { ...HQ, name: 'b' }));
	add(HQ, 'b');
	const items = [{ name: 'a' }, { name: 'b' }];
	const parameters = { ...HQ, trunkGroup: '={{ $json.name }}', options: { concurrency: 1 } };
	const { hints, output } = await odin.run('trunkGroup.delete', parameters, { items });
	expect(output[0]?.map(({ json }) => json.deleted)).toEqual([true, true]);
	expect(hints).toEqual([]);
});

it('who got a new name in the same run is told by that', async () => {
	add(HQ, 'a', rerouteTo('capacityExceeded', { ...HQ, name: 'b' }));
	add(HQ, 'b', rerouteTo('capacityExceeded', { ...HQ, name: 'c' }));
	add(HQ, 'c');
	const items = [{ name: 'a' }, { name: 'b' }, { name: 'c' }];
	const { hints } = await odin.run(
		'trunkGroup.update',
		{
			...HQ,
			trunkGroup: '={{ $json.name }}',
			newName: '={{ $json.name + "-2" }}',
			options: { concurrency: 1 },
		},
		{ items },
	);
	const group = "in group 'acme-hq' of service provider 'acme-ent'";
	const field = '(capacityExceededRerouteTrunkGroupKey)';
	expect(hints.map(({ message }) => message).sort()).toEqual([
		`Trunk group 'a-2' ${group} still reroutes to the old name 'b' ${field}: set it to 'b-2' (item 1).`,
		`Trunk group 'b-2' ${group} still reroutes to the old name 'c' ${field}: set it to 'c-2' (item 2).`,
	]);
});

it('a change without a rename looks for nothing', async () => {
	await odin.one('trunkGroup.update', { ...TARGET, payload: { maxActiveCalls: 3 } });
	await odin.one('trunkGroup.update', {
		...TARGET,
		newName: 'sbc',
		payload: { maxActiveCalls: 4 },
	});
	expect(odin.sent('GET', PATH).filter(({ query }) => query.name === undefined)).toEqual([]);
});
