import type { INode, INodeExecutionData } from 'n8n-workflow';
import type { Issue } from '../values/issues';
import { isObject } from '../values/json';
import { convertValue, isAbsent } from '../model/convert';
import type { ValueRule } from '../model/field';
import { expressionsIn, PathExpressions, type ExpressionContext } from './pathExpressions';

/** What a parameter must satisfy, and the label that messages name it by. */
export interface ParameterRule extends ValueRule {
	name: string;
	label: string;
}

/**
 * Switches that hold something back. One that an expression leaves empty would not: it is refused, while any other
 * stands at its default then.
 */
const GUARDS: ReadonlySet<string> = new Set([
	'checkCapacity',
	'previewOnly',
	'raiseOnly',
	'requirePlanId',
]);

/** What was read of one item. */
interface ItemValues {
	itemIndex: number;
	/** By the text of the expression */
	expressions: ReadonlyMap<string, unknown>;
	/** By the name of the parameter */
	parameters: Map<string, unknown>;
}

/** A row of named values that fields are read from. */
export interface MappedRow {
	/** It is the incoming item itself */
	isAutomatic: boolean;
	row: Record<string, unknown>;
}

const mappedValues = (mapper: string): string => `${mapper}.value`;

/** What of n8n's context parameters are read with. */
export interface ParameterContext extends ExpressionContext {
	getNode(): Pick<INode, 'parameters'>;
	getNodeParameter(
		name: string,
		itemIndex: number,
		byDefault: unknown,
		options: { skipValidation: boolean },
	): unknown;
	getInputData(): INodeExecutionData[];
}

/** The parameters of the node for all items. One without an expression is read once, any other once an item. */
export class ParameterSource {
	private readonly raw: Record<string, unknown>;

	private readonly expressions = new Map<string, boolean>();

	private readonly constants = new Map<string, unknown>();

	private readonly paths: PathExpressions;

	/** What is known of the item that was read last. */
	private item: ItemValues | undefined;

	private readonly mappers = new Map<string, Record<string, unknown>>();

	constructor(private readonly context: ParameterContext) {
		this.raw = { ...context.getNode().parameters };
		for (const [name, value] of Object.entries(this.raw)) {
			if (!isObject(value) || !('mappingMode' in value)) continue;
			// Beside its values a mapper holds the description of every field, which is nothing to look through for each item.
			this.mappers.set(name, value);
			delete this.raw[name];
			this.raw[mappedValues(name)] = value.value;
		}
		this.paths = new PathExpressions(context, this.raw);
	}

	private readonly common = new Map<string, object>();

	shared<Shared extends object>(make: () => Shared, what: string): Shared {
		const shared = (this.common.get(what) as Shared | undefined) ?? make();
		this.common.set(what, shared);
		return shared;
	}

	isExpression(name: string): boolean {
		let known = this.expressions.get(name);
		if (known === undefined) {
			known = expressionsIn(this.raw[name]).length > 0;
			this.expressions.set(name, known);
		}
		return known;
	}

	/** The value for an item, or null for a parameter that is not shown. It belongs to all who ask: not to be changed. */
	read(name: string, itemIndex: number): unknown {
		const values = this.isExpression(name) ? this.ofItem(itemIndex).parameters : this.constants;
		if (!values.has(name)) values.set(name, this.evaluate(name, itemIndex));
		return values.get(name);
	}

	/** What a resource mapper gives for an item. */
	mapped(name: string, itemIndex: number): MappedRow {
		if (this.mappers.get(name)?.mappingMode === 'autoMapInputData') {
			return { isAutomatic: true, row: this.context.getInputData()[itemIndex]!.json };
		}
		const row = this.read(mappedValues(name), itemIndex);
		return { isAutomatic: false, row: isObject(row) ? row : {} };
	}

	private evaluate(name: string, itemIndex: number): unknown {
		const filled =
			this.isExpression(name) && this.paths.fill(name, this.ofItem(itemIndex).expressions);
		if (filled) return filled.value;
		// n8n's own conversion of mapped values makes 0 of an empty cell.
		return this.context.getNodeParameter(name, itemIndex, null, { skipValidation: true });
	}

	private ofItem(itemIndex: number): ItemValues {
		if (this.item?.itemIndex !== itemIndex) {
			this.item = {
				itemIndex,
				expressions: this.paths.valuesOf(itemIndex),
				parameters: new Map(),
			};
		}
		return this.item;
	}
}

/** The parameters of one item. What can't be used is collected in `issues`. */
export class ItemParameters {
	readonly issues: Issue[] = [];

	constructor(
		private readonly source: ParameterSource,
		readonly itemIndex: number,
	) {}

	read(name: string): unknown {
		return this.source.read(name, this.itemIndex);
	}

	/** What all items of the batch share; made by the first that asks. One thing of each name. */
	shared<Shared extends object>(make: () => Shared, what = ''): Shared {
		return this.source.shared(make, what);
	}

	/** The entries of a collection, locators among them by what they point at; empty for one that is not there. */
	collection(name: string): Record<string, unknown> {
		const value = this.read(name);
		if (!isObject(value)) return {};
		return Object.fromEntries(
			Object.entries(value).map(([entry, given]) => [entry, locatorValue(given)]),
		);
	}

	/** What a resource mapper gives: the incoming item where it maps automatically, else what is mapped by hand. */
	mapped(name: string): MappedRow {
		return this.source.mapped(name, this.itemIndex);
	}

	/** Whether a parameter stands at its default because nobody touched it: not an expression that gave this value. */
	isDefaultUntouched(name: string, byDefault: unknown): boolean {
		return !this.source.isExpression(name) && this.read(name) === byDefault;
	}

	/** A switch, or its default where it is left empty; off when it can't be used. */
	flag(name: string, label: string, raw: unknown, byDefault = false): boolean {
		const isLeftEmpty = isAbsent(raw) && this.source.isExpression(name);
		return this.switched({ name, label, isLeftEmpty }, raw, byDefault);
	}

	/** A switch among the options; off when not added. */
	optionFlag(name: string, label: string): boolean {
		const options = this.collection('options');
		const isLeftEmpty = name in options && isAbsent(options[name]);
		return this.switched({ name, label, isLeftEmpty }, options[name], false);
	}

	private switched(
		{ name, label, isLeftEmpty }: { name: string; label: string; isLeftEmpty: boolean },
		raw: unknown,
		byDefault: boolean,
	): boolean {
		if (isLeftEmpty && GUARDS.has(name)) {
			this.issues.push({
				label,
				reason: 'takes true or false, but its expression returns nothing',
			});
			return true;
		}
		if (isAbsent(raw)) return byDefault;
		return this.given({ name, label, type: 'boolean' }, raw) === true;
	}

	/** Refuses the item for a reason that no single parameter has. */
	refuse(reason: string): void {
		this.issues.push({ label: '', reason });
	}

	/** The value of a resource locator, given as locator object or as plain text. */
	locator(name: string): unknown {
		return locatorValue(this.read(name));
	}

	/** A value that must be there. */
	needed(rule: ParameterRule, raw: unknown): string {
		if (isAbsent(raw)) {
			this.issues.push({ label: rule.label, reason: 'is needed' });
			return '';
		}
		return String(this.given(rule, raw) ?? '');
	}

	/** A value that may be left empty; undefined then, and when it can't be used. */
	given(rule: ParameterRule, raw: unknown): string | number | boolean | undefined {
		if (isAbsent(raw)) return undefined;
		const converted = convertValue(rule, raw);
		if ('refused' in converted) {
			this.issues.push({ label: rule.label, reason: converted.refused });
			return undefined;
		}
		return converted.value as string | number | boolean;
	}

	/** An entry of Options, or its default. */
	option<Value extends string | number | boolean>(rule: ParameterRule, byDefault: Value): Value {
		return (this.given(rule, this.collection('options')[rule.name]) ?? byDefault) as Value;
	}
}

const LOCATOR_MODES: readonly unknown[] = ['list', 'id', 'name'];

/**
 * What a resource locator points at; plain text points at itself. Any other object is no locator, such as the pair of a
 * value and its display value that some programs give.
 */
export const locatorValue = (value: unknown): unknown =>
	isObject(value) && 'value' in value && LOCATOR_MODES.includes(value.mode) ? value.value : value;
