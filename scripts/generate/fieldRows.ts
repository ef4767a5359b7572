import { entriesOf } from '../../nodes/Odin/provisioning/form';
import { choicesOf, type Field, type Part } from '../../nodes/Odin/model/field';
import { isKeyField } from '../../nodes/Odin/model/key';
import type { ResourceModel } from '../../nodes/Odin/model/resourceModel';
import { code } from './markdown';

export const FIELD_COLUMNS = [
	'Field',
	'Odin name',
	'Values',
	'Without it',
	'Writable',
	'Clearable',
	'Needed when',
	'What it is',
];

export const quotedLabel = ({ fields }: ResourceModel, name: string): string =>
	`'${fields.get(name).label}'`;

/** The rows of a field: one, or one for each entry that the form has for an object. */
export function fieldRows(model: ResourceModel, field: Field): string[][] {
	const parts = (field.parts ?? []).filter(({ entry }) => entry !== undefined);
	if (parts.length === 0 || field.section === undefined) {
		return [
			row(model, field, {
				label: field.label,
				odinName: nameOf(field),
				values: valuesOf(field),
				withoutIt: withoutIt(model, field),
				description: field.description,
			}),
		];
	}
	// In the order of the form.
	return entriesOf(field).map(({ name }) => {
		const part = parts.find(({ entry }) => entry === name)!;
		return row(model, field, {
			label: part.label,
			odinName: `${code(`${field.name}.${part.property}`)}, in the form ${code(name)}`,
			values: valuesOf(part),
			withoutIt: partWithoutIt(model, field, part),
			description: part.description,
			needed: part.needed,
		});
	});
}

const nameOf = ({ name, entry }: Field): string =>
	entry === undefined ? code(name) : `${code(name)}, in the form ${code(entry)}`;

function row(
	model: ResourceModel,
	field: Field,
	cells: {
		label: string;
		odinName: string;
		values: string;
		withoutIt: string;
		description: string;
		needed?: boolean;
	},
): string[] {
	const { needed = true } = cells;
	return [
		cells.label,
		cells.odinName,
		cells.values,
		cells.withoutIt,
		field.writeOn.join(', '),
		field.clearable ? 'yes' : 'no',
		needed ? neededWhen(model, field) : '',
		cells.description,
	];
}

type Values = Pick<Field, 'type' | 'min' | 'max' | 'maxLength' | 'choices' | 'format'>;

function valuesOf(rule: Values | Field): string {
	switch (rule.type) {
		case 'integer':
			return range(rule);
		case 'boolean':
			return `${code(true)} or ${code(false)}`;
		case 'choice':
			return choicesOf(rule).map(code).join(', ');
		case 'text':
			if (rule.format === 'mac') return '12 hexadecimal digits, with or without separators';
			return rule.maxLength === undefined ? 'text' : `text of 1 to ${rule.maxLength} characters`;
		case 'textList':
			return 'list of text';
		case 'recordList':
			return `list of objects with ${code('identifiedBy' in rule ? rule.identifiedBy : 'id')}`;
		case 'json':
			return 'JSON, passed on as it is';
		default:
			return 'object';
	}
}

function range({ min, max }: Values): string {
	if (min === undefined) return 'whole number';
	return max === undefined ? `whole number, ${min} or more` : `whole number, ${min} to ${max}`;
}

function withoutIt(model: ResourceModel, field: Field): string {
	const { name, documentedDefault, storedWhenAbsent, requiredOnCreate } = field;
	if (requiredOnCreate || isKeyField(model, name)) return 'the item is refused';
	if (documentedDefault !== undefined) return `${code(documentedDefault)} is sent`;
	return storedWhenAbsent === undefined ? 'stays empty' : `Odin stores ${code(storedWhenAbsent)}`;
}

function partWithoutIt({ noun }: ResourceModel, field: Field, part: Part): string {
	if (part.needed) return 'stays empty';
	if (part.default !== undefined) return `${code(part.default)}, when the other entry is given`;
	return field.inheritsGroup && part.property === 'groupId'
		? `the group of the ${noun} itself`
		: '';
}

function neededWhen(model: ResourceModel, { neededWhen: condition }: Field): string {
	if (!condition) return '';
	const { field, equals } = condition;
	return `${quotedLabel(model, field)} is ${typeof equals === 'boolean' ? (equals ? 'on' : 'off') : code(equals)}`;
}
