import type { Field } from './field';
import contract from './trunk-group-fields.json';

export { type FieldRule, isWritableOn, type Operation } from './field';

/** One field of a trunk group as the contract file describes it. */
export type TrunkGroupField = Field;

// The types of JSON know no choices of text.
const fields: unknown = contract;

export const TRUNK_GROUP_FIELDS = fields as readonly TrunkGroupField[];

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
