import type { BodyContract } from './bodyContract';
import type { FieldRule } from './field';

export type Body = Record<string, unknown>;

export function isObject(value: unknown): value is Body {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The conversions Odin was seen to make: odins_spear sends booleans as text, the portal's bulk wizard sends
 * everything but booleans as text. Null on create counts as not given. Returns a new body.
 */
export function convertBody(contract: BodyContract, body: Body): Body {
	const entries = Object.entries(body).filter(
		([, value]) => !(value === null && contract.operation === 'create'),
	);
	return Object.fromEntries(
		entries.map(([name, value]) => {
			const rule = contract.fields.get(name);
			return [name, rule ? convertValue(rule, value) : value];
		}),
	);
}

function convertValue(rule: FieldRule, value: unknown): unknown {
	if (rule.type === 'boolean') return value === 'true' || (value === 'false' ? false : value);
	if (rule.type === 'integer') return numberFromText(value);
	if (rule.type === 'string') return textFromNumber(value);
	if (rule.type === 'object' && isObject(value)) {
		return Object.fromEntries(
			Object.entries(value).map(([name, part]) => [name, textFromNumber(part)]),
		);
	}
	return value;
}

function numberFromText(value: unknown): unknown {
	return typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;
}

function textFromNumber(value: unknown): unknown {
	return typeof value === 'number' ? String(value) : value;
}
