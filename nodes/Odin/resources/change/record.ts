import { refuseOther } from '../../provisioning/conflict';
import { find, type Profile } from '../../provisioning/read';
import {
	changedSince,
	planRemoval,
	planRestore,
	stay,
	unlessReferred,
	untoldOf,
	useOf,
	type Back,
} from '../../provisioning/takeBack';
import type { ReferenceWatch } from '../../provisioning/resource';
import type { OdinClient } from '../../transport/odinClient';
import type { LeftRecord } from './left';

/** How a record comes to be as it was before, from what Odin shows now; nothing is written. Throws OdinError. */
export async function planRecord(
	odin: OdinClient,
	{ model, key, outcome, changes, profile: left }: LeftRecord,
	watch: ReferenceWatch | undefined,
): Promise<{ back: Back; profile: Profile | undefined }> {
	const profile = await find(odin, model, key);
	if (profile) refuseOther(model, key, profile);
	const back = async (): Promise<Back> => {
		if (outcome === 'unchanged') return stay();
		// Of one that was created, this is how it was before.
		if (!profile) return outcome === 'created' ? stay() : stay({ reason: 'it is no longer there' });
		if (outcome === 'updated') return planRestore(model, key, changes, profile);
		const changed = [...changedSince(model, key, left, profile), ...untoldOf(model, left, profile)];
		const isUsed = changed.length > 0 ? undefined : await useOf(odin, model, key, profile);
		const removal = planRemoval(model, key, { changed, isUsed });
		return await unlessReferred(odin, watch, key, removal);
	};
	return { back: await back(), profile };
}
