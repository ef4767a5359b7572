import type { Field } from './field';
import contract from './trunk-group-fields.json';

export { type FieldRule, isWritableOn, type Operation } from './field';

/** One field of a trunk group as the contract file describes it. */
export type TrunkGroupField = Field;

// The types of JSON know no choices of text.
const fields: unknown = contract;

export const TRUNK_GROUP_FIELDS = fields as readonly TrunkGroupField[];
