import { quoted } from '../../values/text';
import { disjoint, joined, rangeText, split, type NumberRange } from '../number/range';
import { linePortOf, type WantedUser } from './wantedUser';

/** What the rows of one batch name that only one of them may, with the item that does. */
export class Claims {
	private readonly names = new Map<string, number>();

	private ranges: Array<NumberRange & { item: number }> = [];

	/** What another item names already, in words that follow a label. */
	users(users: readonly WantedUser[], item: number): string[] {
		return users.flatMap((user) =>
			(
				[
					['user', user.wanted.key.id],
					['line port', linePortOf(user)],
				] as const
			).flatMap(([noun, value]) => {
				const key = JSON.stringify([noun, value.toLowerCase()]);
				const earlier = this.names.get(key);
				if (earlier === undefined) this.names.set(key, item);
				return repeats(`${noun} ${quoted(value)}`, item, earlier);
			}),
		);
	}

	/** The same of numbers, as Odin writes them. */
	numbers(numbers: readonly NumberRange[], item: number): string[] {
		const wanted = joined(numbers);
		const [taken] = split(wanted, this.ranges).inside.filter(({ other }) => other.item !== item);
		this.ranges = disjoint([...this.ranges, ...wanted.map((range) => ({ ...range, item }))]);
		return taken ? repeats(rangeText(taken.part), item, taken.other.item) : [];
	}
}

const repeats = (what: string, item: number, earlier: number | undefined): string[] =>
	earlier === undefined || earlier === item
		? []
		: [`repeats ${what}, already requested by item ${earlier}`];
