import type { Field, Part } from '../../../nodes/Odin/model/field';
import { isExported } from '../../../nodes/Odin/model/export';
import { namedKey } from '../../../nodes/Odin/model/key';
import type { ResourceModel } from '../../../nodes/Odin/model/resourceModel';
import {
	boolean,
	choice,
	integer,
	list,
	object,
	orNull,
	text,
	type Properties,
	type Schema,
} from './schema';

export const USER_PROPERTIES = [
	'userId',
	'lastName',
	'firstName',
	'hiraganaLastName',
	'hiraganaFirstName',
	'phoneNumber',
	'extension',
	'department',
	'emailAddress',
];

/** A hosted user as Odin shows it. */
const hostedUser = object({
	...Object.fromEntries(USER_PROPERTIES.map((property) => [property, orNull(text)])),
	userId: text,
});

/** What a profile holds for a field; undefined for one whose shape is not known. */
function schemaOf(field: Field): Schema | undefined {
	switch (field.type) {
		case 'text':
			return text;
		case 'integer':
			return integer;
		case 'boolean':
			return boolean;
		case 'choice':
			return choice(...(field.choices ?? []));
		case 'textList':
			return list(text);
		case 'recordList':
			return list(hostedUser);
		case 'json':
			return undefined;
		default:
			return objectSchema(field);
	}
}

/** The parts that Odin answers with; of what the group inherits none are left out. */
function objectSchema({ parts = [], inheritsGroup }: Field): Schema {
	const shown = parts.filter(
		({ property, secret }) => !secret && (inheritsGroup || !GROUP_KEY.includes(property)),
	);
	const standing = (place: string | undefined) => shown.filter(({ within }) => within === place);
	const inner = new Set(shown.flatMap(({ within }) => within ?? []));
	return object({
		...Object.fromEntries([...inner].map((within) => [within, partsSchema(standing(within))])),
		...partsSchema(standing(undefined)).properties,
	});
}

const partsSchema = (parts: readonly Part[]) =>
	object(
		Object.fromEntries(
			parts
				.filter(({ type }) => type !== 'json')
				.map(({ property, type, choices = [] }) => [
					property,
					type === 'choice' ? choice(...choices) : orNull(text),
				]),
		),
	);

const GROUP_KEY = ['serviceProviderId', 'groupId'];

/** The names of a key, which come first in every output item. */
export const keyOf = (model: ResourceModel): string[] =>
	Object.keys(namedKey(model, { serviceProviderId: '', groupId: '', id: '' }));

const propertiesFor = (
	{ fields }: ResourceModel,
	includes: (field: Field) => boolean,
): Properties =>
	Object.fromEntries(
		fields.all.flatMap((field) => {
			const schema = includes(field) ? schemaOf(field) : undefined;
			return schema ? [[field.name, schema]] : [];
		}),
	);

/** A record as Odin returns it, its key first. Optional fields that are not set are absent. */
export const profileOf = (model: ResourceModel): Schema =>
	object(
		{
			...Object.fromEntries(keyOf(model).map((name) => [name, text])),
			...propertiesFor(model, ({ readable }) => readable),
		},
		keyOf(model),
	);

/** What can be taken from one record to create or update another: nobody who belongs to the one. */
export const exportedOf = (model: ResourceModel): Schema =>
	object(
		{
			...Object.fromEntries(keyOf(model).map((name) => [name, text])),
			...propertiesFor(model, (field) => field.readable && isExported(model, field)),
		},
		keyOf(model),
	);
