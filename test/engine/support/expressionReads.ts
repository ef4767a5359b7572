/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';

import fc from 'fast-check';
import type { IDataObject, IExecuteFunctions, INode, INodeType } from 'n8n-workflow';

import type * as Parameters from '../../../nodes/Odin/execution/parameters';
import { Engine, type EngineOptions } from '../harness';
import { builtPackage } from '../harness/builtPackage';
import { mainRequire } from '../harness/mainRealm';
import { describedAs } from '../harness/stubNodes';

/** As built, so that its objects belong to the same realm as n8n's. */
const PARAMETERS = 'dist/nodes/Odin/execution/parameters.js';

const PROBE = 'n8n-nodes-odin-test.probe';
const DATA = 'n8n-nodes-odin-test.data';

const text = (name: string) => ({ displayName: name, name, type: 'string', default: '' });
const device = {
	displayName: 'Device',
	name: 'device',
	type: 'resourceLocator',
	default: { mode: 'id', value: '' },
	modes: [{ displayName: 'By ID', name: 'id', type: 'string' }],
};

/** The kinds of parameters that the Odin node has. */
const probeProperties = [
	text('name'),
	{ displayName: 'Calls', name: 'calls', type: 'number', default: 1 },
	{ displayName: 'On', name: 'on', type: 'boolean', default: false },
	{ displayName: 'Payload', name: 'payload', type: 'json', default: '{}' },
	{ ...device, displayName: 'Group', name: 'group' },
	{
		displayName: 'Section',
		name: 'section',
		type: 'collection',
		default: {},
		options: [
			...['first', 'second', 'third'].map(text),
			{ ...text('list'), typeOptions: { multipleValues: true }, default: [] },
			device,
		],
	},
] as unknown as INodeType['description']['properties'];

interface Case {
	parameters: IDataObject;
	items: IDataObject[];
	/** Whether n8n can follow an item back to where it came from */
	paired: boolean;
}

/** The difference between the node's reading and n8n's own, of one parameter for one item. */
export interface Difference {
	parameter: string;
	item: number;
	own: unknown;
	n8n: unknown;
}

/** A workflow in n8n's engine whose last node reads its parameters both ways. */
export class ExpressionReads {
	private data: Case = { parameters: {}, items: [], paired: true };

	private readonly differences: Difference[] = [];

	/** How many values the node took from joined evaluations. */
	joinedValues = 0;

	/** How often it had n8n evaluate an expression of its own making. */
	evaluations = 0;

	private engine: Engine | undefined;

	private readonly built = mainRequire(join(builtPackage(), PARAMETERS)) as typeof Parameters;

	private constructor() {}

	static async start(options: EngineOptions = {}): Promise<ExpressionReads> {
		const reads = new ExpressionReads();
		reads.engine = await Engine.start({
			...options,
			nodeTypes: { [PROBE]: reads.probe(), [DATA]: reads.source() },
		});
		return reads;
	}

	async stop(): Promise<void> {
		await this.engine?.stop();
	}

	/** Reads every parameter for every item, once as the node does and once as n8n does. */
	async compare(data: Case): Promise<Difference[]> {
		this.data = data;
		this.differences.length = 0;
		const node = (name: string, type: string, parameters: IDataObject = {}): INode =>
			({ id: name, name, type, typeVersion: 1, position: [0, 0], parameters }) as INode;
		const to = (name: string) => ({ main: [[{ node: name, type: 'main' as const, index: 0 }]] });
		const { error } = (await this.engine?.run({
			workflow: {
				nodes: [
					node('Start', 'n8n-nodes-base.manualTrigger'),
					node('Data', DATA),
					node('Probe', PROBE, data.parameters),
					// The harness wants the node under test somewhere.
					node('Odin', 'n8n-nodes-odin.odin'),
				],
				connections: { Start: to('Data'), Data: to('Probe') },
			},
		})) ?? { error: undefined };
		if (error) throw new Error(`The workflow stopped: ${error.message}`);
		return [...this.differences];
	}

	private source(): INodeType {
		const given = () => this.data;
		return {
			description: describedAs({ name: 'data' }),
			// Not through JSON: in one process, nodes also hand each other dates and undefined.
			async execute(this: IExecuteFunctions) {
				const { items, paired } = given();
				return [items.map((json) => ({ json, ...(paired && { pairedItem: { item: 0 } }) }))];
			},
		};
	}

	private probe(): INodeType {
		const compareReadings = (context: IExecuteFunctions) => this.compareReadings(context);
		return {
			description: describedAs({ name: 'probe', properties: probeProperties }),
			async execute(this: IExecuteFunctions) {
				compareReadings(this);
				return [[]];
			},
		};
	}

	private compareReadings(context: IExecuteFunctions): void {
		const source = new this.built.ParameterSource(this.countingJoined(context));
		const names = Object.keys(context.getNode().parameters);
		for (const item of context.getInputData().keys()) {
			for (const parameter of names) {
				const own = outcome(() => source.read(parameter, item));
				const n8n = outcome(() => context.getNodeParameter(parameter, item, null));
				if (!isDeepStrictEqual(own, n8n)) this.differences.push({ parameter, item, own, n8n });
			}
		}
	}

	private countingJoined(context: IExecuteFunctions): IExecuteFunctions {
		const counted = Object.create(context) as IExecuteFunctions;
		counted.evaluateExpression = (expression, itemIndex) => {
			this.evaluations += 1;
			const values = context.evaluateExpression(expression, itemIndex);
			if (Array.isArray(values)) this.joinedValues += values.length;
			return values;
		};
		return counted;
	}
}

/** A value, or what an exception says to the user. */
function outcome(read: () => unknown): unknown {
	try {
		return { value: read() };
	} catch (error) {
		const { name, message, description, context, cause } = error as Error & {
			description?: string;
			context?: IDataObject;
		};
		return { name, message, description, cause, parameter: context?.parameter };
	}
}

const KEYS = ['a', 'b', 'c', 'list', 'none', 'Max Calls', 'when', 'length', 'first', 'missing'];
const RISKY_KEYS = ['toString', 'constructor', '__proto__', 'binding', 'a.first(', '}}', '{{', '"'];

const segment = fc
	.tuple(
		fc.constantFrom(
			(key: string) => `.${key}`,
			(key: string) => `?.${key}`,
			(key: string) => `["${key}"]`,
			(key: string) => `['${key}']`,
			() => '[0]',
		),
		fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...KEYS) }, fc.constantFrom(...RISKY_KEYS)),
	)
	.map(([write, key]) => write(key));

const path = fc
	.tuple(
		fc.oneof(
			{ weight: 6, arbitrary: fc.constantFrom('$json', "$('Data').item.json") },
			fc.constantFrom(
				'$input.item.json',
				'$("Start").item.json',
				"$('Nobody').item.json",
				"$('Data').first().json",
				'$node["Data"].json',
			),
		),
		fc.array(segment, { minLength: 1, maxLength: 3 }),
	)
	.map(([root, segments]) => root + segments.join(''));

const anyCode = fc.oneof(
	{ weight: 16, arbitrary: path },
	{
		weight: 3,
		arbitrary: fc
			.tuple(
				path,
				fc.constantFrom<(given: string) => string>(
					(given) => `${given} || 1`,
					(given) => `${given} ?? "none"`,
					(given) => `${given}.trim()`,
					(given) => `${given}?.first?.()`,
					(given) => `${given}.isEmpty()`,
					(given) => `${given}; 1`,
					(given) => `${given}, 2`,
					(given) => `${given} // note`,
					(given) => `/* note */ ${given}`,
					(given) => `\`pre \${${given}}\``,
					(given) => `${given}) + (${given}`,
					(given) => `[${given}]`,
					(given) => `{ x: ${given} }`,
					(given) => `${given}.constructor`,
					(given) => `typeof ${given}`,
				),
			)
			.map(([given, write]) => write(given)),
	},
	fc.constantFrom(
		'',
		'$json.a.trim',
		'$itemIndex',
		'$today',
		'new Date(0)',
		'NaN',
		'-0',
		'undefined',
		'null',
		'() => 1',
		'"}}"',
		'$fromAI("x")',
		'$if($json.a, 1, 2)',
		'nothing.there',
		'if (true) 1',
		'DateTime.fromISO("2020-01-01")',
	),
);

const expression = fc
	.tuple(
		fc.oneof(
			{ weight: 30, arbitrary: fc.constant<(code: string) => string>((code) => `={{ ${code} }}`) },
			fc.constantFrom<(code: string) => string>(
				(code) => `={{${code}}}`,
				(code) => `={{\n\t${code}\n}}`,
				(code) => `= {{ ${code} }}`,
				(code) => `={{ ${code} }} `,
				(code) => `=sbc-{{ ${code} }}`,
				(code) => `={{ ${code} }}{{ $json.a }}`,
				(code) => `=${code}`,
				(code) => `={{ ${code}`,
				(code) => `={{{ ${code} }}}`,
				(code) => `={{ ${code} }}}`,
				(code) => `={ "key": "{{ ${code} }}" }`,
				(code) => `{{ ${code} }}`,
			),
		),
		anyCode,
	)
	.map(([write, code]) => write(code));

const entry = fc.oneof({ weight: 6, arbitrary: expression }, fc.constantFrom('plain', '', 7, true));
const locator = entry.map((value) => ({ __rl: true, mode: 'id', value }));

const parameters = fc.record(
	{
		name: entry,
		calls: entry,
		on: entry,
		payload: entry,
		group: fc.oneof(locator, entry),
		section: fc.record(
			{
				first: entry,
				second: entry,
				third: entry,
				list: fc.array(entry, { maxLength: 3 }),
				device: locator,
			},
			{ requiredKeys: [] },
		),
	},
	{ requiredKeys: ['name', 'calls'] },
);

const scalar = fc.oneof(
	fc.string({ unit: 'binary', maxLength: 8 }),
	fc.double(),
	fc.boolean(),
	fc.constantFrom(null, undefined, '', 0, -0, '{{ $json.a }}', '={{ $json.a }}'),
);
const anyValue = fc.oneof(
	{ weight: 4, arbitrary: scalar },
	fc.array(scalar, { maxLength: 3 }),
	fc.record({ a: scalar, b: scalar, __isError: scalar, __n8nType: scalar }, { requiredKeys: [] }),
	fc.date({ noInvalidDate: true }),
);

const item = fc.record(
	{
		a: anyValue,
		b: fc.record({ c: fc.record({ a: anyValue }), list: anyValue }, { requiredKeys: [] }),
		c: anyValue,
		list: fc.array(anyValue, { maxLength: 3 }),
		none: fc.constant(null),
		'Max Calls': anyValue,
		when: fc.date({ noInvalidDate: true }),
		first: anyValue,
		binding: scalar,
	},
	{ requiredKeys: ['a', 'b'] },
);

/** Sets of expressions, from what people write to what hardly anybody does, with items to evaluate them for. */
export const cases: fc.Arbitrary<Case> = fc.record({
	// One path alone is evaluated another way than several.
	parameters: fc.oneof(
		{ weight: 3, arbitrary: parameters },
		path.map((code) => ({ name: `={{ ${code} }}`, calls: 1 })),
	),
	items: fc.array(item, { minLength: 1, maxLength: 3 }),
	paired: fc.boolean(),
}) as fc.Arbitrary<Case>;
