import { isSameName } from '../../model/equivalence';
import { isShown } from '../../provisioning/confirm';
import { find } from '../../provisioning/read';
import { lookPatiently } from '../../provisioning/settle';
import type { OdinClient } from '../../transport/odinClient';
import { OdinError } from '../../transport/odinError';
import { countOf, nameOf } from '../../values/wireValues';
import { readCapacity } from '../callCapacity/capacity';
import { isHigher, type WantedCapacity } from '../callCapacity/update';
import { notYetSwitched } from '../groupService/plan';
import { readGroupServices } from '../groupService/services';
import { notYetChanged } from '../number/plan';
import { readGroupNumbers } from '../number/read';
import { trunkGroupModel } from '../trunkGroup/model';
import { planServices } from '../user/services';
import type { BegunStep } from './carryOut';
import type { TrunkOrder } from './order';

/**
 * Waits up to 2 seconds for Odin to show what a step did: what answers may lag behind what wrote, and what does not show yet
 * would be taken for what was never done. That it can't be read is left to what follows.
 */
export async function awaitShown(
	odin: OdinClient,
	order: TrunkOrder,
	begun: BegunStep,
): Promise<void> {
	const look = async () => ((await isDoneStep(odin, order, begun)) ? true : undefined);
	await lookPatiently(odin, look).catch((error: unknown) => {
		if (!(error instanceof OdinError)) throw error;
	});
}

async function isDoneStep(
	odin: OdinClient,
	{ group, key, countryCode }: TrunkOrder,
	{ action, attempt }: BegunStep,
): Promise<boolean> {
	switch (action.do) {
		case 'raise': {
			const sent = Object.entries(attempt.capacity?.sent ?? {}) as Array<
				[keyof WantedCapacity, number]
			>;
			if (sent.length === 0) return true;
			const now = await readCapacity(odin, action.holder);
			return sent.every(([name, value]) => !isHigher(value, countOf(now[name]) ?? value - 1));
		}
		case 'assignService':
			// Of the trunk group of this run, which went before it, nothing shows any more.
			return (
				notYetSwitched(action.changes, await readGroupServices(odin, group)).length === 0 &&
				(await find(odin, trunkGroupModel, key)) === undefined
			);
		case 'write': {
			const profile = await find(odin, action.model, action.key);
			return profile !== undefined && isShown({ ...action, body: action.plan.body }, profile);
		}
		case 'numbers': {
			const numbers = await readGroupNumbers(odin, group, countryCode);
			return notYetChanged(action.change, group, action.ranges, numbers).length === 0;
		}
		case 'pilot': {
			const profile = await find(odin, trunkGroupModel, key);
			return isSameName(action.to, nameOf(profile?.pilotUserId) ?? '');
		}
		case 'services':
			return (await planServices(odin, action.userId, action.wanted)).changes.length === 0;
		default:
			return true;
	}
}
