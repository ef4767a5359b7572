import type { FieldRule, Operation } from './field';

export type JsonSchema = Record<string, unknown>;

/** What a body may contain, as one JSON schema for each of the two ways of reading it. */
export interface BodyContract {
	operation: Operation;
	fields: ReadonlyMap<string, FieldRule>;
	tolerant: JsonSchema;
	strict: JsonSchema;
}

interface BodyDescription {
	operation: Operation;
	fields: readonly FieldRule[];
	required: readonly string[];
	/** Demanded by a strict reader on top. */
	requiredStrictly?: readonly string[];
	/** Keys that are accepted and have no effect, such as read-only fields. */
	ignored?: readonly string[];
	/** Whether a strict reader too accepts unknown keys: the call is only partly documented. */
	open?: boolean;
}

export function bodyContract(description: BodyDescription): BodyContract {
	const { operation, fields, required, requiredStrictly = [], ignored = [] } = description;
	const ignoredSchemas = ignored.map((name) => [name, {}]);
	const schema = (strict: boolean): JsonSchema => ({
		type: 'object',
		required: strict ? [...new Set([...required, ...requiredStrictly])] : [...required],
		properties: Object.fromEntries([
			...ignoredSchemas,
			...fields.map((field) => [field.name, fieldSchema(field, operation, strict)]),
		]),
		additionalProperties: !strict || description.open === true,
	});
	return {
		operation,
		fields: new Map(fields.map((field) => [field.name, field])),
		tolerant: schema(false),
		strict: schema(true),
	};
}

function fieldSchema(field: FieldRule, operation: Operation, strict: boolean): JsonSchema {
	const schema = valueSchema(field, strict);
	if (operation === 'create' || !field.clearable) return schema;
	return {
		...schema,
		nullable: true,
		...(field.enumValues ? { enum: [...field.enumValues, null] } : {}),
	};
}

function valueSchema(field: FieldRule, strict: boolean): JsonSchema {
	switch (field.type) {
		case 'boolean':
			return { type: 'boolean' };
		case 'integer':
			return { type: 'integer', ...bound('minimum', field.min), ...bound('maximum', field.max) };
		case 'enum':
			return { type: 'string', enum: field.enumValues };
		case 'string':
			return {
				...textSchema(field.minLength, field.maxLength),
				...bound('pattern', field.pattern),
			};
		case 'object':
			return objectSchema(field, strict);
		case 'array':
			return { type: 'array', items: entrySchema(field) };
	}
}

function objectSchema(field: FieldRule, strict: boolean): JsonSchema {
	if (!field.properties) return { type: 'object' };
	const properties = Object.entries(field.properties).map(([name, rule]) => [
		name,
		typeof rule === 'string' ? describedText(rule) : { type: 'string', enum: rule.enumValues },
	]);
	return {
		type: 'object',
		properties: Object.fromEntries(properties),
		required: requiredProperties(field),
		additionalProperties: !strict,
	};
}

// The contract says in words which part of an object may be missing.
function requiredProperties(field: FieldRule): string[] {
	return Object.entries(field.properties ?? {})
		.filter(([, rule]) => typeof rule !== 'string' || !/\((absent|ignored)/.test(rule))
		.map(([name]) => name);
}

function entrySchema(field: FieldRule): JsonSchema {
	if (!field.items) return {};
	const properties = Object.entries(field.items).map(([name, rule]) => [name, describedText(rule)]);
	return {
		type: 'object',
		properties: Object.fromEntries(properties),
		required: Object.keys(field.items),
	};
}

/** 'string 1..30' as a schema; 'string' alone wants one character at least. */
function describedText(description: string): JsonSchema {
	const range = /^string (\d+)\.\.(\d+)/.exec(description);
	return range ? textSchema(Number(range[1]), Number(range[2])) : textSchema(1);
}

function textSchema(minLength?: number, maxLength?: number): JsonSchema {
	return { type: 'string', ...bound('minLength', minLength), ...bound('maxLength', maxLength) };
}

function bound(keyword: string, value: number | string | undefined): JsonSchema {
	return value === undefined ? {} : { [keyword]: value };
}
