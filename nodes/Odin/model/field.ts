export type FieldType =
	| 'text'
	| 'integer'
	| 'boolean'
	| 'choice'
	/** An object of known parts: what another thing is known by, or values that belong together */
	| 'object'
	/** A list of text; the order does not count */
	| 'textList'
	/** A list of objects that one property identifies; the order does not count */
	| 'recordList'
	/** Anything else, carried as it is */
	| 'json';

export type Write = 'create' | 'update';

/** What a value must satisfy: a field, or one part of an object field. */
export interface ValueRule {
	type: FieldType;
	/** Smallest and largest value of an integer */
	min?: number;
	max?: number;
	/** Length of a text in characters; the shortest is always 1 */
	maxLength?: number;
	choices?: readonly string[];
	secret?: true;
	/** A name or id: nothing in it that nobody can see, nothing that a spreadsheet spoiled */
	isName?: true;
	/** Where calls go (a phone number or user@host), a host, a MAC address, or an id that may be all digits and is never `none` */
	format?: 'address' | 'host' | 'mac' | 'id';
	/** Of the form user@host and yet another one in another case */
	isCaseSensitive?: true;
}

/** What another field must be. */
export interface Condition {
	field: string;
	equals: string | boolean;
}

/** A list of the form, by its search method; what is entered instead is a name unless it says `id`. */
export interface ListChoice {
	search: string;
	by?: 'id';
	/** The parameters that it depends on beside service provider and group */
	dependsOn?: readonly string[];
}

/** One property of an object field. */
export interface Part extends ValueRule {
	property: string;
	/** The object inside the object that it stands in */
	within?: string;
	label: string;
	description: string;
	/** The name of its form entry, where it has one */
	entry?: string;
	needed?: true;
	/** Odin answers with it and does not take it */
	readOnly?: true;
	default?: string;
	/** A profile may show it under this name at its top instead */
	shownAs?: string;
	/** Of a secret: an existing record gets it from Create or Update only with this switch of the form, since nobody can compare it */
	setWith?: { entry: string; label: string };
	placeholder?: string;
	chosenFrom?: ListChoice;
}

/** What is known of one field of a resource, from which form, request, checks and docs are derived. */
export interface Field extends ValueRule {
	/** The name in the Odin API, also the name of the form entry */
	name: string;
	/** The name of the form entry, where it is another one */
	entry?: string;
	/** The portal's word for it */
	label: string;
	/** Sentence case, with unit; the range is added from `min` and `max` */
	description: string;
	/** Where it stands in the form; without a section the field goes through Payload only */
	section?: string;
	/** The properties of an object field, in the order in which they are sent */
	parts?: readonly Part[];
	/** Service provider and group of the object default to those of the item */
	inheritsGroup?: true;
	/** Without a group the object is another one than with it: a department of the enterprise */
	ownerCounts?: true;
	/** Odin shows each part of the object that is set; of others it leaves out what goes without saying */
	showsAll?: true;
	/** A phone number that Odin shows without its country code, and the field with that */
	countryCodeIn?: string;
	/** The property that identifies an element of a recordList */
	identifiedBy?: string;
	/** The default documented on the API's page, sent with every create */
	documentedDefault?: string | number | boolean;
	/** What Odin stores when a create does not name the field */
	storedWhenAbsent?: string | number | boolean;
	/** A create is refused without it */
	requiredOnCreate?: true;
	/** The form of a new record shows it on its own, with this default, which gives way to Payload */
	ownParameter?: string | number;
	/** The field is needed when another field has this value */
	neededWhen?: Condition;
	/** The field does something only when another field has this value; what is needed then has no effect otherwise, too */
	onlyWith?: Condition;
	/** Without this condition the field is left out of a request that names the condition or creates */
	countsWhen?: Condition;
	/** The writes that take the field; none for a read-only field. What only a create takes and a profile shows never changes */
	writeOn: readonly Write[];
	/** Whether a GET returns it, so that it can be compared */
	readable: boolean;
	/** Whether BroadWorks takes null to clear it */
	clearable?: true;
	/** Left from older BroadWorks releases; sent only when Payload names it */
	legacy?: true;
	placeholder?: string;
	/** The list that the form offers for this value */
	chosenFrom?: ListChoice;
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

/** The word of the form for no choice; Odin knows it as an absent field or null. */
export const NONE = 'None';

/** Whether a field has the choice None. */
export const hasNone = ({ type, clearable }: Pick<Field, 'type' | 'clearable'>): boolean =>
	type === 'choice' && clearable === true;

/** What a person can choose. */
export const choicesOf = (rule: ValueRule & Pick<Field, 'clearable'>): string[] => [
	...(hasNone(rule) ? [NONE] : []),
	...(rule.choices ?? []),
];

/** One of `choices`; a clearable one has None as well, and its description says so. */
export const choice = ({ description, ...given }: Given): Field =>
	field('choice')({
		...given,
		description: given.clearable
			? `${description}. ${NONE} is not sent on create and clears the field on an existing record`
			: description,
	});
export const object = field('object');
export const textList = field('textList');
export const recordList = field('recordList');
export const json = field('json');

/** A create sets it for good. */
export const isFixed = ({ writeOn, readable }: Field): boolean =>
	readable && writeOn.includes('create') && !writeOn.includes('update');

/** The part of an object that is a secret. */
export const secretPart = ({ parts = [] }: Field): Part | undefined =>
	parts.find(({ secret }) => secret);

/** Whether a value of the field may hold a secret, which no profile shows. */
export const holdsSecret = (field: Field): boolean =>
	field.secret === true || secretPart(field) !== undefined;

/** The part that an object is named by. */
export const neededPart = ({ parts = [] }: Field): Part | undefined =>
	parts.find(({ needed }) => needed);

/** The fields of a resource, each by its name too. */
export interface Catalogue {
	readonly all: readonly Field[];
	/** Those that are objects with parts */
	readonly composed: readonly Field[];
	/** Those that count only under a condition */
	readonly conditional: readonly Field[];
	/** Undefined for a key that the catalogue does not know */
	find(name: string): Field | undefined;
	/** Throws for a name that is not in the catalogue. */
	get(name: string): Field;
}

export function catalogue(...groups: ReadonlyArray<readonly Field[]>): Catalogue {
	const all = groups.flat();
	const byName = new Map(all.map((one) => [one.name, one]));
	return {
		all,
		composed: all.filter(({ parts }) => parts !== undefined),
		conditional: all.filter(({ countsWhen }) => countsWhen !== undefined),
		find: (name) => byName.get(name),
		get(name) {
			const found = byName.get(name);
			if (!found) throw new Error(`The catalogue has no field ${name}`);
			return found;
		},
	};
}
