import type { Body } from '../contract/convertBody';
import { profileIn, USER } from '../contract/resourceContract';
import { devices } from '../devices/collection';
import { deviceInReach } from '../devices/usage';
import { findGroup, findServiceProvider, groupKeyIn } from '../network/lookUp';
import type { Network } from '../network/network';
import type { Device, User } from '../network/records';
import { groupNumber, partsOf } from '../numbers/phoneNumbers';
import { malformed, missingKey } from '../odinErrors';
import type { Collection, Query } from '../routes/collection';
import { matchesWildcard } from '../routes/wildcard';
import type { Switches } from '../options';
import type { Simulation } from '../simulation';
import { requirePortalPassword } from '../network/sipPasswordRules';
import { endpointIn, endpointOf } from './endpoint';
import { domainOf, trunkUserRow } from './rows';
import { checkUser, leaveTrunkGroups, pilotedTrunkGroup, requireNoPilotUser } from './rules';

export function users(simulation: Simulation): Collection<User> {
	const { network, switches } = simulation;
	const { users: store, numbers } = network.stores;
	const deviceProfile = devices(simulation).profile;

	const profile = (user: User): Body => {
		const isPilotUser = pilotedTrunkGroup(network, user) !== undefined;
		const device = deviceOf(network, user);
		const computed = {
			...endpointOf(user, isPilotUser, device && deviceProfile(device)),
			...numberOf(network, user),
			hiraganaLastName: user.lastName,
			hiraganaFirstName: user.firstName,
			departmentFullPath: user.department && `${user.department.name} (${user.department.groupId})`,
			timeZone: user.timeZone ?? findGroup(network, user).timeZone,
			defaultAlias: user.userId,
			domain: domainOf(user),
			allowVideo: true,
			aliases: [],
			isEnterprise: findServiceProvider(network, user).isEnterprise,
			passwordExpiresDays: 2147483647,
		};
		return profileIn(USER, { ...user, ...computed }, switches.numbersForDigits);
	};

	return {
		contract: USER,
		store,
		add: (user) => network.addUser(user),
		requirePlace: (key) => {
			if ('groupId' in key) findGroup(network, groupKeyIn(key));
		},
		stored: (fields, before) => {
			const place = before ?? groupKeyIn(fields);
			const { phoneNumber } = fields;
			return {
				...(typeof phoneNumber === 'string'
					? { phoneNumber: groupNumber(network, place, phoneNumber)?.phoneNumber ?? phoneNumber }
					: {}),
				// Kept apart, as trunk group, device and line port.
				endpointType: null,
				accessDeviceEndpoint: null,
				...endpointIn(network, fields, before),
			};
		},
		check: (change) => {
			const { fields, record, before } = change;
			if (switches.enforcePasswordRules && typeof fields.password === 'string') {
				requirePortalPassword(record.userId, fields.password, before?.password);
			}
			checkUser(network, change);
		},
		accompany: ({ fields, record, before }) => {
			if (record.linePort !== before?.linePort) record.registrations = [];
			const number = numbers.find({ phoneNumber: record.phoneNumber });
			if (number && fields.activatePhoneNumber !== undefined) {
				number.activated = fields.activatePhoneNumber === true;
			}
		},
		release: (user) => {
			requireNoPilotUser(network, user);
			leaveTrunkGroups(network, user);
		},
		isListed: ({ userId }) => userId?.includes('*') ?? false,
		list: (query) => list(network, { ...ownGroup(switches), ...query }),
		row: (user, { extended }) =>
			extended?.toLowerCase() === 'true' ? profile(user) : rowOf(network, user),
		profile,
		answer: (user) =>
			profileIn(USER, { ...NOTHING_SET, ...profile(user), ...SAID_OF_A_WRITE }, false),
	};
}

function deviceOf(network: Network, user: User): Device | undefined {
	return user.accessDevice && deviceInReach(network, user, user.accessDevice);
}

// What a read leaves out, a write answers as empty text.
const NOTHING_SET = {
	phoneNumber: '',
	extension: '',
	callingLineIdPhoneNumber: '',
	department: { serviceProviderId: '', groupId: '', name: '' },
	emailAddress: '',
	nationalPrefix: '',
};
const SAID_OF_A_WRITE = { passwordExpiresDays: '-2147483648' };

function numberOf({ stores }: Network, { phoneNumber }: User): Body {
	const { country = '1', national = phoneNumber } = partsOf(phoneNumber ?? '') ?? {};
	const phoneNumberActivated = stores.numbers.find({ phoneNumber })?.activated ?? false;
	return { phoneNumber: national, countryCode: country, phoneNumberActivated };
}

/** A row of the list of users. */
export function rowOf(network: Network, user: User): Body {
	const { countryCode, phoneNumberActivated } = numberOf(network, user);
	return {
		...trunkUserRow(user),
		phoneNumberActivated,
		inTrunkGroup: user.trunkGroup !== undefined,
		countryCode,
		nationalPrefix: null,
		domain: domainOf(user),
		serviceProviderId: user.serviceProviderId,
		groupId: user.groupId,
	};
}

function ownGroup({ administrator }: Switches): Query {
	const { serviceProviderId, groupId } = administrator;
	return {
		...(serviceProviderId ? { serviceProviderId } : {}),
		...(groupId ? { groupId } : {}),
	};
}

const FILTERS: Readonly<Record<string, (user: User, network: Network) => unknown>> = {
	macAddress: (user, network) => deviceOf(network, user)?.macAddress,
	userId: ({ userId }) => userId,
	lastName: ({ lastName }) => lastName,
	firstName: ({ firstName }) => firstName,
	dn: ({ phoneNumber }) => phoneNumber,
	emailAddress: ({ emailAddress }) => emailAddress,
	extension: ({ extension }) => extension,
};

function list(network: Network, query: Query): User[] {
	const { serviceProviderId, groupId, limit } = query;
	const filters = Object.entries(FILTERS).filter(([name]) => query[name] !== undefined);
	if (!serviceProviderId && filters.length === 0) throw missingKey('serviceProviderId');
	if (serviceProviderId) findServiceProvider(network, { serviceProviderId });
	if (serviceProviderId && groupId) findGroup(network, { serviceProviderId, groupId });
	if (limit !== undefined && !/^\d+$/.test(limit)) throw malformed('limit must be a whole number');
	return network.stores.users
		.all({
			...(serviceProviderId ? { serviceProviderId } : {}),
			...(groupId ? { groupId } : {}),
		})
		.filter((user) =>
			filters.every(([name, valueOf]) =>
				matchesWildcard(valueOf(user, network), query[name] ?? ''),
			),
		)
		.slice(0, limit === undefined ? undefined : Number(limit));
}
