import { isSameName } from '../../model/equivalence';
import { recordText, type Key } from '../../model/key';
import { find } from '../../provisioning/read';
import type { ReferenceWatch, Referrers } from '../../provisioning/resource';
import type { OdinClient } from '../../transport/odinClient';
import { OdinError } from '../../transport/odinError';
import { trunkGroupModel } from './model';
import { TrunkGroupNetwork } from './network';
import { referencesOf, referrerText, type Reference } from './referrers';
import { isSameTrunkGroup, routesIn, targetField, trunkGroupId } from './routes';
import { quoted } from '../../values/text';

/** Nobody who deletes one trunk group wants to wait for more reads than that; Get References does them all. */
const MOST_READ = 50;

/** Where calls are rerouted to a trunk group that is deleted or renamed, as far as that can be told with few reads. */
export class TrunkGroupReferences implements ReferenceWatch {
	private readonly network = new TrunkGroupNetwork();

	/** Trunk groups of the batch that are no longer there */
	private readonly gone = new Set<string>();

	/** What those of the batch are called by now that got another name: lists that were read before show the old one */
	private readonly newKeys = new Map<string, Key>();

	async before(odin: OdinClient, key: Key, change: 'delete' | 'rename'): Promise<Referrers> {
		return await this.look(odin, key, change).catch((error: unknown) => {
			const reason = error instanceof OdinError ? error.message : "Odin's answer can't be read";
			return { references: [], hints: [unseen(reason)] };
		});
	}

	private async look(odin: OdinClient, key: Key, change: 'delete' | 'rename'): Promise<Referrers> {
		const all = (await this.network.ofEnterprise(odin, key)).map((one) => this.presentKey(one));
		const hints: string[] = [];
		let others = all.filter((one) => one.id !== '' && !isSameTrunkGroup(key, one));
		if (others.length > MOST_READ) {
			others = others.filter(({ groupId }) => isSameName(key.groupId, groupId));
			hints.push(
				unseen(`more than ${MOST_READ} trunk groups may; 'Get References' reads them all`),
			);
		}
		if (others.length > MOST_READ) return { references: [], hints };
		const { references, idle, unread } = await referencesOf(odin, this.network, others, key);
		const active = references.filter(
			(one) => !idle.includes(one) && !this.gone.has(trunkGroupId(keyOf(one))),
		);
		const text = recordText(trunkGroupModel, key);
		return {
			references: active,
			hints: [
				...active.map((one) =>
					change === 'delete'
						? `${referrerText(one)} reroutes to ${text} (${one.field}), so these calls go nowhere without it`
						: `${referrerText(one)} reroutes to ${text} (${one.field}): check that it follows the new name`,
				),
				...hints,
				...unread.map(({ reason }) => unseen(reason)),
			],
		};
	}

	async renamed(
		odin: OdinClient,
		{ references, hints }: Referrers,
		{ from, to }: { from: Key; to: Key },
	): Promise<string[]> {
		this.newKeys.delete(trunkGroupId(to));
		this.newKeys.set(trunkGroupId(from), to);
		// `look` gives one hint a reference, in the same order, before all others.
		const told = hints.slice(references.length);
		for (const [index, one] of (references as Reference[]).entries()) {
			const referrer = this.presentKey(keyOf(one));
			const still = await this.names(odin, { referrer, field: one.field }, from).catch(
				() => undefined,
			);
			if (still === undefined) told.push(hints[index]!);
			else if (still) {
				told.push(
					`${referrerText({ ...one, name: referrer.id })} still reroutes to the old name ${quoted(from.id)} (${one.field}): set it to ${quoted(to.id)}`,
				);
			}
		}
		return told;
	}

	deleted(key: Key): void {
		this.gone.add(trunkGroupId(key));
	}

	private presentKey(key: Key): Key {
		return this.newKeys.get(trunkGroupId(key)) ?? key;
	}

	/** Whether it names the trunk group now, read anew; undefined where it is not there, perhaps since it is being renamed. */
	private async names(
		odin: OdinClient,
		{ referrer, field }: { referrer: Key; field: string },
		key: Key,
	): Promise<boolean | undefined> {
		const profile = await find(odin, trunkGroupModel, referrer);
		return (
			profile &&
			routesIn(profile, referrer).some(
				({ situation, target }) =>
					targetField(situation) === field && target && isSameTrunkGroup(key, target),
			)
		);
	}
}

const unseen = (reason: string): string => `Who reroutes to it is not known in full: ${reason}`;

const keyOf = ({ serviceProviderId, groupId, name }: Reference): Key => ({
	serviceProviderId,
	groupId: groupId ?? '',
	id: name,
});
