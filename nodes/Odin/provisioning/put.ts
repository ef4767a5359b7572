import type { IDataObject } from 'n8n-workflow';
import type { Difference } from '../model/diff';
import type { JsonObject } from '../values/json';
import { trunkGroupText, type TrunkGroupKey } from '../model/key';
import { maskedAt } from '../secrets/redact';
import { withUnknownOutcome, OdinError, sentences } from '../transport/odinError';
import type { OdinClient } from '../transport/odinClient';
import { isDuplicate, nameIsTaken } from './conflict';
import { readTrunkGroup } from './lookup';
import { profileIn, TRUNK_GROUPS, type Profile } from './read';

/** What earlier tries of the node left open. */
export interface PutTries {
	/** One of them may have been carried out */
	isDoubtful?: boolean;
}

/** Changes the fields of the body and no others, and returns the profile. Throws OdinFailure. */
export async function putTrunkGroup(
	odin: OdinClient,
	key: TrunkGroupKey,
	body: JsonObject,
	tries: PutTries = {},
): Promise<Profile> {
	const newName = typeof body.newName === 'string' ? body.newName : key.name;
	const outcome = await odin.send({
		method: 'PUT',
		path: TRUNK_GROUPS,
		body: { ...key, ...body },
		purpose: `update ${trunkGroupText(key)}`,
	});
	const current = { ...key, name: newName };
	const isRenamed = newName !== key.name;
	if (!outcome.ok) {
		const { failure } = outcome;
		tries.isDoubtful ||= outcome.outcomeUnknown || failure.kind === 'lost';
		if (isRenamed && tries.isDoubtful && failure.kind === 'notFound') {
			// An earlier try renamed it, and only its answer got lost.
			return await readTrunkGroup(odin, current).catch((error: Error) => {
				const doubt = withUnknownOutcome(failure);
				const seen = `Reading '${newName}' did not settle that: ${error.message}`;
				throw doubt.with({ kind: 'lost', message: sentences(doubt.message, seen) });
			});
		}
		const isTaken = isRenamed && failure.kind === 'refused' && isDuplicate(failure);
		throw isTaken ? nameIsTaken(key, current, failure) : failure;
	}
	// After a rename Odin may still show the old name; what it has now is read by the new one.
	return profileIn(outcome.body, newName) ?? (await readBack(odin, current));
}

/** Odin said yes but did not show the profile. */
async function readBack(odin: OdinClient, key: TrunkGroupKey): Promise<Profile> {
	try {
		return await readTrunkGroup(odin, key);
	} catch (error) {
		throw error instanceof OdinError
			? error.with({
					kind: 'lost',
					message: `Odin accepted to update ${trunkGroupText(key)}, but its profile could not be read. ${error.message}`,
				})
			: error;
	}
}

/** What changes, from → to, as the output shows it: a password never. */
export const changesOf = (differences: Difference[]): IDataObject[] =>
	differences.map(({ field, wanted, stored }) => {
		return { field, from: maskedAt(field, stored), to: maskedAt(field, wanted) } as IDataObject;
	});
