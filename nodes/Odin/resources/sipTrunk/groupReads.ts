import { isSameName } from '../../model/equivalence';
import { groupText, type GroupKey } from '../../model/key';
import type { Wanted } from '../../model/reconcile';
import { groupRequest } from '../../provisioning/places';
import { ReadOnce } from '../../provisioning/readOnce';
import { readRows } from '../../provisioning/rows';
import type { OdinClient } from '../../transport/odinClient';
import { OdinError } from '../../transport/odinError';
import { isObject } from '../../values/json';
import { countOf, wireText } from '../../values/wireValues';
import { userModel } from '../user/model';

/** What nothing changes that is written here. */
const LASTING = ['domains', 'deviceTypes'];

/** What the rows of a batch read of their groups, until something is written that it would show otherwise. */
export class SharedReads {
	private readonly reads = new Map<string, ReadOnce>();

	readsOf({ serviceProviderId, groupId }: GroupKey): ReadOnce {
		const key = JSON.stringify([serviceProviderId, groupId]);
		const reads = this.reads.get(key) ?? new ReadOnce(LASTING);
		this.reads.set(key, reads);
		return reads;
	}
}

export const unusable = (message: string): OdinError =>
	new OdinError({
		kind: 'parameter',
		message,
		effect: 'Nothing was sent',
		description: 'Correct the item',
	});

export async function readDomain(
	odin: OdinClient,
	group: GroupKey,
	reads: ReadOnce,
): Promise<string> {
	const purpose = `read the default domain of ${groupText(group)}`;
	const body = await reads.once(
		'domains',
		async () =>
			await odin.request({
				method: 'GET',
				path: '/groups/domains',
				query: { ...group },
				purpose,
			}),
	);
	const domain = isObject(body) ? wireText(body.default) : '';
	if (domain !== '') return domain;
	throw unusable(`'Users From Numbers' uses {domain}, but ${groupText(group)} shows no domain`);
}

/** What a group has room for. */
export interface Limits {
	userLimit: number | null;
	userCount: number;
	/** Extensions of the group, with their users */
	extensions: Map<string, string>;
}

/** How many users the group may have, and who has which extension; read only where a user is new or gets an extension. */
export async function readLimits(
	odin: OdinClient,
	group: GroupKey,
	users: ReadonlyArray<{ profile: unknown; wanted: Wanted }>,
	reads: ReadOnce,
): Promise<Limits> {
	const isNew = users.some(({ profile }) => !profile);
	const asks = users.some(({ wanted }) => wanted.desired.fields.has('extension'));
	const limits = isNew ? await readGroup(odin, group, reads).catch(untoldAs(undefined)) : undefined;
	const userLimit = countOf(limits?.userLimit);
	const shownCount = countOf(limits?.userCount);
	const isCounted = userLimit === null || userLimit < 0 || shownCount !== null;
	const rows = asks || !isCounted ? await readUserRows(odin, group, reads) : [];
	return {
		userLimit,
		userCount: shownCount ?? rows.length,
		extensions: new Map(
			rows.map(({ extension, userId }) => [wireText(extension), wireText(userId)]),
		),
	};
}

/** For what only explains, or is found out by Odin as well: an administrator may not see it, or it takes too long. */
export const untoldAs =
	<Value>(value: Value) =>
	(error: unknown): Value => {
		const kinds = ['forbidden', 'notFound', 'refused', 'lost'];
		if (error instanceof OdinError && kinds.includes(error.kind)) return value;
		throw error;
	};

/** The users of a group, with their line ports where Odin gives its long list. */
export const readUserRows = async (
	odin: OdinClient,
	group: GroupKey,
	reads: ReadOnce,
): Promise<Array<Record<string, unknown>>> =>
	await reads.once('users', async () => {
		const list = async (more: Record<string, string>) =>
			await readRows(
				odin,
				{
					path: userModel.path,
					query: { ...group, ...more },
					purpose: `list the users of ${groupText(group)}`,
				},
				userModel.id,
			);
		return (await list({ extended: 'true' }).catch(untoldAs(undefined))) ?? (await list({}));
	});

async function readGroup(
	odin: OdinClient,
	group: GroupKey,
	reads: ReadOnce,
): Promise<Record<string, unknown> | undefined> {
	const rows = await reads.once(
		'group',
		async () => await readRows(odin, groupRequest(group), 'groupId'),
	);
	return rows.find(({ groupId }) => isSameName(group.groupId, groupId));
}
