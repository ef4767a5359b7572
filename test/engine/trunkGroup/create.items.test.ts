import type { IDataObject } from 'n8n-workflow';

import { DEFAULT_BODY, HOME, jsonOf, said } from '../support/creation';
import { useOdin } from '../support/odinRuns';
import { expectPlainWords } from '../support/plainWords';

const odin = useOdin({ loggedIn: true });

const NAMED = { name: '={{ $json.name }}', maxActiveCalls: '={{ $json.calls || 1 }}' };
const named = (...names: string[]) => names.map((name) => ({ name, ticket: `T-${name}` }));
const namesSent = () => odin.posts().map(({ body }) => (body as IDataObject).name);

describe.each([
	[
		'a value that cannot be used',
		() => ({ name: 'wrong', calls: 'many', ticket: 'T-wrong' }),
		false,
	],
	[
		'an answer of Odin',
		() => {
			odin.simulator.addFault({
				kind: 'status',
				status: 400,
				name: 'wrong',
				body: { error: 'Not today', details: 'Come back' },
			});
			return { name: 'wrong', ticket: 'T-wrong' };
		},
		true,
	],
	[
		'an expression that throws',
		() => ({ name: 'wrong', calls: { throws: true }, ticket: 'T-wrong' }),
		false,
	],
] as const)('an item that fails in the middle, for %s', (_, wrongItem, isSent) => {
	const batch = () => {
		const [a, b, d] = named('a', 'b', 'd');
		return [a, b, wrongItem(), d] as IDataObject[];
	};
	const parameters = {
		...NAMED,
		maxActiveCalls:
			'={{ $json.calls?.throws ? $json.calls.throws.not.there : ($json.calls || 1) }}',
	};

	it('stops the node with the item in the message', async () => {
		const { status, output, error, ...run } = await odin.create({ items: batch(), parameters });
		expect(status).toBe('error');
		expect(output).toEqual([[], []]);
		expect(error?.message).toMatch(/^Item 2: /);
		expect(error?.description).toBeTruthy();
		expect(error?.context?.itemIndex).toBe(2);
		expectPlainWords(said({ status, output, error, ...run }), 'Not today – Come back');
		if (isSent) {
			expect(error?.description).toMatch(/Done: trunk group 'a' \(item 0\), 'b' \(item 1\)/);
		} else {
			expect(odin.simulator.requests).toEqual([]);
		}
	});

	it('becomes an item of two keys with Continue', async () => {
		const { status, output, error } = await odin.create({
			items: batch(),
			parameters,
			onError: 'continueRegularOutput',
		});
		expect({ status, error }).toEqual({ status: 'success', error: undefined });
		expect(output[1]).toEqual([]);
		expect(output[0]?.map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 1, 2, 3].map((item) => ({ item })),
		);
		expect(jsonOf({ output } as never).map(({ name }) => name)).toEqual(['a', 'b', undefined, 'd']);
		const failed = output[0]?.[2]?.json ?? {};
		expect(failed).toStrictEqual({
			error: expect.stringMatching(/^Item 2: /),
			details: expect.any(Object),
		});
		expect(output[0]?.[2]).not.toHaveProperty('error');
		expect(namesSent().sort()).toEqual(isSent ? ['a', 'b', 'd', 'wrong'] : ['a', 'b', 'd']);
		if (isSent) expect(String(failed.error)).toMatch(/Not today.*Come back/);
	});

	it('leaves by the error output, where n8n adds the input item', async () => {
		const { status, output } = await odin.create({
			items: batch(),
			parameters,
			onError: 'continueErrorOutput',
		});
		expect(status).toBe('success');
		expect(output[0]?.map(({ json, pairedItem }) => [json.name, pairedItem])).toEqual([
			['a', { item: 0 }],
			['b', { item: 1 }],
			['d', { item: 3 }],
		]);
		expect(output[1]).toHaveLength(1);
		expect(output[1]?.[0]).toMatchObject({
			json: {
				name: 'wrong',
				ticket: 'T-wrong',
				error: expect.stringMatching(/^Item 2: /),
				details: {},
			},
			pairedItem: { item: 2 },
		});
	});
});

describe('order', () => {
	it('of the output is that of the input, whatever answers first', async () => {
		const names = Array.from({ length: 24 }, (_, i) => `t${i}`);
		for (const [i, name] of names.entries()) {
			if (i % 5 === 0 && i % 7 !== 3)
				odin.simulator.addFault({ kind: 'slowBody', paceMs: 10, name });
			if (i % 7 === 3) odin.simulator.addFault({ kind: 'status', status: 400, name });
		}
		const { output } = await odin.create({
			items: named(...names),
			parameters: NAMED,
			onError: 'continueRegularOutput',
		});
		expect(output[0]?.map(({ pairedItem }) => pairedItem)).toEqual(
			names.map((_, item) => ({ item })),
		);
		expect(output[0]?.map(({ json }) => json.name)).toEqual(
			names.map((name, i) => (i % 7 === 3 ? undefined : name)),
		);
		expect(odin.simulator.peakInFlight()).toBeLessThanOrEqual(5);
	});
});

describe('Stop', () => {
	it('sends nothing when one of many items is wrong', async () => {
		const items = [
			...named(...Array.from({ length: 30 }, (_, i) => `t${i}`)),
			{ name: 'x'.repeat(31) },
		];
		const run = await odin.create({ items, parameters: NAMED });
		expect(odin.simulator.requests).toEqual([]);
		expect(run.error?.message).toMatch(
			/^Item 30: 'Name' takes text of 1 to 30 characters, not "x+/,
		);
		expect(run.error?.description).toContain('No request was sent for any item');
	});

	it.each([2, 5, 6, 30])('names %i wrong items, five of them in the message', async (count) => {
		const items = Array.from({ length: count }, (_, i) => ({ name: `t${i}`, calls: `${i} calls` }));
		const run = await odin.create({ items: [...named('fine'), ...items], parameters: NAMED });
		const message = run.error?.message ?? '';
		expect(odin.simulator.requests).toEqual([]);
		const named_ = [...message.matchAll(/Item (\d+): 'Max Active Calls' takes/g)].map(([, item]) =>
			Number(item),
		);
		expect(named_).toEqual(Array.from({ length: Math.min(count, 5) }, (_, i) => i + 1));
		const further = [...(run.error?.description ?? '').matchAll(/Item (\d+): /g)];
		expect(further).toHaveLength(Math.max(count - 5, 0));
		expect(message).toContain(`${count} of ${count + 1} items`);
		expectPlainWords(said(run));
	});

	it('names every wrong parameter of an item at once', async () => {
		const run = await odin.create({
			parameters: {
				name: 'x'.repeat(31),
				maxActiveCalls: '={{ "many" }}',
				identity: { prefixEnabled: '={{ "yes" }}' },
				payload: { invitationTimeout: 0, userLookupPolicy: 'basic' },
				requireAuthentication: true,
			},
		});
		for (const label of [
			"'Name'",
			"'Max Active Calls'",
			"'Prefix Enabled'",
			"'Invitation Timeout' in 'Further Fields (JSON)'",
			"'User Lookup Policy' in 'Further Fields (JSON)'",
			"'SIP User Name'",
			"'SIP Password'",
		]) {
			expect(run.error?.message).toContain(label);
		}
		expect(odin.simulator.requests).toEqual([]);
	});

	it('says what was created before and what was not tried', async () => {
		const names = Array.from({ length: 12 }, (_, i) => `t${i}`);
		odin.simulator.addFault({
			kind: 'status',
			status: 409,
			name: 't6',
			body: { error: 'Name in use' },
		});
		const run = await odin.create({ items: named(...names), parameters: NAMED });
		const created = odin.simulator.network
			.trunkGroups(HOME.serviceProviderId, HOME.groupId)
			.map(({ name }) => name);
		expect(run.error?.message).toMatch(/^Item 6: /);
		expect(created.length).toBeGreaterThanOrEqual(6);
		for (const name of names) {
			const [, done = ''] = run.error?.description?.match(/Done: (.*)/) ?? [];
			expect([name, done.includes(`'${name}' (item `)]).toEqual([name, created.includes(name)]);
		}
		const untried = names.length - created.length - 1;
		expect(run.error?.message).toMatch(
			untried > 0 ? /Not tried: items? [\d, to]+$/ : /Every item was tried$/,
		);
	});
});

describe('a name twice in one batch', () => {
	const items = [...named('a', 'b', 'a', 'c', 'a'), { name: 'b', group: 'acme-plant' }];
	const parameters = { ...NAMED, groupId: '={{ $json.group || "acme-hq" }}' };

	it('is not sent at all with Stop', async () => {
		const run = await odin.create({ items, parameters });
		expect(odin.simulator.requests).toEqual([]);
		expect(run.error?.message).toBe(
			"Items 2, 4: 'Name' repeats trunk group '…', already requested by item 0 (2 of 6 items)",
		);
		expect(run.error?.message).not.toContain("'b'");
		expectPlainWords(said(run));
	});

	it('is sent once with Continue, and the later ones become error items', async () => {
		const run = await odin.create({ items, parameters, onError: 'continueRegularOutput' });
		expect(namesSent().sort()).toEqual(['a', 'b', 'b', 'c']);
		expect(jsonOf(run).map(({ name, error }) => name ?? error)).toEqual([
			'a',
			'b',
			expect.stringMatching(/^Item 2: .*'a'.*item 0/),
			'c',
			expect.stringMatching(/^Item 4: .*'a'.*item 0/),
			'b',
		]);
		for (const i of [2, 4]) expect(Object.keys(jsonOf(run)[i] ?? {})).toEqual(['error', 'details']);
		odin.simulator.network.removeTrunkGroup(
			odin.simulator.network.trunkGroup('acme-ent', 'acme-plant', 'b') ?? ({} as never),
		);
	});

	it('counts also when an earlier one with that name cannot be sent', async () => {
		const run = await odin.create({
			items: [{ name: 'a', calls: 'many' }, { name: 'a' }],
			parameters: NAMED,
			onError: 'continueRegularOutput',
		});
		expect(jsonOf(run)).toEqual([
			{ error: expect.any(String), details: expect.any(Object) },
			expect.objectContaining({ name: 'a' }),
		]);
	});

	it('is seen through numbers and payload too', async () => {
		const run = await odin.create({
			items: [{ name: 7 }, { payload: { name: '7' } }],
			parameters: { name: '={{ $json.name }}', payload: '={{ $json.payload }}' },
		});
		expect(run.error?.message).toMatch(/^Item 1: /);
		expect(odin.simulator.requests).toEqual([]);
	});

	it('in another case is another name', async () => {
		const run = await odin.create({ items: named('SBC', 'sbc'), parameters: NAMED });
		expect(said(run)).toBe('');
		expect(namesSent().sort()).toEqual(['SBC', 'sbc']);
	});
});

describe('no items', () => {
	it('send nothing', async () => {
		const run = await odin.create({ items: [] });
		expect(run.error).toBeUndefined();
		expect(odin.simulator.requests).toEqual([]);
	});
});

describe('a choice that the node does not have', () => {
	it.each<[string, IDataObject]>([
		['operation', { resource: 'trunkGroup', operation: '__CUSTOM_API_CALL__' }],
		['resource', { resource: '__CUSTOM_API_CALL__', operation: '' }],
	])('"Custom API Call" as %s says what to use instead', async (_, parameters) => {
		const run = await odin.create({ parameters });
		expect(run.status).toBe('error');
		expect(odin.simulator.requests).toEqual([]);
		expect(run.error?.message).toMatch(/Custom API Call/i);
		expect(said(run)).not.toContain('__CUSTOM_API_CALL__');
		expect(said(run)).toContain('HTTP Request');
		expectPlainWords(said(run));
	});

	it('fails each item with On Error = Continue, and passes none on as done', async () => {
		const run = await odin.create({
			items: named('a', 'b'),
			parameters: { operation: '__CUSTOM_API_CALL__' },
			node: { onError: 'continueErrorOutput' },
		});
		expect(run.output[0]).toEqual([]);
		expect(run.output[1]?.map(({ json }) => json.error)).toEqual([
			expect.stringContaining('Custom API Call'),
			expect.stringContaining('Custom API Call'),
		]);
	});
});

describe('one execution', () => {
	it('reads the credential once and sends one request an item', async () => {
		const run = await odin.create({
			items: named('a', 'b', 'c', 'd', 'e', 'f', 'g'),
			parameters: NAMED,
		});
		expect(run.credentialLookups).toBe(1);
		expect(odin.calls()).toEqual(Array.from({ length: 7 }, () => 'POST /groups/trunk-groups'));
		expect(odin.posts().map(({ body }) => body)).toEqual(
			expect.arrayContaining([{ ...DEFAULT_BODY, name: 'a' }]),
		);
	});
});
