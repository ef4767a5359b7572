import type { ItemParameters, ParameterRule } from '../execution/parameters';
import { isAbsent } from '../model/convert';
import type { GroupKey } from '../model/key';
import { neededKey, type Columns } from './columns';

const ID = { type: 'text', maxLength: 30, isName: true } as const;

const SERVICE_PROVIDER: ParameterRule = {
	...ID,
	name: 'serviceProviderId',
	label: 'Service Provider',
};

const GROUP: ParameterRule = { ...ID, name: 'groupId', label: 'Group' };

/** The service provider of an item. */
export const readServiceProviderId = (parameters: ItemParameters): string =>
	readId(parameters, SERVICE_PROVIDER);

/** Service provider and group of an item. */
export const readGroupKey = (parameters: ItemParameters, columns?: Columns): GroupKey => ({
	serviceProviderId: readId(parameters, SERVICE_PROVIDER, columns),
	groupId: readId(parameters, GROUP, columns),
});

/** Service provider and group of an item that may leave the group empty, or both. */
export function readOptionalPlace(parameters: ItemParameters): Partial<GroupKey> {
	const [serviceProviderId, groupId] = [SERVICE_PROVIDER, GROUP].map((rule) => {
		const given = parameters.given(rule, parameters.locator(rule.name));
		return given === undefined ? undefined : String(given);
	});
	if (groupId !== undefined && isAbsent(parameters.locator(SERVICE_PROVIDER.name))) {
		parameters.issues.push({ label: GROUP.label, reason: `needs '${SERVICE_PROVIDER.label}'` });
	}
	return {
		...(serviceProviderId !== undefined && { serviceProviderId }),
		...(groupId !== undefined && { groupId }),
	};
}

const readId = (parameters: ItemParameters, rule: ParameterRule, columns?: Columns): string =>
	neededKey(parameters, rule, { parameter: rule.name, columns });
