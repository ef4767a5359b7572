import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { ItemParameters } from '../../execution/parameters';
import { isObject } from '../../values/json';
import { withoutSecrets } from '../../secrets/redact';
import type { OdinClient } from '../../transport/odinClient';
import { OdinError } from '../../transport/odinError';
import { isSameName } from '../../model/equivalence';
import { groupText } from '../../model/key';
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
		const text = `service provider '${serviceProviderId}'`;
		return { level, key: { serviceProviderId }, text };
	}
	const key = readGroupKey(parameters);
	return { level: 'group', key: { ...key }, text: groupText(key) };
}

/** A call capacity as Odin returned it. */
export type Capacity = Record<string, unknown>;

/** Whose it is comes first. */
export const withKey = ({ key }: CapacityHolder, capacity: Capacity): IDataObject =>
	({ ...key, ...capacity }) as IDataObject;

/** Reads the call capacity. Throws OdinError. */
export async function readCapacity(odin: OdinClient, holder: CapacityHolder): Promise<Capacity> {
	const purpose = `read the call capacity of ${holder.text}`;
	const body = await odin.request({
		method: 'GET',
		path: capacityPath(holder.level),
		query: holder.key,
		purpose,
	});
	const capacity = capacityIn(body, holder);
	if (capacity) return capacity;
	throw withoutCapacity(purpose);
}

/**
 * The capacity in an answer, without what Odin should never have returned: of this holder, with at least one number that
 * can be read.
 */
export const capacityIn = (body: unknown, { key }: CapacityHolder): Capacity | undefined =>
	isObject(body) &&
	CAPACITY_NAMES.some((name) => countOf(body[name]) !== null) &&
	Object.entries(key).every(([name, id]) => isSameName(id, body[name] ?? id))
		? withoutSecrets(body)
		: undefined;

/** A success with nothing in it, or with something that is no call capacity. */
export const withoutCapacity = (purpose: string): OdinError =>
	new OdinError({
		kind: 'notFound',
		message: `Odin could not ${purpose}: the response contains none`,
		description: 'Check the ids, and that the service "Trunk Group" is authorized there',
	});
