/** The part of JSON schema that n8n reads: its editor takes the first type of a list and does not know anyOf. */
export interface Schema {
	type: SchemaType | SchemaType[];
	enum?: readonly string[];
	properties?: Record<string, Schema>;
	/** Keys that are always there */
	required?: string[];
	items?: Schema;
	/** null besides the type. In the list of types it would cost the editor the properties of an object. */
	nullable?: true;
}

type SchemaType = 'string' | 'number' | 'integer' | 'boolean' | 'object' | 'array' | 'null';

export type Properties = Record<string, Schema>;

/** Odin turns text of digits into numbers (seen in its documented answers). */
export const text: Schema = { type: ['string', 'number'] };

export const ownText: Schema = { type: 'string' };

export const integer: Schema = { type: 'integer' };

export const boolean: Schema = { type: 'boolean' };

export const anything: Schema = {
	type: ['string', 'number', 'boolean', 'object', 'array', 'null'],
};

export const choice = (...choices: readonly string[]): Schema => ({
	type: 'string',
	enum: choices,
});

export const list = (items: Schema): Schema => ({ type: 'array', items });

export function object(properties: Properties, required: readonly string[] = []): Schema {
	return {
		type: 'object',
		properties,
		...(required.length > 0 && { required: [...required] }),
	};
}

/** An object with these keys always there. */
export const complete = (properties: Properties): Schema =>
	object(properties, Object.keys(properties));

export const orNull = (schema: Schema): Schema =>
	schema.type === 'object'
		? { ...schema, nullable: true }
		: { ...schema, type: [schema.type, 'null' as const].flat() };
