import type { CampaignOptions, CampaignResult } from './campaign';
import { readCommandLine, USAGE } from './commandLine';
import { complaint } from './report';
import type { SipTrunkOptions, SipTrunkResult } from './sipTrunks/campaign';

/** What one campaign can be repeated and understood with. */
const MOST_AT_ONCE = 2000;

const MINUTE_MS = 60_000;

export interface Surroundings {
	runCampaign(options: CampaignOptions): Promise<CampaignResult>;
	runSipTrunkCampaign(options: SipTrunkOptions): Promise<SipTrunkResult>;
	print(line: string): void;
}

const secondsSince = (start: number): number => Math.round((Date.now() - start) / 1000);

const faultsIn = ({ met }: { met: Map<string, number> }): number =>
	[...met.values()].reduce((total, count) => total + count, 0);

const verdict = (wrong: string): string => (wrong === '' ? 'as it must be' : 'wrong');

/** Runs campaigns until the trunk groups or the minutes are used up. False when something was wrong. */
export async function soak(args: string[], surroundings: Surroundings): Promise<boolean> {
	const { runCampaign, print } = surroundings;
	const { sipTrunks, trunkGroups, minutes, seed: firstSeed, help } = readCommandLine(args);
	if (help) {
		print(USAGE.trimEnd());
		return true;
	}
	const startedAt = Date.now();
	if (sipTrunks > 0 && !(await soakSipTrunks({ seed: firstSeed, sipTrunks }, surroundings))) {
		return false;
	}
	const sum = { trunkGroups: 0, faults: 0, errorItems: 0 };
	for (let seed = firstSeed; sum.trunkGroups < trunkGroups; seed += 1) {
		if (seed > firstSeed && Date.now() - startedAt >= minutes * MINUTE_MS) break;
		const options = { seed, trunkGroups: Math.min(MOST_AT_ONCE, trunkGroups - sum.trunkGroups) };
		const campaignStart = Date.now();
		const result = await runCampaign(options);
		const wrong = complaint({ seed, 'sip-trunks': 0, 'trunk-groups': options.trunkGroups }, result);
		const faults = faultsIn(result);
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
				`${secondsSince(campaignStart)} s: ${verdict(wrong)}`,
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

/** False when something was wrong. */
async function soakSipTrunks(
	options: SipTrunkOptions,
	{ runSipTrunkCampaign, print }: Surroundings,
): Promise<boolean> {
	const start = Date.now();
	const result = await runSipTrunkCampaign(options);
	const { seed, sipTrunks } = options;
	const wrong = complaint({ seed, 'sip-trunks': sipTrunks, 'trunk-groups': 0 }, result);
	print(
		[
			`Seed ${seed}: ${result.turnUps} SIP trunks turned up and ${result.takeDowns} taken down`,
			`${result.executions} executions`,
			`${result.killed} times killed and ${result.stopped} times stopped`,
			`${result.requests} requests`,
			`${faultsIn(result)} faults of ${result.met.size} kinds`,
			`${result.errorItems} error items`,
			`${secondsSince(start)} s: ${verdict(wrong)}`,
		].join(', '),
	);
	if (wrong !== '') print(wrong);
	return wrong === '';
}
