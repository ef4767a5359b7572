import type { IDataObject } from 'n8n-workflow';

import { loadN8n } from './harness/mainRealm';
import { HOME } from './support/creation';
import { useOdin } from './support/odinRuns';

const odin = useOdin({ loggedIn: true });

const ITEMS = 12;

/** As a row of a spreadsheet. */
const items = Array.from({ length: ITEMS }, (_, index) => ({
	name: `t${index}`,
	calls: 5 + index,
	prefix: '9',
	'Forced use': true,
	group: HOME.groupId,
	payload: { invitationTimeout: 8 },
}));

const FIVE_PATHS: IDataObject = {
	groupId: { __rl: true, mode: 'id', value: '={{ $json.group }}' },
	name: '={{ $json.name }}',
	maxActiveCalls: '={{ $json.calls }}',
	identity: {
		prefix: '={{ $json.prefix }}',
		prefixEnabled: '={{ $json["Forced use"] }}',
	},
};

/** How many expressions n8n evaluates while `work` runs. */
async function evaluations(work: () => Promise<unknown>): Promise<number> {
	const { prototype } = loadN8n().workflow.Expression;
	const spy = jest.spyOn(prototype, 'resolveSimpleParameterValue');
	try {
		await work();
		return spy.mock.calls.filter(([value]) => String(value).startsWith('=')).length;
	} finally {
		spy.mockRestore();
	}
}

async function create(parameters: IDataObject): Promise<void> {
	const run = await odin.create({ items, parameters });
	expect(run.error).toBeUndefined();
	expect(odin.posts()).toHaveLength(ITEMS);
}

describe('an execution', () => {
	it('reads the credential once and sends one request an item, never more at once than allowed', async () => {
		odin.simulator.configure({ latencyMs: 5 });
		const run = await odin.create({ items, parameters: FIVE_PATHS });
		expect(run.credentialLookups).toBe(1);
		expect(odin.calls()).toEqual(items.map(() => 'POST /groups/trunk-groups'));
		expect(odin.simulator.peakInFlight()).toBeLessThanOrEqual(5);
	});

	it('evaluates no path in the item', async () => {
		expect(await evaluations(async () => await create(FIVE_PATHS))).toBe(0);
	});

	it('evaluates the paths in other data together', async () => {
		const inOtherData = JSON.parse(
			JSON.stringify(FIVE_PATHS).replaceAll('$json', "$('Start').item.json"),
		) as IDataObject;
		expect(await evaluations(async () => await create(inOtherData))).toBe(ITEMS);
	});

	it('evaluates an expression once an item, however often its parameter is asked for', async () => {
		const parameters = {
			name: '={{ $json.name.trim() }}',
			options: { timeout: '={{ 5 * 1000 }}' },
		};
		// The timeout is asked for once more before the first request.
		expect(await evaluations(async () => await create(parameters))).toBe(2 * ITEMS + 1);
	});

	it('evaluates by itself what gives an object', async () => {
		const parameters = { ...FIVE_PATHS, payload: '={{ $json.payload }}' };
		expect(await evaluations(async () => await create(parameters))).toBe(ITEMS);
	});

	it('evaluates nothing where no expression stands', async () => {
		const parameters = { name: 'sbc', identity: { prefix: '9' } };
		expect(await evaluations(async () => await odin.create({ parameters }))).toBe(0);
	});
});
