import { isSameName } from '../../model/equivalence';
import { groupText, type GroupKey } from '../../model/key';
import { readShownRows } from '../../provisioning/rows';
import { isRefusal, OdinError } from '../../transport/odinError';
import type { OdinClient } from '../../transport/odinClient';
import { isObject } from '../../values/json';
import { quoted } from '../../values/text';
import { isOn, nameOf, wireText } from '../../values/wireValues';
import type { KnownRange } from './match';
import { combined, type OwnedRange } from './plan';
import type { Spelled } from './spelling';

export const NUMBERS_PATH = '/groups/dns';

type Row = Record<string, unknown>;

/** `+1-5135550010`, or without what Odin may leave out */
const NUMBER = /^(\+?)(?:(\d{1,4})-)?(\d+)$/;

/**
 * A number of Odin's apart. Where it does not show its country code, the one that the item names counts. Undefined for
 * what is no number.
 */
function partsOf(
	value: unknown,
	countryCode = '',
): { prefix: string; country: string; digits: string } | undefined {
	const [, plus, country, digits] = NUMBER.exec(wireText(value)) ?? [];
	if (plus === undefined || digits === undefined) return undefined;
	if (country !== undefined) return { prefix: `${plus}${country}-`, country, digits };
	if (plus === '') return { prefix: '', country: countryCode, digits };
	return digits.startsWith(countryCode) && digits.length > countryCode.length
		? { prefix: `+${countryCode}`, country: countryCode, digits: digits.slice(countryCode.length) }
		: { prefix: '+', country: '', digits };
}

/** The numbers of a row: from min to max, or as the one text "+1-5135550010 - +1-5135550019". */
export function rangeIn(row: Row, countryCode?: string): KnownRange | undefined {
	const [shownFirst, shownLast] = wireText(row.phoneNumbers).split(' - ');
	const first = partsOf(nameOf(row.min) ?? shownFirst, countryCode);
	if (!first) return undefined;
	const { prefix, country, digits } = first;
	const end = nameOf(row.min) ? nameOf(row.max) : shownLast;
	if (!end) return { prefix, country, first: digits, last: digits };
	const last = partsOf(end, countryCode);
	const isRange =
		last?.prefix === prefix && last.digits.length === digits.length && last.digits >= digits;
	return isRange ? { prefix, country, first: digits, last: last.digits } : undefined;
}

function ownedIn(
	row: Row,
	{ serviceProviderId, groupId }: { serviceProviderId: string; groupId: string | null },
	countryCode?: string,
): OwnedRange[] {
	const range = rangeIn(row, countryCode);
	if (!range) return [];
	return [
		{
			...range,
			serviceProviderId,
			groupId,
			isUsed: isOn(row.assigned) || nameOf(row.userId) !== null,
			activated: isOn(row.activated),
		},
	];
}

/** The numbers of a group: which have a user, and which are activated. */
export async function readGroupNumbers(
	odin: OdinClient,
	group: GroupKey,
	countryCode?: string,
): Promise<OwnedRange[]> {
	const rows = await readShownRows(
		odin,
		{
			path: NUMBERS_PATH,
			query: { ...group },
			purpose: `list the numbers of ${groupText(group)}`,
		},
		'min',
	);
	return rows.flatMap((row) => ownedIn(row, group, countryCode));
}

/** All numbers of the service provider, each with the group that has it. Throws OdinError. */
export async function readServiceProviderNumbers(
	odin: OdinClient,
	group: GroupKey,
	countryCode?: string,
): Promise<OwnedRange[]> {
	const { serviceProviderId, groupId } = group;
	const rows = await readShownRows(
		odin,
		{
			path: '/service-providers/dns',
			query: { serviceProviderId },
			purpose: `list the numbers of service provider ${quoted(serviceProviderId)} for group ${quoted(groupId)}`,
		},
		'min',
	);
	return rows.flatMap((row) => {
		const shown = nameOf(row.groupId);
		const owner = shown !== null && isSameName(groupId, shown) ? groupId : shown;
		return ownedIn(row, { serviceProviderId, groupId: owner }, countryCode);
	});
}

/**
 * All numbers of the service provider, with what the group shows of its own. An administrator of a group may not see more
 * than these, which is enough `withinGroup`. Throws OdinError.
 */
export async function readOwnedNumbers(
	odin: OdinClient,
	group: GroupKey,
	{ countryCode, withinGroup }: { countryCode?: string | undefined; withinGroup?: boolean } = {},
): Promise<OwnedRange[]> {
	const ofGroup = await readGroupNumbers(odin, group, countryCode);
	const ofServiceProvider = await readServiceProviderNumbers(odin, group, countryCode).catch(
		(error: unknown): OwnedRange[] => {
			if (withinGroup && error instanceof OdinError && error.kind === 'forbidden') return [];
			throw error;
		},
	);
	return combined(ofServiceProvider, ofGroup);
}

/** The user of a number, as the lists of numbers show it. */
export interface NumberUser {
	userId: string | null;
	lastName: string | null;
	firstName: string | null;
	extension: string | null;
	department: string | null;
}

export const NO_USER: NumberUser = {
	userId: null,
	lastName: null,
	firstName: null,
	extension: null,
	department: null,
};

const userOf = (row: Row): NumberUser => ({
	userId: nameOf(row.userId),
	lastName: nameOf(row.lastName),
	firstName: nameOf(row.firstName),
	extension: nameOf(row.extension),
	department: nameOf(row.department),
});

export type DetailedRange = OwnedRange & { user: NumberUser };

/** The numbers of a group with their users. */
export async function readNumberDetails(
	odin: OdinClient,
	group: GroupKey,
	countryCode?: string,
): Promise<DetailedRange[]> {
	const rows = await readShownRows(
		odin,
		{
			path: `${NUMBERS_PATH}/details`,
			query: { ...group },
			purpose: `list the numbers of ${groupText(group)} with their users`,
		},
		'phoneNumbers',
	);
	return rows.flatMap((row) =>
		ownedIn(row, group, countryCode).map((range) => ({ ...range, user: userOf(row) })),
	);
}

/** A search for each reading of a number is enough; more would be a search without end. */
const MAX_SEARCHES = 4;

/**
 * The numbers of the whole system that a spelling may mean; undefined where this administrator may not look there. Throws
 * OdinError.
 */
export async function searchSystem(
	odin: OdinClient,
	{ full, national }: Spelled,
	countryCode?: string,
): Promise<DetailedRange[] | undefined> {
	const session = await odin.session();
	const loginType = session.ok && isObject(session.body) ? wireText(session.body.loginType) : '';
	if (!/^(system|provisioning)$/i.test(loginType)) return undefined;
	for (const dn of [...new Set([...full, ...national])].slice(0, MAX_SEARCHES)) {
		const rows = await readShownRows(
			odin,
			{ path: '/system/dns/search', query: { dn }, purpose: `search the system for number ${dn}` },
			'phoneNumbers',
		).catch((error: unknown) => {
			if (error instanceof OdinError && isRefusal(error)) return undefined;
			throw error;
		});
		if (!rows) return undefined;
		const found = rows.flatMap((row) => {
			const place = {
				serviceProviderId: nameOf(row.serviceProviderId) ?? '',
				groupId: nameOf(row.groupId),
			};
			return ownedIn(row, place, countryCode).map((range) => ({ ...range, user: userOf(row) }));
		});
		if (found.length > 0) return found;
	}
	return [];
}
