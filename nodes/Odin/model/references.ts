import type { Field } from '../resources/trunkGroup/fields';
import { copyJson, isObject, type JsonObject, type JsonValue } from '../values/json';
import { convertValue, isAbsent, type Conversion, type ValueRule } from './convert';

/** Service provider and group that an item works in; parts of objects that are not named default to it. */
export interface GroupKey {
	serviceProviderId: string;
	groupId: string;
}

/** One property of an object field. `entry` is the name of its form entry, where it has one. */
export interface Part extends ValueRule {
	property: string;
	label: string;
	description: string;
	entry?: string;
	needed?: true;
	default?: string;
	placeholder?: string;
	chosenFrom?: Field['chosenFrom'];
}

const groupParts: Part[] = [
	{
		property: 'serviceProviderId',
		label: 'Service Provider',
		description: 'ID of the service provider or enterprise',
		type: 'text',
		maxLength: 30,
		isName: true,
	},
	{
		property: 'groupId',
		label: 'Group',
		description: 'ID of the group',
		type: 'text',
		maxLength: 30,
		isName: true,
	},
];

const departmentParts: Part[] = [
	...groupParts,
	{
		property: 'name',
		label: 'Department Name',
		description: 'Name of the department of the group',
		entry: 'departmentName',
		type: 'text',
		maxLength: 50,
		isName: true,
		needed: true,
		placeholder: 'e.g. Sales',
		chosenFrom: 'departments',
	},
];

const accessDeviceParts: Part[] = [
	{
		property: 'deviceName',
		label: 'Device Name',
		description: 'Name of the access device that the trunk group is connected through',
		entry: 'deviceName',
		type: 'text',
		maxLength: 40,
		isName: true,
		needed: true,
		placeholder: 'e.g. acme-pbx-1',
		chosenFrom: 'devices',
	},
	{
		property: 'deviceLevel',
		label: 'Device Level',
		description: 'Level that the access device belongs to',
		entry: 'deviceLevel',
		type: 'choice',
		choices: ['System', 'Service Provider', 'Group'],
		default: 'Group',
	},
	...groupParts,
];

function rerouteParts(field: Field): Part[] {
	const prefix = field.name.replace(/Key$/, '');
	return [
		groupParts[0]!,
		{
			property: 'groupId',
			label: field.label.replace(/ To$/, ' Group'),
			description:
				'ID of the group that the other trunk group belongs to, when it is another group of the same enterprise',
			entry: `${prefix}GroupId`,
			type: 'text',
			maxLength: 30,
			isName: true,
			placeholder: 'e.g. acme-branch',
		},
		{
			property: 'name',
			label: field.label,
			description: field.description,
			entry: `${prefix}Name`,
			type: 'text',
			maxLength: 30,
			isName: true,
			needed: true,
			placeholder: 'e.g. acme-sbc-2',
			chosenFrom: 'trunkGroups',
		},
	];
}

/** The properties of an object field, in the order in which they are sent; empty for any other field. */
export function partsOf(field: Field): Part[] {
	switch (field.type) {
		case 'department':
			return departmentParts;
		case 'accessDevice':
			return accessDeviceParts;
		case 'trunkGroupKey':
			return rerouteParts(field);
		default:
			return [];
	}
}

export interface PartIssue {
	label: string;
	reason: string;
}

/**
 * Builds an object field from its form entries. Without its needed entry nothing was given, whatever stands in the
 * others: a spreadsheet row without a device still carries the column for its level.
 */
export function composeObject(
	field: Field,
	entries: Record<string, unknown>,
	group: GroupKey,
): { value?: JsonObject; issues: PartIssue[] } {
	const parts = partsOf(field);
	const needed = parts.find((part) => part.needed);
	if (needed?.entry === undefined || isAbsent(entries[needed.entry])) return { issues: [] };
	const value: JsonObject = {};
	const issues: PartIssue[] = [];
	for (const part of parts) {
		const given = part.entry === undefined ? undefined : entries[part.entry];
		if (isAbsent(given)) {
			const inherited =
				field.type !== 'accessDevice' && isGroupKey(part.property)
					? group[part.property]
					: part.default;
			if (inherited !== undefined) value[part.property] = inherited;
			continue;
		}
		const converted = convertValue(part, given);
		if ('refused' in converted) issues.push({ label: part.label, reason: converted.refused });
		else value[part.property] = converted.value;
	}
	return { value, issues };
}

const isGroupKey = (property: string): property is keyof GroupKey =>
	property === 'serviceProviderId' || property === 'groupId';

/**
 * Checks an object given whole in Payload. Further keys are kept: the portal, too, sends whole rows as keys.
 * A department or trunk group given by its name alone is one of the item's own group; that is how Export writes the
 * departments of a group, so that they hold in another one. (A department of the enterprise has no group.)
 */
export function convertObject(field: Field, raw: unknown, group: GroupKey): Conversion {
	const copied = isObject(raw) ? copyJson(raw) : { value: null };
	if ('refused' in copied) return copied;
	const { value } = copied;
	if (!isObject(value)) return { refused: 'takes an object' };
	const byNameAlone = isAbsent(value.serviceProviderId) && isAbsent(value.groupId);
	if (field.type !== 'accessDevice' && byNameAlone) {
		value.serviceProviderId = group.serviceProviderId;
		value.groupId = group.groupId;
	}
	for (const part of partsOf(field)) {
		const given = value[part.property];
		if (isAbsent(given)) {
			if (part.needed) return { refused: `needs '${part.property}'` };
			continue;
		}
		const converted = convertValue(part, given);
		if ('refused' in converted) return { refused: `'${part.property}' ${converted.refused}` };
		value[part.property] = converted.value;
	}
	return { value };
}

/** Checks a list of users given in Payload: objects with a userId. */
export function convertUserList(raw: unknown): Conversion {
	const copied = copyJson(raw);
	if ('refused' in copied) return copied;
	const users = copied.value;
	const complete =
		Array.isArray(users) && users.every((user) => isObject(user) && userIdOf(user) !== '');
	return complete ? { value: users } : { refused: 'takes a list of objects with a userId' };
}

/** The id of a user as text; Odin turns text of digits into numbers. */
export function userIdOf(user: unknown): string {
	const id = isObject(user) ? user.userId : user;
	return typeof id === 'string' || typeof id === 'number' ? String(id) : '';
}

/** Checks a list of text; a single text counts as a list of one. */
export function convertTextList(rule: ValueRule, raw: unknown): Conversion {
	const texts: JsonValue[] = [];
	for (const element of Array.isArray(raw) ? raw : [raw]) {
		const converted = convertValue({ ...rule, type: 'text' }, element);
		if ('refused' in converted) return converted;
		texts.push(converted.value);
	}
	return { value: texts };
}
