import type { Schema } from '../../scripts/generate/schemas/schema';

/** What in a value is not as its schema says, each with its path; empty for a value that is. */
export function violations(schema: Schema, value: unknown, path = '$'): string[] {
	const type = typeOf(value);
	if (value === null && schema.nullable) return [];
	const types = [schema.type].flat();
	if (!types.some((wanted) => wanted === type || (wanted === 'number' && type === 'integer'))) {
		return [`${path} is ${type}, not ${types.join(' or ')}`];
	}
	if (schema.enum && !schema.enum.includes(value as string)) {
		return [`${path} is ${JSON.stringify(value)}, not one of ${schema.enum.join(', ')}`];
	}
	if (Array.isArray(value)) {
		const { items } = schema;
		return items ? value.flatMap((item, at) => violations(items, item, `${path}[${at}]`)) : [];
	}
	if (type !== 'object') return [];
	const object = value as Record<string, unknown>;
	return [
		...(schema.required ?? [])
			.filter((name) => object[name] === undefined)
			.map((name) => `${path}.${name} is missing`),
		...Object.entries(schema.properties ?? {})
			.filter(([name]) => object[name] !== undefined)
			.flatMap(([name, property]) => violations(property, object[name], `${path}.${name}`)),
	];
}

function typeOf(value: unknown): string {
	if (value === null) return 'null';
	if (Array.isArray(value)) return 'array';
	return Number.isInteger(value) ? 'integer' : typeof value;
}
