import type { Network } from '../network/network';
import type { PhoneNumber, User } from '../network/records';
import { malformed } from '../odinErrors';

export interface NumberRange {
	min: string;
	max: string | null;
}

const FORM = /^\+(\d{1,4})-(\d{2,15})$/;
const MOST_NUMBERS = 100_000;

/** A number apart: +1-5135550010 is '1' and '5135550010'. */
export function partsOf(phoneNumber: string): { country: string; national: string } | undefined {
	const [, country, national] = FORM.exec(phoneNumber) ?? [];
	return country && national ? { country, national } : undefined;
}

/** The numbers from min to max. */
export function numbersIn({ min, max }: NumberRange): string[] {
	const first = partsOf(min);
	const last = partsOf(max || min);
	if (!first || !last) {
		throw malformed(`A number must have the form +{country code}-{number}: ${min} ${max ?? ''}`);
	}
	const start = Number(first.national);
	const count = Number(last.national) - start + 1;
	const fits =
		first.country === last.country && first.national.length === last.national.length && count > 0;
	if (!fits || count > MOST_NUMBERS) throw malformed(`Not a range of numbers: ${min} to ${max}`);
	return Array.from({ length: count }, (_, index) => {
		const national = String(start + index).padStart(first.national.length, '0');
		return `+${first.country}-${national}`;
	});
}

function follows(one: string, next: string): boolean {
	const a = partsOf(one);
	const b = partsOf(next);
	return (
		a !== undefined &&
		b !== undefined &&
		a.country === b.country &&
		a.national.length === b.national.length &&
		Number(a.national) + 1 === Number(b.national)
	);
}

/** Numbers as ranges; numbers of which something else is shown do not share one. */
export function rangesOf<T extends object>(
	numbers: readonly PhoneNumber[],
	shown: (number: PhoneNumber) => T,
): Array<T & NumberRange> {
	const sorted = [...numbers].sort((a, b) => (a.phoneNumber < b.phoneNumber ? -1 : 1));
	const ranges: Array<{ about: T; same: string; min: string; last: string }> = [];
	for (const number of sorted) {
		const { phoneNumber } = number;
		const about = shown(number);
		const same = JSON.stringify(about);
		const range = ranges[ranges.length - 1];
		if (range && range.same === same && follows(range.last, phoneNumber)) range.last = phoneNumber;
		else ranges.push({ about, same, min: phoneNumber, last: phoneNumber });
	}
	return ranges.map(({ about, min, last }) => ({ ...about, min, max: last === min ? null : last }));
}

/** The users by the number that they have. */
export function usersByNumber({ stores }: Network, where: Partial<User> = {}): Map<string, User> {
	const users = stores.users.all(where);
	return new Map(users.flatMap((user) => (user.phoneNumber ? [[user.phoneNumber, user]] : [])));
}

/** The number of a group that is meant, with or without its country code. */
export function groupNumber(
	{ stores }: Network,
	{ serviceProviderId, groupId }: Pick<User, 'serviceProviderId' | 'groupId'>,
	given: string,
): PhoneNumber | undefined {
	const exact = stores.numbers.find({ phoneNumber: given });
	if (exact) {
		const isOfGroup = exact.serviceProviderId === serviceProviderId && exact.groupId === groupId;
		return isOfGroup ? exact : undefined;
	}
	const digits = given.replace(/^\+/, '');
	return stores.numbers.all({ serviceProviderId, groupId }).find(({ phoneNumber }) => {
		const { country, national } = partsOf(phoneNumber) ?? {};
		return digits === national || digits === `${country}${national}`;
	});
}
