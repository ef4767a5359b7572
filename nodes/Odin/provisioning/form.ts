import type { INodeProperties } from 'n8n-workflow';
import {
	TRUNK_GROUP_FIELDS,
	type Section,
	type Field,
	type Write,
} from '../resources/trunkGroup/fields';
import { isAction, NO_ACTION } from '../model/desired';
import { partsOf, type Part } from '../model/references';
import { BY_ID, BY_NAME, listLocator } from './locators';

/** The sections of the Odin portal, in the order of the form. */
const SECTIONS: ReadonlyArray<[Section, string]> = [
	['callCapacity', 'Call Capacity'],
	['accessDevice', 'Access Device'],
	['identity', 'Identity'],
	['pilotUserPolicies', 'Pilot User Policies'],
	['capacityExceeded', 'Capacity Exceeded'],
	['callForwardingAlways', 'Call Forward Always'],
	['unreachableDestination', 'Unreachable Destination'],
	['statefulRerouting', 'Stateful Rerouting'],
	['additionalFields', 'Additional Fields'],
];

export const sectionNames = SECTIONS.map(([name]) => name);

const fullText = (...parts: string[]): string => {
	const text = parts.filter(Boolean).join('. ');
	return text.includes('. ') ? `${text}.` : text;
};

function rangeOf(field: Field): string {
	if (field.type !== 'integer' || field.min === undefined) return '';
	return field.max === undefined ? `${field.min} or more` : `From ${field.min} to ${field.max}`;
}

const SEARCHES = {
	departments: 'searchDepartments',
	devices: 'searchDevices',
	trunkGroups: 'searchTrunkGroups',
	trunkGroupUsers: 'searchTrunkGroupUsers',
};

/** A form entry for a field that is one value. */
function entryOf(field: Field, sentWhenMissing: boolean): INodeProperties {
	const { name, label, documentedDefault, storedWhenAbsent } = field;
	const sent =
		sentWhenMissing && documentedDefault !== undefined
			? `Sent as ${JSON.stringify(documentedDefault)} when not added`
			: '';
	const shown = {
		displayName: label,
		name,
		description: fullText(field.description, rangeOf(field), sent),
		placeholder: field.placeholder,
	};
	if (field.chosenFrom) {
		const { placeholder, ...described } = shown;
		const entered = field.chosenFrom === 'trunkGroupUsers' ? BY_ID : BY_NAME;
		return {
			...described,
			...listLocator(SEARCHES[field.chosenFrom], entered, placeholder ?? ''),
		};
	}
	const preset = documentedDefault ?? storedWhenAbsent;
	switch (field.type) {
		case 'integer':
			return {
				...shown,
				type: 'number',
				typeOptions: { minValue: field.min, ...(field.max && { maxValue: field.max }) },
				default: preset ?? field.min ?? 0,
			};
		case 'boolean':
			return { ...shown, type: 'boolean', default: preset ?? false };
		case 'choice': {
			const choices = [...(isAction(field) ? [NO_ACTION] : []), ...(field.choices ?? [])];
			return {
				...shown,
				type: 'options',
				options: choices.map((choice) => ({ name: choice, value: choice })),
				default: preset ?? choices[0]!,
			};
		}
		case 'textList':
			return { ...shown, type: 'string', typeOptions: { multipleValues: true }, default: [] };
		default:
			return {
				...shown,
				type: 'string',
				...(field.secret && { typeOptions: { password: true } }),
				default: preset ?? '',
			};
	}
}

/** A form entry for one property of an object field. */
function partEntry(part: Part, entry: string): INodeProperties {
	return entryOf(
		{
			...part,
			name: entry,
			writeOn: [],
			readable: true,
			...(part.default !== undefined && { storedWhenAbsent: part.default }),
		},
		false,
	);
}

/** The form entries of a field: one, or one for each property that the form knows of an object. */
export function entriesOf(field: Field, sentWhenMissing: boolean): INodeProperties[] {
	const parts = partsOf(field);
	if (parts.length === 0) return [entryOf(field, sentWhenMissing)];
	return parts
		.flatMap((part) => (part.entry === undefined ? [] : [partEntry(part, part.entry)]))
		.reverse();
}

export interface SectionChoice {
	/** Every field of the form must be taken by these writes */
	writes: readonly Write[];
	/** Only fields that can be read back, so that they can be compared */
	comparable?: boolean;
	/** Fields that stand elsewhere in the form of this operation */
	without?: readonly string[];
}

/** The collections of the form with the fields that an operation takes. */
export function sections(choice: SectionChoice): INodeProperties[] {
	const fields = TRUNK_GROUP_FIELDS.filter(
		(field) =>
			choice.writes.every((write) => field.writeOn.includes(write)) &&
			(field.readable || !choice.comparable) &&
			!choice.without?.includes(field.name),
	);
	const sentWhenMissing = choice.writes.includes('create');
	return SECTIONS.map(([section, label]) => ({
		displayName: label,
		name: section,
		type: 'collection',
		placeholder: 'Add field',
		default: {},
		options: fields
			.filter((field) => field.section === section)
			.flatMap((field) => entriesOf(field, sentWhenMissing)),
	}));
}
