import { TRUNK_GROUP_FIELDS } from './catalogue';
import { isObject, type JsonValue } from './json';

export const MASK = '***';

const secretFields = new Set(
	TRUNK_GROUP_FIELDS.filter((field) => field.secret).map((field) => field.name),
);
const secretKey = (key: string): boolean => secretFields.has(key) || /password|token/i.test(key);

/** A copy with every secret value replaced, at any depth: what a preview or a message may show. */
export function mask(value: JsonValue): JsonValue {
	if (Array.isArray(value)) return value.map(mask);
	if (!isObject(value)) return value;
	const masked: Record<string, JsonValue> = {};
	for (const [key, element] of Object.entries(value)) {
		masked[key] = secretKey(key) && element !== null ? MASK : mask(element);
	}
	return masked;
}

/** A profile without what Odin should never have returned. */
export function withoutSecrets<T extends Record<string, unknown>>(profile: T): T {
	const kept = { ...profile };
	for (const name of secretFields) delete kept[name];
	return kept;
}

/** The ways in which a secret may stand in a foreign text: as it is, in JSON, in a URL, in HTML. */
function spellings(secret: string): string[] {
	const html = secret
		.replace(/&/g, '&amp;')
		.replace(/</g, '&lt;')
		.replace(/>/g, '&gt;')
		.replace(/"/g, '&quot;');
	return [
		secret,
		JSON.stringify(secret).slice(1, -1),
		encodeURIComponent(secret.replace(/\p{Cs}/gu, '')),
		html,
		html.replace(/'/g, '&#39;'),
	];
}

/** A foreign text (an answer of Odin, a network message) without the secrets that are known. */
export function scrub(text: string, secrets: Iterable<string>): string {
	const found = [...new Set([...secrets].filter(Boolean).flatMap(spellings))];
	// The longest first: a secret that contains another must not leave its rest behind.
	found.sort((one, other) => other.length - one.length);
	let scrubbed = text;
	for (const spelling of found) scrubbed = scrubbed.split(spelling).join(MASK);
	return scrubbed.replace(
		/("[^"]*(?:password|token)[^"]*"\s*:\s*)("(?:[^"\\]|\\.)*"|[^\s,}\]]+)/gi,
		`$1"${MASK}"`,
	);
}
