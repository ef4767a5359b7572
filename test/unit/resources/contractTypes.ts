import type { Field } from '../../../nodes/Odin/model/field';

/** The types of the catalogue for each type of a contract. */
export const CONTRACT_TYPES: Record<string, Array<Field['type']>> = {
	string: ['text'],
	integer: ['integer'],
	boolean: ['boolean'],
	enum: ['choice'],
	object: ['object', 'json'],
	array: ['textList', 'recordList', 'json'],
};
