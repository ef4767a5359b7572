/** What programs and spreadsheets write where they have no value. */
const NO_VALUE = /^(?:none|null|nil|n\/a|undefined|nan|-+)$/i;

const isNoValue = (text: string): boolean => NO_VALUE.test(text);

/** What may stand between the digits of a phone number. */
const SEPARATOR = /[ \-/().]/g;

/** Groups of digits, with a + in front of the first. */
const DIGIT_GROUPS = /^\(?\+?\(?\d+(?:[ \-/().]{1,4}\d+)*\)?$/;

/** A dot beside a single digit is a decimal point (`447911123456.0`), and so is one before nothing but zeros. */
const DECIMAL = /(?:^|\D)\d\.|\.\d(?!\d)|^[^.]*\.0+$/;

/** Digits with + in front and the usual separators. */
export const isPhoneNumber = (text: string): boolean =>
	DIGIT_GROUPS.test(text) && !text.includes('..') && !DECIMAL.test(text);

/** A phone number without its separators; any other text as it is. */
export const withoutSeparators = (text: string): string =>
	isPhoneNumber(text) ? text.replace(SEPARATOR, '') : text;

const LABEL = /^[\p{L}\d_](?:[\p{L}\d_-]{0,61}[\p{L}\d_])?$/u;
const IPV6 = /^(?:\[[\da-f:.]{2,45}\]|(?=[^:]*:[^:]*:)[\da-f:.]{2,45})$/i;

const isOctet = (text: string): boolean => /^\d{1,3}$/.test(text) && Number(text) <= 255;

/** A host name or IP address, perhaps with a port. */
export function isHost(text: string): boolean {
	if (IPV6.test(text)) return true;
	const host = text.replace(/:\d{1,5}$/, '');
	if (isNoValue(host)) return false;
	const labels = host.replace(/\.$/, '').split('.');
	return /^[\d.]+$/.test(host)
		? labels.length === 4 && labels.every(isOctet)
		: IPV6.test(host) || labels.every((label) => LABEL.test(label));
}

const MAC =
	/^(?:[\da-f]{12}|[\da-f]{2}(?:([:-])[\da-f]{2})(?:\1[\da-f]{2}){4}|[\da-f]{4}(?:([.-])[\da-f]{4})(?:\2[\da-f]{4}))$/i;

/** 12 hexadecimal digits, perhaps with the usual separators. */
export const isMac = (text: string): boolean => MAC.test(text);

/** A MAC address without its separators; any other text as it is. */
export const plainMac = (text: string): string => (isMac(text) ? text.replace(/[:.-]/g, '') : text);

const USER = /^[^\s@:<>"'\\][^\s@:<>"\\]*$/;

/** `user@host`, also as a SIP URI. */
export function isUserAtHost(text: string): boolean {
	const isUri = /^sips?:/i.test(text);
	const [user = '', host, ...rest] = text.replace(/^sips?:/i, '').split('@');
	if (host === undefined || rest.length > 0 || isNoValue(user)) return false;
	// A SIP URI may go on with parameters.
	return USER.test(user) && isHost(isUri ? host.split(/[;?]/)[0]! : host);
}

/** Where calls can be forwarded to. */
export const isCallAddress = (text: string): boolean =>
	isPhoneNumber(text.replace(/^tel:/i, '')) || isUserAtHost(text);

/**
 * What stands in a cell that lost its value: an error code of a spreadsheet (`#N/A`, `#REF!`), a number as spreadsheets show
 * it (`4.47911E+11`), an object or nothing of a program.
 */
const SPOILED =
	/^(?:#[A-ZÀ-Ü/0_]{2,20}[!?]|#N\/A|#NV|\[object [a-z]+\]|undefined|[+-]?\d+(?:[.,]\d+)?E\+\d+)$/i;

/** A text that a spreadsheet, or a program in between, has made of another one. */
export const isSpoiled = (text: string): boolean => SPOILED.test(text);

/** The same, where digits are expected: `1.0`, `1,000`, `'0791`, no value at all. */
export const isSpoiledNumber = (text: string): boolean =>
	isSpoiled(text) || isNoValue(text) || /^'\d|^\d+\.0+$|^\d{1,3}(?:[,.]\d{3})+$/.test(text);
