import { trunkGroupText, type TrunkGroupKey } from '../model/key';
import { OdinError } from '../transport/odinError';

/**
 * Whether the name is taken. Odin's words for that are known from no public source, so several are understood; not those
 * about a device or user that something else has already.
 */
export const isDuplicate = (failure: OdinError): boolean =>
	failure.httpStatus === 409 ||
	(failure.says(
		/already (been )?(exist|in use|being used|used|taken|defined|present|created)|\bexists\b|duplicate|must be unique|not unique/i,
	) &&
		(failure.says(/\bname\b|trunk ?group(?! identity)/i) ||
			!failure.says(/\b(device|user|phone|number|port|domain|identity)\b/i)));

/** The name is taken; says by what, and how to go on. */
export function duplicate(key: TrunkGroupKey, failure?: OdinError): OdinError {
	const words = failure?.odinMessage === undefined ? '' : `. Odin says: ${failure.odinMessage}`;
	return new OdinError({
		kind: 'refused',
		message: `There is already a ${trunkGroupText(key)}${words}`,
		effect: 'Nothing was created',
		description:
			"To go on with the existing one, set 'If Exists' in the options to 'Return Existing'; to bring it to these values, use the operation 'Create or Update'",
		httpStatus: failure?.httpStatus,
		odinMessage: failure?.odinMessage,
		details: { ...key },
	});
}

/** A rename to a name that another trunk group of the group has. */
export const nameIsTaken = (
	key: TrunkGroupKey,
	taken: TrunkGroupKey,
	failure?: OdinError,
): OdinError =>
	new OdinError({
		kind: 'refused',
		message: `There is already a ${trunkGroupText(taken)}, so '${key.name}' is not renamed`,
		effect: 'Nothing was changed',
		description: 'Choose another new name, or rename the other one first',
		httpStatus: failure?.httpStatus,
		odinMessage: failure?.odinMessage,
	});
