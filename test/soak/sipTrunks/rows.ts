import type { IDataObject } from 'n8n-workflow';

import type { Network, User } from '../../../simulator';
import { groupServices } from '../../../simulator/network/services';
import { Dice } from '../dice';

export interface Place {
	serviceProviderId: string;
	groupId: string;
}

export interface RowUser {
	userId: string;
	linePort: string;
	extension: string;
	/** As Odin writes it */
	number: string | undefined;
}

/** One SIP trunk of a campaign: what is asked for, and what is there before. */
export interface Row {
	index: number;
	place: Place;
	/** Whether no other row is about its group */
	isAlone: boolean;
	name: string;
	calls: number;
	groupCalls: number | undefined;
	providerCalls: number | undefined;
	deviceName: string | undefined;
	numbers: string[];
	users: RowUser[];
	/** Whether its users are made from its numbers */
	isFromNumbers: boolean;
	services: string[];
	hasSip: boolean;
	activates: boolean;
	undoes: boolean;
	/** Whether it is taken down afterwards, or already where its turn-up is cut off */
	fate: 'stays' | 'takenDown' | 'cutOff';
	there: { service: boolean; device: boolean; trunkGroup: boolean; user: boolean; number: boolean };
}

const PROVIDERS = 3;
/** Rows of a group that has several */
const ROWS_IN_GROUP = 4;
const DOMAIN = 'example.com';

export const PORT = 5070;

export const planRows = (seed: number, count: number): Row[] =>
	Array.from({ length: count }, (_, index) => rowOf(seed, index));

function rowOf(seed: number, index: number): Row {
	const block = Math.floor(index / ROWS_IN_GROUP);
	// Every other block of rows shares one group.
	const isAlone = block % 2 === 0;
	const dice = new Dice(seed, 'row', index);
	const ofGroup = new Dice(seed, 'group', block);
	const place = {
		serviceProviderId: `soak-ent-${block % PROVIDERS}`,
		groupId: isAlone ? `alone-${index}` : `shared-${block}`,
	};
	const amount = dice.between(0, 3);
	const numbers = Array.from({ length: amount }, (_, at) => `+1-513${4_000_000 + index * 10 + at}`);
	const isFromNumbers = amount > 0 && dice.chance(0.6);
	const userCount = isFromNumbers ? amount : dice.between(0, 2);
	const users = Array.from({ length: userCount }, (_, at): RowUser => {
		const number = numbers[at];
		const national = number?.slice(3) ?? '';
		const userId = isFromNumbers ? `1${national}@${DOMAIN}` : `user-${index}-${at}@${DOMAIN}`;
		return {
			userId,
			linePort: dice.chance(0.5) ? userId : `line-${index}-${at}@${DOMAIN}`,
			extension: String(10_000 + index * 10 + at),
			number,
		};
	});
	const hasDevice = dice.chance(0.7);
	return {
		index,
		place,
		isAlone,
		name: `trunk-${index}`,
		calls: dice.between(1, 20),
		groupCalls: dice.chance(0.6) ? dice.between(90, 300) : undefined,
		providerCalls: dice.chance(0.3) ? dice.between(400, 900) : undefined,
		deviceName: hasDevice ? `pbx-${index}` : undefined,
		numbers,
		users: isFromNumbers ? users.map((user) => ({ ...user, linePort: user.userId })) : users,
		isFromNumbers,
		services: dice.chance(0.5) ? ['Call Forwarding Always'] : [],
		hasSip: dice.chance(0.5),
		activates: dice.chance(0.8),
		undoes: dice.chance(0.5),
		fate: dice.weighted([
			{ fate: 'stays' as const, weight: 5 },
			{ fate: 'takenDown' as const, weight: 3 },
			{ fate: 'cutOff' as const, weight: 2 },
		]).fate,
		there: {
			service: ofGroup.chance(0.5),
			device: hasDevice && dice.chance(0.2),
			trunkGroup: dice.chance(0.15),
			user: userCount > 0 && dice.chance(0.2),
			number: amount > 0 && dice.chance(0.2),
		},
	};
}

/** Puts into the network what is there before. */
export function arrangeRows(network: Network, rows: readonly Row[]): void {
	for (const row of rows) {
		const { place, there } = row;
		const { serviceProviderId } = place;
		if (!network.serviceProvider(serviceProviderId)) {
			network.addServiceProvider({
				serviceProviderId,
				callCapacity: { maxActiveCalls: 350, burstingMaxActiveCalls: -1 },
			});
		}
		if (!network.group(serviceProviderId, place.groupId)) {
			const service = { authorized: there.service, assigned: there.service };
			network.addGroup({ ...place, services: groupServices({ 'Trunk Group': service }) });
		}
		for (const [at, min] of row.numbers.entries()) {
			const ofGroup = there.number && at === 0 ? { groupId: place.groupId } : {};
			network.addNumbers({ serviceProviderId, min, ...ofGroup });
		}
		if (there.device) network.addDevice({ ...place, deviceName: row.deviceName!, port: 5060 });
		// A trunk group can be there only where its service is.
		if (there.trunkGroup && there.service) {
			network.addTrunkGroup({ ...place, name: row.name, maxActiveCalls: row.calls + 1 });
		}
		if (there.user) {
			network.addUser({ ...place, userId: row.users[0]!.userId, lastName: 'Before' });
		}
	}
}

const SPELLINGS: Array<(country: string, national: string) => string> = [
	(country, national) => `+${country}-${national}`,
	(country, national) => `${country}${national}`,
	(_, national) => ` (${national.slice(0, 3)}) ${national.slice(3, 6)}-${national.slice(6)}\u00a0`,
	(_, national) => national,
];

const spelledNumbers = ({ numbers, index }: Row): string[] =>
	numbers.map((number, at) => {
		const [country = '', national = ''] = number.slice(1).split('-');
		return SPELLINGS[(index + at) % SPELLINGS.length]!(country, national);
	});

/** As a sheet may have it: numbers as text, blank cells, other spellings. */
export function itemOf(row: Row): IDataObject {
	const { index, place, users } = row;
	const spelled = spelledNumbers(row);
	return {
		...place,
		index,
		name: index % 3 === 0 ? ` ${row.name}\u00a0` : row.name,
		calls: index % 2 === 0 ? String(row.calls) : row.calls,
		groupCalls: row.groupCalls ?? '',
		providerCalls: row.providerCalls ?? null,
		deviceName: row.deviceName ?? ' ',
		deviceType: row.deviceName === undefined ? '' : 'Generic SIP IP-PBX',
		port: row.deviceName === undefined ? '' : String(PORT),
		numbers: spelled.join(index % 2 === 0 ? '\n' : ', '),
		users: row.isFromNumbers
			? ''
			: users.map(({ userId, linePort, extension }, at) => ({
					userId,
					lastName: 'Line',
					firstName: `No ${at}`,
					extension,
					phoneNumber: spelled[at] ?? '',
					linePort: linePort === userId ? '' : linePort,
				})),
		template: row.isFromNumbers ? '{digits}@{domain}' : '',
		extension: row.isFromNumbers ? `${row.index + 1000}{index}` : '',
		pilot: users.length > 0 ? 'first' : '',
		services: row.services.join(', '),
		hasSip: String(row.hasSip),
		activates: String(row.activates),
		onFailure: row.undoes ? 'undo' : 'keep',
	};
}

/** The same row, to be taken down. */
export const takenDownItem = (row: Row): IDataObject => ({
	...row.place,
	index: row.index,
	name: row.name,
	deviceName: row.deviceName ?? '',
	numbers: spelledNumbers(row).join(', '),
	userIds: row.users.map(({ userId }) => userId).join(','),
});

export const TAKE_DOWN: IDataObject = {
	resource: 'sipTrunk',
	operation: 'takeDown',
	serviceProviderId: '={{ $json.serviceProviderId }}',
	groupId: '={{ $json.groupId }}',
	trunkGroup: '={{ $json.name }}',
	alsoRemove: ['users', 'device', 'numbers'],
	deviceName: '={{ $json.deviceName }}',
	numbers: '={{ $json.numbers }}',
	userIds: '={{ $json.userIds }}',
	options: { concurrency: 8, timeout: 700, maxRetries: 2 },
};

/** What stands in the node. */
export const TURN_UP: IDataObject = {
	resource: 'sipTrunk',
	operation: 'turnUp',
	serviceProviderId: '={{ $json.serviceProviderId }}',
	groupId: '={{ $json.groupId }}',
	name: '={{ $json.name }}',
	maxActiveCalls: '={{ $json.calls }}',
	capacity: {
		groupMaxActiveCalls: '={{ $json.groupCalls }}',
		serviceProviderMaxActiveCalls: '={{ $json.providerCalls }}',
	},
	deviceDefinition: {
		deviceName: '={{ $json.deviceName }}',
		deviceType: '={{ $json.deviceType }}',
		port: '={{ $json.port }}',
	},
	numbers: '={{ $json.numbers }}',
	users: '={{ $json.users }}',
	usersFromNumbers: { userId: '={{ $json.template }}', extension: '={{ $json.extension }}' },
	pilot: '={{ $json.pilot }}',
	userServices: '={{ $json.services }}',
	userSipAuthentication: '={{ $json.hasSip }}',
	activateNumbers: '={{ $json.activates }}',
	options: {
		onFailure: '={{ $json.onFailure }}',
		includeSipPassword: true,
		concurrency: 8,
		timeout: 700,
		maxRetries: 2,
	},
};

export const extensionOf = (row: Row, user: User | RowUser, at: number): string =>
	row.isFromNumbers ? `${row.index + 1000}${at + 1}` : String(user.extension);
