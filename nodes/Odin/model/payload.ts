import { MASK, secretsIn } from '../secrets/redact';
import type { Issue } from '../values/issues';
import { isObject, type JsonValue } from '../values/json';
import { isAbsent, trimmed } from '../values/text';
import { shown } from './convert';
import type { DesiredFields } from './desired';
import type { ResourceModel } from './resourceModel';

/** Where the text breaks. The parser's own message also quotes the text, and with it perhaps a password. */
function positionIn(error: unknown): string {
	const [, position] = /position (\d+)/.exec((error as Error).message) ?? [];
	return position === undefined ? '' : ` (at character ${position})`;
}

export type Payload = { keys: Record<string, unknown> } | { refused: string };

/** Payload comes as a JSON text or, from an expression, as an object. */
export function parsePayload(raw: unknown): Payload {
	if (isAbsent(raw)) return { keys: {} };
	let parsed: unknown = raw;
	if (typeof raw === 'string') {
		try {
			parsed = JSON.parse(trimmed(raw));
		} catch (error) {
			return { refused: `takes a JSON object, and this text is not JSON${positionIn(error)}` };
		}
	}
	// A date of an expression is an object too, without any key.
	if (isObject(parsed) && typeof parsed.toJSON === 'function') parsed = parsed.toJSON();
	return isObject(parsed)
		? { keys: parsed }
		: // A text is not shown: a password may be inside.
			{
				refused: `takes a JSON object, not ${typeof parsed === 'string' ? 'a text' : shown(parsed)}`,
			};
}

/** Secrets that were masked, as in the request of a preview: Odin would take the mask for the secret. */
export function hiddenSecrets(
	model: ResourceModel,
	{ fields, unknownKeys }: DesiredFields,
): Issue[] {
	const reason = `shows a hidden password ("${MASK}"), not a password`;
	const isHidden = (name: string, value: JsonValue) => secretsIn({ [name]: value }).includes(MASK);
	const issues: Issue[] = [];
	for (const [name, { value, from }] of fields) {
		if (!isHidden(name, value)) continue;
		const { label } = model.fields.get(name);
		issues.push({ label, reason, ...(from === 'payload' && { inPayload: true }) });
	}
	for (const [name, value] of unknownKeys) {
		if (isHidden(name, value)) issues.push({ label: name, reason, inPayload: true });
	}
	return issues;
}
