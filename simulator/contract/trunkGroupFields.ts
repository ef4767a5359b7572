import contract from './trunk-group-fields.json';

export type Operation = 'create' | 'update';

/** What a value of a field must be like. */
export interface FieldRule {
	name: string;
	type: 'string' | 'integer' | 'boolean' | 'enum' | 'object' | 'array';
	minLength?: number;
	maxLength?: number;
	min?: number;
	max?: number;
	enumValues?: readonly string[];
	/** Text such as 'string 1..30', or the choices. */
	properties?: Readonly<Record<string, string | { type: 'enum'; enumValues: readonly string[] }>>;
	/** The same for the entries of an array of objects. */
	items?: Readonly<Record<string, string>>;
	/** Whether null on update clears it. */
	clearable?: boolean;
}

/** One field of a trunk group as the contract file describes it. */
export interface TrunkGroupField extends FieldRule {
	clearable: boolean;
	readOnly: boolean;
	writeOn?: readonly Operation[];
	requiredOnCreate?: boolean;
	requiredOnUpdate?: boolean;
	sendOnCreate?: string;
	valueAfterSeedPost?: string | number | boolean;
	dependsOn?: ReadonlyArray<{ field: string; equals: unknown; effect: string }>;
}

export const TRUNK_GROUP_FIELDS = contract as unknown as readonly TrunkGroupField[];

export function isWritableOn(field: TrunkGroupField, operation: Operation): boolean {
	return field.writeOn?.includes(operation) ?? false;
}

export interface RequiredDependency {
	field: string;
	when: { field: string; equals: unknown };
}

/** Fields that must have a value while another field has a certain one. */
export const REQUIRED_DEPENDENCIES: readonly RequiredDependency[] = TRUNK_GROUP_FIELDS.flatMap(
	(field) =>
		(field.dependsOn ?? [])
			.filter(({ effect }) => effect === 'required')
			.map((when) => ({
				field: field.name,
				when: { field: when.field, equals: when.equals },
			})),
);

/** What Odin stores when a create leaves the field out. */
export function valueWhenOmitted(field: TrunkGroupField): unknown {
	if (field.valueAfterSeedPost !== undefined) return field.valueAfterSeedPost;
	return field.type === 'boolean' && !field.readOnly ? false : undefined;
}
