import { NodeHelpers, type INodeProperties, type INodePropertyOptions } from 'n8n-workflow';
import { Engine } from './harness';

let engine: Engine;

beforeAll(async () => {
	engine = await Engine.start();
});

afterAll(async () => {
	await engine.stop();
});

const properties = (): INodeProperties[] => engine.description().properties;

/** The operations of a resource as the form offers them. */
function operationsOf(resource: string): INodePropertyOptions[] {
	const selector = properties().find(
		({ name, displayOptions }) =>
			name === 'operation' && displayOptions?.show?.resource?.includes(resource),
	);
	return (selector?.options ?? []) as INodePropertyOptions[];
}

const resources = (): string[] =>
	(properties().find(({ name }) => name === 'resource')?.options ?? []).map((option) =>
		String((option as INodePropertyOptions).value),
	);

/** What a parameter stands at in a new node of this type. */
function presetOf(name: string, operation: string, nodeType: string): unknown {
	const description = { ...engine.description(), name: nodeType };
	const values = NodeHelpers.getNodeParameters(
		description.properties,
		{ resource: 'trunkGroup', operation },
		true,
		false,
		null,
		description,
	);
	return values?.[name];
}

/** The locators of the form, those in collections too. */
const locators = (list = properties()): INodeProperties[] =>
	list.flatMap((property) =>
		property.type === 'collection'
			? locators((property.options ?? []) as INodeProperties[])
			: property.type === 'resourceLocator'
				? [property]
				: [],
	);

it('says on the canvas what it does, for every operation', () => {
	const { subtitle = '' } = engine.description();
	const [, table = '{}'] = /^=\{\{ \((\{.*\})\)\[/.exec(subtitle) ?? [];
	const actions = resources().flatMap((resource) =>
		operationsOf(resource).map(({ value, action }) => [`${resource}:${String(value)}`, action]),
	);
	expect(actions.length).toBeGreaterThan(0);
	expect(JSON.parse(table)).toEqual(Object.fromEntries(actions));
});

it.each(['BroadWorks', 'SIP', 'Trunk', 'Trunk Group', 'Telephony', 'Provisioning'])(
	'is found by %s',
	(word) => {
		expect(engine.description().codex?.alias).toContain(word);
	},
);

it('has an icon of its own for light and dark', () => {
	const { iconUrl } = engine.description();
	expect(iconUrl).toEqual({
		light: expect.stringMatching(/odin\.svg$/) as string,
		dark: expect.stringMatching(/odin\.dark\.svg$/) as string,
	});
});

it('tells an agent what it can be used for', () => {
	const { usableAsTool } = engine.description();
	const told = typeof usableAsTool === 'object' ? usableAsTool.replacements?.description : '';
	expect(told).toMatch(/trunk groups/);
	expect(told).toMatch(/service provider ID, group ID and its own name/);
	expect(told).toMatch(/Preview Only/);
});

it.each(['create', 'upsert', 'update', 'compare'])(
	'gives an agent the short profile after %s, and a workflow the whole one',
	(operation) => {
		expect(presetOf('output', operation, 'odinTool')).toBe('simplified');
		expect(presetOf('simplify', operation, 'odin')).toBe(false);
	},
);

it('gives everybody the short profile after get', () => {
	expect(presetOf('output', 'get', 'odinTool')).toBe('simplified');
	expect(presetOf('simplify', 'get', 'odin')).toBe(true);
});

it('hints an AI builder at the operations that are easily mixed up', () => {
	const hinted = operationsOf('trunkGroup').flatMap(({ value, builderHint }) =>
		builderHint ? [value] : [],
	);
	expect(hinted).toEqual(expect.arrayContaining(['create', 'upsert', 'update', 'compare']));
});

it('says at every list when Odin takes long, and lets the value be entered instead', () => {
	expect(locators().length).toBeGreaterThan(0);
	for (const { modes = [] } of locators()) {
		const [list, entered] = modes;
		expect(list?.typeOptions?.slowLoadNotice?.message).toMatch(/enter the value yourself/);
		expect(list?.typeOptions?.searchable).toBe(true);
		expect(entered?.type).toBe('string');
	}
});

it('empties what was chosen from a list when another one is chosen above it, and never by a value', () => {
	for (const { modes = [], typeOptions } of locators()) {
		const method = modes[0]?.typeOptions?.searchListMethod;
		const above = typeOptions?.loadOptionsDependsOn ?? [];
		if (method !== 'searchServiceProviders') {
			expect(above).toContain('serviceProviderId.cachedResultName');
		}
		// The result of an expression: each item with another one would empty the locators below.
		expect(above.filter((path) => path.endsWith('.value'))).toEqual([]);
	}
});
