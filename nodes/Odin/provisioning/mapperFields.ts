import type { ResourceMapperField } from 'n8n-workflow';
import { isAction, NO_ACTION } from '../model/desired';
import { isKeyField } from '../model/key';
import type { Field, ValueRule } from '../model/field';
import type { ResourceModel } from '../model/resourceModel';

/**
 * The columns that a person can map by hand, keys first, in the order of the form. None is a number or a boolean for n8n:
 * it would make 0 and false of empty cells, and what a cell may hold is the catalogue's to say.
 */
export function mapperFields(model: ResourceModel, operation: string): ResourceMapperField[] {
	const write = operation === 'create' ? 'create' : 'update';
	const fields = model.fields.all.filter(
		(field) =>
			isKeyField(model, field.name) ||
			field.writeOn.includes(write) ||
			(operation === 'upsert' && field.writeOn.includes('create')),
	);
	const inSections = model.sections.flatMap(({ name }) =>
		fields.filter(({ section }) => section === name),
	);
	const first = fields.filter(
		(field) => isKeyField(model, field.name) || field.ownParameter !== undefined,
	);
	return [...new Set([...first, ...inSections, ...fields])].flatMap((field) =>
		columnsOf(field, operation).map((column) => ({ ...column, removed: !first.includes(field) })),
	);
}

function columnsOf(field: Field, operation: string): ResourceMapperField[] {
	const parts = (field.parts ?? []).filter(({ entry }) => entry !== undefined);
	if (parts.length === 0) return [column(field.entry ?? field.name, field.label, field)];
	return parts
		.map((part) => column(part.entry!, part.label, part))
		.reverse()
		.concat(
			...parts.map(({ setWith }) =>
				setWith && operation === 'upsert'
					? [column(setWith.entry, setWith.label, { type: 'boolean' })]
					: [],
			),
		);
}

const column = (id: string, displayName: string, rule: ValueRule): ResourceMapperField => ({
	id,
	displayName,
	required: false,
	defaultMatch: false,
	canBeUsedToMatch: false,
	display: true,
	...typeOf(rule),
});

function typeOf(rule: ValueRule): Pick<ResourceMapperField, 'type' | 'options'> {
	const choices =
		rule.type === 'boolean'
			? [true, false].map((value) => ({ name: value ? 'True' : 'False', value }))
			: [...(isAction(rule as Field) ? [NO_ACTION] : []), ...(rule.choices ?? [])].map(
					(choice) => ({
						name: choice,
						value: choice,
					}),
				);
	return choices.length > 0 ? { type: 'options', options: choices } : { type: 'string' };
}
