import type { Fault, FaultCandidate } from '../../simulator';
import { Dice } from './dice';
import { isWrite, roleOf, type FaultRow, type Role } from './faultKinds';
import { MetFaults } from './metFaults';

/** How many faults of those that pass stand in a row: more than the node repeats, now and then. */
const MOST_PASSING = 4;

/**
 * Which request meets which fault. It depends on the seed, on the trunk group, and on the how-manieth request of its
 * kind for this trunk group it is: not on the order in which requests of different items arrive. Every trunk group
 * meets a bounded number of faults, so that in the end each item can be done.
 */
export class FaultSchedule extends MetFaults {
	private readonly attempts = new Map<string, number>();

	private readonly schedules = new Map<string, Fault[]>();

	/** What the first write of a trunk group meets, so that no kind is left out */
	private readonly once = new Map<string, FaultRow>();

	/**
	 * @param created names of trunk groups whose first write creates them
	 * @param updated names of others, for the faults that a create can't meet
	 */
	constructor(
		private readonly seed: number,
		otherHost: string,
		{ created, updated }: Record<'created' | 'updated', readonly string[]>,
	) {
		super(otherHost);
		const names = { created: created.values(), updated: updated.values() };
		for (const kind of this.kinds) {
			const { value } = names[kind.notFor?.includes('create') ? 'updated' : 'created'].next();
			if (value !== undefined) this.once.set(value, kind);
		}
	}

	protected requestFault({ method, path, query, body, hasSession }: FaultCandidate) {
		const role = roleOf(method, path, body);
		const name = nameIn(query) ?? nameIn(body);
		// When a session ends is a matter of time; a request without one comes again.
		if (role === undefined || name === undefined || !hasSession()) return undefined;
		return this.faultFor(role, name);
	}

	private faultFor(role: Role, name: string): Fault | undefined {
		const key = `${role} ${name}`;
		const attempt = this.attempts.get(key) ?? 0;
		this.attempts.set(key, attempt + 1);
		let schedule = this.schedules.get(key);
		if (!schedule) {
			schedule = this.scheduleFor(role, name);
			this.schedules.set(key, schedule);
		}
		return schedule[attempt];
	}

	private scheduleFor(role: Role, name: string): Fault[] {
		const dice = new Dice(this.seed, role, name);
		const rows = this.kinds.filter(({ notFor }) => !notFor?.includes(role));
		const passing = rows.filter(({ ends }) => ends === undefined);
		const schedule: Fault[] = [];
		const meet = ({ fault, ends = 1 }: FaultRow): void => {
			for (let time = 0; time < ends; time += 1) schedule.push(fault);
		};
		const once = this.once.get(name);
		if (once && isWrite(role) && !once.notFor?.includes(role)) meet(once);
		if (dice.chance(0.3)) {
			const many = dice.chance(0.2) ? MOST_PASSING : 2;
			for (let count = dice.between(1, many); count > 0; count -= 1) meet(dice.weighted(passing));
		}
		if (dice.chance(0.06)) meet(dice.weighted(rows.filter(({ ends }) => ends !== undefined)));
		return schedule;
	}
}

/** The name of a trunk group, or of the one that a user is on. */
function nameIn(keys: unknown): string | undefined {
	const { name, userId } = (keys ?? {}) as { name?: unknown; userId?: unknown };
	if (typeof name === 'string') return name;
	return typeof userId === 'string' ? userId.split('@')[0] : undefined;
}
