import type { INodeProperties } from 'n8n-workflow';
import type { ItemParameters } from '../execution/parameters';
import { parsePayload } from '../model/desired';
import { trunkGroupText, type TrunkGroupKey } from '../model/key';
import { OdinError } from '../transport/odinError';
import type { OdinClient } from '../transport/odinClient';
import { groupLocator, serviceProviderLocator, trunkGroupLocator } from './locators';
import { readKey } from './input';
import { findTrunkGroup, type Profile } from './read';

/** The properties that name an existing trunk group. */
export const keyProperties: INodeProperties[] = [
	serviceProviderLocator,
	groupLocator,
	trunkGroupLocator,
];

const noPayload = parsePayload(undefined);

/** The existing trunk group that an item names. */
export const readExistingKey = (parameters: ItemParameters, payload = noPayload): TrunkGroupKey =>
	readKey(parameters, payload, 'trunkGroup');

/** Whether a missing trunk group gives an item that says so, instead of a failure. */
export const returnsEmpty = (parameters: ItemParameters): boolean =>
	parameters.option<string>(
		{
			name: 'ifNotFound',
			label: 'If Not Found',
			type: 'choice',
			choices: ['fail', 'returnEmpty'],
		},
		'fail',
	) === 'returnEmpty';

/** Reads a trunk group that must be there. */
export async function readTrunkGroup(odin: OdinClient, key: TrunkGroupKey): Promise<Profile> {
	const profile = await findTrunkGroup(odin, key);
	if (profile) return profile;
	throw missing(key);
}

/** Odin does not have it. */
export const missing = (key: TrunkGroupKey): OdinError =>
	new OdinError({
		kind: 'notFound',
		message: `Odin has no ${trunkGroupText(key)}`,
		description:
			"Check service provider, group and name. After a rename only the new name is known. 'If Not Found' in the options of Get and Delete lets the workflow go on",
		details: { ...key },
	});
