import { isSameName } from '../../model/equivalence';
import { groupText, serviceProviderText, type GroupKey } from '../../model/key';
import { find, type Profile } from '../../provisioning/read';
import type { ReadOnce } from '../../provisioning/readOnce';
import type { OdinClient } from '../../transport/odinClient';
import { OdinError } from '../../transport/odinError';
import { issuesText } from '../../values/issues';
import { wireText } from '../../values/wireValues';
import { readCapacity, type Capacity, type CapacityHolder } from '../callCapacity/capacity';
import { readGroupServices, type GroupService } from '../groupService/services';
import { NumberMatcher } from '../number/match';
import type { OwnedRange } from '../number/plan';
import { joined, rangeText, repeatedIn, split, type NumberRange } from '../number/range';
import { readNumberDetails, readOwnedNumbers, type DetailedRange } from '../number/read';
import { matchEach } from '../number/readPlan';
import { trunkGroupModel } from '../trunkGroup/model';
import { readUsers } from '../trunkGroup/users';
import { userModel } from '../user/model';
import { planServices, type ServicesPlan, type WantedServices } from '../user/services';
import { readSipUserName } from '../user/sipAuthentication';
import { idsIn, readDeviceState, type DeviceState } from './deviceState';
import { readDomain, readLimits, type Limits, untoldAs, unusable } from './groupReads';
import { readLinePorts, type LinePortOwner } from './linePorts';
import type { TrunkOrder } from './order';
import { hasTrunkGroups, namesService } from '../groupService/trunkGroupService';
import { doubled, type WantedUser, wantedUser } from './wantedUser';

export const AUTHENTICATION = 'Authentication';

/** A user of the row, and what Odin shows of it. */
export interface UserState extends WantedUser {
	profile: Profile | undefined;
	/** Its number as Odin writes it, or why there is none */
	range: NumberRange | undefined;
	numberRefused?: string;
	/** Of a user who exists; a text: why they can't be assigned */
	services?: ServicesPlan | string;
	/** Of a user who exists: whether there is the service Authentication, and with it the SIP user name */
	hasAuthentication: boolean;
	presentSipUserName: string;
}

/** All that Odin shows of what a row is about, before anything is written. */
export interface TrunkState extends Limits, DeviceState {
	services: GroupService[];
	/** Undefined: not asked for, or to be read only once the service is assigned */
	serviceProviderCapacity: Capacity | undefined;
	groupCapacity: Capacity | undefined;
	trunkGroup: Profile | undefined;
	/** Those on the trunk group */
	trunkUsers: string[];
	owned: OwnedRange[];
	/** Whose the numbers are; read only where a user of the row is to have one that is in use */
	numberUsers: DetailedRange[];
	/** Who has the line ports that users of the row are to get, by line port in lower case */
	linePorts: Map<string, LinePortOwner>;
	requested: NumberRange[];
	/** What is to be said of numbers that the service provider does not have; `requested` is without them */
	numbersRefused?: string;
	users: UserState[];
}

export const holderOf = (
	level: CapacityHolder['level'],
	{ serviceProviderId, groupId }: GroupKey,
): CapacityHolder =>
	level === 'group'
		? {
				level,
				key: { serviceProviderId, groupId },
				text: groupText({ serviceProviderId, groupId }),
			}
		: { level, key: { serviceProviderId }, text: serviceProviderText(serviceProviderId) };

/** Undefined where the group lacks the service, and so has nothing of the kind. */
export const unlessService = async <Value>(reading: Promise<Value>): Promise<Value | undefined> =>
	await reading.catch((error: unknown) => {
		if (namesService(error)) return undefined;
		throw error;
	});

/** What blocks a step is said with it. */
export const orRefusal = async <Value>(reading: Promise<Value>): Promise<Value | string> =>
	await reading.catch((error: unknown): string => {
		if (error instanceof OdinError && error.kind === 'refused') return error.message;
		throw error;
	});

const isNamed = (wanted: object): boolean => Object.keys(wanted).length > 0;

export const readServices = async (
	odin: OdinClient,
	group: GroupKey,
	reads: ReadOnce,
): Promise<GroupService[]> =>
	await reads.once('services', async () => await readGroupServices(odin, group));

/** Throws OdinError for what can't be read. */
export async function readState(
	odin: OdinClient,
	order: TrunkOrder,
	reads: ReadOnce,
): Promise<TrunkState> {
	const { group, key } = order;
	const services = await readServices(odin, group, reads);
	const hasService = hasTrunkGroups(services);
	const capacityOf = async (level: CapacityHolder['level']) =>
		await reads.once(
			`call capacity of ${level}`,
			async () => await unlessService(readCapacity(odin, holderOf(level, group))),
		);
	const asksCapacity = isNamed(order.groupCapacity);
	const groupCapacity = hasService ? await capacityOf('group') : undefined;
	const serviceProviderCapacity =
		isNamed(order.serviceProviderCapacity) || asksCapacity
			? await capacityOf('serviceProvider').catch(
					// Odin itself holds the group against it.
					isNamed(order.serviceProviderCapacity) ? rethrow : untoldAs(undefined),
				)
			: undefined;
	const trunkGroup = hasService ? await find(odin, trunkGroupModel, key) : undefined;
	const numbers = await readNumbers(odin, order, reads);
	const trunkUsers = trunkGroup ? idsIn(await readUsers(odin, key, 'assigned')) : [];
	const users: UserState[] = [];
	const matcher = new NumberMatcher(numbers.owned, order.countryCode);
	for (const wanted of numbers.users) users.push(await readUserState(odin, order, wanted, matcher));
	return {
		services,
		serviceProviderCapacity,
		groupCapacity,
		...(await readDeviceState(odin, order, { trunkGroup, trunkUsers }, reads)),
		trunkGroup,
		trunkUsers,
		...numbers,
		users,
		numberUsers: users.some((user) => isInUse(user, numbers.owned))
			? await reads.once(
					'number users',
					async () => await readNumberDetails(odin, group, order.countryCode).catch(untoldAs([])),
				)
			: [],
		linePorts: await readLinePorts(odin, group, users, reads),
		...(await readLimits(odin, group, users, reads)),
	};
}

/** Whether somebody has the number of a user who does not show it. */
export function isInUse({ range, profile }: UserState, owned: readonly OwnedRange[]): boolean {
	if (!range) return false;
	const present = wireText(profile?.phoneNumber).replace(/\D/g, '');
	const isOwn = present !== '' && rangeText(range).replace(/\D/g, '').endsWith(present);
	return !isOwn && split([range], owned).inside.some(({ other }) => other.isUsed);
}

const rethrow = (error: unknown): never => {
	throw error;
};

type Numbers = Pick<TrunkState, 'owned' | 'requested' | 'numbersRefused'> & {
	users: WantedUser[];
	/** Those of the row and of its users, as far as Odin has them */
	named: NumberRange[];
};

export const readOwned = async (
	odin: OdinClient,
	{ group, countryCode }: Pick<TrunkOrder, 'group' | 'countryCode'>,
	reads: ReadOnce,
): Promise<OwnedRange[]> =>
	await reads.once(
		`numbers ${countryCode ?? ''}`,
		async () => await readOwnedNumbers(odin, group, { countryCode }),
	);

/** The numbers of the row as Odin writes them, and the users that are made from them. Throws OdinError. */
export async function readNumbers(
	odin: OdinClient,
	order: TrunkOrder,
	reads: ReadOnce,
): Promise<Numbers> {
	const { group, numbers, countryCode, templates } = order;
	const ofUsers = order.users.flatMap(({ number }) => number ?? []);
	const users = [...order.users];
	if (numbers.length + ofUsers.length === 0) return { owned: [], requested: [], users, named: [] };
	const owned = await readOwned(odin, order, reads);
	const asked = { group, entries: numbers, countryCode };
	const { ranges: inOrder, refused } = await matchEach(odin, asked, owned);
	const matched = joined(inOrder);
	const matcher = new NumberMatcher(owned, countryCode);
	const named = ofUsers.flatMap((number) => {
		const match = matcher.match(number);
		return 'range' in match ? [match.range] : [];
	});
	// Among the others, only their place in the whole list can't be told.
	const isTold = !refused || !Object.values(templates ?? {}).some((text) => /\{index\}/.test(text));
	if (templates && isTold) users.push(...(await usersFrom(odin, order, templates, inOrder, reads)));
	const twice = [
		...doubled(users),
		...repeatedIn(named).map((range) => `names number ${rangeText(range)} for two users`),
	];
	if (twice.length > 0) throw unusable(`The item ${twice.join('; ')}`);
	return {
		owned,
		requested: matched,
		...(refused && { numbersRefused: refused.message }),
		users,
		named: joined([...matched, ...named]),
	};
}

/** Every user has a name. One who is there keeps it, unless a template says otherwise. */
const NAMES = { firstName: '{number}', lastName: '{number}' };

/** One user a number, in the order in which the row names them: the first one may be the pilot user. */
async function usersFrom(
	odin: OdinClient,
	order: TrunkOrder,
	templates: Readonly<Record<string, string>>,
	ranges: readonly NumberRange[],
	reads: ReadOnce,
): Promise<WantedUser[]> {
	const needsDomain = Object.values(templates).some((text) => text.includes('{domain}'));
	const domain = needsDomain ? await readDomain(odin, order.group, reads) : '';
	const unnamed = Object.keys(NAMES).filter((name) => templates[name] === undefined);
	const numbers = new Map(singles(ranges).map((one) => [one.prefix + one.first, one.first]));
	return [...numbers].map(([number, national], index) => {
		const values: Record<string, string> = {
			number,
			digits: number.replace(/\D/g, ''),
			national,
			last4: national.slice(-4),
			index: String(index + 1),
			domain,
		};
		const filled = Object.fromEntries(
			Object.entries({ ...NAMES, ...templates }).map(([name, text]) => [
				name,
				text.replace(/\{(\w+)\}/g, (_, placeholder: string) => values[placeholder] ?? ''),
			]),
		);
		const raw = { ...filled, phoneNumber: number };
		const made = wantedUser(order, raw, 'Users From Numbers', unnamed);
		if (!('user' in made) || made.issues.length > 0) throw unusable(issuesText(made.issues));
		return made.user;
	});
}

/** Each number by itself. */
const singles = (ranges: readonly NumberRange[]): NumberRange[] =>
	ranges.flatMap(({ prefix, first, last }) =>
		Array.from({ length: Number(BigInt(last) - BigInt(first)) + 1 }, (_, index) => {
			const digits = (BigInt(first) + BigInt(index)).toString().padStart(first.length, '0');
			return { prefix, first: digits, last: digits };
		}),
	);

async function readUserState(
	odin: OdinClient,
	order: TrunkOrder,
	wanted: WantedUser,
	matcher: NumberMatcher,
): Promise<UserState> {
	const { key } = wanted.wanted;
	const profile = await find(odin, userModel, key);
	const match = wanted.number && matcher.match(wanted.number);
	const range = match && 'range' in match ? match.range : undefined;
	const state: UserState = {
		...wanted,
		profile,
		range,
		...(match && 'refused' in match && { numberRefused: match.refused }),
		hasAuthentication: false,
		presentSipUserName: '',
	};
	if (range) {
		const fields = new Map(wanted.wanted.desired.fields);
		fields.set('phoneNumber', { value: rangeText(range), from: 'form' });
		state.wanted = { ...wanted.wanted, desired: { ...wanted.wanted.desired, fields } };
	}
	const services = servicesOf(order);
	if (!profile || (!services && !order.setsSipAuthentication)) return state;
	const plan = await orRefusal(planServices(odin, key.id, services ?? NO_SERVICES));
	state.services = plan;
	state.hasAuthentication =
		typeof plan !== 'string' && plan.assigned.userServices.get(AUTHENTICATION) === true;
	if (order.setsSipAuthentication && state.hasAuthentication) {
		state.presentSipUserName = await readSipUserName(odin, key.id);
	}
	return state;
}

const NO_SERVICES: WantedServices = {
	userServices: { add: [], remove: [] },
	servicePackServices: { add: [], remove: [] },
};

/** What each user is to have; SIP authentication needs its service first. */
export function servicesOf({
	services,
	servicePacks,
	setsSipAuthentication,
}: TrunkOrder): WantedServices | undefined {
	const names = [...services];
	const isThere = names.some((name) => isSameName(AUTHENTICATION, name));
	if (setsSipAuthentication && !isThere) names.unshift(AUTHENTICATION);
	if (names.length + servicePacks.length === 0) return undefined;
	return {
		userServices: { add: names, remove: [] },
		servicePackServices: { add: servicePacks, remove: [] },
	};
}
