/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';
import { Odin } from '../../nodes/Odin/Odin.node';
import { OdinTrigger } from '../../nodes/OdinTrigger/OdinTrigger.node';
import { CHECKOUT } from './checkout';

interface ExampleNode {
	id: string;
	name: string;
	type: string;
	position: [number, number];
	onError?: string;
	alwaysOutputData?: boolean;
	parameters: Record<string, unknown>;
	credentials?: Record<string, { id: string; name: string }>;
	[key: string]: unknown;
}

interface Example {
	id: string;
	nodes: ExampleNode[];
	connections: Record<string, Record<string, Array<Array<{ node: string }>>>>;
	settings: { executionOrder?: string };
	pinData: Record<string, Array<{ json: object }>>;
	[key: string]: unknown;
}

const files = readdirSync(join(CHECKOUT, 'examples')).filter((name) => name.endsWith('.json'));
const page = readFileSync(join(CHECKOUT, 'docs', 'examples.md'), 'utf8');
const TRIGGER = 'n8n-nodes-odin.odinTrigger';

const form = new Odin().description.properties;
const triggerForm = new OdinTrigger().description.properties;

const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);
const isExpression = (value: unknown): boolean =>
	typeof value === 'string' && value.startsWith('=');
const isSticky = ({ type }: ExampleNode): boolean => type === 'n8n-nodes-base.stickyNote';
const isOdin = ({ type }: ExampleNode): boolean =>
	/^n8n-nodes-odin\.odin(Tool|Trigger)?$/.test(type);

/** What n8n itself adds to a node that is used as a tool. */
const TOOL_PARAMETERS = ['descriptionType', 'toolDescription'];

/** And to one that polls. */
const POLL_TIMES = 'pollTimes';

/** Whether the form shows a property for these parameters; conditions on @tool and @version count as met. */
function isShown(
	{ displayOptions }: INodeProperties,
	values: Record<string, unknown>,
	properties = form,
): boolean {
	const { show = {}, hide = {} } = displayOptions ?? {};
	const holds = ([name, allowed]: [string, unknown]) =>
		(allowed as unknown[]).includes(values[name] ?? defaultOf(name, values, properties));
	const counted = (conditions: object) =>
		Object.entries(conditions).filter(([name]) => !name.startsWith('@'));
	return counted(show).every(holds) && !counted(hide).some(holds);
}

/** Operations may have the same parameter with another default. */
function defaultOf(
	name: string,
	values: Record<string, unknown>,
	properties: INodeProperties[],
): unknown {
	const ofName = properties.filter((property) => property.name === name);
	const ofOperation = ofName.find(({ displayOptions }) =>
		['resource', 'operation'].every((selector) =>
			displayOptions?.show?.[selector]?.includes(values[selector] as string),
		),
	);
	return (ofOperation ?? ofName[0])?.default;
}

/** What in a value is not among the choices, modes or entries that a property has. */
function wrongIn(property: INodeProperties | undefined, path: string, value: unknown): string[] {
	if (property === undefined) return [path];
	if (isExpression(value)) return [];
	const options = property.options ?? [];
	switch (property.type) {
		case 'options':
		case 'multiOptions': {
			const values = (options as INodePropertyOptions[]).map((option) => option.value);
			return [value]
				.flat()
				.filter((chosen) => !values.includes(chosen as string))
				.map((chosen) => `${path}=${String(chosen)}`);
		}
		case 'collection':
			return Object.entries(isObject(value) ? value : {}).flatMap(([name, entry]) =>
				wrongIn(entryOf(options, name), `${path}.${name}`, entry),
			);
		case 'resourceLocator': {
			const mode = isObject(value) ? value.mode : undefined;
			return (property.modes ?? []).some(({ name }) => name === mode)
				? []
				: [`${path} by ${String(mode)}`];
		}
		default:
			return [];
	}
}

const entryOf = (
	options: Array<INodePropertyOptions | INodeProperties | INodePropertyCollection>,
	name: string,
): INodeProperties | undefined =>
	options.find((option): option is INodeProperties => 'type' in option && option.name === name);

function wrongParameters({ name, type, parameters }: ExampleNode): string[] {
	const added = type === TRIGGER ? [POLL_TIMES] : TOOL_PARAMETERS;
	const properties = type === TRIGGER ? triggerForm : form;
	return Object.entries(parameters)
		.filter(([parameter]) => !added.includes(parameter))
		.flatMap(([parameter, value]) => {
			const property = properties.find(
				(candidate) => candidate.name === parameter && isShown(candidate, parameters, properties),
			);
			return wrongIn(property, `${name}: ${parameter}`, value);
		});
}

/** The square of a node, or the note's own size; a name beneath a node takes room too. */
const NODE = { width: 96, height: 144 };

function overlap(one: ExampleNode, other: ExampleNode): boolean {
	const sizeOf = (node: ExampleNode) =>
		isSticky(node) ? (node.parameters as unknown as typeof NODE) : NODE;
	return [0, 1].every((axis) => {
		const side = axis === 0 ? 'width' : 'height';
		const [from = 0, otherFrom = 0] = [one.position[axis], other.position[axis]];
		return from < otherFrom + sizeOf(other)[side] && otherFrom < from + sizeOf(one)[side];
	});
}

test('there are examples', () => expect(files.length).toBeGreaterThan(0));

describe.each(files)('%s', (file) => {
	const text = readFileSync(join(CHECKOUT, 'examples', file), 'utf8');
	const example = JSON.parse(text) as Example;
	const { nodes } = example;
	const names = nodes.map(({ name }) => name);

	test('is shown on the page of examples, with a picture', () => {
		const picture = `pictures/example-${file.replace('.json', '.png')}`;
		expect(page).toContain(`../examples/${file})`);
		expect(page).toContain(`](${picture})`);
		expect(existsSync(join(CHECKOUT, 'docs', picture))).toBe(true);
	});

	test('has a note that says what it does and what to change', () => {
		const notes = nodes.filter(isSticky).map(({ parameters }) => String(parameters.content));
		expect(notes.length).toBeGreaterThan(0);
		expect(notes.join('\n')).toMatch(/^## .+[^]*### Before you use it/);
	});

	test('uses the Odin node as it is', () => {
		const used = nodes.filter(isOdin);
		expect(used.length).toBeGreaterThan(0);
		expect(used.flatMap(wrongParameters)).toEqual([]);
		const { version } = new Odin().description;
		expect(used.map(({ typeVersion }) => typeVersion)).toEqual(used.map(() => version));
	});

	test('names its credentials, and nothing of where it was made', () => {
		const own = { odinApi: { id: 'odinDemoCredential', name: 'Odin' } };
		const odinNodes = nodes.filter((node) => isOdin(node) || node.credentials?.odinApi);
		expect(odinNodes.map(({ credentials }) => credentials)).toEqual(odinNodes.map(() => own));
		expect(Object.keys(example).sort()).toEqual(
			['active', 'connections', 'id', 'name', 'nodes', 'pinData', 'settings'].sort(),
		);
		expect(example).toMatchObject({ active: false, settings: { executionOrder: 'v1' } });
		const hosts = [...text.matchAll(/https?:\/\/([^/"'\s\\]+)/g)].map(([, host]) => host);
		expect(hosts.filter((host) => !host?.endsWith('.example.com'))).toEqual([]);
	});

	test('names every node once, and connects only what is there', () => {
		expect(new Set(names).size).toBe(names.length);
		expect(new Set(nodes.map(({ id }) => id)).size).toBe(nodes.length);
		const targets = Object.values(example.connections)
			.flatMap((byType) => Object.values(byType))
			.flat(2)
			.map(({ node }) => node);
		const used = [...Object.keys(example.connections), ...targets];
		expect(used.filter((name) => !names.includes(name))).toEqual([]);
		const alone = nodes.filter((node) => !isSticky(node) && !used.includes(node.name));
		expect(alone.map(({ name }) => name)).toEqual([]);
		const mentioned = [...text.matchAll(/\$\('([^']+)'\)/g)].map(([, name]) => name);
		expect(mentioned.filter((name) => !names.includes(name ?? ''))).toEqual([]);
	});

	test('loses no failed item', () => {
		const withErrorOutput = nodes.filter(({ onError }) => onError === 'continueErrorOutput');
		const leadsNowhere = withErrorOutput.filter(
			({ name }) => !example.connections[name]?.main?.at(1)?.length,
		);
		expect(leadsNowhere.map(({ name }) => name)).toEqual([]);
		// n8n then sends an empty item through the other output as well, as if nothing had failed.
		const goesBothWays = withErrorOutput.filter(({ alwaysOutputData }) => alwaysOutputData);
		expect(goesBothWays.map(({ name }) => name)).toEqual([]);
		const stopsAll = nodes.filter((node) => node.type === 'n8n-nodes-odin.odin' && !node.onError);
		expect(stopsAll.map(({ name }) => name)).toEqual([]);
	});

	test('has pinned data, at a trigger and wherever something would leave Odin and n8n', () => {
		const pinned = Object.keys(example.pinData);
		expect(pinned.filter((name) => !names.includes(name))).toEqual([]);
		const first = nodes.filter(
			(node) =>
				example.connections[node.name]?.main &&
				!JSON.stringify(example.connections).includes(`"node":"${node.name}"`),
		);
		expect(pinned.some((name) => first.some((node) => node.name === name))).toBe(true);
		// Which trigger the button Execute starts from is the editor's choice: a schedule before a manual one.
		const pinnedAt = first.map(({ name }) => example.pinData[name] ?? [{ json: {} }]);
		expect(pinnedAt).toEqual(first.map(() => pinnedAt[0]));
		const leaves = nodes.filter(({ type }) =>
			['n8n-nodes-base.httpRequest', 'n8n-nodes-base.readWriteFile'].includes(type),
		);
		expect(leaves.filter(({ name }) => !pinned.includes(name))).toEqual([]);
	});

	test('reads no file with code of its own', () => {
		expect(nodes.filter(({ type }) => type === 'n8n-nodes-base.code')).toEqual([]);
	});

	test('speaks in its note of nodes that are there', () => {
		const notes = nodes.filter(isSticky).map(({ parameters }) => String(parameters.content));
		const steps = notes.join('\n').split('### Before you use it')[1] ?? '';
		const named = [...steps.matchAll(/\*\*([^*]+)\*\*/g)].map(([, name]) => name!);
		expect(named.filter((name) => name !== 'Odin' && !names.includes(name))).toEqual([]);
	});

	test('lays its nodes out beside each other', () => {
		const overlapping = nodes.flatMap((one, index) =>
			nodes
				.slice(index + 1)
				.filter((other) => overlap(one, other))
				.map((other) => `${one.name} and ${other.name}`),
		);
		expect(overlapping).toEqual([]);
	});
});
