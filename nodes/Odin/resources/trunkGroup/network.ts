import { groupText, recordText, type GroupKey, type Key } from '../../model/key';
import { isSameName } from '../../model/equivalence';
import { groupsOf, readPlaces, SERVICE_PROVIDERS } from '../../provisioning/places';
import { find } from '../../provisioning/read';
import { ReadOnce } from '../../provisioning/readOnce';
import { readShownRows } from '../../provisioning/rows';
import type { OdinClient } from '../../transport/odinClient';
import { isFatal, OdinError, sentences } from '../../transport/odinError';
import { nameOf } from '../../values/wireValues';
import { readGroupServices, serviceNamed } from '../groupService/services';
import { TRUNK_GROUP_SERVICE } from '../groupService/trunkGroupService';
import { trunkGroupIn, type Place, type Read, type TrunkGroup, type Unread } from './audit/facts';
import { trunkGroupModel } from './model';
import { trunkGroupId } from './routes';
import { quoted } from '../../values/text';

/** The failure of an item that reads much, with what the item is about. */
export const explained = (error: unknown, subject: string, consequence: string): unknown =>
	error instanceof OdinError && !error.message.includes(subject)
		? error.with({ message: sentences(error.message, consequence) })
		: error;

export const ofServiceProvider = (serviceProviderId: string): Place => ({
	serviceProviderId,
	groupId: null,
	name: null,
});

export const ofGroup = ({ serviceProviderId, groupId }: GroupKey): Place => ({
	serviceProviderId,
	groupId,
	name: null,
});

export const ofTrunkGroup = ({ serviceProviderId, groupId, id }: Key): Place => ({
	serviceProviderId,
	groupId,
	name: id,
});

/** What was read, or why not. Throws OdinError for what ends the item. */
export async function attempted<Value>(
	place: Place,
	reading: Promise<Value>,
): Promise<Read<Value>> {
	return await reading.then(
		(value) => ({ value }),
		(error: unknown) => {
			if (!(error instanceof OdinError) || isFatal(error)) throw error;
			return { unread: { ...place, reason: error.message, error } };
		},
	);
}

/** The trunk groups of many groups. Each thing is read once, whoever asks for it, and only what is needed of it is kept. */
export class TrunkGroupNetwork {
	private readonly reads = new ReadOnce();

	async once<Value>(what: readonly string[], read: () => Promise<Value>): Promise<Value> {
		return await this.reads.once(JSON.stringify(what), read);
	}

	/** Ids of all service providers that this administrator may see. Throws OdinError. */
	async serviceProviders(odin: OdinClient): Promise<string[]> {
		return await this.once(
			['service providers'],
			async () => await readPlaces(odin, SERVICE_PROVIDERS),
		);
	}

	/** Ids of the groups of a service provider. Throws OdinError. */
	async groups(odin: OdinClient, serviceProviderId: string): Promise<string[]> {
		return await this.once(
			['groups', serviceProviderId],
			async () => await readPlaces(odin, groupsOf(serviceProviderId)),
		);
	}

	/** The names of the trunk groups of a group; an empty one for rows that show none. Throws OdinError. */
	async names(odin: OdinClient, group: GroupKey): Promise<string[]> {
		const { serviceProviderId, groupId } = group;
		return await this.once(['names', serviceProviderId, groupId], async () =>
			(await keysOf(odin, group)).flatMap((key) =>
				isSameName(groupId, key.groupId) ? [key.id] : [],
			),
		);
	}

	/**
	 * The same without the empty one, which is told as `unnamed`; `lacksService` for a group that can't list them because the
	 * service Trunk Group is not assigned, so that it has none. Throws OdinError for what ends the item.
	 */
	async list(
		odin: OdinClient,
		group: GroupKey,
	): Promise<Read<{ names: string[]; unnamed?: Unread; lacksService?: true }>> {
		const names = await attempted(ofGroup(group), this.names(odin, group));
		if ('value' in names) {
			const named = names.value.filter(Boolean);
			if (named.length === names.value.length) return { value: { names: named } };
			const reason = `${groupText(group)} lists trunk groups without a name`;
			return { value: { names: named, unnamed: { ...ofGroup(group), reason } } };
		}
		const services = await attempted(ofGroup(group), readGroupServices(odin, group));
		const service =
			'value' in services && serviceNamed(services.value, TRUNK_GROUP_SERVICE, ['group']);
		return service && !service.assigned ? { value: { names: [], lacksService: true } } : names;
	}

	/** The trunk groups of all groups of the enterprise, as the list of one of them shows them. Throws OdinError. */
	async ofEnterprise(odin: OdinClient, group: GroupKey): Promise<Key[]> {
		const { serviceProviderId, groupId } = group;
		return await this.once(
			['enterprise', serviceProviderId, groupId],
			async () => await keysOf(odin, group, { includeEnterpriseTrunkGroups: 'true' }),
		);
	}

	/** A trunk group; undefined where Odin has none of this key. */
	async trunkGroup(odin: OdinClient, key: Key): Promise<Read<TrunkGroup | undefined>> {
		return await this.once(
			['trunk group', trunkGroupId(key)],
			async () => await attempted(ofTrunkGroup(key), readTrunkGroup(odin, key)),
		);
	}

	/**
	 * The trunk group that a reference means; undefined where it is certain that there is none: the list of its group does not
	 * have it, or its group is gone. Odin may show a name of digits as a number, without the zeros in front.
	 */
	async target(odin: OdinClient, key: Key): Promise<Read<TrunkGroup | undefined>> {
		const read = await this.trunkGroup(odin, key);
		if ('unread' in read || read.value) return read;
		const names = await attempted(ofGroup(key), this.names(odin, key));
		if ('value' in names) {
			const like = names.value.filter((name) => isLike(key.id, name));
			const [only] = like;
			if (only === undefined) return { value: undefined };
			if (like.length === 1 && !isSameName(key.id, only)) {
				return await this.trunkGroup(odin, { ...key, id: only });
			}
			const reason = `trunk group ${quoted(key.id)} of ${groupText(key)} is listed, but can't be read`;
			return { unread: { ...ofTrunkGroup(key), reason } };
		}
		// Where the whole group is gone, nobody can list its trunk groups.
		const groups = await attempted(
			ofServiceProvider(key.serviceProviderId),
			this.groups(odin, key.serviceProviderId),
		);
		const isGone = 'value' in groups && !groups.value.some((id) => isLike(key.groupId, id));
		return isGone ? { value: undefined } : names;
	}
}

const withoutZeros = (id: string): string => (/^\d+$/.test(id) ? id.replace(/^0+(?=\d)/, '') : id);

/** Whether two ids are one but for the zeros in front. */
const isLike = (one: string, other: string): boolean =>
	isSameName(withoutZeros(one), withoutZeros(other));

/** The rows of a list of trunk groups. */
async function keysOf(
	odin: OdinClient,
	{ serviceProviderId, groupId }: GroupKey,
	query: Record<string, string> = {},
): Promise<Key[]> {
	const group = { serviceProviderId, groupId };
	const purpose = `list the trunk groups of ${groupText(group)}`;
	const rows = await readShownRows(
		odin,
		{ path: trunkGroupModel.path, query: { ...group, ...query }, purpose },
		trunkGroupModel.id,
	);
	const keys = rows.map((row) => ({
		serviceProviderId,
		groupId: nameOf(row.groupId) ?? groupId,
		id: nameOf(row.name) ?? '',
	}));
	return [...new Map(keys.map((key) => [trunkGroupId(key), key])).values()];
}

async function readTrunkGroup(odin: OdinClient, key: Key): Promise<TrunkGroup | undefined> {
	const profile = await find(odin, trunkGroupModel, key);
	if (!profile) return undefined;
	const trunkGroup = trunkGroupIn(profile, key);
	if (trunkGroup) return trunkGroup;
	throw new OdinError({
		kind: 'lost',
		message: `The profile of ${recordText(trunkGroupModel, key)} shows none of its settings`,
		description: 'Use the credential of an administrator who may see them',
	});
}
