import type { Contender } from './contenders';
import type { Odin } from './odin';

/** What one contender took in one round. */
export interface Sample {
	items: number;
	wallMs: number;
	cpuMs: number;
	longestBlockMs: number;
	sendingMs: number;
	peakInFlight: number;
}

/** All samples of a contender, round by round. */
export type Samples = Map<string, Sample[]>;

/** Measures once. Rejects when not every item became exactly one trunk group, or too many requests met. */
export async function measure(odin: Odin, contender: Contender, items: number): Promise<Sample> {
	await odin.clear();
	const { wallMs, cpuMs, longestBlockMs } = await contender.create(items);
	const { requests, created, peakInFlight, sendingMs } = await odin.traffic();
	if (requests !== items || created !== items) {
		throw new Error(`${contender.label}: ${requests} requests, ${created} created of ${items}`);
	}
	if (peakInFlight > (contender.concurrency ?? Infinity)) {
		throw new Error(`${contender.label}: ${peakInFlight} requests at once`);
	}
	return { items, wallMs, cpuMs, longestBlockMs, sendingMs, peakInFlight };
}

/**
 * Every contender once a round, each round beginning with another one: what slows the machine down for a while meets
 * all of them.
 */
export async function runRounds(
	odin: Odin,
	all: Contender[],
	{ rounds, items, onRound }: { rounds: number; items: number; onRound: (round: number) => void },
): Promise<Samples> {
	const samples: Samples = new Map(all.map(({ id }) => [id, []]));
	const count = ({ share }: Contender) => Math.max(1, Math.round(items * share));
	// What is compiled and cached on the way is not counted.
	for (const contender of all) await measure(odin, contender, Math.ceil(count(contender) / 10));
	for (let round = 0; round < rounds; round += 1) {
		onRound(round);
		for (let turn = 0; turn < all.length; turn += 1) {
			const contender = all[(round + turn) % all.length]!;
			samples.get(contender.id)?.push(await measure(odin, contender, count(contender)));
		}
	}
	return samples;
}
