import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { namedKey, recordText, type Key } from '../../model/key';
import { idIn } from '../../model/equivalence';
import { put } from '../../provisioning/put';
import type { DeletionHook, Release } from '../../provisioning/resource';
import { CHECK_FIRST, OdinError, sentences } from '../../transport/odinError';
import type { OdinClient } from '../../transport/odinClient';
import { isObject, type JsonObject } from '../../values/json';
import { capitalised } from '../../values/text';
import { userModel } from '../user/model';
import { readUser } from '../user/read';
import { OFF_TRUNK } from '../user/trunk';
import { trunkGroupModel } from './model';
import { readUsers } from './users';

const forceOption: INodeProperties = {
	displayName: 'Force',
	name: 'force',
	type: 'boolean',
	default: false,
	description:
		'Whether to take all users off the trunk group before it is deleted: pilot user and hosted users are cleared, and each user who is connected through it loses that connection and can make no calls. Preview Only names them.',
};

/** Who uses a trunk group, with what each user of it loses. */
export interface Usage {
	pilotUserId: string;
	hostedUserIds: string[];
	trunkUsers: TrunkUser[];
}

/** How a user is connected, as PUT /users takes it again. */
interface TrunkUser {
	userId: string;
	endpointType: string;
	trunkAddressing: JsonObject | null;
}

/** A trunk group is deleted when nobody uses it; Force takes everybody off first, as the portal does. */
export const deletion: DeletionHook = {
	options: [forceOption],
	async plan(odin, key, profile, { flags: { force }, earlier }) {
		const usage = await readUsage(odin, key, profile);
		if (!isUsed(usage) && !earlier) return undefined;
		if (isUsed(usage) && !force) throw stillUsed(key, usage);
		const trunkUsers = await readConnections(odin, usage);
		return new TrunkGroupRelease(odin, key, { ...usage, trunkUsers }, earlier);
	},
};

/** In the portal's order: a pilot can't be taken off the trunk, and a trunk group with users can't be deleted. */
class TrunkGroupRelease implements Release {
	readonly changes: IDataObject[];

	readonly hints: string[];

	/** As it was before an earlier try of the node, where there was one */
	private readonly before: Usage;

	private readonly takenOff: string[] = [];

	constructor(
		private readonly odin: OdinClient,
		private readonly key: Key,
		private readonly usage: Usage,
		earlier: Release | undefined,
	) {
		this.changes = changesOf(usage);
		this.hints = usage.trunkUsers.map(
			({ userId, trunkAddressing }) =>
				`User ${userId} loses the connection through the trunk group${linePortOf(trunkAddressing)} and can make no calls`,
		);
		this.before = usage;
		if (earlier instanceof TrunkGroupRelease) {
			this.before = joined(earlier.before, usage);
			this.takenOff.push(...earlier.takenOff);
		}
	}

	async carryOut(): Promise<void> {
		const { odin, key, takenOff } = this;
		const { pilotUserId, hostedUserIds, trunkUsers } = this.usage;
		try {
			if (pilotUserId !== '') {
				await clear(odin, key, { pilotUserId: null });
				takenOff.push(`pilot user ${pilotUserId}`);
			}
			for (const { userId } of trunkUsers) {
				await takeOff(odin, userId);
				takenOff.push(`user ${userId}`);
			}
			if (hostedUserIds.length > 0) {
				await clear(odin, key, { users: [] });
				takenOff.push(`hosted users ${hostedUserIds.join(', ')}`);
			}
		} catch (error) {
			throw error instanceof OdinError ? this.explain(error) : error;
		}
	}

	/** What was done before it stopped, and who was what: enough to give it back, and a second run goes on. */
	explain(error: OdinError): OdinError {
		const { before, takenOff } = this;
		if (takenOff.length === 0 && !['lost', 'notApplied'].includes(error.kind)) return error;
		return error.with({
			// What was taken off is not "not tried", also where the deletion was never sent.
			kind: error.kind === 'stopped' ? 'lost' : error.kind,
			message: sentences(
				error.message,
				takenOff.length === 0
					? 'No user had been taken off'
					: `Already taken off: ${takenOff.join('; ')}`,
			),
			effect: '',
			description: sentences(
				error.description || CHECK_FIRST,
				"A second run with 'Force' goes on from here; 'details' has who was on the trunk group, as Odin takes it back",
			),
			details: {
				...error.furtherDetails,
				...namedKey(trunkGroupModel, this.key),
				before: {
					pilotUserId: before.pilotUserId || null,
					users: before.hostedUserIds.map((userId) => ({ userId })),
					trunkUsers: before.trunkUsers.map((user) => ({ ...user }) as IDataObject),
				},
				takenOff,
			},
		});
	}
}

/** What an earlier try of the node met, and what is new since. */
const joined = (earlier: Usage, now: Usage): Usage => ({
	pilotUserId: earlier.pilotUserId || now.pilotUserId,
	hostedUserIds: [...new Set([...earlier.hostedUserIds, ...now.hostedUserIds])],
	trunkUsers: [
		...earlier.trunkUsers,
		...now.trunkUsers.filter(
			({ userId }) => !earlier.trunkUsers.some((user) => user.userId === userId),
		),
	],
});

export const clear = async (odin: OdinClient, key: Key, body: JsonObject): Promise<unknown> =>
	await put(odin, trunkGroupModel, { key, body, attempt: {} });

const linePortOf = (trunkAddressing: JsonObject | null): string => {
	const endpoint = trunkAddressing?.trunkGroupDeviceEndpoint;
	return isObject(endpoint) && endpoint.linePort ? ` (line port ${String(endpoint.linePort)})` : '';
};

const changesOf = ({ pilotUserId, hostedUserIds, trunkUsers }: Usage): IDataObject[] => [
	...(pilotUserId === '' ? [] : [{ field: 'pilotUserId', from: pilotUserId, to: null }]),
	...trunkUsers.map(({ userId, endpointType, trunkAddressing }) => ({
		field: 'user',
		userId,
		from: { endpointType, trunkAddressing } as IDataObject,
		to: { endpointType: 'none', trunkAddressing: null },
	})),
	...(hostedUserIds.length === 0
		? []
		: [{ field: 'users', from: hostedUserIds.map((userId) => ({ userId })), to: [] }]),
];

/** Takes a user off the trunk group, whose pilot user is cleared before. */
const takeOff = async (odin: OdinClient, userId: string): Promise<unknown> =>
	await put(odin, userModel, {
		key: { serviceProviderId: '', groupId: '', id: userId },
		body: OFF_TRUNK,
		attempt: {},
	});

/** Who uses a trunk group, by its profile and the list of its users. Throws OdinError. */
export async function readUsage(
	odin: OdinClient,
	key: Key,
	profile: Record<string, unknown>,
): Promise<Usage> {
	const hosted = Array.isArray(profile.users) ? profile.users : [];
	// Its profile was just read: what Odin does not find here are users.
	const trunkUsers = await readUsers(odin, key, 'assigned').catch((error: unknown) => {
		if (error instanceof OdinError && error.kind === 'notFound') return [];
		throw error;
	});
	return {
		pilotUserId: idIn(profile.pilotUserId, 'userId'),
		hostedUserIds: hosted.map((user) => idIn(user, 'userId')),
		trunkUsers: trunkUsers.map((user) => ({
			userId: idIn(user, 'userId'),
			endpointType: ON_TRUNK,
			trunkAddressing: null,
		})),
	};
}

/** All of it is read before anything is changed, so that it can be given back. */
async function readConnections(odin: OdinClient, { trunkUsers }: Usage): Promise<TrunkUser[]> {
	const connections: TrunkUser[] = [];
	for (const { userId } of trunkUsers) {
		const { endpointType = ON_TRUNK, trunkAddressing = null } = (await readUser(odin, userId))
			.profile;
		// A list that lags behind must not take a user off another device.
		if (endpointType !== ON_TRUNK) continue;
		connections.push({
			userId,
			endpointType,
			trunkAddressing: trunkAddressing as JsonObject | null,
		});
	}
	return connections;
}

const ON_TRUNK = 'trunkAddressing';

const isUsed = ({ pilotUserId, hostedUserIds, trunkUsers }: Usage): boolean =>
	pilotUserId !== '' || hostedUserIds.length > 0 || trunkUsers.length > 0;

function stillUsed(key: Key, { pilotUserId, hostedUserIds, trunkUsers }: Usage): OdinError {
	const trunkUserIds = trunkUsers.map(({ userId }) => userId);
	const parts = [
		pilotUserId === '' ? '' : `the pilot user ${pilotUserId}`,
		hostedUserIds.length === 0 ? '' : `the hosted users ${hostedUserIds.join(', ')}`,
		trunkUserIds.length === 0 ? '' : `the users ${trunkUserIds.join(', ')}`,
	];
	return new OdinError({
		kind: 'refused',
		message: `${capitalised(recordText(trunkGroupModel, key))} is in use by ${parts.filter(Boolean).join(' and ')}, so it was not deleted`,
		description:
			"Take the users off the trunk group first; 'Force' in the options does it before it deletes",
		details: {
			...namedKey(trunkGroupModel, key),
			pilotUserId: pilotUserId || null,
			hostedUserIds,
			trunkUserIds,
		},
	});
}
