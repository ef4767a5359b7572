import type { ItemParameters, ParameterRule } from '../execution/parameters';
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

const readId = (parameters: ItemParameters, rule: ParameterRule, columns?: Columns): string =>
	neededKey(parameters, rule, { parameter: rule.name, columns });
