import {
	TRUNK_GROUP_FIELDS,
	type FieldRule,
	type TrunkGroupField,
} from '../../../simulator/contract/trunkGroupFields';

/** What the public rules of values (interface) make of a raw value. */
export type Verdict =
	| { kind: 'absent' }
	| { kind: 'sent'; value: unknown }
	| { kind: 'refused' }
	/** The rules name no such value: it may be refused, or arrive exactly */
	| { kind: 'either'; value: unknown };

const REFUSED: Verdict = { kind: 'refused' };
const sent = (value: unknown): Verdict => ({ kind: 'sent', value });

/** A blank cell is none. */
export const isAbsent = (raw: unknown): boolean =>
	raw === undefined || raw === null || (typeof raw === 'string' && raw.trim() === '');

export const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

function integer({ min = -Infinity, max = Infinity }: FieldRule, raw: unknown): Verdict {
	const isText = typeof raw === 'string' && /^-?[0-9]+$/.test(raw.trim());
	const value = isText ? Number(raw) : raw;
	if (typeof value !== 'number' || !Number.isSafeInteger(value)) return REFUSED;
	return value >= min && value <= max ? sent(value + 0) : REFUSED;
}

function truth(raw: unknown): Verdict {
	if (typeof raw === 'boolean') return sent(raw);
	const word = typeof raw === 'string' ? raw.trim().toLowerCase() : '';
	return word === 'true' || word === 'false' ? sent(word === 'true') : REFUSED;
}

/** Digits that JavaScript holds exactly; a number that is written with an exponent has no decimal text of its own. */
function decimal(raw: number): string | undefined {
	if (!Number.isFinite(raw) || (Number.isInteger(raw) && !Number.isSafeInteger(raw))) {
		return undefined;
	}
	return /e/.test(String(raw)) ? undefined : String(raw + 0);
}

export function text(
	{ maxLength = Infinity, isName = false }: { maxLength?: number; isName?: boolean },
	raw: unknown,
): Verdict {
	const given = typeof raw === 'number' ? decimal(raw) : raw;
	if (typeof given !== 'string') return REFUSED;
	const value = given.trim();
	if (value === '' || [...value].length > maxLength) return REFUSED;
	if (isName && /[\p{Cc}\u200b\ufffd]| {2}/u.test(value)) return REFUSED;
	const isOdd = /[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\u2800\ufffd]/u.test(
		value.replaceAll(' ', ''),
	);
	return isOdd ? { kind: 'either', value } : sent(value);
}

/** Names and ids, in which nothing may stand that nobody can see. */
const NAMES = ['serviceProviderId', 'groupId', 'name', 'newName', 'pilotUserId'];

const ACTIONS = TRUNK_GROUP_FIELDS.filter(({ type, clearable }) => type === 'enum' && clearable);

/** JSON as it is, or refused where JSON could not carry it exactly. */
export function exactJson(raw: unknown, depth = 0): Verdict {
	if (depth > 40) return { kind: 'either', value: raw };
	if (raw === undefined || typeof raw === 'function') return REFUSED;
	if (typeof raw === 'number') {
		const isExact = Number.isFinite(raw) && (!Number.isInteger(raw) || Number.isSafeInteger(raw));
		return isExact ? sent(raw + 0) : REFUSED;
	}
	if (raw instanceof Date) return sent(JSON.parse(JSON.stringify(raw)));
	if (Array.isArray(raw)) {
		const parts = raw.map((element: unknown) => exactJson(element ?? null, depth + 1));
		return joined(parts, (values) => values);
	}
	if (!isObject(raw)) return sent(raw);
	const entries = Object.entries(raw).filter(([, value]) => value !== undefined);
	if (entries.some(([key]) => key === '__proto__')) return REFUSED;
	return joined(
		entries.map(([, value]) => exactJson(value, depth + 1)),
		(values) => Object.fromEntries(entries.map(([key], index) => [key, values[index]])),
	);
}

function joined(parts: Verdict[], build: (values: unknown[]) => unknown): Verdict {
	if (parts.some(({ kind }) => kind === 'refused')) return REFUSED;
	const value = build(parts.map((part) => ('value' in part ? part.value : null)));
	return parts.some(({ kind }) => kind === 'either') ? { kind: 'either', value } : sent(value);
}

/** The parts of an object field by their length: 'string 1..30' in the contract. */
function partOf(field: FieldRule, part: string, raw: unknown): Verdict {
	const rule = field.properties?.[part];
	if (typeof rule === 'object') {
		return rule.enumValues.includes(raw as string) ? sent(raw) : REFUSED;
	}
	const [, longest] = /\.\.(\d+)/.exec(rule ?? '') ?? [];
	return text({ maxLength: Number(longest ?? 30), isName: true }, raw);
}

/** An object that Payload gives whole. Named by its name alone, it is one of the own group. */
function reference(
	field: FieldRule,
	raw: unknown,
	group: { serviceProviderId: unknown; groupId: unknown },
): Verdict {
	const exact = exactJson(raw);
	if (!isObject(raw) || raw instanceof Date || !('value' in exact) || !isObject(exact.value)) {
		return REFUSED;
	}
	const value = { ...exact.value };
	const needed = field.name === 'accessDevice' ? 'deviceName' : 'name';
	if (isAbsent(value[needed])) return REFUSED;
	if (needed === 'name' && isAbsent(value.serviceProviderId) && isAbsent(value.groupId)) {
		value.serviceProviderId = group.serviceProviderId;
		value.groupId = group.groupId;
	}
	const parts = Object.keys(field.properties ?? {}).filter((part) => !isAbsent(value[part]));
	return joined(
		[exact, ...parts.map((part) => partOf(field, part, value[part]))],
		([, ...values]) => ({
			...value,
			...Object.fromEntries(parts.map((part, index) => [part, values[index]])),
		}),
	);
}

/** A list of text; one alone counts as a list. */
function texts(raw: unknown): Verdict {
	const list: unknown[] = Array.isArray(raw) ? raw : [raw];
	return joined(
		list.map((element) => text({}, element)),
		(values) => values,
	);
}

function users(raw: unknown): Verdict {
	const isList =
		Array.isArray(raw) &&
		raw.every(
			(user) =>
				isObject(user) && ['string', 'number'].includes(typeof user.userId) && user.userId !== '',
		);
	return isList ? exactJson(raw) : REFUSED;
}

/** Fields whose text has a format of its own, or is kept as it is: anything else may be refused. */
const FORMATTED = /Address$|^otg|dtg|identity|domain|userId|userName|hostName|prefix|password$/i;

const formatted = ({ name }: TrunkGroupField, verdict: Verdict): Verdict =>
	verdict.kind === 'sent' && FORMATTED.test(name) && !NAMES.includes(name)
		? { kind: 'either', value: verdict.value }
		: verdict;

function choice(field: TrunkGroupField, value: unknown): Verdict {
	if (value === 'None' && ACTIONS.includes(field)) return sent(null);
	return field.enumValues?.includes(value as string) ? sent(value) : REFUSED;
}

/** What becomes of a value that is given for a field and is not absent. */
export function verdictOf(
	field: TrunkGroupField,
	raw: unknown,
	group: { serviceProviderId: unknown; groupId: unknown },
): Verdict {
	switch (field.type) {
		case 'integer':
			return integer(field, raw);
		case 'boolean':
			return truth(raw);
		case 'enum':
			return choice(field, typeof raw === 'string' ? raw.trim() : raw);
		case 'string':
			// A masked password is refused where it would be written; Compare does not look at passwords.
			if (field.name === 'sipAuthenticationPassword' && raw === '***') {
				return { kind: 'either', value: raw };
			}
			return formatted(
				field,
				text({ maxLength: field.maxLength, isName: NAMES.includes(field.name) }, raw),
			);
		case 'object':
			return field.properties ? reference(field, raw, group) : exactJson(raw);
		case 'array':
			if (field.name === 'users') return users(raw);
			return field.name === 'hostedUserId' ? exactJson(raw) : texts(raw);
	}
}
