import { DOCUMENTED_DEFAULTS } from '../../documentedDefaults';
import { trunkGroupFields } from '../../../nodes/Odin/resources/trunkGroup/fields';
import {
	REQUIRED_DEPENDENCIES,
	TRUNK_GROUP_FIELDS,
	type TrunkGroupField,
} from '../../../simulator/contract/trunkGroupFields';
import {
	contractField,
	exactJson,
	isAbsent,
	isObject,
	text,
	verdictOf,
	type Verdict,
} from './valueRules';

type Json = Record<string, unknown>;

export type Write = 'create' | 'update' | 'compare';

/** One item: its form entries by name, and its Payload. */
export interface Given {
	entries: Json;
	payload: Json;
}

/** What the public rules say about an item. */
export interface AskedFor {
	/** The values by field that are to be sent; null clears */
	fields: Json;
	/** Labels of what must be refused */
	refused: string[];
	/** Labels of fields that are to be cleared and that BroadWorks does not clear */
	unclearable: string[];
	/** Labels of what may be refused, or sent as it is */
	mayBeRefused: string[];
}

/** The label of an entry of the form. */
export type LabelOf = (entry: string) => string;

const KEY = ['serviceProviderId', 'groupId', 'name'];

const isLegacy = ({ deprecated }: TrunkGroupField & { deprecated?: boolean }): boolean =>
	deprecated === true;

const isTakenOn = (field: TrunkGroupField, write: Write): boolean =>
	write === 'compare' || isLegacy(field) || (field.writeOn?.includes(write) ?? false);

/** Object fields and the form entries that they are built from: the one that must be there, and the other. */
const COMPOSED: ReadonlyArray<{ field: string; needed: string; longest: number; other?: string }> =
	[
		{ field: 'accessDevice', needed: 'deviceName', longest: 40, other: 'deviceLevel' },
		{ field: 'department', needed: 'departmentName', longest: 50 },
		...['capacityExceeded', 'callForwardingAlways', 'unreachableDestination'].map((section) => ({
			field: `${section}RerouteTrunkGroupKey`,
			needed: `${section}RerouteTrunkGroupName`,
			longest: 30,
			other: `${section}RerouteTrunkGroupGroupId`,
		})),
	];

const LEVELS = ['System', 'Service Provider', 'Group'];

const level = (raw: unknown): Verdict =>
	LEVELS.includes(raw as string) ? { kind: 'sent', value: raw } : { kind: 'refused' };

/** Entries of the form that are parts of a field, with the field. */
export const PARTS = new Map(
	COMPOSED.flatMap(({ field, needed, other }) =>
		[needed, other].flatMap((entry) => (entry === undefined ? [] : [[entry, field] as const])),
	),
);

export function askedFor(write: Write, { entries, payload }: Given, labelOf: LabelOf): AskedFor {
	const asked: AskedFor = { fields: {}, refused: [], unclearable: [], mayBeRefused: [] };
	const key = keyOf(entries, asked, labelOf);
	const take = (name: string, label: string, verdict: Verdict) => {
		if (verdict.kind === 'refused') asked.refused.push(label);
		if (verdict.kind === 'either') asked.mayBeRefused.push(label);
		if ('value' in verdict) asked.fields[name] = verdict.value;
	};
	for (const [name, raw] of Object.entries(payload)) {
		if (isNotGiven(raw) || (raw === null && write !== 'update')) continue;
		const field = TRUNK_GROUP_FIELDS.find((candidate) => candidate.name === name);
		if (field) takePayloadField(field, raw);
		else if (name === '__proto__') asked.refused.push(name);
		else take(name, name === '' ? 'Payload' : name, exactJson(raw));
	}
	for (const [name, raw] of Object.entries(entries)) {
		if (KEY.includes(name) || PARTS.has(name) || isAbsent(raw)) continue;
		if (Array.isArray(raw) && raw.length === 0 && contractField(name).type === 'array') continue;
		take(name, labelOf(name), verdictOf(contractField(name), raw, key));
	}
	for (const { field, needed, longest, other } of COMPOSED) {
		if (isAbsent(entries[needed])) continue;
		const name = text({ maxLength: longest, isName: true }, entries[needed]);
		const given = other === undefined ? undefined : entries[other];
		const otherVerdict: Verdict = isAbsent(given)
			? { kind: 'sent', value: other === 'deviceLevel' ? 'Group' : key.groupId }
			: other === 'deviceLevel'
				? level(given)
				: text({ maxLength: 30, isName: true }, given);
		take(`${field} `, labelOf(needed), name);
		if (other !== undefined) take(`${field}  `, labelOf(other), otherVerdict);
		delete asked.fields[`${field} `];
		delete asked.fields[`${field}  `];
		if (!('value' in name) || !('value' in otherVerdict)) continue;
		asked.fields[field] =
			other === 'deviceLevel'
				? { deviceName: name.value, deviceLevel: otherVerdict.value }
				: {
						serviceProviderId: key.serviceProviderId,
						groupId: otherVerdict.value,
						name: name.value,
					};
	}
	Object.assign(asked.fields, key);
	return asked;

	function takePayloadField(field: TrunkGroupField, raw: unknown): void {
		const { name } = field;
		const { label } = trunkGroupFields.get(name);
		// The parameters alone decide which trunk group it is.
		if (KEY.includes(name)) return;
		if (!isTakenOn(field, 'create') && !isTakenOn(field, 'update')) return;
		const verdict: Verdict =
			raw === null ? { kind: 'sent', value: null } : verdictOf(field, raw, key);
		if (verdict.kind === 'refused') {
			asked.refused.push(label);
		} else if (!isTakenOn(field, write)) {
			const isStoredAnyway =
				write === 'create' &&
				'value' in verdict &&
				(verdict.value === null || verdict.value === field.valueAfterSeedPost);
			if (!isStoredAnyway) asked.refused.push(label);
		} else if ('value' in verdict && verdict.value === null) {
			if (write === 'create') return;
			if (field.clearable || write === 'compare') asked.fields[name] = null;
			else asked.unclearable.push(label);
		} else {
			take(name, label, verdict);
		}
	}
}

/** Blank text, and an object in which nothing is given. */
const isNotGiven = (raw: unknown): boolean =>
	raw !== null &&
	(isAbsent(raw) ||
		(isObject(raw) &&
			!(raw instanceof Date) &&
			Object.values(raw).every((part) => isAbsent(part))));

/** Service provider, group and name, which the parameters alone tell. */
function keyOf(
	entries: Json,
	asked: AskedFor,
	labelOf: LabelOf,
): { serviceProviderId: unknown; groupId: unknown; name: unknown } {
	const [serviceProviderId, groupId, name] = KEY.map((part) => {
		const raw = entries[part];
		const verdict: Verdict = isAbsent(raw)
			? { kind: 'refused' }
			: text({ maxLength: 30, isName: true }, raw);
		if (verdict.kind === 'refused') asked.refused.push(labelOf(part));
		if (verdict.kind === 'either') asked.mayBeRefused.push(labelOf(part));
		return 'value' in verdict ? verdict.value : '';
	});
	return { serviceProviderId, groupId, name };
}

/** Fields that another one demands and that are not given. `isThere` tells of a field whether it has a value. */
export function demanded(
	asked: AskedFor,
	isThere: (field: string) => boolean,
): Array<{ field: string; label: string }> {
	return REQUIRED_DEPENDENCIES.filter(
		({ field, when }) => asked.fields[when.field] === when.equals && !isThere(field),
	).map(({ field }) => ({ field, label: trunkGroupFields.get(field).label }));
}

/** The body of a create: key, documented defaults, and what was given. */
export function createBody({ fields }: AskedFor): Json {
	const given = Object.entries(fields).filter(([, value]) => value !== null);
	return { ...DOCUMENTED_DEFAULTS, ...Object.fromEntries(given) };
}
