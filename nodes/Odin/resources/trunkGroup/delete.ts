import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../execution/operation';
import type { JsonObject } from '../../values/json';
import { keyText, trunkGroupText, type TrunkGroupKey } from '../../model/key';
import { userIdOf } from '../../model/references';
import { OdinError, sentences } from '../../transport/odinError';
import type { OdinClient } from '../../transport/odinClient';
import { ifNotFoundOption, optionsCollection, previewOnlyOption } from '../../provisioning/options';
import { putTrunkGroup } from '../../provisioning/put';
import { keyProperties, missing, readExistingKey, returnsEmpty } from '../../provisioning/lookup';
import { findTrunkGroup, TRUNK_GROUPS, type Profile } from '../../provisioning/read';
import { readUsers } from './users';

const forceOption: INodeProperties = {
	displayName: 'Force',
	name: 'force',
	type: 'boolean',
	default: false,
	description:
		'Whether to delete the trunk group although it has a pilot user or hosted users, who are cleared first. Users whose own connection is this trunk group are not touched.',
};

/** Who uses a trunk group. */
interface Usage {
	pilotUserId: string;
	hostedUserIds: string[];
	trunkUserIds: string[];
}

interface Deletion {
	key: TrunkGroupKey;
	force: boolean;
	returnEmpty: boolean;
	/** A try, perhaps an earlier one of the node, may have deleted it */
	isDoubtful: boolean;
}

export const deleteTrunkGroup: Operation = {
	name: 'Delete',
	value: 'delete',
	action: 'Delete a trunk group',
	description: 'Delete a trunk group that has no users',
	properties: [
		...keyProperties,
		optionsCollection(forceOption, ifNotFoundOption, previewOnlyOption),
	],
	prepare(parameters) {
		const key = readExistingKey(parameters);
		const deletion: Deletion = {
			key,
			force: parameters.optionFlag('force', 'Force'),
			returnEmpty: returnsEmpty(parameters),
			isDoubtful: false,
		};
		const previewOnly = parameters.optionFlag('previewOnly', 'Preview Only');
		return {
			subject: trunkGroupText(key),
			orderKey: keyText(key),
			run: async (odin, hint) => [
				await (previewOnly ? preview(odin, deletion, hint) : carryOut(odin, deletion)),
			],
		};
	},
};

/** What must be cleared before, or undefined when there is no such trunk group and that is fine. */
async function plan(odin: OdinClient, deletion: Deletion): Promise<Clearing | undefined> {
	const { key, force, returnEmpty, isDoubtful } = deletion;
	const profile = await findTrunkGroup(odin, key);
	if (!profile) {
		if (returnEmpty || isDoubtful) return undefined;
		throw missing(key);
	}
	const usage = await readUsage(odin, key, profile);
	if (!force && isUsed(usage)) throw stillUsed(key, usage);
	return clearingOf(usage, profile);
}

interface Clearing {
	body: JsonObject;
	changes: IDataObject[];
	/** Users who stay connected through the trunk group */
	connected: string[];
}

function clearingOf(
	{ pilotUserId, hostedUserIds, trunkUserIds }: Usage,
	profile: Profile,
): Clearing {
	const body: JsonObject = {};
	if (pilotUserId !== '') body.pilotUserId = null;
	if (hostedUserIds.length > 0) body.users = [];
	const changes = Object.keys(body).map((field) => ({
		field,
		from: profile[field] as IDataObject,
		to: body[field] as IDataObject,
	}));
	return { body, changes, connected: trunkUserIds };
}

async function preview(
	odin: OdinClient,
	deletion: Deletion,
	hint: (message: string) => void,
): Promise<IDataObject> {
	const clearing = await plan(odin, deletion);
	if (clearing && clearing.connected.length > 0) {
		hint(
			`Odin may refuse the deletion while ${clearing.connected.join(', ')} are connected through the trunk group; take them off first`,
		);
	}
	return {
		preview: true,
		outcome: clearing ? 'deleted' : 'unchanged',
		changes: clearing?.changes ?? [],
		request: clearing ? { method: 'DELETE', path: TRUNK_GROUPS, body: null } : null,
	};
}

async function carryOut(odin: OdinClient, deletion: Deletion): Promise<IDataObject> {
	const { key, returnEmpty } = deletion;
	const clearing = await plan(odin, deletion);
	if (!clearing) return { deleted: deletion.isDoubtful };
	const cleared = Object.keys(clearing.body);
	if (cleared.length > 0) await putTrunkGroup(odin, key, clearing.body);
	const outcome = await odin.send({
		method: 'DELETE',
		path: TRUNK_GROUPS,
		query: { ...key },
		purpose: `delete ${trunkGroupText(key)}`,
	});
	if (outcome.ok) return { deleted: true };
	const { failure } = outcome;
	deletion.isDoubtful ||= outcome.outcomeUnknown || failure.kind === 'lost';
	if (failure.kind === 'notFound') {
		// An earlier try deleted it, and only its answer got lost.
		if (deletion.isDoubtful) return { deleted: true };
		// Somebody else deleted it in between.
		if (returnEmpty) return { deleted: false };
		throw missing(key);
	}
	throw cleared.length === 0
		? failure
		: failure.with({
				// What was cleared is not "not tried", also where the deletion was never sent.
				kind: failure.kind === 'stopped' ? 'lost' : failure.kind,
				message: sentences(
					failure.message,
					`${deletion.isDoubtful ? 'Before that it' : 'It is still there, but'} was cleared of: ${cleared.join(', ')}`,
				),
				effect: '',
				details: { ...key, cleared: clearing.changes },
			});
}

async function readUsage(odin: OdinClient, key: TrunkGroupKey, profile: Profile): Promise<Usage> {
	const hosted = Array.isArray(profile.users) ? profile.users : [];
	// Its profile was just read: what Odin does not find here are users.
	const trunkUsers = await readUsers(odin, key, 'assigned').catch((error: unknown) => {
		if (error instanceof OdinError && error.kind === 'notFound') return [];
		throw error;
	});
	return {
		pilotUserId: userIdOf(profile.pilotUserId),
		hostedUserIds: hosted.map(userIdOf),
		trunkUserIds: trunkUsers.map(userIdOf),
	};
}

const isUsed = ({ pilotUserId, hostedUserIds, trunkUserIds }: Usage): boolean =>
	pilotUserId !== '' || hostedUserIds.length > 0 || trunkUserIds.length > 0;

function stillUsed(key: TrunkGroupKey, usage: Usage): OdinError {
	const { pilotUserId, hostedUserIds, trunkUserIds } = usage;
	const parts = [
		pilotUserId === '' ? '' : `the pilot user ${pilotUserId}`,
		hostedUserIds.length === 0 ? '' : `the hosted users ${hostedUserIds.join(', ')}`,
		trunkUserIds.length === 0 ? '' : `the users ${trunkUserIds.join(', ')}`,
	];
	return new OdinError({
		kind: 'refused',
		message: `The ${trunkGroupText(key)} is in use by ${parts.filter(Boolean).join(' and ')}, so it was not deleted`,
		description: `Take the users off the trunk group first${pilotUserId !== '' || hostedUserIds.length > 0 ? ". 'Force' in the options clears pilot user and hosted users before it deletes" : ''}`,
		details: { ...key, pilotUserId: pilotUserId || null, hostedUserIds, trunkUserIds },
	});
}
