import type { INodePropertyOptions } from 'n8n-workflow';

import { digitsAsNumbers } from '../../simulator/contract/resourceContract';
import { jsonOf, locator, useOdin, pairing, type Json } from './support/odinRuns';
import { addSites, MIDDLE, OPERATIONS, refuseTheMiddle, SITES } from './support/operationTable';
import { OutputSchemas } from './support/outputSchemas';
import { expectPlainWords } from './support/plainWords';

const odin = useOdin({ arrange: ({ network }) => addSites(network) });

const rows = Object.entries(OPERATIONS);
const items = SITES.map((site) => ({ ...site }));
const others = SITES.map((_, index) => index).filter((index) => index !== MIDDLE);

/** The options of the form that a resource or operation stands in. */
const optionsOf = (name: string, resource?: string): INodePropertyOptions[] =>
	odin.engine
		.description()
		.properties.filter(
			(property) =>
				property.name === name &&
				(resource === undefined || property.displayOptions?.show?.resource?.includes(resource)),
		)
		.flatMap(({ options }) => (options ?? []) as INodePropertyOptions[]);

/** The second mode of a locator of an operation; undefined for a parameter that is none. */
const enteredMode = (action: string, parameter: string): 'id' | 'name' | undefined => {
	const [resource, operation] = action.split('.');
	const { properties } = odin.engine.description();
	return properties.find(
		({ name, displayOptions: { show } = {} }) =>
			name === parameter &&
			show?.resource?.includes(resource!) &&
			show.operation?.includes(operation!),
	)?.modes?.[1]?.name as 'id' | 'name' | undefined;
};

/** Passwords differ from run to run. */
const comparable = (action: string, json: Json): Json =>
	action === 'sipPassword.generate' ? { password: typeof json.password } : json;

it('stands in the table of these tests', () => {
	const actions = optionsOf('resource').flatMap(({ value: resource }) =>
		optionsOf('operation', String(resource)).map(({ value }) => `${resource}.${value}`),
	);
	expect(Object.keys(OPERATIONS).sort()).toEqual(actions.sort());
});

it('has a name, an action and a description in the words of n8n', () => {
	for (const { value: resource } of optionsOf('resource')) {
		for (const { name, action = '', description = '' } of optionsOf(
			'operation',
			String(resource),
		)) {
			expect(name).toMatch(/^[A-Z]/);
			expect(action).toMatch(/^[A-Z][a-z]+( [a-zSIP]+)+$/);
			expect(description).toMatch(/^[A-Z].{10,}$/);
		}
	}
});

describe.each(rows)('%s', (action, { parameters, writes, namesNothing, refusal }) => {
	it('pairs several items with their output, in input order, and does each of them', async () => {
		odin.simulator.injectFault(({ query, body }) =>
			[query, body as Json | undefined].some((keys) => keys?.serviceProviderId === '7000')
				? { kind: 'slowBody', paceMs: 1 }
				: undefined,
		);
		const { output, status, error } = await odin.run(action, parameters, { items });
		expect({ status, error }).toEqual({ status: 'success', error: undefined });
		const pairs = pairing(output[0]) as Array<{ item: number }>;
		const order = pairs.map(({ item }) => item);
		expect(order).toEqual([...order].sort());
		expect(new Set(order)).toEqual(new Set(SITES.keys()));

		// Each item alone gives what it gave among the others.
		odin.simulator.clearFaults();
		if (writes) await odin.restart();
		for (const [index, item] of items.entries()) {
			const alone = await odin.all(action, parameters, { items: [item] });
			const among = (output[0] ?? []).filter((_, place) => order[place] === index);
			expect(jsonOf(among).map((json) => comparable(action, json))).toEqual(
				alone.map((json) => comparable(action, json)),
			);
		}
	});

	const fails = namesNothing
		? []
		: [['at Odin', {}, (): void => refuseTheMiddle(odin, refusal)] as const];
	const ways = [
		...fails,
		[
			'in a parameter',
			{ options: { timeout: '={{ $json.timeout }}' } },
			(): void => undefined,
		] as const,
	];

	describe.each(ways)('with a middle item that fails %s', (where, more, spoil) => {
		const spoiled = () =>
			items.map((item, index) => ({
				...item,
				...(index === MIDDLE && where === 'in a parameter' && { timeout: 'soon' }),
			}));

		beforeEach(() => spoil());

		it('sends it alone to the error branch', async () => {
			const { output, status } = await odin.run(
				action,
				{ ...parameters, ...more },
				{ items: spoiled(), node: { onError: 'continueErrorOutput' } },
			);
			expect(status).toBe('success');
			const done = (pairing(output[0]) as Array<{ item: number }>).map(({ item }) => item);
			expect([...new Set(done)]).toEqual(others);
			expect(output[1]).toHaveLength(1);
			const [failed] = output[1] ?? [];
			expect(failed?.pairedItem).toEqual({ item: MIDDLE });
			// n8n itself merges the input item in.
			expect(failed?.json).toEqual({
				...spoiled()[MIDDLE],
				error: expect.stringMatching(/^Item 1: /),
				details: expect.objectContaining({ itemIndex: MIDDLE }),
			});
			const { error, details } = failed?.json as { error: string; details: Json };
			expectPlainWords(`${error} ${String(details.description)}`, 'There has been an error.');
		});

		it('puts it among the others with Continue, as error and details alone', async () => {
			const { output } = await odin.run(
				action,
				{ ...parameters, ...more },
				{ items: spoiled(), node: { onError: 'continueRegularOutput' } },
			);
			const pairs = (pairing(output[0]) as Array<{ item: number }>).map(({ item }) => item);
			expect(pairs).toEqual([...pairs].sort());
			expect(new Set(pairs)).toEqual(new Set(SITES.keys()));
			const failed = (output[0] ?? []).filter(({ json }) => 'error' in json);
			expect(failed.map(({ json }) => Object.keys(json).sort())).toEqual([['details', 'error']]);
			expect(output[1]).toEqual([]);
		});

		it('stops the execution, naming it', async () => {
			odin.forget();
			const { message, description, context, httpCode } = await odin.failure(
				action,
				{ ...parameters, ...more },
				{ items: spoiled() },
			);
			expect(message).toContain('Item 1: ');
			expect(context?.itemIndex).toBe(MIDDLE);
			expect(httpCode ?? '').toMatch(where === 'at Odin' ? String(refusal ?? 400) : '');
			expectPlainWords(`${message} ${description ?? ''}`);
			// What is known to be wrong beforehand stops everything: nothing was sent, not even a login.
			if (where === 'in a parameter') expect(odin.simulator.requests).toEqual([]);
		});
	});

	it('takes locator objects, plain text and numbers for what it works on', async () => {
		const [site] = items;
		if (!site) return;
		const outputs: Json[][] = [];
		for (const form of ['text', 'locator', 'list', 'number']) {
			if (writes) await odin.restart({ quietProfiles: true });
			// Odin, too, was seen to make numbers of text of digits.
			odin.answerProfilesAs((profile) => ({
				...profile,
				name: Number(profile.name) || profile.name,
			}));
			const given = Object.fromEntries(
				Object.entries(parameters).map(([name, value]) => {
					const entered = enteredMode(action, name);
					if (entered === undefined || form === 'text' || form === 'number') return [name, value];
					return [name, locator(form === 'list' ? 'list' : entered, value)];
				}),
			);
			const item = form === 'number' ? (digitsAsNumbers(site) as Json) : site;
			const json = await odin.all(action, given, { items: [item] });
			outputs.push(json.map((one) => comparable(action, one)));
		}
		expect(outputs[0]?.length).toBeGreaterThan(0);
		for (const output of outputs) expect(output).toEqual(outputs[0]);
	});
});

describe('the output schemas', () => {
	let schemas: OutputSchemas;

	beforeAll(async () => {
		schemas = await OutputSchemas.read(Object.keys(OPERATIONS));
	});

	it('are there for every operation', () => {
		expect(schemas.actions()).toEqual(Object.keys(OPERATIONS));
	});

	it.each(rows)('of %s fits its real output', async (action, { parameters }) => {
		const output = await odin.all(action, parameters, { items: items.slice(0, 1) });
		expect(output.map((json) => schemas.complaint(action, json))).toEqual(
			output.map(() => undefined),
		);
	});
});

it.each<[string, Json]>([
	['operation', { resource: 'trunkGroup', operation: '__CUSTOM_API_CALL__' }],
	['resource', { resource: '__CUSTOM_API_CALL__', operation: '' }],
])('what n8n adds as Custom API Call is answered in words: %s', async (_, parameters) => {
	const complaint = await odin.complaint('', parameters);
	expect(complaint).toMatch(/Custom API Call[^]*HTTP Request/);
	expect(complaint).not.toContain('__');
	expectPlainWords(complaint);
	const node = { onError: 'continueErrorOutput' as const };
	const { output } = await odin.run('', parameters, { items, node });
	// None is passed on as done.
	expect(output.map((branch) => branch.length)).toEqual([0, SITES.length]);
	expect(odin.simulator.requests).toEqual([]);
});
