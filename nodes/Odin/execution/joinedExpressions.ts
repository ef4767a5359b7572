import type { IExecuteFunctions } from 'n8n-workflow';
import { isObject } from '../values/json';

/** A key or the name of a node in quotes, without the characters that mean something to n8n's expression syntax. */
const QUOTED = String.raw`(?:"[^"'\\{}(\n\r]*"|'[^"'\\{}(\n\r]*')`;

/**
 * An expression that does nothing but follow a path in the data of one item, such as `={{ $json.body["Max Calls"] }}`.
 * Only these are joined: they change nothing, call nothing, and mean the same wherever they stand.
 */
const PATH = new RegExp(
	String.raw`^=\{\{\s*((?:\$json|\$input\.item\.json|\$\(${QUOTED}\)\.item\.json)` +
		String.raw`(?:\??\.[A-Za-z_]\w*|\[\d+\]|\[${QUOTED}\])*)\s*\}\}$`,
);

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

/**
 * The paths that the node's parameters follow, evaluated together once an item: most of what an evaluation costs is
 * paid once an evaluation, whatever it evaluates. Only plain values are taken from it. Whatever else an expression
 * gives, an object, a list or an exception, is left to n8n's own reading, which this must be equal to.
 */
export class JoinedExpressions {
	private readonly paths = new Map<string, string>();

	private joined: string | undefined;

	constructor(
		private readonly context: IExecuteFunctions,
		private readonly parameters: Record<string, unknown>,
	) {
		for (const raw of Object.values(parameters)) {
			const expressions = expressionsIn(raw);
			const matches = expressions.map((text) => PATH.exec(text)?.[1]);
			// A parameter is taken whole or not at all, so one that holds anything else is no use here.
			if (matches.includes(undefined)) continue;
			expressions.forEach((text, index) => this.paths.set(text, matches[index]!));
		}
		const [path, ...more] = this.paths.values();
		if (path === undefined) return;
		// One alone is worth it too: n8n's own reading also looks its parameter up among the hundreds of the form.
		this.joined = more.length === 0 ? `{{ ${path} }}` : joinedText([path, ...more]);
	}

	/** The values of one item by the text of their expression. */
	evaluate(itemIndex: number): ReadonlyMap<string, unknown> {
		const values = new Map<string, unknown>();
		if (this.joined === undefined) return values;
		let list: unknown;
		try {
			const given: unknown = this.context.evaluateExpression(this.joined, itemIndex);
			list = this.paths.size === 1 ? [given] : given;
		} catch {
			// n8n's own reading says what is wrong, if anything is.
		}
		if (!Array.isArray(list)) {
			this.joined = undefined;
			return values;
		}
		[...this.paths.keys()].forEach((text, index) => {
			const value: unknown = list[index];
			if (Object(value) !== value) values.set(text, value);
		});
		return values;
	}

	/** The parameter with the values in the places of their expressions; undefined where one is missing. */
	fill(name: string, values: ReadonlyMap<string, unknown>): { value: unknown } | undefined {
		const raw = this.parameters[name];
		return expressionsIn(raw).every((text) => values.has(text))
			? { value: filled(raw, values) }
			: undefined;
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
