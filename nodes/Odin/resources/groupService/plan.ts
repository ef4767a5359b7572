import { listed, quoted } from '../../values/text';
import { serviceNamed, type GroupService, type ServiceType } from './services';

/** Services and service packs that a group is to have, and those that it is not to have. */
export interface ServicesAsked {
	services: readonly string[];
	servicePacks: readonly string[];
	removeServices: readonly string[];
	removeServicePacks: readonly string[];
}

/** One switch of a service that is to be set. */
export interface ServiceChange {
	serviceName: string;
	type: ServiceType;
	field: 'authorized' | 'assigned';
	from: boolean;
	to: boolean;
}

export interface ServicePlan {
	changes: ServiceChange[];
	/** Those of which everything is as wanted */
	unchanged: string[];
	/** Why something can't be done. Then nothing is */
	refused: string[];
}

const SERVICES: readonly ServiceType[] = ['group', 'user'];
const PACKS: readonly ServiceType[] = ['pack'];

function added(service: GroupService): ServiceChange[] {
	const { serviceName, type, authorized, assigned } = service;
	const change = { serviceName, type, from: false, to: true };
	return [
		...(authorized ? [] : [{ ...change, field: 'authorized' as const }]),
		// Only a service of the group itself can be assigned to it.
		...(type !== 'group' || assigned ? [] : [{ ...change, field: 'assigned' as const }]),
	];
}

/** A service of the group stays authorized, so that it can be assigned again; others have nothing but that. */
function removed(service: GroupService): ServiceChange[] {
	const { serviceName, type } = service;
	const field = type === 'group' ? 'assigned' : 'authorized';
	return service[field] ? [{ serviceName, type, field, from: true, to: false }] : [];
}

function reasonAgainst(
	{ serviceName, usage, licensed }: GroupService,
	changes: readonly ServiceChange[],
): string | undefined {
	if (changes.some(({ field, to }) => field === 'authorized' && to) && licensed === false) {
		return `the service provider has no license for ${quoted(serviceName)}`;
	}
	// Odin, or BroadWorks below it, might take it from whoever uses it.
	if (changes.some(({ to }) => !to) && (usage ?? 0) > 0) {
		return `${quoted(serviceName)} is in use (${usage})`;
	}
	return undefined;
}

/** What is to be switched of what the group shows: only what is named, and of that only what is not as wanted. */
export function planServices(asked: ServicesAsked, services: readonly GroupService[]): ServicePlan {
	const plan: ServicePlan = { changes: [], unchanged: [], refused: [] };
	const missing: string[] = [];
	const seen = new Set<GroupService>();
	const plans = [
		{ names: asked.services, types: SERVICES, others: PACKS, changesOf: added },
		{ names: asked.servicePacks, types: PACKS, others: SERVICES, changesOf: added },
		{ names: asked.removeServices, types: SERVICES, others: PACKS, changesOf: removed },
		{ names: asked.removeServicePacks, types: PACKS, others: SERVICES, changesOf: removed },
	];
	for (const { names, types, others, changesOf } of plans) {
		for (const name of names) {
			const service = serviceNamed(services, name, types);
			if (!service) {
				const other = serviceNamed(services, name, others);
				if (!other) missing.push(name);
				else {
					plan.refused.push(
						`${quoted(other.serviceName)} is a ${other.type === 'pack' ? 'service pack, not a service' : 'service, not a service pack'}`,
					);
				}
				continue;
			}
			if (seen.has(service)) continue;
			seen.add(service);
			const changes = changesOf(service);
			const reason = reasonAgainst(service, changes);
			if (reason !== undefined) plan.refused.push(reason);
			if (changes.length === 0) plan.unchanged.push(service.serviceName);
			plan.changes.push(...changes);
		}
	}
	if (missing.length > 0) plan.refused.unshift(`Odin lists no ${listed(missing)}`);
	return plan;
}

/** Those of the changes that the services do not show. */
export const notYetSwitched = (
	changes: readonly ServiceChange[],
	services: readonly GroupService[],
): ServiceChange[] =>
	changes.filter(
		({ serviceName, type, field, to }) =>
			serviceNamed(services, serviceName, [type])?.[field] !== to,
	);

/** Authorized first, and what is to go; then assigned. */
export const requestsOf = (changes: readonly ServiceChange[]): ServiceChange[][] => {
	const isAssigning = ({ field, to }: ServiceChange): boolean => field === 'assigned' && to;
	return [
		changes.filter((change) => !isAssigning(change)),
		changes.filter((change) => isAssigning(change)),
	].filter((step) => step.length > 0);
};
