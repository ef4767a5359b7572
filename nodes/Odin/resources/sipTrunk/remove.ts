import { recordText, type Key } from '../../model/key';
import type { ResourceModel } from '../../model/resourceModel';
import { deleteRecord } from '../../provisioning/operations/delete';
import { put } from '../../provisioning/put';
import { find } from '../../provisioning/read';
import { lookPatiently, settleParts } from '../../provisioning/settle';
import type { OdinClient } from '../../transport/odinClient';
import { CHECK_FIRST, OdinError } from '../../transport/odinError';
import { applyNumbers } from '../number/change';
import { count } from '../number/range';
import { clear } from '../trunkGroup/deletion';
import { trunkGroupModel } from '../trunkGroup/model';
import { userModel } from '../user/model';
import { OFF_TRUNK } from '../user/trunk';
import type { BegunStep } from './carryOut';
import type { Removal } from './step';
import type { TakeDownOrder } from './takeDownOrder';
import { isOnTrunk } from './takeDownState';

/** Carries out one step of a take-down, as it was planned. What is gone meanwhile is done. Throws OdinError. */
export async function carryOutRemoval(
	odin: OdinClient,
	order: TakeDownOrder,
	begun: BegunStep<Removal>,
): Promise<void> {
	const { action, attempt } = begun;
	const { group, key, countryCode } = order;
	switch (action.do) {
		case 'clearPilot': {
			const body = { pilotUserId: null };
			await unlessGone(odin, trunkGroupModel, key, async () => {
				await put(odin, trunkGroupModel, { key, body, attempt });
			});
			break;
		}
		case 'takeOff':
			await takeOff(odin, key, { ...group, id: action.userId }, begun);
			break;
		case 'unassign': {
			const { ranges: toChange } = action;
			const asked = { group, entries: [], countryCode };
			await applyNumbers(odin, 'unassign', asked, { toChange, attempt }).catch((error: unknown) => {
				// Refused, since somebody else was faster.
				if (count(attempt.begun ?? []) < count(toChange)) throw error;
			});
			break;
		}
		default:
			await deleteOne(odin, action, begun);
	}
	begun.isDone = true;
}

async function deleteOne(
	odin: OdinClient,
	{ model, key, hasHostedUsers }: Extract<Removal, { do: 'delete' }>,
	{ attempt }: BegunStep<Removal>,
): Promise<void> {
	await unlessGone(odin, model, key, async () => {
		if (hasHostedUsers) await clear(odin, key, { users: [] });
		const refused = await deleteRecord(odin, model, { key, attempt, looks: true });
		if (refused) throw refused;
	});
}

/** "Not found" may be said of what else a request names. */
async function unlessGone(
	odin: OdinClient,
	model: ResourceModel,
	key: Key,
	write: () => Promise<void>,
): Promise<void> {
	await write().catch(async (error: unknown) => {
		const look = async () => ((await find(odin, model, key)) ? undefined : true);
		const mayBeGone = error instanceof OdinError && error.kind === 'notFound';
		if (!mayBeGone || !(await lookPatiently(odin, look))) throw error;
	});
}

/** Off this trunk group. A user who is on something else by then is somebody else's, and stays there. */
async function takeOff(
	odin: OdinClient,
	trunk: Key,
	key: Key,
	{ attempt }: BegunStep<Removal>,
): Promise<void> {
	const text = recordText(userModel, key);
	const details = { [userModel.id]: key.id };
	await unlessGone(odin, userModel, key, async () => {
		const settled = await settleParts(odin, {
			request: {
				method: 'PUT',
				path: userModel.path,
				body: { ...details, ...OFF_TRUNK },
				purpose: `take ${text} off the trunk group`,
			},
			attempt,
			notSeen: 'the user was still on the trunk group',
			details,
			left: async () => (isOnTrunk(trunk, await find(odin, userModel, key)) ? [key.id] : []),
			notApplied: () =>
				new OdinError({
					kind: 'notApplied',
					message: `Odin confirmed taking ${text} off the trunk group, but still shows it there`,
					description: CHECK_FIRST,
					details,
				}),
		});
		if ('refused' in settled) throw settled.refused;
	});
}
