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

type Wrong = [operation: string, place: string, usual: string, wrong: unknown, told: string];

/** What an item gives at a place where the others give something usual, and what is told of it. */
const VALUES: Wrong[] = [
	[
		'create',
		'name',
		'$json.name',
		'a name of thirty-one characters',
		`'Name' takes text of 1 to 30 characters, not "a name of thirty-one characters"`,
	],
	[
		'create',
		'name',
		'$json.name',
		{ value: '8f2' },
		`'Name' takes text of 1 to 30 characters, not an object`,
	],
	[
		'update',
		'trunkGroup',
		'$json.name',
		{ value: '8f2', mode: 'ro' },
		`'Trunk Group' takes text of 1 to 30 characters, not an object`,
	],
	[
		'get',
		'groupId.value',
		'"acme-hq"',
		['acme-hq'],
		`'Group' takes text of 1 to 30 characters, not a list`,
	],
	[
		'create',
		'groupId',
		'"acme-hq"',
		'acme  hq',
		`takes text without several spaces in a row, not "acme\\u0020\\u0020hq"`,
	],
	[
		'create',
		'maxActiveCalls',
		'1',
		'5 calls',
		`'Max Active Calls' takes a whole number of 1 or more, not "5 calls"`,
	],
	[
		'create',
		'payload',
		'{}',
		{ invitationTimeout: 2.5 },
		`'Invitation Timeout' in 'Further Fields (JSON)' takes a whole number from 1 to 255, not 2.5`,
	],
	['create', 'payload', '{}', { newName: 'x' }, `'New Name' in 'Further Fields (JSON)' `],
	['create', 'payload', '{}', [{ prefix: '99' }], `'Further Fields (JSON)' takes a JSON object`],
	['create', 'payload', '{}', '{ "prefix": ', `'Further Fields (JSON)' takes a JSON object`],
	['create', 'payload', '{}', '{"other": [{"__proto__": 1}]}', '__proto__'],
	[
		'upsert',
		'identity.prefixEnabled',
		'""',
		'yes',
		`'Prefix Enabled' takes true or false, not "yes"`,
	],
	[
		'update',
		'callCapacity.maxActiveCalls',
		'3',
		-4,
		`'Max Active Calls' takes a whole number of 1 or more, not -4`,
	],
	['delete', 'options.force', 'false', 'perhaps', `'Force' takes true or false, not "perhaps"`],
	[
		'get',
		'options.timeout',
		'1000',
		'soon',
		`'Timeout' takes a whole number from 1 to 86400000, not "soon"`,
	],
	[
		'create',
		'options.ifExists',
		'"fail"',
		'returnexisting',
		`'If Exists' takes one of "fail", "returnExisting", not "returnexisting"`,
	],
	[
		'create',
		'options.includeSipPassword',
		'true',
		1,
		`'Include SIP Password' takes true or false, not 1`,
	],
	[
		'create',
		'options.previewOnly',
		'true',
		'',
		`'Preview Only' takes true or false, but its expression returns nothing`,
	],
	[
		'upsert',
		'options.checkCapacity',
		'true',
		null,
		`'Check Capacity' takes true or false, but its expression returns nothing`,
	],
	['create', 'simplify', 'true', 'yes', `'Simplify' takes true or false, not "yes"`],
	[
		'create',
		'requireAuthentication',
		'false',
		'on',
		`'Require Authentication' takes true or false, not "on"`,
	],
];

const isNew = (operation: string) => operation === 'create' || operation === 'upsert';

function parametersWith(operation: string, place: string, expression: string): Json {
	const [first = '', inner] = place.split('.');
	const locator = inner === 'value' && { __rl: true, mode: 'id' };
	return {
		...(isNew(operation) ? NAMED : EXISTING),
		...(operation === 'update' &&
			place === 'trunkGroup' && { callCapacity: { maxActiveCalls: 2 } }),
		[first]: inner ? { ...locator, [inner]: expression } : expression,
	};
}

describe('with Stop, one wrong item of five hundred', () => {
	it.each(VALUES)(
		'keeps everything from being sent, and is named: %s, %s of %s, %j',
		async (operation, place, usual, wrong, told) => {
			const expression = `={{ "wrong" in $json ? $json.wrong : ${usual} }}`;
			const { message, description } = await odin.failure(
				`trunkGroup.${operation}`,
				parametersWith(operation, place, expression),
				{ items: items({ wrong }, WRONG) as never },
			);
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

it.each([2, 5, 6, 30])(
	'of %i causes the message names five, and the description those after them',
	async (count) => {
		const wrong = Array.from({ length: count }, (_, index) => 3 + 7 * index);
		const { message, description } = await odin.failure('trunkGroup.create', WITH_CALLS, {
			items: items({}).map((item, index) => ({
				...item,
				...(wrong.includes(index) && { calls: `many${index}` }),
			})),
		});
		const named = (text: string) =>
			[...text.matchAll(/Item (\d+): 'Max Active Calls' takes [^;]* not "many\1"/g)].map(
				([, item]) => Number(item),
			);
		expect(named(message)).toEqual(wrong.slice(0, 5));
		expect(message.endsWith(`(${count} of 500 items)`)).toBe(true);
		expect(message.includes(`; and ${count - 5} more (`)).toBe(count > 5);
		expect(named(description ?? '')).toEqual(wrong.slice(5));
	},
);

it('every wrong parameter of an item is named at once', async () => {
	const { message } = await odin.failure('trunkGroup.create', {
		...GROUP,
		name: 'x'.repeat(31),
		maxActiveCalls: '={{ "many" }}',
		identity: { prefixEnabled: '={{ "yes" }}' },
		payload: { invitationTimeout: 0, userLookupPolicy: 'basic' },
		requireAuthentication: true,
	});
	for (const label of [
		...["'Name'", "'Max Active Calls'", "'Prefix Enabled'", "'SIP User Name'", "'SIP Password'"],
		"'Invitation Timeout' in 'Further Fields (JSON)'",
		"'User Lookup Policy' in 'Further Fields (JSON)'",
	]) {
		expect(message).toContain(label);
	}
});

it('an expression that throws is the fault of its item alone', async () => {
	const parameters = { ...NAMED, maxActiveCalls: '={{ $json.wrong ? $json.not.there : 1 }}' };
	const batch = { items: [{ name: 'a' }, { name: 'b', wrong: true }, { name: 'c' }] };
	const { message } = await odin.failure('trunkGroup.create', parameters, batch);
	expect(message).toMatch(/^Item 1: /);
	expect(odin.simulator.requests).toEqual([]);
	const node = { onError: 'continueErrorOutput' as const };
	const { output } = await odin.run('trunkGroup.create', parameters, { ...batch, node });
	expect(output.map((branch) => branch.map(({ json }) => json.name))).toEqual([['a', 'c'], ['b']]);
});

it('an item that is the only one has no number', async () => {
	for (const node of [{}, { onError: 'continueRegularOutput' as const }]) {
		const run = await odin.run('trunkGroup.create', WITH_CALLS, {
			items: [{ name: 't0', calls: 'many' }],
			node,
		});
		expect(said(run)).toMatch(/^'Max Active Calls' takes a whole number of 1 or more, not "many"/);
		expect(storedByNode(run)).toContain('No request was sent for this item. Correct the value ');
	}
});

const onError = 'continueRegularOutput' as const;

describe.each(['create', 'upsert'])('a name twice in one batch: %s', (operation) => {
	const action = `trunkGroup.${operation}`;
	const parameters = { ...WITH_CALLS, groupId: '={{ $json.group ?? "acme-hq" }}' };

	it('in one group keeps everything from being sent', async () => {
		const { message } = await odin.failure(action, parameters, {
			items: items({ name: 't20' }, WRONG),
		});
		expect(odin.simulator.requests).toEqual([]);
		expect(message).toMatch(
			/^Item 377: 'Name' repeats trunk group 't20' .*, already requested by item 20$/,
		);
	});

	it('in two groups, or in another case, is two trunk groups', async () => {
		const run = await odin.run(action, parameters, {
			items: [{ name: 'twice' }, { name: 'twice', group: 'acme-plant' }, { name: 'Twice' }],
		});
		expect(said(run)).toBe('');
		expect(jsonOf(run.output[0])).toHaveLength(3);
		for (const groupId of ['acme-hq', 'acme-plant']) {
			expect(odin.stored({ ...GROUP, groupId, name: 'twice' })).toBeDefined();
		}
	});

	it('with Continue is sent once, and the later ones become error items', async () => {
		const { output } = await odin.run(action, parameters, {
			// A number is the text of its digits, and what can't be sent takes no name.
			items: [{ name: 7 }, { name: 'b', calls: 'many' }, { name: '7' }, { name: 'b' }, { name: 7 }],
			node: { onError },
		});
		expect(jsonOf(output[0]).map(({ name, error }) => name ?? error)).toEqual([
			'7',
			expect.stringContaining("Item 1: 'Max Active Calls' takes"),
			expect.stringMatching(/^Item 2: .*'7'.*item 0/),
			'b',
			expect.stringMatching(/^Item 4: .*'7'.*item 0/),
		]);
		expect(odin.posts()).toHaveLength(2);
	});
});

it('no items send nothing', async () => {
	expect(await odin.all('trunkGroup.create', NAMED, { items: [] })).toEqual([]);
	expect(odin.simulator.requests).toEqual([]);
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
