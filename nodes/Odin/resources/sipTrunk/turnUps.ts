import type { OdinClient } from '../../transport/odinClient';
import { Claims } from './claims';
import { SharedReads, unusable } from './groupReads';
import type { TrunkOrder } from './order';
import { readNumbers } from './state';

const namesNumbers = ({ numbers, users }: TrunkOrder): boolean =>
	numbers.length > 0 || users.some(({ number }) => number);

/** What the rows of one batch share. */
export class TurnUps extends SharedReads {
	readonly orders: TrunkOrder[] = [];

	readonly claims = new Claims();

	/** Apart from those that rows plan with: before a row has its turn, others change what is read here. */
	private readonly ahead = new SharedReads();

	private last: Promise<unknown> = Promise.resolve();

	/** One after the other: the capacity of a service provider belongs to rows of several groups. */
	async alone<Value>(run: () => Promise<Value>): Promise<Value> {
		const turn = this.last.then(run, run);
		this.last = turn;
		return await turn;
	}

	/**
	 * Throws OdinError for a row with a number that an earlier row names, or with a user or line port that is made from one:
	 * in which spelling whatever is the same, the numbers of Odin tell.
	 */
	async check(odin: OdinClient, order: TrunkOrder, item: number): Promise<void> {
		if (!namesNumbers(order) || this.orders.filter(namesNumbers).length < 2) return;
		const reads = this.ahead.readsOf(order.group);
		const { named, users } = await readNumbers(odin, order, reads);
		const [reason] = [...this.claims.numbers(named, item), ...this.claims.users(users, item)];
		if (reason !== undefined) throw unusable(`'Numbers' ${reason}`);
	}
}
