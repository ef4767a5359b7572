import { type BodyContract, bodyContract } from './bodyContract';
import { type Body, isObject } from './convertBody';
import department from './department.json';
import departmentFields from './department-fields.json';
import device from './device.json';
import deviceFields from './device-fields.json';
import enterpriseTrunk from './enterprise-trunk.json';
import enterpriseTrunkFields from './enterprise-trunk-fields.json';
import { type Field, isWritableOn, type Operation, storedParts, valueWhenOmitted } from './field';
import trunkGroup from './trunk-group.json';
import { TRUNK_GROUP_FIELDS } from './trunkGroupFields';
import user from './user.json';
import userFields from './user-fields.json';

/** A resource as its two contract files describe it. */
export interface ResourceContract {
	/** As refusals name it, e.g. 'Access Device' */
	noun: string;
	path: string;
	/** What names one record in a query or a body, its own name last. */
	key: readonly string[];
	/** The key of a body that renames. */
	rename?: string;
	/** Whether a strict reader too takes unknown keys. */
	partlyDocumented: boolean;
	/** Every key a profile can have, in the order Odin answers them. */
	profile: readonly string[];
	fields: readonly Field[];
	/** The values of a new record where nothing was sent. */
	defaults: Readonly<Body>;
}

function contractOf(resource: object, allFields: unknown): ResourceContract {
	const contract = { ...resource, fields: allFields, defaults: {} } as ResourceContract;
	const stored = contract.fields.filter((field) => isStored(contract, field));
	const filled = stored.map((field) => [field.name, valueWhenOmitted(field)] as const);
	const defaults = Object.fromEntries(filled.filter(([, value]) => value !== undefined));
	return { ...contract, defaults };
}

export const TRUNK_GROUP = contractOf(trunkGroup, TRUNK_GROUP_FIELDS);
export const DEPARTMENT = contractOf(department, departmentFields);
export const DEVICE = contractOf(device, deviceFields);
export const ENTERPRISE_TRUNK = contractOf(enterpriseTrunk, enterpriseTrunkFields);
export const USER = contractOf(user, userFields);

/** The contract of the same resource on another level, where other keys name a record. */
export function atPlace(
	contract: ResourceContract,
	place: Pick<ResourceContract, 'path' | 'key'>,
): ResourceContract {
	const isOfPlace = ({ name }: Field) =>
		place.key.includes(name) || !['serviceProviderId', 'groupId'].includes(name);
	return { ...contract, ...place, fields: contract.fields.filter(isOfPlace) };
}

const names = (fields: readonly Field[]): string[] => fields.map(({ name }) => name);

/** The bodies of POST and PUT. */
export function bodiesOf({ fields, profile, partlyDocumented }: ResourceContract): {
	create: BodyContract;
	update: BodyContract;
} {
	const forCreate = fields.filter((field) => isWritableOn(field, 'create'));
	const forUpdate = fields.filter((field) => isWritableOn(field, 'update'));
	return {
		create: bodyContract({
			operation: 'create',
			fields: forCreate,
			required: names(fields.filter(({ requiredOnCreate }) => requiredOnCreate)),
			requiredStrictly: names(fields.filter(({ sendOnCreate }) => sendOnCreate === 'always')),
			open: partlyDocumented,
		}),
		update: bodyContract({
			operation: 'update',
			fields: forUpdate,
			required: names(fields.filter(({ requiredOnUpdate }) => requiredOnUpdate)),
			// The portal sends the whole profile back, read-only fields too.
			ignored: profile.filter((key) => !names(forUpdate).includes(key)),
			open: partlyDocumented,
		}),
	};
}

function isStored({ profile }: ResourceContract, { name, secret }: Field): boolean {
	return secret === true || profile.includes(name);
}

/** What of a body is stored: null where a field is to be cleared. */
export function storedValues(contract: ResourceContract, body: Body): Body {
	const given = contract.fields.filter((field) => isStored(contract, field) && field.name in body);
	return Object.fromEntries(
		given.map((field) => [field.name, storedValue(field, body[field.name])]),
	);
}

function storedValue(field: Field, value: unknown): unknown {
	const parts = storedParts(field);
	if (!parts || value === null) return value;
	const given = value as Body;
	return Object.fromEntries(
		parts.filter((part) => given[part] !== undefined).map((part) => [part, given[part]]),
	);
}

/** A record without its cleared fields; one with a default has that again. */
export function withoutCleared({ defaults }: ResourceContract, record: Body): Body {
	const entries = Object.entries(record).map(([name, value]) => [name, value ?? defaults[name]]);
	return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/** Empty text where the form of the portal has nothing: not given on create, cleared on update. */
export function withoutEmptyTexts(
	{ fields }: ResourceContract,
	body: Body,
	operation: Operation,
): Body {
	const clearable = new Set(names(fields.filter((field) => field.clearable)));
	const entries = Object.entries(body).map(([name, value]): [string, unknown] => [
		name,
		clearable.has(name) && isEmpty(value) ? null : value,
	]);
	return Object.fromEntries(
		operation === 'create' ? entries.filter(([, value]) => value !== null) : entries,
	);
}

function isEmpty(value: unknown): boolean {
	const parts = isObject(value) ? Object.values(value) : [value];
	return parts.length > 0 && parts.every((part) => part === '');
}

/** Where Odin shows digits as a number: nowhere, where it was seen to, or everywhere. */
export type NumbersForDigits = boolean | 'everywhere';

/** The profile of a record: the keys of the contract in their order, unset ones absent. */
export function profileIn(
	{ profile, fields }: ResourceContract,
	record: Body,
	numbersForDigits: NumbersForDigits,
): Body {
	const seen = new Set(names(fields.filter(({ digitsComeAsNumber }) => digitsComeAsNumber)));
	return Object.fromEntries(
		profile
			.filter((key) => record[key] !== undefined)
			.map((key) => [
				key,
				numbersForDigits === 'everywhere' || (numbersForDigits && seen.has(key))
					? digitsAsNumbers(record[key])
					: record[key],
			]),
	);
}

/** Texts of digits as numbers, at any depth. */
export function digitsAsNumbers(value: unknown): unknown {
	if (typeof value === 'string') return isPlainNumber(value) ? Number(value) : value;
	if (Array.isArray(value)) return value.map(digitsAsNumbers);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value).map(([name, part]) => [name, digitsAsNumbers(part)]),
	);
}

// A leading zero or more digits than a number can hold would change the text.
function isPlainNumber(text: string): boolean {
	return /^(0|[1-9]\d*)$/.test(text) && Number.isSafeInteger(Number(text));
}
