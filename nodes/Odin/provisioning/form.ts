import type { INodeProperties } from 'n8n-workflow';
import { clearableFields } from '../model/clearFields';
import { choicesOf, type Field, type Part, type Write } from '../model/field';
import type { ResourceModel } from '../model/resourceModel';
import { FURTHER_FIELDS } from '../values/issues';
import { listLocator } from './locators';
import type { Provisioned } from './resource';

const fullText = (...parts: string[]): string => {
	const text = parts.filter(Boolean).join('. ');
	return text.includes('. ') ? `${text}.` : text;
};

function rangeOf(field: Field): string {
	if (field.type !== 'integer' || field.min === undefined) return '';
	return field.max === undefined ? `${field.min} or more` : `From ${field.min} to ${field.max}`;
}

/** A form entry for a field that is one value. */
function entryOf(field: Field, sentWhenMissing: boolean): INodeProperties {
	const { name, entry = name, label, documentedDefault, storedWhenAbsent } = field;
	const sent =
		sentWhenMissing && documentedDefault !== undefined
			? `Sent as ${JSON.stringify(documentedDefault)} when not added`
			: '';
	const shown = {
		displayName: label,
		name: entry,
		description: fullText(field.description, rangeOf(field), sent),
		placeholder: field.placeholder,
	};
	if (field.chosenFrom) {
		const { placeholder, ...described } = shown;
		return { ...described, ...listLocator(field.chosenFrom, placeholder ?? '') };
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
			const choices = choicesOf(field);
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
export function entriesOf(
	field: Field,
	{ writes = [], passwords }: Partial<SectionChoice> = {},
): INodeProperties[] {
	if (!field.parts) return [entryOf(field, writes.includes('create'))];
	return field.parts
		.filter(({ secret }) => !secret || passwords !== 'none')
		.flatMap((part) => {
			if (part.entry === undefined) return [];
			const entry = partEntry(part, part.entry);
			return part.setWith && passwords === 'ifSet'
				? [setSwitch(part, part.setWith), entry]
				: [entry];
		})
		.reverse();
}

const setSwitch = (
	{ label }: Part,
	{ entry, label: displayName }: NonNullable<Part['setWith']>,
): INodeProperties => ({
	displayName,
	name: entry,
	type: 'boolean',
	default: false,
	description: `Whether to set the ${label} of this form on an existing record. Odin never returns passwords, so they cannot be compared. When off, an existing password stays.`,
});

export interface SectionChoice {
	/** Every field of the form must be taken by these writes */
	writes: readonly Write[];
	/** Only fields that can be read back, so that they can be compared */
	comparable?: boolean;
	/** Fields that stand elsewhere in the form of this operation */
	without?: readonly string[];
	/** Whether an existing record gets passwords always (default), by their own switch, or never */
	passwords?: 'ifSet' | 'none';
}

/** The collections of the form with the fields that an operation takes. */
export function sections(model: ResourceModel, choice: SectionChoice): INodeProperties[] {
	const fields = model.fields.all.filter(
		(field) =>
			choice.writes.every((write) => field.writeOn.includes(write)) &&
			(field.readable || !choice.comparable) &&
			!choice.without?.includes(field.name),
	);
	return model.sections.map(({ name, label }) => ({
		displayName: label,
		name,
		type: 'collection',
		placeholder: 'Add field',
		default: {},
		options: fields
			.filter(({ section }) => section === name)
			.flatMap((field) => entriesOf(field, choice)),
	}));
}

/** The fields that the form of a new record shows on their own: its name first. */
export function newRecordProperties(model: Provisioned, keepsExisting: boolean): INodeProperties[] {
	const { noun, fields, form } = model;
	const id = fields.get(model.id);
	const own = fields.all.filter(({ ownParameter }) => ownParameter !== undefined);
	return [
		{
			displayName: id.label,
			name: form.newId,
			type: 'string',
			required: true,
			default: '',
			placeholder: id.placeholder,
			description: `${id.description}. 1 to ${id.maxLength} characters.`,
		},
		...own.map((field): INodeProperties => {
			const entry = entryOf(field, false);
			if (entry.type !== 'resourceLocator') entry.default = field.ownParameter;
			const untouched =
				typeof field.ownParameter === 'number'
					? ` While it is ${field.ownParameter}, a value in '${FURTHER_FIELDS}' takes precedence${
							keepsExisting ? `, and an existing ${noun} keeps its own value` : ''
						}.`
					: '';
			return { ...entry, description: `${entry.description ?? ''}${untouched}` };
		}),
	];
}

/** Names the fields that are to have no value any more. */
export const clearFieldsProperty = (model: ResourceModel): INodeProperties => ({
	displayName: 'Clear Fields',
	name: 'clearFields',
	type: 'multiOptions',
	options: clearableFields(model)
		.map((field) => ({ name: labelInForm(field), value: field.name }))
		.sort((one, other) => one.name.localeCompare(other.name)),
	default: [],
	description: 'Fields to clear. An empty entry elsewhere in the form leaves its field as it is.',
});

/** An object is known in the form by the entry that names it. */
const labelInForm = ({ label, parts = [] }: Field): string =>
	parts.find(({ needed, entry }) => needed && entry !== undefined)?.label ?? label;

export const payloadProperty: INodeProperties = {
	displayName: FURTHER_FIELDS,
	name: 'payload',
	type: 'json',
	default: '{}',
	description:
		'Further fields as JSON, each by its name in the Odin API. A form field or a column takes precedence over the same field here; a field that the form always shows does so only when it is not at its default.',
};
