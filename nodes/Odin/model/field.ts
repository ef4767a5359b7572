/** The collections of the form, one per section of the Odin portal. */
export type Section =
	| 'callCapacity'
	| 'capacityExceeded'
	| 'callForwardingAlways'
	| 'unreachableDestination'
	| 'statefulRerouting'
	| 'pilotUserPolicies'
	| 'identity'
	| 'accessDevice'
	| 'additionalFields'
	| 'authentication';

export type FieldType =
	| 'text'
	| 'integer'
	| 'boolean'
	| 'choice'
	/** `{ serviceProviderId, groupId, name }` of a department */
	| 'department'
	/** `{ deviceLevel, deviceName }` */
	| 'accessDevice'
	/** `{ serviceProviderId, groupId, name }` of a trunk group that calls are rerouted to */
	| 'trunkGroupKey'
	/** A list of text */
	| 'textList'
	/** Users by their `userId`; the order does not count */
	| 'userList'
	/** Anything else, carried as it is */
	| 'json';

export type Write = 'create' | 'update';

/** What is known of one field of a trunk group, from which form, payload, checks and docs are derived. */
export interface Field {
	/** The name in the Odin API, also the name of the form entry */
	name: string;
	/** The portal's words */
	label: string;
	/** Sentence case, with unit; the range is added from `min` and `max` */
	description: string;
	type: FieldType;
	/** Where it stands in the form; without a section the field goes through Payload only */
	section?: Section;
	/** Smallest and largest value of an integer */
	min?: number;
	max?: number;
	/** Length of a text in characters; the shortest is always 1 */
	maxLength?: number;
	choices?: readonly string[];
	/** The default documented on the API's page, sent with every create */
	documentedDefault?: string | number | boolean;
	/** What Odin stores when a create does not name the field */
	storedWhenAbsent?: string | number | boolean;
	/** The field is needed when another field has this value */
	neededWhen?: { field: string; equals: string | boolean };
	/** The writes that take the field; none for a read-only field */
	writeOn: readonly Write[];
	/** Whether a GET returns it, so that it can be compared */
	readable: boolean;
	/** Whether BroadWorks takes null to clear it */
	clearable?: true;
	secret?: true;
	/** A name or id: outer spaces are refused, since they can't be told apart on a screen */
	isName?: true;
	/** Left from older BroadWorks releases; sent only when Payload names it */
	legacy?: true;
	placeholder?: string;
	/** What the form offers a list of for this value */
	chosenFrom?: 'departments' | 'devices' | 'trunkGroups' | 'trunkGroupUsers';
}

type Given = Omit<Field, 'type' | 'writeOn' | 'readable'> &
	Partial<Pick<Field, 'writeOn' | 'readable'>>;

const field =
	(type: FieldType) =>
	(given: Given): Field => ({
		writeOn: ['create', 'update'],
		readable: true,
		...given,
		type,
	});

export const text = field('text');
export const integer = field('integer');
export const boolean = field('boolean');
export const choice = field('choice');
export const department = field('department');
export const accessDevice = field('accessDevice');
export const trunkGroupKey = field('trunkGroupKey');
export const textList = field('textList');
export const userList = field('userList');
export const json = field('json');
