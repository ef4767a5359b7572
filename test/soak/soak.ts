import type { CampaignOptions, CampaignResult } from './campaign';
import { readCommandLine, USAGE } from './commandLine';
import { complaint } from './report';

/** What one campaign can be repeated and understood with. */
const MOST_AT_ONCE = 2000;

const MINUTE_MS = 60_000;

export interface Surroundings {
	runCampaign(options: CampaignOptions): Promise<CampaignResult>;
	print(line: string): void;
}

/** Runs campaigns until the trunk groups or the minutes are used up. False when something was wrong. */
export async function soak(args: string[], { runCampaign, print }: Surroundings): Promise<boolean> {
	const { trunkGroups, minutes, seed: firstSeed, help } = readCommandLine(args);
	if (help) {
		print(USAGE.trimEnd());
		return true;
	}
	const startedAt = Date.now();
	const secondsSince = (start: number) => Math.round((Date.now() - start) / 1000);
	const sum = { trunkGroups: 0, faults: 0, errorItems: 0 };
	for (let seed = firstSeed; sum.trunkGroups < trunkGroups; seed += 1) {
		if (seed > firstSeed && Date.now() - startedAt >= minutes * MINUTE_MS) break;
		const options = { seed, trunkGroups: Math.min(MOST_AT_ONCE, trunkGroups - sum.trunkGroups) };
		const campaignStart = Date.now();
		const result = await runCampaign(options);
		const wrong = complaint(options, result);
		const faults = [...result.met.values()].reduce((total, count) => total + count, 0);
		sum.trunkGroups += result.trunkGroups;
		sum.faults += faults;
		sum.errorItems += result.errorItems;
		print(
			[
				`Seed ${seed}: ${result.trunkGroups} trunk groups`,
				`${result.executions} executions`,
				`${result.requests} requests`,
				`${result.logins} logins`,
				`${faults} faults of ${result.met.size} kinds`,
				`${result.errorItems} error items`,
				`${secondsSince(campaignStart)} s: ${wrong === '' ? 'as it must be' : 'wrong'}`,
			].join(', '),
		);
		if (wrong !== '') {
			print(wrong);
			return false;
		}
	}
	print(
		`Done: ${sum.trunkGroups} trunk groups through ${sum.faults} faults in ${secondsSince(startedAt)} s, each as it must be; ${sum.errorItems} error items, each with a true message`,
	);
	return true;
}
