import { isSameName } from '../model/equivalence';
import { serviceProviderText } from '../model/key';
import { isRefusal, OdinError } from '../transport/odinError';
import type { OdinClient } from '../transport/odinClient';
import { isObject } from '../values/json';
import { nameOf, wireText } from '../values/wireValues';
import { readShownRows } from './rows';

/** A list of places, and how its rows name them. */
export interface PlaceList {
	path: string;
	/** The place that it lists those of */
	query: Record<string, string>;
	purpose: string;
	id: 'serviceProviderId' | 'groupId';
}

export const SERVICE_PROVIDERS: PlaceList = {
	path: '/service-providers',
	query: {},
	purpose: 'list the service providers',
	id: 'serviceProviderId',
};

export const groupsOf = (serviceProviderId: string): PlaceList => ({
	path: '/groups',
	query: { serviceProviderId },
	purpose: `list the groups of ${serviceProviderText(serviceProviderId)}`,
	id: 'groupId',
});

/** Ids of the places that this administrator is shown. Throws OdinError. */
export async function readPlaces(
	odin: OdinClient,
	{ id, ...request }: PlaceList,
): Promise<string[]> {
	const rows = await readShownRows(odin, request, id).catch(async (error: unknown) => {
		const own = await ownPlace(odin, { id, ...request }, error);
		if (own === undefined) throw error;
		return [{ [id]: own }];
	});
	const ids = rows.map((row) => nameOf((row as Record<string, unknown>)[id]));
	return [...new Set(ids.filter((one) => one !== null))];
}

/**
 * An administrator who may not list has one service provider, perhaps one group: those of his session. Undefined where the
 * list was not refused, or the session names no place of it.
 */
export async function ownPlace(
	odin: OdinClient,
	{ query, id }: PlaceList,
	error: unknown,
): Promise<string | undefined> {
	const isRefused = error instanceof OdinError && isRefusal(error);
	const session = isRefused ? await odin.session() : undefined;
	if (!session?.ok || !isObject(session.body)) return undefined;
	const own = session.body;
	const isOfList = Object.entries(query).every(([name, value]) => isSameName(value, own[name]));
	return (isOfList && wireText(own[id])) || undefined;
}
