import { refused } from '../odinErrors';

export type Operation = 'create' | 'update';

/** What a value of a field must be like. */
export interface FieldRule {
	name: string;
	type: 'string' | 'integer' | 'boolean' | 'enum' | 'object' | 'array';
	minLength?: number;
	maxLength?: number;
	pattern?: string;
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

/** One field as a contract file describes it. */
export interface Field extends FieldRule {
	clearable: boolean;
	readOnly: boolean;
	writeOn?: readonly Operation[];
	requiredOnCreate?: boolean;
	requiredOnUpdate?: boolean;
	/** 'always': a strict Odin requires it. */
	sendOnCreate?: string;
	/** What is stored when a create leaves it out. */
	valueAfterSeedPost?: string | number | boolean;
	/** Stored and never answered. */
	secret?: boolean;
	/** Digits alone were seen to come back as a number. */
	digitsComeAsNumber?: boolean;
	dependsOn?: ReadonlyArray<{ field: string; equals: unknown; effect: string }>;
}

export function isWritableOn(field: Field, operation: Operation): boolean {
	return field.writeOn?.includes(operation) ?? false;
}

/** What Odin stores when a create leaves the field out. */
export function valueWhenOmitted(field: Field): unknown {
	if (field.valueAfterSeedPost !== undefined) return field.valueAfterSeedPost;
	return field.type === 'boolean' && !field.readOnly ? false : undefined;
}

/** The parts of an object that are stored; portal and odins_spear send whole rows. */
export function storedParts({ properties }: FieldRule): string[] | undefined {
	if (!properties) return undefined;
	const parts = Object.entries(properties);
	return parts
		.filter(([, rule]) => typeof rule !== 'string' || !rule.includes('(ignored'))
		.map(([name]) => name);
}

/** Throws when a record lacks a field that the value of another field demands. */
export function requireDependencies(
	fields: readonly Field[],
	record: Readonly<Record<string, unknown>>,
): void {
	for (const { name, dependsOn = [] } of fields) {
		for (const { field, equals, effect } of dependsOn) {
			if (effect === 'required' && record[field] === equals && record[name] === undefined) {
				throw refused(`${name} is required when ${field} is ${String(equals)}`);
			}
		}
	}
}
