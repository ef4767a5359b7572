import { EventLoop } from '../../../execution/eventLoop';
import { isSameName } from '../../../model/equivalence';
import { groupText, serviceProviderText, type GroupKey, type Key } from '../../../model/key';
import { inOrder } from '../../../provisioning/inOrder';
import { readRows } from '../../../provisioning/rows';
import type { OdinClient } from '../../../transport/odinClient';
import { OdinError } from '../../../transport/odinError';
import {
	attempted,
	ofGroup,
	ofServiceProvider,
	ofTrunkGroup,
	type TrunkGroupNetwork,
} from '../network';
import { TRUNK_GROUP_SERVICE } from '../../groupService/trunkGroupService';
import { trunkGroupId, type Route } from '../routes';
import type {
	Ceiling,
	GroupFacts,
	Read,
	Target,
	TrunkGroup,
	TrunkGroupFacts,
	Unread,
} from './facts';
import { Findings, type Finding } from './findings';
import { loopsIn, type Node } from './loops';
import { GROUP_RULES, TRUNK_GROUP_RULES } from './rules';
import { Surroundings } from './surroundings';
import { quoted } from '../../../values/text';

/** What is audited: one group, all of a service provider, or all service providers. */
export interface Scope {
	serviceProviderId?: string;
	groupId?: string;
}

type ReadTrunkGroup = { key: Key } & (
	| { unread: Unread }
	| Omit<TrunkGroupFacts, 'ceilings' | 'targets' | 'loop'>
);

interface GroupReport {
	trunkGroups: ReadTrunkGroup[];
	ceilings: Array<Read<Ceiling>>;
	/** Undefined for a group without trunk groups */
	facts?: GroupFacts;
	/** The trunk groups could not be listed */
	unread?: Unread;
	lacksService?: true;
}

const ALL_RULES = [...TRUNK_GROUP_RULES, ...GROUP_RULES].map(({ name }) => name);

/** Reads what a scope has, then lets every rule look at it. */
export class Auditing {
	private readonly eventLoop = new EventLoop();

	private readonly surroundings: Surroundings;

	constructor(
		private readonly odin: OdinClient,
		private readonly network: TrunkGroupNetwork,
		private readonly hint: (message: string) => void,
	) {
		this.surroundings = new Surroundings(odin, network);
	}

	/** The findings, group by group. Throws OdinError where nothing could be read. */
	async run(scope: Scope): Promise<Finding[]> {
		const places = await this.places(scope);
		const reports = await inOrder(places, this.odin.concurrency, async (place) =>
			'reason' in place
				? { trunkGroups: [], ceilings: [], unread: place }
				: await this.readGroup(place, scope.groupId !== undefined),
		);
		const { targets, nodes } = await this.follow(reports);
		const loops = loopsIn(nodes);
		const findings = new Findings();
		for (const { trunkGroups, ceilings, facts, unread } of reports) {
			if (unread) findings.notChecked(unread, facts ? namesOf(TRUNK_GROUP_RULES) : ALL_RULES);
			for (const read of trunkGroups) {
				await this.eventLoop.giveWay();
				if ('unread' in read) {
					findings.notChecked(read.unread, namesOf(TRUNK_GROUP_RULES));
					continue;
				}
				const loop = loops.get(trunkGroupId(read.key));
				const whole: TrunkGroupFacts = { ...read, ceilings, targets, ...(loop && { loop }) };
				findings.apply(TRUNK_GROUP_RULES, whole, ofTrunkGroup(read.key));
			}
			if (facts) findings.apply(GROUP_RULES, facts, facts.place);
			findings.endGroup();
		}
		this.tell(scope, reports);
		return findings.end();
	}

	/** The groups of the scope, and what of it could not be listed. */
	private async places({ serviceProviderId, groupId }: Scope): Promise<Array<GroupKey | Unread>> {
		const { odin, network } = this;
		if (serviceProviderId !== undefined && groupId !== undefined) {
			return [{ serviceProviderId, groupId }];
		}
		if (serviceProviderId !== undefined) {
			const groups = await network.groups(odin, serviceProviderId);
			if (groups.length === 0) await this.requireServiceProvider(serviceProviderId);
			return groups.map((id) => ({ serviceProviderId, groupId: id }));
		}
		const ids = await network.serviceProviders(odin);
		const places = await inOrder(ids, odin.concurrency, async (id) => {
			const groups = await attempted(ofServiceProvider(id), network.groups(odin, id));
			return 'unread' in groups
				? [groups.unread]
				: groups.value.map((group) => ({ serviceProviderId: id, groupId: group }));
		});
		return places.flat();
	}

	/** An Odin that answers with no groups may not know the service provider at all. */
	private async requireServiceProvider(serviceProviderId: string): Promise<void> {
		const purpose = `read ${serviceProviderText(serviceProviderId)}`;
		const request = { path: '/service-providers', query: { serviceProviderId }, purpose };
		const rows = await readRows(this.odin, request, 'serviceProviderId').catch((error: unknown) => {
			if (error instanceof OdinError && error.kind === 'forbidden') return undefined;
			throw error;
		});
		if (!rows || rows.some((row) => isSameName(serviceProviderId, row.serviceProviderId))) return;
		throw new OdinError({
			kind: 'notFound',
			message: `Odin has no ${serviceProviderText(serviceProviderId)}`,
			description: 'Check the ID',
			details: { serviceProviderId },
		});
	}

	private async readGroup(group: GroupKey, isNamed: boolean): Promise<GroupReport> {
		const { odin, network, surroundings } = this;
		const list = await network.list(odin, group);
		if ('unread' in list) return await this.withoutList(group, list.unread, isNamed);
		const { names, unnamed, ...lacking } = list.value;
		const unread = unnamed && { unread: unnamed };
		if (names.length === 0) return { trunkGroups: [], ceilings: [], ...unread, ...lacking };
		const trunkGroups = await inOrder(
			names,
			odin.concurrency,
			async (id) => await this.readTrunkGroup({ ...group, id }),
		);
		return {
			trunkGroups,
			...unread,
			ceilings: await surroundings.ceilings(group),
			facts: { place: ofGroup(group), freeNumbers: await surroundings.freeNumbers(group) },
		};
	}

	/**
	 * A group whose trunk groups can't be listed. Its numbers are looked at all the same; one that was named and shows nothing
	 * at all is the item's failure.
	 */
	private async withoutList(
		group: GroupKey,
		unread: Unread,
		isNamed: boolean,
	): Promise<GroupReport> {
		const none = { trunkGroups: [], ceilings: [], unread };
		const freeNumbers = await this.surroundings.freeNumbers(group);
		if ('value' in freeNumbers) return { ...none, facts: { place: ofGroup(group), freeNumbers } };
		if (isNamed && unread.error) throw unread.error;
		return none;
	}

	private async readTrunkGroup(key: Key): Promise<ReadTrunkGroup> {
		const { odin, network, surroundings } = this;
		const read = await network.trunkGroup(odin, key);
		if ('unread' in read) return { key, ...read };
		if (!read.value) {
			const reason = `trunk group ${quoted(key.id)} of ${groupText(key)} is listed, but not there`;
			return { key, unread: { ...ofTrunkGroup(key), reason } };
		}
		const trunkGroup: TrunkGroup = { ...read.value, key };
		const { device, requireAuthentication, routes } = trunkGroup;
		const isOwnAddress = new Map<Route, Read<boolean>>();
		for (const route of routes) {
			if (route.action !== 'Forward' || route.address === null) continue;
			isOwnAddress.set(route, await surroundings.isOwnAddress(key, route.address));
		}
		return {
			key,
			trunkGroup,
			...(requireAuthentication === false &&
				device && { deviceAddress: await surroundings.deviceAddress(key, device) }),
			isOwnAddress,
			usersWithoutNumber: await surroundings.usersWithoutNumber(key),
		};
	}

	/** Where all reroutes lead, and on from there, into groups beyond the scope as well. */
	private async follow(
		reports: readonly GroupReport[],
	): Promise<{ targets: Map<Route, Read<Target>>; nodes: Map<string, Node> }> {
		const targets = new Map<Route, Read<Target>>();
		const nodes = new Map<string, Node>();
		let front = reports.flatMap(({ trunkGroups }) =>
			trunkGroups.flatMap((read) => ('trunkGroup' in read ? [read.trunkGroup] : [])),
		);
		while (front.length > 0) {
			const found = await inOrder(front, this.odin.concurrency, async ({ key, routes }) => {
				const reached: Array<{ route: Route; trunkGroup: TrunkGroup }> = [];
				for (const route of routes.filter(({ action }) => action === 'Reroute')) {
					const read: Read<TrunkGroup | undefined> = route.target
						? await this.network.target(this.odin, route.target)
						: { value: undefined };
					targets.set(route, 'unread' in read ? read : { value: targetOf(read.value) });
					if ('value' in read && read.value) reached.push({ route, trunkGroup: read.value });
				}
				nodes.set(trunkGroupId(key), {
					key,
					steps: reached.map(({ route: { situation }, trunkGroup }) => ({
						situation,
						to: trunkGroup.key,
					})),
				});
				return reached.map(({ trunkGroup }) => trunkGroup);
			});
			const next = new Map(found.flat().map((one) => [trunkGroupId(one.key), one]));
			front = [...next].flatMap(([id, one]) => (nodes.has(id) ? [] : [one]));
			await this.eventLoop.giveWay();
		}
		return { targets, nodes };
	}

	/** What nobody may take for a network without findings. */
	private tell({ groupId }: Scope, reports: readonly GroupReport[]): void {
		const lacking = reports.filter(({ lacksService }) => lacksService).length;
		if (lacking > 0) {
			this.hint(
				groupId === undefined
					? `${lacking} of ${reports.length} groups lack the service '${TRUNK_GROUP_SERVICE}', so they have no trunk groups`
					: `The group lacks the service '${TRUNK_GROUP_SERVICE}', so it has no trunk groups`,
			);
		}
		if (reports.every(({ trunkGroups, unread }) => trunkGroups.length === 0 && !unread)) {
			this.hint('There are no trunk groups to audit');
		}
	}
}

const namesOf = (rules: ReadonlyArray<{ name: string }>): string[] => rules.map(({ name }) => name);

const targetOf = (trunkGroup: TrunkGroup | undefined): Target =>
	trunkGroup ? { exists: true, hasDevice: trunkGroup.device !== null } : { exists: false };
