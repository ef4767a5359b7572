import type { IDataObject } from 'n8n-workflow';
import { isSameName } from '../../model/equivalence';
import type { Key } from '../../model/key';
import type { Plan, PreviewedRequest } from '../../provisioning/preview';
import {
	lookAfterYes,
	lookPatiently,
	settle,
	whileUnknown,
	type Attempt,
} from '../../provisioning/settle';
import { CHECK_FIRST, OdinError, sentences } from '../../transport/odinError';
import type { OdinClient } from '../../transport/odinClient';
import { isObject } from '../../values/json';
import { listed, quoted } from '../../values/text';
import { isOn, wireText } from '../../values/wireValues';

const PATH = '/users/services';

/** The two kinds by their names in Odin, with what messages call one. */
const NOUNS = { userServices: 'service', servicePackServices: 'service pack' } as const;

export type ServiceKind = keyof typeof NOUNS;

const KINDS = Object.keys(NOUNS) as ServiceKind[];

/** What is to be added to a user and taken away, by name; nothing else is touched. */
export type WantedServices = Record<ServiceKind, { add: string[]; remove: string[] }>;

/** Whether the user has each service that the group may give, by its name. */
type Assigned = Record<ServiceKind, Map<string, boolean>>;

interface ServiceChange {
	kind: ServiceKind;
	serviceName: string;
	assigned: boolean;
}

export interface ServicesAttempt extends Attempt {
	planned?: ServicesPlan;
}

/** What one request brings the services of a user to. A preview shows it, a run carries it out. */
export interface ServicesPlan {
	key: Key;
	assigned: Assigned;
	changes: ServiceChange[];
}

export interface ServicesResult {
	key: Key;
	outcome: 'updated' | 'unchanged';
	changes: IDataObject[];
	/** The names of what the user has now */
	userServices: string[];
	servicePackServices: string[];
}

/** Throws OdinError for what the group does not have, by name. */
export async function planServices(
	odin: OdinClient,
	userId: string,
	wanted: WantedServices,
	attempt: ServicesAttempt = {},
): Promise<ServicesPlan> {
	const { key, assigned } = await whileUnknown(attempt, async () => await read(odin, userId));
	const changes: ServiceChange[] = [];
	const missing: string[] = [];
	for (const kind of KINDS) {
		for (const name of wanted[kind].add) {
			const serviceName = nameIn(assigned[kind], name);
			if (serviceName === undefined) missing.push(missingText(kind, name, assigned));
			else if (!assigned[kind].get(serviceName))
				changes.push({ kind, serviceName, assigned: true });
		}
		for (const name of wanted[kind].remove) {
			// What the group does not have, the user does not have either.
			const serviceName = nameIn(assigned[kind], name);
			if (serviceName !== undefined && assigned[kind].get(serviceName)) {
				changes.push({ kind, serviceName, assigned: false });
			}
		}
	}
	if (missing.length > 0) {
		throw new OdinError({
			kind: 'refused',
			message: `The group of user ${quoted(userId)} does not have ${missing.join(', ')}`,
			effect: 'Nothing was changed',
			description:
				'Authorize it for the group first, and check the spelling: names are those of BroadWorks',
			details: { userId },
		});
	}
	return { key, assigned, changes };
}

const nameIn = (assigned: Map<string, boolean>, name: string): string | undefined =>
	[...assigned.keys()].find((known) => isSameName(name, known));

function missingText(kind: ServiceKind, name: string, assigned: Assigned): string {
	const other = KINDS.find((one) => one !== kind)!;
	const text = `${NOUNS[kind]} ${quoted(name)}`;
	return nameIn(assigned[other], name) === undefined
		? text
		: `${text} (there is a ${NOUNS[other]} of this name)`;
}

/** As the name of a service or service pack is given. */
export const SERVICE_NAME = { type: 'text', maxLength: 80, isName: true } as const;

export const planOf = (plan: ServicesPlan): Plan => ({
	outcome: plan.changes.length > 0 ? 'updated' : 'unchanged',
	changes: changesOf(plan.changes),
	request: requestOf(plan),
});

const requestOf = ({ key, changes }: ServicesPlan): Plan['request'] =>
	changes.length === 0 ? null : requestFor(key.id, changes);

/** What assigns all of them, whatever the user has. */
export const assigningRequest = (userId: string, wanted: WantedServices): Plan['request'] =>
	requestFor(
		userId,
		KINDS.flatMap((kind) =>
			wanted[kind].add.map((serviceName) => ({ kind, serviceName, assigned: true })),
		),
	);

function requestFor(userId: string, changes: ServiceChange[]): PreviewedRequest {
	const rows = KINDS.map(
		(kind) => [kind, changes.filter((change) => change.kind === kind)] as const,
	)
		.filter(([, ofKind]) => ofKind.length > 0)
		.map(([kind, ofKind]) => [
			kind,
			ofKind.map(({ serviceName, assigned }) => ({ serviceName, assigned })),
		]);
	return { method: 'PUT', path: PATH, body: { userId, ...Object.fromEntries(rows) } };
}

export const changesOf = (changes: ServiceChange[]): IDataObject[] =>
	changes.map(({ kind, serviceName, assigned }) => ({
		field: kind,
		serviceName,
		from: !assigned,
		to: assigned,
	}));

/** Carries out a plan. Throws OdinError, which says what Odin shows of it. */
export async function carryOut(
	odin: OdinClient,
	plan: ServicesPlan,
	attempt: ServicesAttempt,
): Promise<ServicesResult> {
	const { key, changes } = plan;
	const request = requestOf(plan);
	if (!request) {
		// Done by an earlier try, whose response got lost.
		const done = attempt.unknown ? (attempt.planned?.changes ?? []) : [];
		return resultOf(plan, plan.assigned, done);
	}
	attempt.planned ??= plan;
	let latest = plan.assigned;
	const look = async (): Promise<Assigned | undefined> => {
		latest = (await read(odin, key.id)).assigned;
		return notDone(changes, latest).length === 0 ? latest : undefined;
	};
	const settled = await settle(odin, {
		request: {
			...request,
			body: request.body!,
			purpose: `update the services of user ${quoted(key.id)}`,
		},
		attempt,
		notSeen: 'the change did not show',
		details: { userId: key.id },
		look: async (patiently) => await (patiently ? lookPatiently(odin, look) : look()),
		confirm: async () => {
			const done = `updating the services of user ${quoted(key.id)}`;
			const seen = await lookAfterYes(odin, { done, details: { userId: key.id } }, look);
			if (seen) return seen;
			throw new OdinError({
				kind: 'notApplied',
				message: `Odin confirmed ${done}, but does not show the change: ${stateText(changes, latest)}`,
				description: CHECK_FIRST,
				details: { userId: key.id, notApplied: changesOf(notDone(changes, latest)) },
			});
		},
	});
	if ('seen' in settled) return resultOf(plan, settled.seen, changes);
	throw await refusal(settled.refused, plan, look, () => latest);
}

/** Odin carries out one service after the other, so a refusal may leave a part done. */
async function refusal(
	refused: OdinError,
	{ key, changes }: ServicesPlan,
	look: () => Promise<unknown>,
	latest: () => Assigned,
): Promise<OdinError> {
	if (refused.kind !== 'refused') return refused;
	const isRead = await look().then(
		() => true,
		() => false,
	);
	const seen = isRead ? stateText(changes, latest()) : 'The services could not be read afterwards';
	const done = changes.length - notDone(changes, latest()).length;
	return refused.with({
		message: sentences(refused.message, seen),
		...((done > 0 || !isRead) && { effect: '' }),
		details: { userId: key.id },
	});
}

const notDone = (changes: ServiceChange[], seen: Assigned): ServiceChange[] =>
	changes.filter(
		({ kind, serviceName, assigned }) => (seen[kind].get(serviceName) ?? false) !== assigned,
	);

function stateText(changes: ServiceChange[], seen: Assigned): string {
	const open = notDone(changes, seen);
	const names = (done: boolean, assigned: boolean) =>
		changes
			.filter((change) => open.includes(change) !== done && change.assigned === assigned)
			.map(({ serviceName }) => serviceName);
	return [
		['Not assigned', names(false, true)] as const,
		['Not removed', names(false, false)] as const,
		['Assigned', names(true, true)] as const,
		['Removed', names(true, false)] as const,
	]
		.filter(([, services]) => services.length > 0)
		.map(([text, services]) => `${text}: ${listed(services)}`)
		.join('. ');
}

const resultOf = (
	{ key }: ServicesPlan,
	seen: Assigned,
	changes: ServiceChange[],
): ServicesResult => ({
	key,
	outcome: changes.length > 0 ? 'updated' : 'unchanged',
	changes: changesOf(changes),
	userServices: namesOf(seen.userServices),
	servicePackServices: namesOf(seen.servicePackServices),
});

const namesOf = (assigned: Map<string, boolean>): string[] =>
	[...assigned].flatMap(([name, isAssigned]) => (isAssigned ? [name] : []));

/** The services that a user may have, and which of them the user has. */
async function read(odin: OdinClient, userId: string): Promise<{ key: Key; assigned: Assigned }> {
	const purpose = `read the services of user ${quoted(userId)}`;
	const body = await odin.request({ method: 'GET', path: PATH, query: { userId }, purpose });
	if (!isObject(body) || !KINDS.some((kind) => Array.isArray(body[kind]))) {
		throw new OdinError({
			kind: 'lost',
			message: `Odin's answer has no services of user ${quoted(userId)}`,
			description: "Check that the 'Base URL' of the credential is the one of the Odin API",
		});
	}
	return {
		key: {
			serviceProviderId: wireText(body.serviceProviderId),
			groupId: wireText(body.groupId),
			id: userId,
		},
		assigned: {
			userServices: assignedIn(body.userServices),
			servicePackServices: assignedIn(body.servicePackServices),
		},
	};
}

const assignedIn = (rows: unknown): Map<string, boolean> =>
	new Map(
		(Array.isArray(rows) ? rows : []).flatMap((row: unknown): Array<[string, boolean]> => {
			const name = isObject(row) ? wireText(row.serviceName) : '';
			return isObject(row) && name !== '' ? [[name, isOn(row.assigned)]] : [];
		}),
	);
