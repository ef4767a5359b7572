import { Dice } from '../dice';
import { anyEnd, Interruption, type End } from '../interruption';
import { RequestFaults } from '../requestFaults';
import { CALM, inTimelessWorld, WEATHER, type World } from '../world';
import { checkRows, leaksOf, type ExecutedRows } from './checks';
import { arrangeRows, itemOf, planRows, TAKE_DOWN, takenDownItem, TURN_UP, type Row } from './rows';
import { lacks, leftOf, snapshot, strangers } from './state';

export interface SipTrunkOptions {
	seed: number;
	sipTrunks: number;
}

export interface SipTrunkResult {
	violations: string[];
	met: Map<string, number>;
	unmet: string[];
	executions: number;
	killed: number;
	stopped: number;
	errorItems: number;
	requests: number;
	/** How many rows were turned up, and how many taken down */
	turnUps: number;
	takeDowns: number;
}

const MOST_ROUNDS = 40;
const ROWS_AT_ONCE = 24;

/** Turn-ups through every kind of fault, killed and stopped anywhere and run again. */
export async function runSipTrunkCampaign(options: SipTrunkOptions): Promise<SipTrunkResult> {
	return await inTimelessWorld(async (world) => await new SipTrunkCampaign(options, world).run());
}

class SipTrunkCampaign {
	private readonly rows: Row[];

	private readonly faults: RequestFaults;

	private readonly dice: Dice;

	private readonly violations: string[] = [];

	private readonly counts = { executions: 0, errorItems: 0, requests: 0 };

	private readonly interruption = new Interruption();

	private isTakingDown = false;

	constructor(
		{ seed, sipTrunks }: SipTrunkOptions,
		private readonly world: World,
	) {
		this.rows = planRows(seed, sipTrunks);
		this.dice = new Dice(seed, 'campaign');
		this.faults = new RequestFaults(seed, world.otherHost.url);
		arrangeRows(world.odin.network, this.rows);
	}

	async run(): Promise<SipTrunkResult> {
		const { odin, otherHost } = this.world;
		odin.injectFault((request) => this.interruption.decide(request) ?? this.faults.decide(request));
		for (let from = 0; from < this.rows.length; from += ROWS_AT_ONCE) {
			const weather = WEATHER[(from / ROWS_AT_ONCE) % WEATHER.length]!;
			odin.configure({ ...CALM, ...weather });
			const rows = this.rows.slice(from, from + ROWS_AT_ONCE);
			const isCutOff = ({ fate }: Row): boolean => fate === 'cutOff';
			this.isTakingDown = false;
			await this.finish(rows, isCutOff);
			this.isTakingDown = true;
			await this.finish(rows.filter(({ fate }) => fate !== 'stays'));
		}
		odin.configure(CALM);
		odin.clearFaults();
		await this.checkEnd();
		if (otherHost.received.length > 0) {
			this.violations.push(`Another host was asked: ${otherHost.received[0]}`);
		}
		const { met } = this.faults;
		const unmet = this.faults.allKinds().filter((kind) => !met.has(kind));
		const takeDowns = this.rows.filter(({ fate }) => fate !== 'stays').length;
		const turnUps = this.rows.length;
		const counts = { ...this.counts, ...this.interruption.counts };
		return { violations: this.violations, met, unmet, ...counts, turnUps, takeDowns };
	}

	/** Until all of them are done, but for those that are left after a first round, however that ends. */
	private async finish(rows: Row[], isLeft: (row: Row) => boolean = () => false): Promise<void> {
		let open = rows;
		for (let round = 1; open.length > 0; round += 1) {
			if (round > MOST_ROUNDS) {
				this.violations.push(`Not done: ${open.map(({ index }) => index).join(' ')}`);
				return;
			}
			const end = anyEnd(this.dice);
			const isTwice = round > 1 && this.dice.chance(0.2);
			open = await this.round(open, round > 12 ? 'whole' : end, isTwice);
			open = open.filter((row) => !isLeft(row));
		}
	}

	/** Two executions at once; rows of one group are in both of them, or the very same rows. */
	private async round(rows: Row[], end: End, isTwice: boolean): Promise<Row[]> {
		const { odin } = this.world;
		odin.clearRequests();
		const halves = isTwice
			? [rows.filter(({ undoes }) => !undoes), rows.filter(({ undoes }) => !undoes)]
			: [0, 1].map((half) => rows.filter(({ index }) => index % 2 === half));
		const rest = isTwice ? rows.filter(({ undoes }) => undoes) : [];
		const within = this.dice.between(1, 12 * rows.length);
		const { result: executed, isCutOff } = await this.interruption.during(
			{ end, within },
			async (signal) =>
				await Promise.all(
					halves
						.filter((half) => half.length > 0)
						.map(async (half) => await this.execute(half, isTwice, signal)),
				),
		);
		const requests = [...odin.requests];
		this.counts.requests += requests.length;
		if (isCutOff) return rows;
		const again = new Set(rest);
		for (const one of executed) {
			const all = { ...one, requests };
			const checked = checkRows(all, odin.network);
			this.violations.push(...checked.violations, ...leaksOf(all, odin.password));
			this.counts.errorItems += checked.again.length;
			for (const row of checked.again) again.add(row);
		}
		return [...again];
	}

	private async execute(rows: Row[], isTwice: boolean, signal: AbortSignal): Promise<ExecutedRows> {
		const { engine, odin } = this.world;
		this.counts.executions += 1;
		const before = rows.map((row) => snapshot(odin.network, row));
		const run = await engine.run({
			...(this.isTakingDown
				? { items: rows.map(takenDownItem), parameters: TAKE_DOWN }
				: { items: rows.map(itemOf), parameters: TURN_UP }),
			node: { onError: 'continueErrorOutput' },
			signal,
		});
		return { rows, run, before, isTwice, requests: [], isTakeDown: this.isTakingDown };
	}

	/** All is there, and once; another run of all rows changes nothing but what one row has lowered for another. */
	private async checkEnd(): Promise<void> {
		const { engine, odin } = this.world;
		const { network } = odin;
		const staying = this.rows.filter(({ fate }) => fate === 'stays');
		const again = async (): Promise<string[]> => {
			odin.clearRequests();
			const run = await engine.run({ items: staying.map(itemOf), parameters: TURN_UP });
			if (run.error) this.violations.push(`The last run: ${run.error.message}`);
			return odin.requests
				.filter(({ method, path }) => method !== 'GET' && !/^\/auth|devices\/users/.test(path))
				.map(({ method, path }) => `${method} ${path}`);
		};
		const isCapacity = (call: string): boolean => call.endsWith('/call-capacity');
		const writes = (await again()).filter((call) => !isCapacity(call));
		const last = await again();
		if (writes.length + last.length > 0) {
			this.violations.push(`A run again writes: ${[...writes, ...last].slice(0, 10).join(', ')}`);
		}
		for (const row of this.rows) {
			const [word, wrong] =
				row.fate === 'stays' ? ['lacks', lacks(network, row)] : ['leaves', leftOf(network, row)];
			if (wrong.length > 0) this.violations.push(`row ${row.index} ${word} ${wrong.join(' ')}`);
		}
		const others = strangers(network, this.rows);
		if (others.length > 0) this.violations.push(`Nobody asked for ${others.join(' ')}`);
	}
}
