import { isSafeObjectProperty, type INodeExecutionData } from 'n8n-workflow';
import { isObject } from '../values/json';

/** A key or the name of a node in quotes, without the characters that mean something to n8n's expression syntax. */
const QUOTED = String.raw`(?:"[^"'\\{}(\n\r]*"|'[^"'\\{}(\n\r]*')`;

/**
 * An expression that does nothing but follow a path in the data of one item, such as `={{ $json.body["Max Calls"] }}`.
 * It changes nothing, calls nothing, and means the same wherever it stands.
 */
const PATH = new RegExp(
	String.raw`^=\{\{\s*((?:\$json|\$input\.item\.json|\$\(${QUOTED}\)\.item\.json)` +
		String.raw`(?:\??\.[A-Za-z_]\w*|\[\d+\]|\[${QUOTED}\])*)\s*\}\}$`,
);

/** The data of the item that the expression is evaluated for */
const OWN_ITEM = /^(?:\$json|\$input\.item\.json)(?![A-Za-z_])/;

const KEYS = new RegExp(String.raw`\??\.([A-Za-z_]\w*)|\[(\d+)\]|\[["']([^"']*)["']\]`, 'g');

/** The keys that lead from an item's data to the value; undefined for a path in other data, or one that n8n refuses. */
function keysIn(path: string): string[] | undefined {
	const root = OWN_ITEM.exec(path)?.[0];
	if (root === undefined) return undefined;
	const keys = [...path.slice(root.length).matchAll(KEYS)].map(
		([, name, index, quoted]) => name ?? index ?? quoted ?? '',
	);
	return keys.every(isSafeObjectProperty) ? keys : undefined;
}

/** Where it is a plain value, or nothing, n8n gives the same; undefined for whatever else is there. */
function plainValueAt(data: unknown, keys: string[]): { value: unknown } | undefined {
	let value = data;
	for (const [index, key] of keys.entries()) {
		if (typeof value !== 'object' || value === null) return undefined;
		if (Object.hasOwn(value, key)) value = (value as Record<string, unknown>)[key];
		else if (index < keys.length - 1 || key in value || key in Object.prototype) return undefined;
		else return { value: undefined };
	}
	return Object(value) === value || keys.length === 0 ? undefined : { value };
}

const isExpression = (value: unknown): value is string =>
	typeof value === 'string' && value.startsWith('=');

/** Every expression in a parameter of the node, in lists and objects too. */
export function expressionsIn(raw: unknown): string[] {
	if (isExpression(raw)) return [raw];
	return typeof raw === 'object' && raw !== null ? Object.values(raw).flatMap(expressionsIn) : [];
}

/** One expression that gives the values of several paths as a list, with `{}` for what it can't give. */
const joinedText = (paths: string[]): string =>
	`{{ [${paths.map((path) => `() => ${path}`).join(', ')}].map((read) => { ` +
	'try { const value = read(); return Object(value) === value ? {} : value; } ' +
	'catch { return {}; } }) }}';

/** What of n8n's context paths are followed with. */
export interface ExpressionContext {
	evaluateExpression(expression: string, itemIndex: number): unknown;
	getWorkflowDataProxy(itemIndex: number): object;
}

/**
 * The paths that the node's parameters follow. Those in the item itself are followed there. All others are evaluated
 * together once an item: most of what an evaluation costs is paid once an evaluation, whatever it evaluates. Only plain
 * values are taken. Whatever else an expression gives, an object, a list or an exception, is left to n8n's own reading,
 * which this must be equal to.
 */
export class PathExpressions {
	/** Where those in the item lead, by the text of the expression */
	private readonly inItem = new Map<string, string[]>();

	/** The paths of the others, by the text of the expression */
	private readonly elsewhere = new Map<string, string>();

	/** What `$json` is read from; nothing where n8n does not tell */
	private readonly items: INodeExecutionData[];

	private joined: string | undefined;

	constructor(
		private readonly context: ExpressionContext,
		private readonly parameters: Record<string, unknown>,
	) {
		this.items = itemsOf(context);
		for (const raw of Object.values(parameters)) {
			const expressions = expressionsIn(raw);
			const matches = expressions.map((text) => PATH.exec(text)?.[1]);
			// A parameter is taken whole or not at all, so one that holds anything else is no use here.
			if (matches.includes(undefined)) continue;
			expressions.forEach((text, index) => this.add(text, matches[index]!));
		}
		const [first, ...more] = this.elsewhere.values();
		if (first === undefined) return;
		// One alone is worth it too: n8n's own reading also looks its parameter up among the hundreds of the form.
		this.joined = more.length === 0 ? `{{ ${first} }}` : joinedText([first, ...more]);
	}

	private add(text: string, path: string): void {
		const keys = this.items.length > 0 ? keysIn(path) : undefined;
		if (keys) this.inItem.set(text, keys);
		else this.elsewhere.set(text, path);
	}

	/** The values of one item by the text of their expression. */
	valuesOf(itemIndex: number): ReadonlyMap<string, unknown> {
		const values = new Map<string, unknown>();
		const data = this.items[itemIndex]?.json;
		for (const [text, keys] of this.inItem) {
			const read = plainValueAt(data, keys);
			if (read) values.set(text, read.value);
		}
		this.evaluated(itemIndex).forEach((value, index) => {
			if (Object(value) !== value) values.set([...this.elsewhere.keys()][index]!, value);
		});
		return values;
	}

	private evaluated(itemIndex: number): unknown[] {
		if (this.joined === undefined) return [];
		let list: unknown;
		try {
			const given: unknown = this.context.evaluateExpression(this.joined, itemIndex);
			list = this.elsewhere.size === 1 ? [given] : given;
		} catch {
			// n8n's own reading says what is wrong, if anything is.
		}
		if (Array.isArray(list)) return list;
		this.joined = undefined;
		return [];
	}

	/** The parameter with the values in the places of their expressions; undefined where one is missing. */
	fill(name: string, values: ReadonlyMap<string, unknown>): { value: unknown } | undefined {
		const raw = this.parameters[name];
		return expressionsIn(raw).every((text) => values.has(text))
			? { value: filled(raw, values) }
			: undefined;
	}
}

/** Not the node's input: as a tool of an agent it reads the data of the agent. */
function itemsOf(context: ExpressionContext): INodeExecutionData[] {
	try {
		const { $input } = context.getWorkflowDataProxy(0) as {
			$input: { all(): INodeExecutionData[] };
		};
		return $input.all();
	} catch {
		return [];
	}
}

function filled(raw: unknown, values: ReadonlyMap<string, unknown>): unknown {
	if (isExpression(raw)) return values.get(raw);
	if (Array.isArray(raw)) return raw.map((element) => filled(element, values));
	if (!isObject(raw)) return raw;
	return Object.fromEntries(
		Object.entries(raw).map(([key, element]) => [key, filled(element, values)]),
	);
}
