import { authenticationFields } from './authentication';
import { callCapacityFields } from './callCapacity';
import {
	callForwardingAlwaysFields,
	capacityExceededFields,
	unreachableDestinationFields,
} from './diversion';
import type { Field } from '../../../model/field';
import { generalFields } from './general';
import { identityFields } from './identity';
import { keyFields } from './key';
import { pilotUserPolicyFields } from './pilotUserPolicies';
import { readOnlyFields } from './readOnly';
import { statefulReroutingFields } from './statefulRerouting';

export type { FieldType, Section, Field, Write } from '../../../model/field';

/** Every field of a trunk group, declared once. A test holds this table against the API's contract file. */
export const TRUNK_GROUP_FIELDS: readonly Field[] = [
	...keyFields,
	...callCapacityFields,
	...capacityExceededFields,
	...callForwardingAlwaysFields,
	...unreachableDestinationFields,
	...statefulReroutingFields,
	...pilotUserPolicyFields,
	...identityFields,
	...authenticationFields,
	...generalFields,
	...readOnlyFields,
];

const byName = new Map(TRUNK_GROUP_FIELDS.map((field) => [field.name, field]));

/** The field with this Odin name, or undefined for a key that the catalogue does not know. */
export const findField = (name: string): Field | undefined => byName.get(name);

/** The field with this Odin name; throws for a name that is not in the catalogue. */
export function fieldOf(name: string): Field {
	const field = byName.get(name);
	if (!field) throw new Error(`The catalogue has no field ${name}`);
	return field;
}
