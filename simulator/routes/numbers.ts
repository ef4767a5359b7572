import type { FastifyInstance, FastifyRequest } from 'fastify';

import { bodyContract } from '../contract/bodyContract';
import { checkBody } from '../contract/checkBody';
import type { Body } from '../contract/convertBody';
import { digitsAsNumbers } from '../contract/resourceContract';
import {
	findGroup,
	findServiceProvider,
	findUser,
	groupKeyIn,
	type GroupKey,
	type ServiceProviderKey,
} from '../network/lookUp';
import type { PhoneNumber, User } from '../network/records';
import {
	type NumberRange,
	numbersIn,
	partsOf,
	rangesOf,
	usersByNumber,
} from '../numbers/phoneNumbers';
import { malformed, missingKey, notAuthorized, refused } from '../odinErrors';
import { requireLevel, isSystemAdmin } from '../session/rights';
import { BASE_PATH, type Simulation } from '../simulation';
import { domainOf, trunkUserRow } from '../users/rows';
import { GROUP_QUERY, SERVICE_PROVIDER_QUERY, USER_QUERY } from './queries';
import { matchesWildcard } from './wildcard';

const ID = { type: 'string', minLength: 1, maxLength: 30 } as const;
const DNS = { name: 'dns', type: 'array', items: { min: 'string 1..23' } } as const;
const OF_SERVICE_PROVIDER = bodyContract({
	operation: 'update',
	fields: [{ name: 'serviceProviderId', ...ID }, DNS],
	required: ['serviceProviderId', 'dns'],
});
const OF_GROUP = bodyContract({
	operation: 'update',
	fields: [{ name: 'serviceProviderId', ...ID }, { name: 'groupId', ...ID }, DNS],
	required: ['serviceProviderId', 'groupId', 'dns'],
});

interface ListQuery extends GroupKey {
	q?: string;
}
interface SearchQuery extends Partial<GroupKey> {
	dn?: string;
	limit?: string;
}

/** Numbers are no records with a profile but ranges that a service provider has, gives to groups, and takes back. */
export function addNumberRoutes(app: FastifyInstance, { network, switches }: Simulation): void {
	const { numbers, users } = network.stores;

	const rangesIn = ({ dns }: Body) => dns as Array<NumberRange & Body>;
	const textsIn = (fields: Body) => rangesIn(fields).flatMap(numbersIn);
	const requireReseller = ({ method, url }: FastifyRequest) =>
		requireLevel(switches.administrator, 'Reseller', `${method} ${url.slice(BASE_PATH.length)}`);

	// All of what a request names, or nothing.

	const ofServiceProvider = (fields: Body): PhoneNumber[] => {
		const { serviceProviderId } = findServiceProvider(network, groupKeyIn(fields));
		return textsIn(fields).map((phoneNumber) => {
			const number = numbers.find({ phoneNumber });
			if (number?.serviceProviderId === serviceProviderId) return number;
			throw refused(`The phone number is not available to ${serviceProviderId}: ${phoneNumber}`);
		});
	};

	const ofGroup = (fields: Body): PhoneNumber[] => {
		const { groupId } = findGroup(network, groupKeyIn(fields));
		return ofServiceProvider(fields).map((number) => {
			if (number.groupId === groupId) return number;
			throw refused(`The phone number is not assigned to the group: ${number.phoneNumber}`);
		});
	};

	const assign = async (request: FastifyRequest) => {
		requireReseller(request);
		const fields = checkBody(request, OF_GROUP, request.body, switches);
		const { groupId } = findGroup(network, groupKeyIn(fields));
		const assigned = ofServiceProvider(fields);
		for (const number of assigned) {
			if (number.groupId !== null) {
				throw refused(
					`The phone number is already assigned to the group ${number.groupId}: ${number.phoneNumber}`,
				);
			}
		}
		// Assigned is not activated.
		for (const number of assigned) Object.assign(number, { groupId, activated: false });
		return '';
	};

	const unassign = async (request: FastifyRequest) => {
		requireReseller(request);
		const unassigned = ofGroup(checkBody(request, OF_GROUP, request.body, switches));
		const owners = usersByNumber(network);
		for (const { phoneNumber } of unassigned) {
			const owner = owners.get(phoneNumber);
			if (owner) {
				throw refused(`The phone number is in use by ${owner.userId}: ${phoneNumber}`);
			}
		}
		for (const number of unassigned) Object.assign(number, { groupId: null, activated: false });
		return '';
	};

	const listOf = ({ serviceProviderId, groupId }: GroupKey, q?: string) => {
		const owners = usersByNumber(network, { serviceProviderId, groupId });
		const shown = numbers
			.all({ serviceProviderId, groupId })
			.filter(({ activated }) => q !== 'activated' || activated);
		const dns = rangesOf(shown, ({ phoneNumber, activated }) =>
			q === 'summary' ? {} : { assigned: owners.has(phoneNumber), activated },
		);
		return { serviceProviderId, groupId, dns };
	};

	app.get<{ Querystring: ListQuery }>(
		'/groups/dns',
		{ schema: { querystring: GROUP_QUERY } },
		async ({ query }) => listOf(findGroup(network, query), query.q),
	);
	app.post('/groups/dns', assign);
	app.post('/groups/dns/assign/bulk', assign);
	app.post('/groups/dns/unassign/bulk', unassign);
	app.delete('/groups/dns', unassign);
	app.put('/groups/dns', async (request) => {
		const fields = checkBody(request, OF_GROUP, request.body, switches);
		const states = rangesIn(fields).map(({ activated }) => String(activated));
		if (states.some((state) => !['true', 'false'].includes(state))) {
			throw missingKey('dns.activated');
		}
		ofGroup(fields);
		for (const [index, range] of rangesIn(fields).entries()) {
			for (const phoneNumber of numbersIn(range)) {
				const number = numbers.find({ phoneNumber });
				if (number) number.activated = states[index] === 'true';
			}
		}
		return listOf(groupKeyIn(fields));
	});

	app.get<{ Querystring: ServiceProviderKey }>(
		'/service-providers/dns',
		{ schema: { querystring: SERVICE_PROVIDER_QUERY } },
		async ({ query }) => {
			const { serviceProviderId } = findServiceProvider(network, query);
			const dns = rangesOf(numbers.all({ serviceProviderId }), ({ groupId }) => ({
				canDelete: groupId === null,
				groupId,
			}));
			return { serviceProviderId, dns };
		},
	);
	app.post('/service-providers/dns', async (request) => {
		requireReseller(request);
		const fields = checkBody(request, OF_SERVICE_PROVIDER, request.body, switches);
		const { serviceProviderId } = findServiceProvider(network, groupKeyIn(fields));
		const added = textsIn(fields);
		for (const phoneNumber of added) {
			const other = numbers.find({ phoneNumber });
			if (other) {
				throw refused(
					`The phone number is already assigned to ${other.serviceProviderId}: ${phoneNumber}`,
				);
			}
		}
		for (const phoneNumber of added) {
			numbers.add({ phoneNumber, serviceProviderId, groupId: null, activated: false });
		}
		return '';
	});
	app.delete('/service-providers/dns', async (request) => {
		requireReseller(request);
		const removed = ofServiceProvider(
			checkBody(request, OF_SERVICE_PROVIDER, request.body, switches),
		);
		for (const { phoneNumber, groupId } of removed) {
			if (groupId !== null) {
				throw refused(`The phone number is assigned to the group ${groupId}: ${phoneNumber}`);
			}
		}
		for (const number of removed) numbers.remove(number);
		return '';
	});

	const detailsOf = ({ phoneNumber, activated }: PhoneNumber, owner: User | undefined) => {
		const { department, userId, lastName, firstName, extension, emailAddress } = owner
			? trunkUserRow(owner)
			: NOBODY;
		const country = Number(partsOf(phoneNumber)?.country);
		return {
			department,
			activated,
			userId,
			lastName,
			firstName,
			extension,
			emailAddress,
			userType: owner ? 'Normal' : null,
			countryCode: country,
			nationalPrefix: null,
		};
	};

	app.get<{ Querystring: GroupKey }>(
		'/groups/dns/details',
		{ schema: { querystring: GROUP_QUERY } },
		async ({ query }) => {
			const { serviceProviderId, groupId } = findGroup(network, query);
			const owners = usersByNumber(network, { serviceProviderId, groupId });
			const rows = rangesOf(numbers.all({ serviceProviderId, groupId }), (number) =>
				detailsOf(number, owners.get(number.phoneNumber)),
			);
			const dns = rows.map(({ min, max, extension, ...row }) => ({
				phoneNumbers: max === null ? min : `${min} - ${max}`,
				...row,
				extension: switches.numbersForDigits ? digitsAsNumbers(extension) : extension,
				min,
				max: max ?? '',
			}));
			return { serviceProviderId, groupId, dns };
		},
	);

	const search = (where: Partial<GroupKey>, { dn = '*', limit }: SearchQuery) => {
		if (limit !== undefined && !/^\d+$/.test(limit)) {
			throw malformed('limit must be a whole number');
		}
		const owners = usersByNumber(network);
		return numbers
			.all(where)
			.filter(({ phoneNumber }) => isMeantBy(dn, phoneNumber))
			.slice(0, limit === undefined ? undefined : Number(limit))
			.map((number) => {
				const { phoneNumber, activated, serviceProviderId, groupId } = number;
				const owner = owners.get(phoneNumber);
				return {
					phoneNumbers: phoneNumber,
					...detailsOf(number, owner),
					serviceProviderId,
					groupId,
					userIdShort: owner?.userId.split('@')[0] ?? null,
					domain: owner ? domainOf(owner) : null,
					dns: { min: phoneNumber, max: '', activated },
				};
			});
	};

	app.get<{ Querystring: GroupKey & SearchQuery }>(
		'/groups/dns/search',
		{ schema: { querystring: GROUP_QUERY } },
		async ({ query }) => {
			const { serviceProviderId, groupId } = findGroup(network, query);
			return search({ serviceProviderId, groupId }, query);
		},
	);
	app.get<{ Querystring: ServiceProviderKey & SearchQuery }>(
		'/service-providers/dns/search',
		{ schema: { querystring: SERVICE_PROVIDER_QUERY } },
		async ({ query }) => {
			const { serviceProviderId } = findServiceProvider(network, query);
			return search({ serviceProviderId }, query);
		},
	);
	const requireSystem = ({ method, url }: FastifyRequest): void => {
		if (isSystemAdmin(switches.administrator)) return;
		throw notAuthorized(`${method} ${url.slice(BASE_PATH.length).split('?')[0]}`);
	};
	app.get<{ Querystring: SearchQuery }>('/system/dns/search', async (request) => {
		requireSystem(request);
		return search({}, request.query);
	});
	app.get<{ Querystring: { phoneNumber?: string } }>('/system/dns', async (request) => {
		requireSystem(request);
		const { phoneNumber } = request.query;
		if (!phoneNumber) throw missingKey('phoneNumber');
		return search({}, { dn: phoneNumber });
	});
	app.get('/system/dns/summary', async (request) => {
		requireSystem(request);
		return network.serviceProviders().flatMap(({ serviceProviderId, isEnterprise }) =>
			rangesOf(numbers.all({ serviceProviderId }), () => ({})).map(({ min, max }) => ({
				isEnterprise,
				serviceProviderId,
				min,
				max,
			})),
		);
	});
	app.get('/system/dns/utilization', async (request) => {
		requireSystem(request);
		return network.serviceProviders().map(({ serviceProviderId, isEnterprise }) => {
			const own = numbers.all({ serviceProviderId });
			const ofGroups = own.filter(({ groupId }) => groupId !== null);
			return {
				serviceProviderId,
				phoneNumbers: own.length,
				assignedtoGroups: ofGroups.length,
				percentageAssigned: own.length && Math.floor((100 * ofGroups.length) / own.length),
				isEnterprise,
				activatedOnGroups: ofGroups.filter(({ activated }) => activated).length,
			};
		});
	});

	app.get<{ Querystring: { userId: string } }>(
		'/users/dns',
		{ schema: { querystring: USER_QUERY } },
		async ({ query }) => {
			const { userId, phoneNumber } = findUser(network, query.userId);
			const own = numbers.find({ phoneNumber });
			const dns = rangesOf(own ? [own] : [], ({ activated }) => ({ activated }));
			return { userId: users.find({ userId })?.userId, dns };
		},
	);
}

const NOBODY: Body = {
	department: null,
	userId: null,
	lastName: null,
	firstName: null,
	extension: null,
	emailAddress: null,
};

/** A search may write a number with its country code, without it, or as Odin shows it. */
function isMeantBy(dn: string, phoneNumber: string): boolean {
	const { country = '', national = '' } = partsOf(phoneNumber) ?? {};
	const spellings = [phoneNumber, national, `${country}${national}`, `+${national}`];
	return spellings.some((spelling) => matchesWildcard(spelling, dn));
}
