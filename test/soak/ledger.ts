import type { Network } from '../../simulator';
import { profileOf } from '../../simulator/trunkGroups/profile';
import { HOME } from './work';

export type Profile = Record<string, unknown>;

/** What Odin holds, and what it has carried out. */
export class Ledger {
	private readonly created = new Map<string, number>();

	/** Odin does something on a state that does not last */
	private isUnreal = false;

	/** From now on counts every trunk group that comes into being. */
	constructor(private readonly network: Network) {
		const add = network.addTrunkGroup.bind(network);
		network.addTrunkGroup = (given) => {
			if (!this.isUnreal) this.created.set(given.name, this.creations(given.name) + 1);
			return add(given);
		};
		const during = network.during.bind(network);
		network.during = (state, action) =>
			during(state, () => {
				this.isUnreal = true;
				try {
					return action();
				} finally {
					this.isUnreal = false;
				}
			});
	}

	creations(name: string): number {
		return this.created.get(name) ?? 0;
	}

	/** The profile as Odin answers it; undefined where there is none. */
	profile(name: string): Profile | undefined {
		const { serviceProviderId, groupId } = HOME;
		const trunkGroup = this.network.trunkGroup(serviceProviderId, groupId, name);
		return trunkGroup && profileOf(trunkGroup, { numbersForDigits: true });
	}

	/** Whether the trunk group that a user calls through is the one of this name. */
	isOnTrunk(userId: string, name: string): boolean {
		return this.network.user(userId)?.trunkGroup === name;
	}

	names(): string[] {
		return this.network.trunkGroups(HOME.serviceProviderId, HOME.groupId).map(({ name }) => name);
	}

	/** What is there of these names, as text to compare. */
	snapshot(names: readonly string[]): Map<string, string> {
		return new Map(names.map((name) => [name, JSON.stringify(this.profile(name)) ?? 'none']));
	}
}
