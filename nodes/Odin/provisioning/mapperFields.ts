import type { ResourceMapperField } from 'n8n-workflow';
import { isKeyField } from '../model/key';
import { choicesOf, type Field, type ValueRule } from '../model/field';
import type { ResourceModel } from '../model/resourceModel';

/**
 * The columns that a person can map by hand: those of the form of an operation, keys first. None is a number or a boolean
 * for n8n, which would make 0 and false of empty cells; what a cell may hold is the catalogue's to say.
 */
export function mapperFields(model: ResourceModel, operation: string): ResourceMapperField[] {
	const isKey = ({ name }: Field) => isKeyField(model, name);
	const fields = model.fields.all.filter(
		(field) => isKey(field) || (isInForm(model, field) && isTaken(field, operation)),
	);
	const isFirst = (field: Field) =>
		isKey(field) || (field.ownParameter !== undefined && isOfNew(operation));
	const inOrder = [
		...fields.filter(isFirst),
		...model.sections.flatMap(({ name }) => fields.filter(({ section }) => section === name)),
		...fields,
	];
	return [...new Set(inOrder)].flatMap((field) =>
		columnsOf(field, operation).map((column) => ({ ...column, removed: !isFirst(field) })),
	);
}

const isOfNew = (operation: string): boolean => operation === 'create' || operation === 'upsert';

/** Others have no place in the form, and are named by whoever knows them: in Payload, or by a heading. */
export const isInForm = (
	{ rename }: ResourceModel,
	{ name, section, ownParameter }: Field,
): boolean => section !== undefined || ownParameter !== undefined || name === rename;

function isTaken({ writeOn, readable, secret }: Field, operation: string): boolean {
	if (!writeOn.includes(isOfNew(operation) ? 'create' : 'update')) return false;
	if (operation === 'upsert') return readable || secret === true;
	return operation !== 'compare' || readable;
}

function columnsOf(field: Field, operation: string): ResourceMapperField[] {
	const parts = (field.parts ?? []).filter(
		({ entry, secret }) => entry !== undefined && (operation !== 'compare' || !secret),
	);
	if (parts.length === 0) return [column(field.entry ?? field.name, field.label, field)];
	return parts.flatMap((part) => [
		column(part.entry!, part.label, part),
		...(part.setWith && operation === 'upsert'
			? [column(part.setWith.entry, part.setWith.label, { type: 'boolean' })]
			: []),
	]);
}

type Rule = ValueRule & Pick<Field, 'clearable'>;

const column = (id: string, displayName: string, rule: Rule): ResourceMapperField => ({
	id,
	displayName,
	required: false,
	defaultMatch: false,
	canBeUsedToMatch: false,
	display: true,
	...typeOf(rule),
});

function typeOf(rule: Rule): Pick<ResourceMapperField, 'type' | 'options'> {
	if (rule.type === 'boolean') {
		return {
			type: 'options',
			options: [
				{ name: 'True', value: true },
				{ name: 'False', value: false },
			],
		};
	}
	if (!rule.choices) return { type: 'string' };
	const options = choicesOf(rule).map((choice) => ({ name: choice, value: choice }));
	return { type: 'options', options };
}
