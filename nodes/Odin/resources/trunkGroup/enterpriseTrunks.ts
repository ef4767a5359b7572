import { isSameName } from '../../model/equivalence';
import { groupText, serviceProviderText, type Key } from '../../model/key';
import { inOrder } from '../../provisioning/inOrder';
import { readRows } from '../../provisioning/rows';
import type { OdinClient } from '../../transport/odinClient';
import { OdinError } from '../../transport/odinError';
import { isObject } from '../../values/json';
import { nameOf } from '../../values/wireValues';
import type { Place, Read } from './audit/facts';
import { attempted, ofGroup, ofServiceProvider, type TrunkGroupNetwork } from './network';
import { quoted } from '../../values/text';

/** A trunk of several trunk groups: of the enterprise, or of one group. */
export interface EnterpriseTrunk {
	groupId: string | null;
	name: string;
	/** Without a group they are of its own */
	trunkGroups: Read<Part[]>;
}

interface Part {
	groupId: string | null;
	name: string;
}

const ID = 'enterpriseTrunkName';

/** The enterprise trunks that a trunk group may be part of. Enterprises have them as a whole, service providers in a group. */
export async function readEnterpriseTrunks(
	odin: OdinClient,
	network: TrunkGroupNetwork,
	{ serviceProviderId, groupId }: Key,
): Promise<Array<Read<EnterpriseTrunk[]>>> {
	const group = { serviceProviderId, groupId };
	const ofEnterprise = await network.once(
		['enterprise trunks', serviceProviderId],
		async () =>
			await attempted(
				ofServiceProvider(serviceProviderId),
				readAll(odin, {
					path: '/service-providers/enterprise-trunks',
					query: { serviceProviderId },
					place: serviceProviderText(serviceProviderId),
					where: ofServiceProvider(serviceProviderId),
				}),
			),
	);
	const ofOwnGroup = await network.once(
		['enterprise trunks', serviceProviderId, groupId],
		async () =>
			await attempted(
				ofGroup(group),
				readAll(odin, {
					path: '/groups/enterprise-trunks',
					query: group,
					place: groupText(group),
					where: ofGroup(group),
				}),
			),
	);
	// Odin has them on one level, and says no on the other.
	const both = [ofEnterprise, ofOwnGroup];
	const isAnswered = both.some((read) => 'value' in read);
	return isAnswered
		? both.filter((read) => 'value' in read || !lacksLevel(read.unread.error))
		: [ofEnterprise];
}

const lacksLevel = (error: OdinError | undefined): boolean =>
	error?.kind === 'refused' || error?.kind === 'notFound';

interface Level {
	path: string;
	query: Record<string, string>;
	place: string;
	where: Place;
}

async function readAll(
	odin: OdinClient,
	{ path, query, place, where }: Level,
): Promise<EnterpriseTrunk[]> {
	const purpose = `list the enterprise trunks of ${place}`;
	const rows = await readRows(odin, { path, query, purpose }, ID);
	const named = rows.flatMap((row) => {
		const name = nameOf(row[ID]);
		return name === null ? [] : [{ name, row }];
	});
	return await inOrder(named, odin.concurrency, async ({ name, row }) => {
		const shown = trunkGroupsIn(row) ?? [];
		const trunkGroups =
			shown.length > 0
				? { value: shown }
				: await attempted(where, readOne(odin, { path, query, place, where }, name));
		return { groupId: where.groupId, name, trunkGroups };
	});
}

async function readOne(
	odin: OdinClient,
	{ path, query, place }: Level,
	name: string,
): Promise<Part[]> {
	const purpose = `read enterprise trunk ${quoted(name)} of ${place}`;
	const body = await odin.request({
		method: 'GET',
		path,
		query: { ...query, [ID]: name },
		purpose,
	});
	const trunkGroups = trunkGroupsIn(body);
	if (trunkGroups) return trunkGroups;
	throw new OdinError({
		kind: 'lost',
		message: `Odin was asked to ${purpose}, and does not show its trunk groups`,
		description: '',
	});
}

/** How deep the list may stand: in the trunk, or in its kind of routing. */
const MAX_DEPTH = 2;

/** The trunk groups of an enterprise trunk; undefined where it shows no list of them. */
function trunkGroupsIn(value: unknown, depth = 0): Part[] | undefined {
	if (!isObject(value) || depth === MAX_DEPTH) return undefined;
	if (Array.isArray(value.trunkGroups)) {
		return value.trunkGroups.flatMap((one) => {
			const row: Record<string, unknown> = isObject(one) ? one : { trunkGroupName: one };
			const name = nameOf(row.trunkGroupName) ?? nameOf(row.name);
			return name === null ? [] : [{ groupId: nameOf(row.groupId), name }];
		});
	}
	for (const part of Object.values(value)) {
		const found = trunkGroupsIn(part, depth + 1);
		if (found) return found;
	}
	return undefined;
}

/** Whether a trunk group is one of an enterprise trunk. */
export function isPartOf({ groupId, trunkGroups }: EnterpriseTrunk, key: Key): Read<boolean> {
	if ('unread' in trunkGroups) return trunkGroups;
	return {
		value: trunkGroups.value.some((part) => {
			const group = part.groupId ?? groupId;
			return isSameName(key.id, part.name) && (group === null || isSameName(key.groupId, group));
		}),
	};
}
