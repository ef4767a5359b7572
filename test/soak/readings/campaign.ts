import type { IDataObject } from 'n8n-workflow';

import type { Fault, FaultCandidate } from '../../../simulator';
import type { RunResult } from '../../engine/harness';
import { claimOf, itemsIn } from '../claims';
import { Dice } from '../dice';
import { itemIndex } from '../paired';
import { RequestFaults } from '../requestFaults';
import { CALM, inTimelessWorld, type World } from '../world';
import { arrangeGroups, type Group } from './network';
import { referencesTo, truthOf } from './truth';

export interface ReadingOptions {
	seed: number;
	reads: number;
}

export interface ReadingResult {
	violations: string[];
	met: Map<string, number>;
	executions: number;
	errorItems: number;
	requests: number;
	reads: number;
	/** How many findings and references were told through faults, and how many were missing with a word */
	told: number;
	missing: number;
}

type Json = Record<string, unknown>;

const AT_ONCE = 4;

const OPTIONS: IDataObject = { concurrency: 6, timeout: 700, maxRetries: 1 };

/** Audits and searches for references through every kind of fault: nothing untrue is found, and what is not found is told. */
export async function runReadingCampaign(options: ReadingOptions): Promise<ReadingResult> {
	return await inTimelessWorld(async (world) => await new ReadingCampaign(options, world).run());
}

/** What is read: the findings of a group or a whole enterprise, or the references to a trunk group. */
interface Reading {
	operation: 'audit' | 'getReferences';
	item: IDataObject;
	/** What a calm Odin gives */
	calm: Json[];
}

class ReadingCampaign {
	private readonly groups: Group[];

	private readonly faults: RequestFaults;

	private readonly dice: Dice;

	private readonly violations: string[] = [];

	private readonly counts = { executions: 0, errorItems: 0, requests: 0, told: 0, missing: 0 };

	constructor(
		private readonly options: ReadingOptions,
		private readonly world: World,
	) {
		const { seed } = options;
		this.groups = arrangeGroups(world.odin.network, seed);
		this.dice = new Dice(seed, 'readings');
		this.faults = new RequestFaults(seed, world.otherHost.url);
	}

	async run(): Promise<ReadingResult> {
		const { odin, otherHost } = this.world;
		odin.injectFault(enterpriseTrunks);
		const readings = await this.calmReadings();
		const before = JSON.stringify([...odin.network.copyOfState().values()].map((one) => [...one]));
		odin.injectFault((request) => this.faults.decide(request) ?? enterpriseTrunks(request));
		let reads = 0;
		for (let round = 0; reads < this.options.reads; round += 1) {
			odin.configure({ ...CALM, ...(round % 2 === 0 && { singleSession: true }) });
			this.faults.enter(`round ${round}`, {
				refusesTakingBack: true,
				refusedReads: 0.15,
			});
			const chosen = (['audit', 'getReferences'] as const).map((operation) => {
				const all = readings.filter((one) => one.operation === operation);
				const count = this.dice.between(1, AT_ONCE);
				return Array.from({ length: count }, () => all[this.dice.between(0, all.length - 1)]!);
			});
			await Promise.all(chosen.map(async (some) => this.check(some, await this.execute(some))));
			reads += chosen.flat().length;
			this.counts.requests += odin.requests.length;
			if (
				odin.requests.some(({ method, path }) => method !== 'GET' && !path.startsWith('/auth/'))
			) {
				this.violations.push('A reading writes');
			}
			odin.clearRequests();
		}
		const after = JSON.stringify([...odin.network.copyOfState().values()].map((one) => [...one]));
		if (after !== before) this.violations.push('Odin is no longer as before');
		if (otherHost.received.length > 0) {
			this.violations.push(`Another host was asked: ${otherHost.received[0]}`);
		}
		return { violations: this.violations, met: this.faults.met, reads, ...this.counts };
	}

	/** What there is to read, each as it must be by the records. */
	private async calmReadings(): Promise<Reading[]> {
		const { network } = this.world.odin;
		const enterprises = [...new Set(this.groups.map((one) => one.serviceProviderId))];
		const groupsOf = (id: string): Group[] =>
			this.groups.filter(({ serviceProviderId }) => serviceProviderId === id);
		const audits = [
			...this.groups.map((group) => ({ item: { ...group } as IDataObject, groups: [group] })),
			...enterprises.map((id) => ({
				item: { serviceProviderId: id, groupId: '' } as IDataObject,
				groups: groupsOf(id),
			})),
		];
		const readings: Reading[] = [];
		for (const { item, groups } of audits) {
			const calm = await this.calm('audit', item);
			const found = calm.map(({ rule, groupId, name }) => `${rule} ${groupId} ${name}`).sort();
			const truth = groups
				.flatMap((one) => truthOf(network, one.serviceProviderId, one.groupId))
				.sort();
			this.compare(`audit of ${JSON.stringify(item)}`, found, truth);
			readings.push({ operation: 'audit', item, calm });
		}
		for (const { serviceProviderId, groupId, name } of enterprises.flatMap((id) =>
			network.trunkGroups(id),
		)) {
			const item = { serviceProviderId, groupId, name };
			const calm = await this.calm('getReferences', item);
			const found = calm.map((one) => `${one.groupId} ${one.name} ${one.field}`).sort();
			const isOnTrunk =
				ENTERPRISE_TRUNK.groupId === groupId && ENTERPRISE_TRUNK.trunkGroupName === name;
			const truth = referencesTo(network, item);
			this.compare(
				`references to ${JSON.stringify(item)}`,
				found,
				isOnTrunk ? [...truth, 'null main enterpriseTrunk'].sort() : truth,
			);
			readings.push({ operation: 'getReferences', item, calm });
		}
		return readings;
	}

	private compare(what: string, found: string[], truth: string[]): void {
		if (found.join('\n') === truth.join('\n')) return;
		const wrong = found.filter((one) => !truth.includes(one));
		const lacking = truth.filter((one) => !found.includes(one));
		this.violations.push(`${what}: untrue ${wrong.join(', ')}; lacking ${lacking.join(', ')}`);
	}

	private async calm(operation: Reading['operation'], item: IDataObject): Promise<Json[]> {
		const { output, error, hints } = await this.execute([{ operation, item, calm: [] }]);
		if (error) this.violations.push(`A calm ${operation} fails: ${error.message}`);
		const isMissing = hints.some(({ message }) => message.startsWith(MAY_BE_MISSING));
		if (isMissing) this.violations.push(`A calm ${operation} misses something`);
		return (output[0] ?? []).map(({ json }) => json);
	}

	private async execute(readings: readonly Reading[]): Promise<RunResult> {
		this.counts.executions += 1;
		const { operation } = readings[0]!;
		return await this.world.engine.run({
			items: readings.map(({ item }) => item),
			parameters: {
				...{ resource: 'trunkGroup', operation, options: OPTIONS },
				serviceProviderId: '={{ $json.serviceProviderId }}',
				groupId: '={{ $json.groupId }}',
				...(operation === 'getReferences' && { trunkGroup: '={{ $json.name }}' }),
			},
			node: { onError: 'continueErrorOutput' },
		});
	}

	private check(readings: readonly Reading[], run: RunResult): void {
		const [done = [], errors = []] = run.output;
		const failed = new Set(errors.map(itemIndex));
		this.counts.errorItems += errors.length;
		for (const { json } of errors) {
			const message = String(json.error).replace(/^Item \d+: /, '');
			if (claimOf(message) === undefined)
				this.violations.push(`These checks do not know ${message}`);
		}
		const shown = JSON.stringify([run.output, run.error, run.hints, run.logs]);
		if (shown.includes(this.world.odin.password)) this.violations.push('The password is shown');
		for (const [at, reading] of readings.entries()) {
			if (failed.has(at)) continue;
			const rows = done.filter((item) => itemIndex(item) === at).map(({ json }) => json as Json);
			const hints = run.hints.map(({ message }) => message);
			const { wrong, missing } =
				reading.operation === 'audit'
					? checkFindings(reading, rows)
					: checkReferences(
							reading,
							rows,
							hints.some((hint) => tellsOfMissing(hint, at)),
						);
			this.counts.told += rows.length;
			this.counts.missing += missing;
			const { operation, item } = reading;
			for (const one of wrong) {
				this.violations.push(`${operation} of ${JSON.stringify(item)}: ${one}`);
			}
		}
	}
}

const ENTERPRISE_TRUNK = { trunkGroupName: 'trunk-0', groupId: 'read-0' };

/** An Odin that has enterprise trunks: the simulator has none. */
function enterpriseTrunks({ path, query }: FaultCandidate): Fault | undefined {
	if (path === '/groups/enterprise-trunks') return { kind: 'status', status: 200, body: [] };
	if (path !== '/service-providers/enterprise-trunks') return undefined;
	const isFirst = query.serviceProviderId === 'read-ent-0';
	const trunk = { enterpriseTrunkName: 'main', trunkGroups: [ENTERPRISE_TRUNK] };
	return { kind: 'status', status: 200, body: isFirst ? [trunk] : [] };
}

const placeOf = ({ serviceProviderId, groupId, name }: Json): unknown[] => [
	serviceProviderId,
	groupId,
	name,
];

/** These say less where a part of their facts could not be read. */
const PARTIAL: readonly unknown[] = ['noAuthentication', 'limitAboveCeiling', 'rerouteLoop'];

const fieldsOf = ({ fields }: Json): string[] => fields as string[];

/** Whether a finding is one of a calm run. */
const isFound = (finding: Json, calm: readonly Json[]): boolean =>
	calm.some((one) => {
		const isSame = JSON.stringify(one) === JSON.stringify(finding);
		const isOfPlace = JSON.stringify(placeOf(one)) === JSON.stringify(placeOf(finding));
		const isLess = fieldsOf(finding).every((field) => fieldsOf(one).includes(field));
		return (
			isSame || (PARTIAL.includes(finding.rule) && one.rule === finding.rule && isOfPlace && isLess)
		);
	});

/** Whether something says that a rule was not checked in a place. */
const isExcused = ({ rule, ...place }: Json, notChecked: readonly Json[]): boolean =>
	notChecked.some(
		(one) =>
			String(one.message).includes(`'${String(rule)}'`) &&
			placeOf(one).every((part, at) => part === null || part === placeOf(place)[at]),
	);

function checkFindings(
	{ calm }: Reading,
	rows: readonly Json[],
): { wrong: string[]; missing: number } {
	const notChecked = rows.filter(({ rule }) => rule === 'notChecked');
	const found = rows.filter(({ rule }) => rule !== 'notChecked');
	const untrue = found.filter((finding) => !isFound(finding, calm));
	// One that says less than in a calm run goes with a word, too.
	const missing = calm.filter(
		(finding) => !found.some((one) => JSON.stringify(one) === JSON.stringify(finding)),
	);
	const silent = missing.filter((finding) => !isExcused(finding, notChecked));
	return {
		wrong: [
			...untrue.map((finding) => `untrue is ${JSON.stringify(finding)}`),
			...silent.map((finding) => `without a word it lacks ${JSON.stringify(finding)}`),
		],
		missing: missing.length,
	};
}

const MAY_BE_MISSING = 'References may be missing: ';

/** Whether a hint says of an item that references may be missing. */
function tellsOfMissing(hint: string, at: number): boolean {
	const [, items = ''] = /\(items? ([\d, to]+)\)\.$/.exec(hint) ?? [];
	return hint.startsWith(MAY_BE_MISSING) && itemsIn(items).includes(at);
}

function checkReferences(
	{ calm }: Reading,
	rows: readonly Json[],
	isTold: boolean,
): { wrong: string[]; missing: number } {
	const texts = calm.map((one) => JSON.stringify(one));
	const found = rows.map((row) => JSON.stringify(row));
	const untrue = found.filter((row) => !texts.includes(row));
	const missing = texts.filter((text) => !found.includes(text));
	return {
		wrong: [
			...untrue.map((row) => `untrue is ${row}`),
			...(missing.length > 0 && !isTold ? [`without a word it lacks ${missing.join(', ')}`] : []),
		],
		missing: missing.length,
	};
}
