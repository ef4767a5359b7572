import type { INodeExecutionData } from 'n8n-workflow';
import { groupText, serviceProviderText } from '../model/key';
import { OdinError } from '../transport/odinError';
import type { OdinClient } from '../transport/odinClient';
import { doWhile, type Budget } from './budget';
import { groupsOf, readPlaces } from '../provisioning/places';
import { namesService } from '../resources/groupService/trunkGroupService';
import { itemOf } from './items';
import { asFailure } from './look';
import { isUnread } from '../watch/memory';
import type { Wanted } from './parameters';
import { registrationLost, registrationsOf, trunkOf } from './registrations';
import { trunkGroupsOf } from './trunkGroups';
import { watchOf } from './watches';

/** More groups than these are not searched for something to show. */
const MAX_GROUPS = 50;

/** In a group, more trunk groups or users than these are not read for it. */
const MAX_RECORDS = 20;

/**
 * What a click on the test button shows: a trunk group of Odin as it is, in the form of the event. Nothing has happened to
 * it, so `example` says so. Throws OdinError where there is nothing to show.
 */
export async function exampleOf(
	{ odin, budget }: { odin: OdinClient; budget: Budget },
	wanted: Wanted,
	now: () => number,
): Promise<INodeExecutionData[][]> {
	const { serviceProviderId, groupId } = wanted;
	const groups = groupId === '' ? await readPlaces(odin, groupsOf(serviceProviderId)) : [groupId];
	let item: INodeExecutionData | undefined;
	await doWhile(
		groups.slice(0, MAX_GROUPS),
		1,
		() => !item && budget.hasTimeForRecords(),
		async (one) => {
			try {
				item = await exampleIn(odin, { ...wanted, groupId: one }, now);
			} catch (error) {
				const failure = asFailure(error);
				if (groupId !== '' || !namesService(failure)) throw failure;
			}
		},
	);
	if (item) return [[item]];
	throw new OdinError({
		kind: 'notFound',
		message:
			wanted.event === 'registrationLost'
				? `There is no example: no user of a trunk group is registered in ${placeText(wanted)}`
				: `There is no example: Odin shows no trunk group in ${placeText(wanted)}`,
		description: 'Choose another group, or publish the workflow and wait for the event',
	});
}

const placeText = (wanted: Wanted): string =>
	wanted.groupId === '' ? serviceProviderText(wanted.serviceProviderId) : groupText(wanted);

async function exampleIn(
	odin: OdinClient,
	wanted: Wanted,
	now: () => number,
): Promise<INodeExecutionData | undefined> {
	const { event, serviceProviderId, groupId } = wanted;
	const group = { serviceProviderId, groupId };
	const shown = { event, ...group, detectedAt: now() };
	if (event === 'registrationLost') {
		const { names } = await registrationsOf.list(odin, group);
		for (const userId of names.slice(0, MAX_RECORDS)) {
			const trunk = await trunkOf(odin, group, userId);
			const told = registrationLost(userId);
			if (trunk)
				return itemOf(odin, { ...shown, ...told, ...trunk, more: { ...told.more, ...EXAMPLE } });
		}
		return undefined;
	}
	const source = trunkGroupsOf(serviceProviderId);
	const watch = watchOf(wanted);
	const { names } = await source.list(odin, group);
	for (const name of names.slice(0, MAX_RECORDS)) {
		const profile = await source.read(odin, { groupId, name }, false);
		const values = profile && watch.read(profile);
		if (!values) continue;
		const changes = values
			.map((to, at) => ({ field: watch.columns[at]!, from: null, to }))
			.filter(({ to }) => to !== null && !isUnread(to));
		return itemOf(odin, { ...shown, name, change: 'changed', changes, profile, more: EXAMPLE });
	}
	return undefined;
}

const EXAMPLE = { example: true };
