import type { CampaignOptions, CampaignResult } from './campaign';
import type { ChangeOptions, ChangeResult } from './changes/campaign';
import { readCommandLine, USAGE } from './commandLine';
import type { ReadingOptions, ReadingResult } from './readings/campaign';
import { complaint, type Campaign } from './report';
import type { SipTrunkOptions, SipTrunkResult } from './sipTrunks/campaign';

/** What one campaign can be repeated and understood with. */
const MOST_AT_ONCE = 2000;

const MINUTE_MS = 60_000;

export interface Surroundings {
	runCampaign(options: CampaignOptions): Promise<CampaignResult>;
	runSipTrunkCampaign(options: SipTrunkOptions): Promise<SipTrunkResult>;
	runChangeCampaign(options: ChangeOptions): Promise<ChangeResult>;
	runReadingCampaign(options: ReadingOptions): Promise<ReadingResult>;
	print(line: string): void;
}

const secondsSince = (start: number): number => Math.round((Date.now() - start) / 1000);

const faultsIn = ({ met }: { met: Map<string, number> }): number =>
	[...met.values()].reduce((total, count) => total + count, 0);

const verdict = (wrong: string): string => (wrong === '' ? 'as it must be' : 'wrong');

/** Runs campaigns until the trunk groups or the minutes are used up. False when something was wrong. */
export async function soak(args: string[], surroundings: Surroundings): Promise<boolean> {
	const { runCampaign, print } = surroundings;
	const { trunkGroups, minutes, seed: firstSeed, help, ...others } = readCommandLine(args);
	if (help) {
		print(USAGE.trimEnd());
		return true;
	}
	const startedAt = Date.now();
	if (!(await soakOthers({ seed: firstSeed, ...others }, surroundings))) return false;
	const sum = { trunkGroups: 0, faults: 0, errorItems: 0 };
	for (let seed = firstSeed; sum.trunkGroups < trunkGroups; seed += 1) {
		if (seed > firstSeed && Date.now() - startedAt >= minutes * MINUTE_MS) break;
		const options = { seed, trunkGroups: Math.min(MOST_AT_ONCE, trunkGroups - sum.trunkGroups) };
		const campaignStart = Date.now();
		const result = await runCampaign(options);
		const wrong = complaint({ seed, 'trunk-groups': options.trunkGroups }, result);
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

interface Figures {
	violations: string[];
	met: Map<string, number>;
	executions: number;
	requests: number;
	errorItems: number;
}

/** The campaigns that run once, as far as the command names them. False when something was wrong. */
async function soakOthers(
	{
		seed,
		sipTrunks,
		changes,
		reads,
	}: { seed: number; sipTrunks: number; changes: number; reads: number },
	{ runSipTrunkCampaign, runChangeCampaign, runReadingCampaign, print }: Surroundings,
): Promise<boolean> {
	const soakOne = async <Result extends Figures>(
		option: Campaign,
		count: number,
		run: () => Promise<Result>,
		tell: (result: Result) => string[],
	): Promise<boolean> => {
		if (count === 0) return true;
		const start = Date.now();
		const result = await run();
		const wrong = complaint({ seed, [option]: count }, result);
		print(
			[
				`Seed ${seed}: ${tell(result).join(', ')}`,
				`${result.executions} executions`,
				`${result.requests} requests`,
				`${faultsIn(result)} faults of ${result.met.size} kinds`,
				`${result.errorItems} error items`,
				`${secondsSince(start)} s: ${verdict(wrong)}`,
			].join(', '),
		);
		if (wrong !== '') print(wrong);
		return wrong === '';
	};
	const cutOff = ({ killed, stopped }: { killed: number; stopped: number }): string =>
		`${killed} times killed and ${stopped} times stopped`;
	return (
		(await soakOne(
			'sip-trunks',
			sipTrunks,
			async () => await runSipTrunkCampaign({ seed, sipTrunks }),
			(result) => [
				`${result.turnUps} SIP trunks turned up and ${result.takeDowns} taken down`,
				cutOff(result),
			],
		)) &&
		(await soakOne(
			'changes',
			changes,
			async () => await runChangeCampaign({ seed, changes }),
			(result) => [
				`${result.written} changes written and ${result.undone} undone`,
				`${result.approved} plans approved and ${result.refused} refused`,
				`${result.retried} executions with Retry On Fail`,
				cutOff(result),
			],
		)) &&
		(await soakOne(
			'reads',
			reads,
			async () => await runReadingCampaign({ seed, reads }),
			(result) => [
				`${result.reads} audits and searches for references`,
				`${result.told} rows told and ${result.missing} missing with a word`,
			],
		))
	);
}
