import type { ItemParameters } from '../execution/parameters';
import { fieldOf } from '../resources/trunkGroup/fields';
import type { GroupKey } from '../model/references';
import { isAbsent } from '../model/convert';

/** Service provider and group of an item; `instead` says what counts where the form is empty. */
export function readGroupKey(
	parameters: ItemParameters,
	instead: Record<string, unknown> = {},
): GroupKey {
	return {
		serviceProviderId: readServiceProviderId(parameters, instead),
		groupId: readId(parameters, 'groupId', instead),
	};
}

/** The service provider of an item. */
export const readServiceProviderId = (
	parameters: ItemParameters,
	instead: Record<string, unknown> = {},
): string => readId(parameters, 'serviceProviderId', instead);

function readId(
	parameters: ItemParameters,
	name: keyof GroupKey,
	instead: Record<string, unknown>,
): string {
	const given = parameters.locator(name);
	return parameters.needed(fieldOf(name), isAbsent(given) ? instead[name] : given);
}

export const groupText = ({ serviceProviderId, groupId }: GroupKey): string =>
	`group '${groupId}' of service provider '${serviceProviderId}'`;
