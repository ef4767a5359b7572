import type { IDataObject } from 'n8n-workflow';
import { isSameName } from '../../model/equivalence';
import { groupText, type GroupKey, type Key } from '../../model/key';
import { inOrder } from '../../provisioning/inOrder';
import type { OdinClient } from '../../transport/odinClient';
import { isRefusal } from '../../transport/odinError';
import type { Unread } from './audit/facts';
import { isPartOf, readEnterpriseTrunks, type EnterpriseTrunk } from './enterpriseTrunks';
import { attempted, ofServiceProvider, type TrunkGroupNetwork } from './network';
import { isSameTrunkGroup, targetField, type Route } from './routes';
import { quoted } from '../../values/text';

/** A field by which a trunk group, or an enterprise trunk, names another trunk group. */
export interface Reference extends IDataObject {
	serviceProviderId: string;
	/** Null for an enterprise trunk of the whole enterprise */
	groupId: string | null;
	name: string;
	/** Odin's name of the field, or "enterpriseTrunk" */
	field: string;
}

export interface References {
	references: Reference[];
	/** Those that stay stored beside an action that does not use them */
	idle: Reference[];
	/** Where nobody could look */
	unread: Unread[];
}

/** What a trunk group names another one by. */
function referencesIn(key: Key, routes: readonly Route[], to: Key): References {
	const { serviceProviderId, groupId, id: name } = key;
	const naming = routes.filter(({ target }) => target && isSameTrunkGroup(to, target));
	const all = naming.map(({ situation, action }) => ({
		isIdle: action !== 'Reroute',
		reference: { serviceProviderId, groupId, name, field: targetField(situation) },
	}));
	return {
		references: all.map(({ reference }) => reference),
		idle: all.flatMap(({ isIdle, reference }) => (isIdle ? [reference] : [])),
		unread: [],
	};
}

/** The references of these trunk groups. Throws OdinError for what ends the item. */
export async function referencesOf(
	odin: OdinClient,
	network: TrunkGroupNetwork,
	keys: readonly Key[],
	to: Key,
): Promise<References> {
	return joined(
		await inOrder(keys, odin.concurrency, async (key) => {
			const read = await network.trunkGroup(odin, key);
			if ('unread' in read) return { ...NONE, unread: [read.unread] };
			return referencesIn(key, read.value?.routes ?? [], to);
		}),
	);
}

/**
 * Who refers to a trunk group, in all groups of its service provider and among the enterprise trunks. What Odin refuses to
 * tell is told as unread; throws OdinError where its own group can't be listed, and for answers that were lost: the next run
 * may well find a reference there.
 */
export async function findReferences(
	odin: OdinClient,
	network: TrunkGroupNetwork,
	to: Key,
): Promise<References> {
	const own = { serviceProviderId: to.serviceProviderId, groupId: to.groupId };
	await network.names(odin, own);
	const groups = await groupsOf(odin, network, own);
	const inGroups = await inOrder(groups.groups, odin.concurrency, async (group) => {
		const list = await network.list(odin, group);
		if ('unread' in list) return { ...NONE, unread: [list.unread] };
		const { names, unnamed } = list.value;
		const keys = names.map((id) => ({ ...group, id }));
		const { unread, ...found } = await referencesOf(odin, network, keys, to);
		return { ...found, unread: unnamed ? [unnamed, ...unread] : unread };
	});
	const lost = [...groups.unread, ...inGroups.flatMap(({ unread }) => unread)].find(
		({ error }) => error && !isRefusal(error),
	);
	if (lost?.error) throw lost.error;
	const trunks = await readEnterpriseTrunks(odin, network, to);
	return joined([
		{ ...NONE, unread: groups.unread },
		...inGroups,
		...trunks.map((read) =>
			'unread' in read
				? { ...NONE, unread: [read.unread] }
				: joined(read.value.map((trunk) => referenceOf(trunk, to))),
		),
	]);
}

const NONE: References = { references: [], idle: [], unread: [] };

function referenceOf(trunk: EnterpriseTrunk, to: Key): References {
	const isPart = isPartOf(trunk, to);
	if ('unread' in isPart) return { ...NONE, unread: [isPart.unread] };
	if (!isPart.value) return NONE;
	const { groupId, name } = trunk;
	const reference = { serviceProviderId: to.serviceProviderId, groupId, name };
	return { ...NONE, references: [{ ...reference, field: 'enterpriseTrunk' }] };
}

/** All groups of the service provider, or the own one where the others can't be listed. */
async function groupsOf(
	odin: OdinClient,
	network: TrunkGroupNetwork,
	own: GroupKey,
): Promise<{ groups: GroupKey[]; unread: Unread[] }> {
	const { serviceProviderId, groupId } = own;
	const read = await attempted(
		ofServiceProvider(serviceProviderId),
		network.groups(odin, serviceProviderId),
	);
	if ('unread' in read) return { groups: [own], unread: [read.unread] };
	const others = read.value.filter((id) => !isSameName(groupId, id));
	return {
		groups: [own, ...others.map((id) => ({ serviceProviderId, groupId: id }))],
		unread: [],
	};
}

const joined = (parts: readonly References[]): References => ({
	references: parts.flatMap(({ references }) => references),
	idle: parts.flatMap(({ idle }) => idle),
	unread: parts.flatMap(({ unread }) => unread),
});

/** E.g. "Trunk group 'a' in group 'hq' of service provider 'acme'" or "Enterprise trunk 'e'". */
export const referrerText = ({ serviceProviderId, groupId, name, field }: Reference): string => {
	const noun = field === 'enterpriseTrunk' ? 'Enterprise trunk' : 'Trunk group';
	const place = groupId === null ? '' : ` in ${groupText({ serviceProviderId, groupId })}`;
	return `${noun} ${quoted(name)}${place}`;
};
