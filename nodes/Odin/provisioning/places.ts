import { isSameName } from '../model/equivalence';
import { groupText, serviceProviderText, type GroupKey } from '../model/key';
import { isFatal, isRefusal, OdinError } from '../transport/odinError';
import type { OdinClient } from '../transport/odinClient';
import { isObject } from '../values/json';
import { nameOf, wireText } from '../values/wireValues';
import type { Hint } from './input';
import type { ReadOnce } from './readOnce';
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
	const ids = await readShownRows(odin, request, id).then(
		(rows) => rows.flatMap((row) => nameOf(row[id]) ?? []),
		async (error: unknown) => {
			const own = await ownPlace(odin, { id, ...request }, error);
			if (own === undefined) throw error;
			return [own];
		},
	);
	return [...new Set(ids)];
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

/** Some answer to it with all groups of the service provider. */
export const groupRequest = (group: GroupKey) => ({
	path: '/groups',
	query: { ...group },
	purpose: `read ${groupText(group)}`,
});

/**
 * Hints, in a preview of what is to be created, that Odin shows no such group: most likely the write would be refused. What
 * the administrator may not read, or what can't be read, tells nothing.
 */
export async function hintAtMissingGroup(
	odin: OdinClient,
	{ serviceProviderId, groupId }: GroupKey,
	reads: ReadOnce,
	hint: Hint,
): Promise<void> {
	const group = { serviceProviderId, groupId };
	const isThere = await reads.once(
		JSON.stringify(group),
		async () =>
			await readShownRows(odin, groupRequest(group), 'groupId').then(
				(rows) => rows.some((row) => isSameName(groupId, row.groupId)),
				(error: unknown) => {
					if (error instanceof OdinError && !isFatal(error)) return error.kind !== 'notFound';
					throw error;
				},
			),
	);
	if (!isThere) hint(`Odin shows no ${groupText(group)}: check both before the write`);
}
