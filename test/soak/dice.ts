import { createHash } from 'node:crypto';

/** Chance that depends on nothing but what it was made for: the same words give the same rolls, in whatever order. */
export class Dice {
	private state: number;

	constructor(...madeFor: Array<string | number>) {
		this.state = createHash('sha256').update(JSON.stringify(madeFor)).digest().readUInt32LE(0);
	}

	/** At least 0, below 1. The generator is mulberry32. */
	roll(): number {
		this.state = (this.state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	}

	/** A whole number, both ends included. */
	between(least: number, most: number): number {
		return least + Math.floor(this.roll() * (most - least + 1));
	}

	chance(probability: number): boolean {
		return this.roll() < probability;
	}

	/** One of the rows, in proportion to their weights. */
	weighted<Row extends { weight: number }>(rows: readonly Row[]): Row {
		let rest = this.roll() * rows.reduce((sum, { weight }) => sum + weight, 0);
		for (const row of rows) {
			rest -= row.weight;
			if (rest < 0) return row;
		}
		return rows[rows.length - 1]!;
	}
}
