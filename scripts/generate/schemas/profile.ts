import { TRUNK_GROUP_FIELDS, type Field } from '../../../nodes/Odin/resources/trunkGroup/fields';
import { partsOf } from '../../../nodes/Odin/model/references';
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

const KEY = ['serviceProviderId', 'groupId', 'name'];

/** Fields of a row of the list, which a profile does not have. */
const ROW_ONLY = ['deviceName', 'deviceLevel'];

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
		case 'userList':
			return list(hostedUser);
		case 'json':
			return undefined;
		case 'accessDevice':
			return objectSchema(field, ['deviceLevel', 'deviceName']);
		default:
			return objectSchema(field, KEY);
	}
}

function objectSchema(field: Field, properties: string[]): Schema {
	const parts = new Map(partsOf(field).map((part) => [part.property, part]));
	return object(
		Object.fromEntries(
			properties.map((property) => {
				const { type, choices = [] } = parts.get(property)!;
				return [property, type === 'choice' ? choice(...choices) : text];
			}),
		),
	);
}

const propertiesFor = (includes: (field: Field) => boolean): Properties =>
	Object.fromEntries(
		TRUNK_GROUP_FIELDS.flatMap((field) => {
			const schema = includes(field) ? schemaOf(field) : undefined;
			return schema ? [[field.name, schema]] : [];
		}),
	);

/** The trunk group as Odin returns it. Optional fields that are not set are absent. */
export const profile = object(
	propertiesFor(({ name, readable }) => readable && !ROW_ONLY.includes(name)),
	KEY,
);

/** What can be taken from one trunk group to create or update another: no users, they belong to the one. */
export const exported = object(
	propertiesFor(
		({ name, type, readable, writeOn }) =>
			readable &&
			writeOn.includes('create') &&
			writeOn.includes('update') &&
			type !== 'userList' &&
			!KEY.includes(name),
	),
);
