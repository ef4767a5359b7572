import { bodyContract } from '../contract/bodyContract';
import { isWritableOn, type Operation, TRUNK_GROUP_FIELDS } from '../contract/trunkGroupFields';
import { READ_ONLY_PROFILE_KEYS } from './profile';

const named = (fields: typeof TRUNK_GROUP_FIELDS): string[] => fields.map((field) => field.name);

const writableOn = (operation: Operation) =>
	TRUNK_GROUP_FIELDS.filter((field) => isWritableOn(field, operation));

/** The body of POST /groups/trunk-groups. */
export const CREATE_BODY = bodyContract({
	operation: 'create',
	fields: writableOn('create'),
	required: named(TRUNK_GROUP_FIELDS.filter((field) => field.requiredOnCreate)),
	requiredStrictly: named(TRUNK_GROUP_FIELDS.filter((field) => field.sendOnCreate === 'always')),
});

/** The body of PUT /groups/trunk-groups. The portal sends the whole profile back, read-only fields too. */
export const UPDATE_BODY = bodyContract({
	operation: 'update',
	fields: writableOn('update'),
	required: named(TRUNK_GROUP_FIELDS.filter((field) => field.requiredOnUpdate)),
	ignored: READ_ONLY_PROFILE_KEYS,
});
