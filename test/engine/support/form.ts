import type { INodeProperties, INodeTypeDescription } from 'n8n-workflow';

import fields from '../../../simulator/contract/trunk-group-fields.json';

/** A field as the contract file describes it. */
export interface ContractField {
	name: string;
	type: 'string' | 'integer' | 'boolean' | 'enum' | 'object' | 'array';
	group: string;
	min?: number;
	max?: number;
	maxLength?: number;
	enumValues?: string[];
	writeOn?: string[];
	writable: boolean;
	readOnly: boolean;
	clearable: boolean;
	deprecated?: boolean;
	verified?: boolean;
	seedDefault?: string | number | boolean;
	valueAfterSeedPost?: string | number | boolean;
	dependsOn?: Array<{ field: string; equals: unknown; effect: string }>;
}

export const CONTRACT = fields as unknown as ContractField[];

/** Where a group of fields has another name in the form than in the contract. */
const COLLECTION_OF: Record<string, string> = {
	capacity: 'callCapacity',
	peering: 'identity',
	prefix: 'identity',
	ims: 'pilotUserPolicies',
	device: 'accessDevice',
	general: 'additionalFields',
};

export const collectionOf = ({ group }: Pick<ContractField, 'group'>): string =>
	COLLECTION_OF[group] ?? group;

const KEY = ['serviceProviderId', 'groupId', 'name'];
const PAYLOAD_ONLY = /^(pilotUser|users|hostedUserId.*)$/;

/** Fields that a create takes and that stand in a collection of the form as one entry of the same name. */
export const PLAIN_FIELDS = CONTRACT.filter(
	({ name, type, group, writeOn, deprecated }) =>
		writeOn?.includes('create') &&
		!deprecated &&
		!KEY.includes(name) &&
		!PAYLOAD_ONLY.test(name) &&
		type !== 'object' &&
		group !== 'authentication' &&
		name !== 'maxActiveCalls',
);

/** The entries that stand for the object fields. */
export const OBJECT_ENTRIES: Record<string, string[]> = {
	capacityExceeded: [
		'capacityExceededRerouteTrunkGroupGroupId',
		'capacityExceededRerouteTrunkGroupName',
	],
	callForwardingAlways: [
		'callForwardingAlwaysRerouteTrunkGroupGroupId',
		'callForwardingAlwaysRerouteTrunkGroupName',
	],
	unreachableDestination: [
		'unreachableDestinationRerouteTrunkGroupGroupId',
		'unreachableDestinationRerouteTrunkGroupName',
	],
	accessDevice: ['deviceLevel', 'deviceName'],
	additionalFields: ['departmentName'],
};

/** The properties that the form shows for Trunk Group → Create. */
export function createForm({ properties }: INodeTypeDescription): INodeProperties[] {
	return properties.filter(({ displayOptions }) => {
		const show = displayOptions?.show;
		return show?.resource?.includes('trunkGroup') && show.operation?.includes('create');
	});
}

/** The entries of a collection of that form by name. */
export function entriesOf(
	description: INodeTypeDescription,
	collection: string,
): Map<string, INodeProperties> {
	const property = createForm(description).find(({ name }) => name === collection);
	const entries = (property?.options ?? []) as INodeProperties[];
	return new Map(entries.map((entry) => [entry.name, entry]));
}
