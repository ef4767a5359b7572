import type { SimulatorOptions } from '../../simulator';
import { executeTogether } from './execution';
import { FaultSchedule } from './faultSchedule';
import { checkItems, holds } from './itemChecks';
import { Ledger } from './ledger';
import { blindRepeats, leaks } from './requestChecks';
import { HOME, isNew, isRepeatable, planWork, type Share, type Task } from './work';
import { CALM, inWorld, type World } from './world';

export interface CampaignOptions {
	seed: number;
	trunkGroups: number;
}

export interface CampaignResult {
	/** What is not as it must be; empty in a good campaign */
	violations: string[];
	/** How often each fault was met */
	met: Map<string, number>;
	/** Faults of the tables that were not met */
	unmet: string[];
	trunkGroups: number;
	executions: number;
	errorItems: number;
	requests: number;
	logins: number;
}

/** Executions of one node with the same items until all of them are done; more would mean that it never ends. */
const MOST_ROUNDS = 30;

/** Beside their lifetime, sessions end with every so many requests: a slow machine meets no more ends than a fast one. */
const SESSION_REQUESTS = 150;

interface Stage {
	/** What runs at the same time, each part an execution of its own */
	parts: Array<{ share: Share; executions: number }>;
	weather: SimulatorOptions;
}

const STAGES: Stage[] = [
	{
		parts: [
			{ share: 'create', executions: 2 },
			{ share: 'upsert', executions: 1 },
		],
		weather: { singleSession: true, tokenLifetimeMs: 3000, latencyMs: 1 },
	},
	{
		parts: [
			{ share: 'update', executions: 1 },
			{ share: 'rename', executions: 1 },
			{ share: 'delete', executions: 1 },
		],
		// What answers a change with nothing, and lags behind what wrote.
		weather: {
			tokenLifetimeMs: 1500,
			expiredTokenStatus: 403,
			quietProfiles: true,
			readLagMs: 100,
			rateLimit: { requestsPerSecond: 200, retryAfter: 'seconds' },
		},
	},
	{
		parts: [
			{ share: 'retriedCreate', executions: 1 },
			{ share: 'retriedUpsert', executions: 1 },
			{ share: 'retriedRename', executions: 1 },
			{ share: 'retriedDelete', executions: 1 },
		],
		weather: { singleSession: true, tokenLifetimeMs: 700, expiredTokenStatus: 403 },
	},
];

/** One campaign against a simulator and an n8n of its own. The same options meet the same faults. */
export const runCampaign = async (options: CampaignOptions): Promise<CampaignResult> =>
	await inWorld(async (world) => await new Campaign(options, world).run());

class Campaign {
	private readonly tasks: Task[];

	private readonly schedule: FaultSchedule;

	private readonly ledger: Ledger;

	private readonly violations: string[] = [];

	private readonly counts = { executions: 0, errorItems: 0, requests: 0 };

	constructor(
		options: CampaignOptions,
		private readonly world: World,
	) {
		const { odin, otherHost } = world;
		this.tasks = planWork(options.seed, options.trunkGroups);
		const namesOf = (share: Share) =>
			this.tasks.filter((task) => task.share === share).map(({ name }) => name);
		this.schedule = new FaultSchedule(options.seed, otherHost.url, {
			created: namesOf('create'),
			updated: namesOf('update'),
		});
		for (const { name, callsBefore, usedBy } of this.tasks) {
			if (callsBefore === undefined) continue;
			const { pilot, hosted } = usedBy;
			odin.network.addTrunkGroup({
				...{ ...HOME, name, maxActiveCalls: callsBefore },
				...(pilot && { pilotUserId: pilot }),
				users: hosted ? [{ userId: hosted }] : [],
			});
			// A pilot is always a user of its trunk group.
			if (pilot) odin.network.addUser({ ...HOME, userId: pilot, trunkGroup: name });
		}
		this.ledger = new Ledger(odin.network);
	}

	async run(): Promise<CampaignResult> {
		const { odin, otherHost } = this.world;
		let arrived = 0;
		odin.injectFault((request) => {
			arrived += 1;
			if (arrived % SESSION_REQUESTS === 0) odin.revokeTokens();
			return this.schedule.decide(request);
		});
		for (const { parts, weather } of STAGES) {
			odin.configure({ ...CALM, ...weather });
			await this.runStage(parts.flatMap((part) => this.split(part)));
		}
		odin.clearFaults();
		this.checkEnd();
		if (otherHost.received.length > 0) {
			this.violations.push(`Another host was asked: ${otherHost.received[0]}`);
		}
		const { met } = this.schedule;
		return {
			violations: this.violations,
			met,
			unmet: this.schedule.allKinds().filter((kind) => !met.has(kind)),
			trunkGroups: this.tasks.length,
			logins: odin.logins(),
			...this.counts,
		};
	}

	private split({ share, executions }: Stage['parts'][number]) {
		const tasks = this.tasks.filter((task) => task.share === share);
		return Array.from({ length: executions }, (_, part) => ({
			share,
			tasks: tasks.filter((_task, index) => index % executions === part),
		})).filter((work) => work.tasks.length > 0);
	}

	/** Runs again whatever came out as an error, as the person would who watches the error output. */
	private async runStage(works: Array<{ share: Share; tasks: Task[] }>): Promise<void> {
		const { engine, odin } = this.world;
		const { ledger } = this;
		let open = works;
		for (let round = 1; open.length > 0; round += 1) {
			if (round > MOST_ROUNDS) {
				const names = open.flatMap(({ tasks }) => tasks).map(({ name }) => name);
				this.violations.push(`Not done after ${MOST_ROUNDS} rounds: ${names.join(' ')}`);
				return;
			}
			const executed = await executeTogether({ engine, odin, ledger }, open);
			this.counts.requests += odin.requests.length;
			open = executed.flatMap((one) => {
				this.counts.executions += 1;
				const { violations, failed } = checkItems(one, ledger);
				this.violations.push(...violations, ...blindRepeats(one), ...leaks(one, odin.password));
				this.counts.errorItems += failed.length;
				// A node that stops has to do all its items in one execution in the end.
				if (one.run.error && isRepeatable(one.share)) return [one];
				const again = one.run.error
					? one.tasks.filter((task) => !holds(task, ledger))
					: failed.map(({ task }) => task);
				const tasks = again.filter((task) => round === 1 || !holds(task, ledger));
				return tasks.length > 0 ? [{ share: one.share, tasks }] : [];
			});
		}
	}

	/** Each wanted trunk group is there exactly once, and nothing else is. */
	private checkEnd(): void {
		for (const task of this.tasks) {
			if (!holds(task, this.ledger)) this.violations.push(`${task.name} is not as it should be`);
			const created = this.ledger.creations(task.name);
			if (created !== (isNew(task) ? 1 : 0)) {
				this.violations.push(`${task.name} was created ${created} times`);
			}
		}
		const wanted = this.tasks.filter(({ wantedCalls }) => wantedCalls !== undefined);
		const names = wanted.map(({ newName }) => newName).sort();
		if (this.ledger.names().sort().join('\n') !== names.join('\n')) {
			this.violations.push('Odin holds other trunk groups than those that were wanted');
		}
	}
}
