/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { isDeepStrictEqual } from 'node:util';

import type { Network } from '../../../simulator';
import { extensionOf, PORT, type Row } from './rows';

/** A step of a turn-up as it must stand in an output, with what Odin has of it. */
export interface ExpectedStep {
	step: string;
	/** Whether other rows change the same */
	isShared: boolean;
	/** Of a step that each user has */
	userId?: string;
	/** What Odin has, to be compared */
	state(network: Network): unknown;
	/** Whether that is as the row asks */
	holds(network: Network): boolean;
}

const isEnough = (present: number | undefined, wanted: number): boolean =>
	present === -1 || (present ?? 0) >= wanted;

/** A record without what steps of their own are about. */
const without = (record: object | undefined, names: string[]): object | undefined =>
	record && Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)));

/** The steps of a row, in their order. */
export function stepsOf(row: Row): ExpectedStep[] {
	const { place, name, numbers, users, isAlone } = row;
	const { serviceProviderId, groupId } = place;
	const steps: ExpectedStep[] = [];
	const add = (
		step: string,
		state: (network: Network) => unknown,
		holds: (network: Network) => boolean,
		more: { isShared?: boolean; userId?: string } = {},
	) => steps.push({ step, state, holds, isShared: false, ...more });
	const groupOf = (network: Network) => network.group(serviceProviderId, groupId)!;
	const trunkGroupOf = (network: Network) => network.trunkGroup(serviceProviderId, groupId, name);
	const numbersOf = (network: Network) =>
		numbers.map((phoneNumber) => network.stores.numbers.find({ phoneNumber })!);

	if (row.providerCalls !== undefined) {
		const capacity = (network: Network) => network.callCapacity(serviceProviderId)!;
		add(
			'serviceProviderCapacity',
			capacity,
			(network) => isEnough(capacity(network).maxActiveCalls, row.providerCalls!),
			{ isShared: true },
		);
	}
	const service = (network: Network) =>
		groupOf(network).services.find(({ serviceName }) => serviceName === 'Trunk Group')!;
	add('groupService', service, (network) => service(network).assigned, { isShared: !isAlone });
	if (row.groupCalls !== undefined) {
		const capacity = (network: Network) => network.callCapacity(serviceProviderId, groupId)!;
		add(
			'groupCapacity',
			capacity,
			(network) => isEnough(capacity(network).maxActiveCalls, row.groupCalls!),
			{ isShared: !isAlone },
		);
	}
	if (row.deviceName !== undefined) {
		const device = (network: Network) =>
			network.stores.devices.find({ ...place, deviceName: row.deviceName });
		add('device', device, (network) => device(network)?.port === PORT);
	}
	add(
		'trunkGroup',
		// The pilot user is a step of its own.
		(network) => without(trunkGroupOf(network), ['pilotUserId']),
		(network) => {
			const trunkGroup = trunkGroupOf(network);
			return (
				trunkGroup?.maxActiveCalls === row.calls &&
				trunkGroup.accessDevice?.deviceName === row.deviceName
			);
		},
	);
	if (numbers.length > 0) {
		const owners = (network: Network) => numbersOf(network).map((one) => one.groupId);
		add('numbers', owners, (network) => owners(network).every((owner) => owner === groupId));
	}
	for (const [at, wanted] of users.entries()) {
		const user = (network: Network) => network.user(wanted.userId);
		add(
			'user',
			// Services and SIP authentication are steps of their own.
			(network) => without(user(network), ['services', 'sipUserName', 'sipPassword']),
			(network) => {
				const present = user(network);
				return (
					present?.groupId === groupId &&
					present.trunkGroup === name &&
					present.linePort === wanted.linePort &&
					present.phoneNumber === wanted.number &&
					present.extension === extensionOf(row, wanted, at)
				);
			},
			{ userId: wanted.userId },
		);
	}
	if (users.length > 0) {
		const pilot = (network: Network) => trunkGroupOf(network)?.pilotUserId;
		add('pilot', pilot, (network) => pilot(network) === users[0]!.userId);
	}
	if (row.activates && numbers.length > 0) {
		const states = (network: Network) => numbersOf(network).map(({ activated }) => activated);
		add('activation', states, (network) => states(network).every((state) => state));
	}
	const services = [...(row.hasSip ? ['Authentication'] : []), ...row.services];
	if (services.length > 0) {
		for (const { userId } of users) {
			const present = (network: Network) => network.user(userId)?.services ?? [];
			add(
				'userServices',
				present,
				(network) => services.every((one) => present(network).includes(one)),
				{ userId },
			);
		}
	}
	if (row.hasSip) {
		for (const { userId } of users) {
			const sip = (network: Network) => {
				const { sipUserName, sipPassword } = network.user(userId) ?? {};
				return { sipUserName, sipPassword };
			};
			add('userSipAuthentication', sip, (network) => sip(network).sipPassword !== undefined, {
				userId,
			});
		}
	}
	return steps;
}

/** What Odin has of each step, to be compared later. */
export const snapshot = (network: Network, row: Row): unknown[] =>
	structuredClone(stepsOf(row).map(({ state }) => state(network)));

export const isSame = (one: unknown, other: unknown): boolean => isDeepStrictEqual(one, other);

/** What of a row is not as it asks. */
export const lacks = (network: Network, row: Row): string[] =>
	stepsOf(row).flatMap(({ step, holds }) => (holds(network) ? [] : [step]));

/** What is left of a row that was taken down. */
export function leftOf(
	{ stores }: Network,
	{ place, name, deviceName, users, numbers }: Row,
): string[] {
	return [
		...(stores.trunkGroups.find({ ...place, name }) ? ['trunk group'] : []),
		...(deviceName !== undefined && stores.devices.find({ ...place, deviceName })
			? ['device']
			: []),
		...users.flatMap(({ userId }) => (stores.users.find({ userId }) ? [userId] : [])),
		...numbers.filter((phoneNumber) => stores.numbers.find({ phoneNumber })?.groupId !== null),
	];
}

/** Whatever is in the groups of a campaign and belongs to none of the rows that stay. */
export function strangers({ stores }: Network, rows: readonly Row[]): string[] {
	const wanted = new Set(
		rows
			.filter(({ fate }) => fate === 'stays')
			.flatMap(({ name, deviceName, users }) => [
				name,
				deviceName ?? '',
				...users.map(({ userId }) => userId),
			]),
	);
	const places = new Set<string | null>(rows.map(({ place }) => place.groupId));
	const present = [
		...stores.trunkGroups.all().map(({ groupId, name }) => ({ groupId, name })),
		...stores.devices.all().map(({ groupId, deviceName: name }) => ({ groupId, name })),
		...stores.users.all().map(({ groupId, userId: name }) => ({ groupId, name })),
	];
	return present.flatMap(({ groupId, name }) =>
		places.has(groupId) && !wanted.has(name) ? [name] : [],
	);
}
