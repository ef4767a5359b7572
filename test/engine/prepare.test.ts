import { storedByNode } from './harness';
import { said } from './support/creation';
import { jsonOf, useOdin, type Json } from './support/odinRuns';
import { expectPlainWords } from './support/plainWords';

const GROUP = { serviceProviderId: 'acme-ent', groupId: 'acme-hq' };
const NAMED = { ...GROUP, name: '={{ $json.name }}' };
const EXISTING = { ...GROUP, trunkGroup: '={{ $json.name }}' };
const ITEMS = 500;
const WRONG = 377;

const odin = useOdin();

const items = (wrong: Json, ...at: number[]) =>
	Array.from({ length: ITEMS }, (_, i) => ({
		name: `t${i}`,
		...(at.includes(i) && wrong),
	}));

interface Wrong {
	operation: string;
	parameters: Json;
	item: Json;
	/** The parameter's label and what the message shows of the value */
	told: string;
}

const VALUES: Wrong[] = [
	{
		operation: 'create',
		parameters: NAMED,
		item: { name: 'a name of thirty-one characters' },
		told: `'Name' takes text of 1 to 30 characters, not "a name of thirty-one characters"`,
	},
	{
		operation: 'create',
		parameters: { ...NAMED, maxActiveCalls: '={{ $json.calls ?? 1 }}' },
		item: { calls: '5 calls' },
		told: `'Max Active Calls' takes a whole number of 1 or more, not "5 calls"`,
	},
	{
		operation: 'create',
		parameters: { ...NAMED, payload: '={{ $json.payload ?? {} }}' },
		item: { payload: { invitationTimeout: 2.5 } },
		told: `'Invitation Timeout' in 'Further Fields (JSON)' takes a whole number from 1 to 255, not 2.5`,
	},
	{
		operation: 'upsert',
		parameters: { ...NAMED, identity: { prefixEnabled: '={{ $json.forced ?? "" }}' } },
		item: { forced: 'yes' },
		told: `'Prefix Enabled' takes true or false, not "yes"`,
	},
	{
		operation: 'update',
		parameters: { ...EXISTING, callCapacity: { maxActiveCalls: '={{ $json.calls ?? 3 }}' } },
		item: { calls: -4 },
		told: `'Max Active Calls' takes a whole number of 1 or more, not -4`,
	},
	{
		operation: 'delete',
		parameters: { ...EXISTING, options: { force: '={{ $json.force ?? false }}' } },
		item: { force: 'perhaps' },
		told: `'Force' takes true or false, not "perhaps"`,
	},
	{
		operation: 'get',
		parameters: { ...EXISTING, options: { timeout: '={{ $json.timeout ?? 1000 }}' } },
		item: { timeout: 'soon' },
		told: `'Timeout' takes a whole number from 1 to 86400000, not "soon"`,
	},
	{
		operation: 'create',
		parameters: { ...NAMED, options: { ifExists: '={{ $json.ifExists ?? "fail" }}' } },
		item: { ifExists: 'ignore' },
		told: `'If Exists' takes one of "fail", "returnExisting", not "ignore"`,
	},
	{
		operation: 'create',
		parameters: NAMED,
		item: { name: { display_value: 't-1', value: '8f2' } },
		told: `'Name' takes text of 1 to 30 characters, not an object`,
	},
	{
		operation: 'update',
		parameters: { ...EXISTING, callCapacity: { maxActiveCalls: 2 } },
		item: { name: { display_value: 't-1', value: '8f2', mode: 'ro' } },
		told: `'Trunk Group' takes text of 1 to 30 characters, not an object`,
	},
	{
		operation: 'get',
		parameters: {
			...EXISTING,
			groupId: { __rl: true, mode: 'id', value: '={{ $json.group ?? "acme-hq" }}' },
		},
		item: { group: ['acme-hq'] },
		told: `'Group' takes text of 1 to 30 characters, not a list`,
	},
	{
		operation: 'create',
		parameters: { ...NAMED, options: { previewOnly: '={{ $json.preview ?? true }}' } },
		item: { preview: '' },
		told: `'Preview Only' takes true or false, but its expression returns nothing`,
	},
	{
		operation: 'upsert',
		parameters: {
			...NAMED,
			options: { checkCapacity: '={{ $json.check === 0 ? undefined : true }}' },
		},
		item: { check: 0 },
		told: `'Check Capacity' takes true or false, but its expression returns nothing`,
	},
	{
		operation: 'create',
		parameters: { ...NAMED, groupId: '={{ $json.group ?? "acme-hq" }}' },
		item: { group: 'acme  hq' },
		told: `takes text without several spaces in a row, not "acme\\u0020\\u0020hq"`,
	},
];

describe('with Stop, one wrong item of five hundred', () => {
	it.each(VALUES)(
		'keeps everything from being sent, and is named: $operation, $told',
		async ({ operation, parameters, item, told }) => {
			const { message, description } = await odin.failure(`trunkGroup.${operation}`, parameters, {
				items: items(item, WRONG),
			});
			// Not even a login.
			expect(odin.simulator.requests).toEqual([]);
			expect(message).toContain(`Item ${WRONG}: `);
			expect(message).toContain(told);
			expect(description).toMatch(/^No request was sent for any item\. Correct the value /);
			expectPlainWords(`${message} ${description ?? ''}`);
		},
	);

	it.each([
		['', /'SIP Password' is needed/],
		[
			's'.repeat(61),
			/'SIP Password' takes text of 1 to 60 characters, not the value given \(hidden\)/,
		],
	])('is told without its secret: "%s"', async (wrongPassword, told) => {
		const run = await odin.run(
			'trunkGroup.create',
			{
				...NAMED,
				requireAuthentication: true,
				sipAuthenticationUserName: 'user',
				sipAuthenticationPassword: '={{ $json.password ?? "Right-55" }}',
			},
			{ items: items({ password: wrongPassword }, WRONG) },
		);
		expect(odin.simulator.requests).toEqual([]);
		expect(run.error?.message).toContain(`Item ${WRONG}: `);
		expect(run.error?.message).toMatch(told);
		expect(storedByNode(run)).not.toMatch(/Right-55|s{30}/);
	});
});

const WITH_CALLS = { ...NAMED, maxActiveCalls: '={{ $json.calls ?? 1 }}' };

it('one cause is named once, with the items that share it', async () => {
	const { message } = await odin.failure('trunkGroup.create', WITH_CALLS, {
		items: items({ calls: 'many' }, 0, 1, 2, 50, 51, 499),
	});
	expect(odin.simulator.requests).toEqual([]);
	expect(message).toBe(
		`Items 0 to 2, 50, 51, 499: 'Max Active Calls' takes a whole number of 1 or more, not "many" (6 of 500 items)`,
	);
});

it('of many causes the message names five, and the description those after them', async () => {
	const wrong = [3, 50, 51, 100, 200, 210, 220, 230];
	const { message, description } = await odin.failure('trunkGroup.create', WITH_CALLS, {
		items: items({}).map((item, index) => ({
			...item,
			...(wrong.includes(index) && { calls: `many${index}` }),
		})),
	});
	const named = (text: string) =>
		[...text.matchAll(/Item (\d+): 'Max Active Calls' takes [^;]* not "many\1"/g)].map(([, item]) =>
			Number(item),
		);
	expect(named(message)).toEqual(wrong.slice(0, 5));
	expect(message).toMatch(/^Item 3: .*; and 3 more \(8 of 500 items\)$/);
	expect(named(description ?? '')).toEqual(wrong.slice(5));
	expect(description).toContain('. Further: Item 210: ');
});

it('an item that is the only one has no number', async () => {
	for (const onError of [undefined, 'continueRegularOutput'] as const) {
		const run = await odin.run('trunkGroup.create', WITH_CALLS, {
			items: [{ name: 't0', calls: 'many' }],
			node: { ...(onError && { onError }) },
		});
		expect(said(run)).toMatch(/^'Max Active Calls' takes a whole number of 1 or more, not "many"/);
		expect(storedByNode(run)).toContain('No request was sent for this item. Correct the value ');
	}
});

describe.each(['create', 'upsert'])('a name twice in one batch: %s', (operation) => {
	const parameters = { ...NAMED, groupId: '={{ $json.group ?? "acme-hq" }}' };

	it('in one group keeps everything from being sent', async () => {
		const { message } = await odin.failure(`trunkGroup.${operation}`, parameters, {
			items: items({ name: 't20' }, WRONG),
		});
		expect(odin.simulator.requests).toEqual([]);
		expect(message).toMatch(
			/^Item 377: 'Name' repeats trunk group 't20' .*, already requested by item 20$/,
		);
	});

	it('in two groups is two trunk groups', async () => {
		const run = await odin.run(`trunkGroup.${operation}`, parameters, {
			items: [{ name: 'twice' }, { name: 'twice', group: 'acme-plant' }],
		});
		expect(said(run)).toBe('');
		expect(jsonOf(run.output[0])).toHaveLength(2);
		for (const groupId of ['acme-hq', 'acme-plant']) {
			expect(odin.stored({ ...GROUP, groupId, name: 'twice' })).toBeDefined();
		}
	});
});

describe('a new name twice in one batch', () => {
	const rename = { ...EXISTING, newName: '={{ $json.newName ?? $json.name + "-new" }}' };

	it('keeps everything from being sent', async () => {
		const { message } = await odin.failure('trunkGroup.update', rename, {
			items: items({ newName: 'renamed' }, 20, WRONG),
		});
		expect(odin.simulator.requests).toEqual([]);
		expect(message).toContain(
			"Item 377: 'New Name' repeats trunk group 'renamed' in group 'acme-hq' of service provider 'acme-ent', already requested by item 20",
		);
	});

	it('is none where trunk groups keep their names', async () => {
		const { message } = await odin.failure('trunkGroup.update', rename, {
			items: ['t1', 't1'].map((name) => ({ name, newName: name })),
		});
		expect(message).toContain("update trunk group 't1'");
	});
});
