import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { ItemParameters } from '../../execution/parameters';
import { isObject } from '../../values/json';
import { withoutSecrets } from '../../secrets/redact';
import type { OdinClient } from '../../transport/odinClient';
import { OdinError } from '../../transport/odinError';
import { groupText, serviceProviderText } from '../../model/key';
import { readGroupKey, readServiceProviderId } from '../../provisioning/scope';
import { groupLocator, serviceProviderLocator } from '../../provisioning/locators';
import { countOf } from '../../values/wireValues';

/** Who has the capacity: one group, or a service provider with all its groups. */
export type Level = 'group' | 'serviceProvider';

/** The holder of a call capacity, as query and body name it. */
export interface CapacityHolder {
	level: Level;
	key: Record<string, string>;
	text: string;
}

export const capacityPath = (level: Level): string =>
	level === 'group'
		? '/groups/trunk-groups/call-capacity'
		: '/service-providers/trunk-groups/call-capacity';

/** A call capacity as Odin returned it. */
export type Capacity = Record<string, unknown>;

/** The two numbers of a call capacity. */
export const CAPACITY_NAMES = ['maxActiveCalls', 'burstingMaxActiveCalls'] as const;

/** Odin's word for no limit. */
export const UNLIMITED = -1;

export const isUnlimited = (value: unknown): boolean => Number(value) === UNLIMITED;

/** The properties that name the holder. */
export const holderProperties: INodeProperties[] = [
	{
		displayName: 'Level',
		name: 'level',
		type: 'options',
		options: [
			{ name: 'Group', value: 'group', description: 'The ceiling for the trunk groups of a group' },
			{
				name: 'Service Provider',
				value: 'serviceProvider',
				description: 'The ceiling for the groups of a service provider or enterprise',
			},
		],
		default: 'group',
		description: 'Whose call capacity it is',
	},
	serviceProviderLocator,
	{ ...groupLocator, displayOptions: { show: { level: ['group'] } } },
];

/** The holder that an item names. */
export function readHolder(parameters: ItemParameters): CapacityHolder {
	const level = parameters.given(
		{ name: 'level', label: 'Level', type: 'choice', choices: ['group', 'serviceProvider'] },
		parameters.read('level'),
	);
	if (level === 'serviceProvider') {
		const serviceProviderId = readServiceProviderId(parameters);
		return { level, key: { serviceProviderId }, text: serviceProviderText(serviceProviderId) };
	}
	const key = readGroupKey(parameters);
	return { level: 'group', key: { ...key }, text: groupText(key) };
}

/** Reads the call capacity. Throws OdinError. */
export async function readCapacity(
	odin: OdinClient,
	{ level, key, text }: CapacityHolder,
): Promise<Capacity> {
	const purpose = `read the call capacity of ${text}`;
	const body = await odin.request({
		method: 'GET',
		path: capacityPath(level),
		query: key,
		purpose,
	});
	const capacity = capacityIn(body);
	if (capacity) return capacity;
	throw withoutCapacity(purpose);
}

/** The capacity in an answer: at least one of its numbers can be read. Without what Odin should never have returned. */
export const capacityIn = (body: unknown): Capacity | undefined =>
	isObject(body) && CAPACITY_NAMES.some((name) => countOf(body[name]) !== null)
		? withoutSecrets(body)
		: undefined;

/** A call capacity for the output, with its holder first. */
export const capacityOutput = ({ key }: CapacityHolder, capacity: Capacity): IDataObject =>
	({ ...key, ...capacity }) as IDataObject;

/** A success with nothing in it, or with something that is no call capacity. */
export const withoutCapacity = (purpose: string): OdinError =>
	new OdinError({
		kind: 'notFound',
		message: `Odin was asked to ${purpose}, and the response contains none`,
		description: 'Check the IDs, and that the service "Trunk Group" is authorized there',
	});
