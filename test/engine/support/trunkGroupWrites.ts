import {
	TRUNK_GROUP_FIELDS,
	type TrunkGroupField,
} from '../../../simulator/contract/trunkGroupFields';
import { PARTS, type Write } from './askedFor';
import { formEntry } from './fieldSets';

type Json = Record<string, unknown>;

export const KEY = ['serviceProviderId', 'groupId', 'name'];
const isLegacy = (field: TrunkGroupField) => (field as { deprecated?: boolean }).deprecated;

/** How each field is read here in Odin before it is changed: unlike anything that is asked for, but for `true`. */

/** Fields of Payload that the tests of upsert and compare name: a profile shows them. */
const isCompared = ({ name, writeOn = [] }: TrunkGroupField): boolean =>
	writeOn.length === 2 && !KEY.includes(name) && !/^(requireA|sipA)/.test(name);

/** One operation that says how a trunk group is to be. */
export interface Kind {
	operation: string;
	write: Write;
	/** What Odin has before */
	existing: boolean;
	fields: TrunkGroupField[];
	/** The name of the parameter that names the trunk group */
	nameParameter: 'name' | 'trunkGroup';
}

export const kinds: Record<string, Kind> = {
	create: {
		operation: 'create',
		write: 'create',
		existing: false,
		fields: TRUNK_GROUP_FIELDS.filter(({ readOnly }) => !readOnly),
		nameParameter: 'name',
	},
	'upsert of a new one': {
		operation: 'upsert',
		write: 'create',
		existing: false,
		fields: TRUNK_GROUP_FIELDS.filter(isCompared),
		nameParameter: 'name',
	},
	'upsert of one that exists': {
		operation: 'upsert',
		write: 'update',
		existing: true,
		fields: TRUNK_GROUP_FIELDS.filter(isCompared),
		nameParameter: 'name',
	},
	update: {
		operation: 'update',
		write: 'update',
		existing: true,
		fields: TRUNK_GROUP_FIELDS.filter(({ readOnly }) => !readOnly),
		nameParameter: 'trunkGroup',
	},
	compare: {
		operation: 'compare',
		write: 'compare',
		existing: true,
		fields: TRUNK_GROUP_FIELDS.filter(isCompared),
		nameParameter: 'trunkGroup',
	},
};

const PAYLOAD_ONLY = ['pilotUser', 'users', 'hostedUserId', 'hostedUserIdList'];
const AUTHENTICATION = ['requireAuthentication', 'sipAuthenticationUserName'];

/** Where an entry of the form stands: the collection, or nothing for a parameter of its own. */
export function placesIn({ operation, write, fields, nameParameter }: Kind): Map<string, string> {
	const places = new Map<string, string>(KEY.map((name) => [name, '']));
	for (const field of fields) {
		const { name } = field;
		if (KEY.includes(name) || PAYLOAD_ONLY.includes(name) || isLegacy(field)) continue;
		if (operation === 'create' && !field.writeOn?.includes('create')) continue;
		if (operation === 'update' && !field.writeOn?.includes('update')) continue;
		if (name === 'sipAuthenticationPassword' && operation !== 'create') continue;
		const isTop = name === 'newName' || (name === 'maxActiveCalls' && nameParameter === 'name');
		if (isTop || (operation === 'create' && /^(requireA|sipA)/.test(name))) {
			places.set(name, '');
		} else if (AUTHENTICATION.includes(name)) {
			places.set(name, 'authentication');
		} else {
			const { section, entries } = formEntry(name, isObjectField(field) ? {} : 0);
			for (const entry of isObjectField(field) ? partEntries(name) : Object.keys(entries)) {
				places.set(entry, section);
			}
		}
	}
	if (write === 'compare') places.delete('pilotUserId');
	return places;
}

const isObjectField = ({ name }: TrunkGroupField): boolean => partEntries(name).length > 0;
const partEntries = (field: string): string[] =>
	[...PARTS].flatMap(([entry, of]) => (of === field ? [entry] : []));

/** The parameters of the node: each entry and Payload come from the item. */
export function parametersOf(kind: Kind): Json {
	const parameters: Json = {
		resource: 'trunkGroup',
		operation: kind.operation,
		payload: '={{ $json.payload }}',
		options: { concurrency: 20 },
	};
	for (const [entry, section] of placesIn(kind)) {
		const name = entry === 'name' ? kind.nameParameter : entry;
		const value = `={{ $json.entries["${entry}"] }}`;
		if (section === '') parameters[name] = value;
		else parameters[section] = { ...(parameters[section] as Json), [entry]: value };
	}
	return parameters;
}
