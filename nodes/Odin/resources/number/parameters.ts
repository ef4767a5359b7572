import type { INodeProperties } from 'n8n-workflow';
import type { ItemParameters } from '../../execution/parameters';
import { readGroupKey } from '../../provisioning/scope';
import { isAbsent } from '../../values/text';
import { wireText } from '../../values/wireValues';
import type { NumbersAsked } from './readPlan';
import { readNumbers, type Entry } from './spelling';

export const numbersProperty: INodeProperties = {
	displayName: 'Numbers',
	name: 'numbers',
	type: 'string',
	typeOptions: { rows: 4 },
	default: '',
	required: true,
	placeholder: 'e.g. +1-5135550010, 5135550020-29, (513) 555-0035',
	description:
		'Numbers and ranges, one per line or separated by commas, in any usual spelling; or a list. Each must be one number of the service provider.',
};

export const numberProperty: INodeProperties = {
	displayName: 'Number',
	name: 'number',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. +1-5135550010',
	description: 'The number to look for, in any usual spelling',
};

export const countryCodeOption: INodeProperties = {
	displayName: 'Country Code',
	name: 'countryCode',
	type: 'string',
	default: '',
	placeholder: 'e.g. 44',
	description:
		"The country of numbers that are given without one. It decides only where Odin's own numbers leave that open.",
};

/** Digits without + or international prefix; undefined where it is not given. */
export function readCountryCode(parameters: ItemParameters): string | undefined {
	const given = parameters.collection('options').countryCode;
	if (isAbsent(given)) return undefined;
	const [, digits] = /^(?:\+|00|011)?([1-9]\d{0,3})$/.exec(wireText(given)) ?? [];
	if (digits === undefined) {
		parameters.issues.push({
			label: 'Country Code',
			reason: 'takes the 1 to 4 digits of a country code',
		});
	}
	return digits;
}

function readEntries(parameters: ItemParameters, name: string, label: string): Entry[] {
	const { entries, refused } = readNumbers(parameters.read(name));
	parameters.issues.push(...refused.map((reason) => ({ label, reason })));
	if (entries.length === 0 && refused.length === 0) {
		parameters.issues.push({ label, reason: 'is needed' });
	}
	return entries;
}

/** The numbers of an item that need not name any. */
export function readOptionalNumbers(parameters: ItemParameters): Entry[] {
	const given = parameters.read('numbers');
	if (isAbsent(given)) return [];
	const { entries, refused } = readNumbers(given);
	parameters.issues.push(...refused.map((reason) => ({ label: 'Numbers', reason })));
	return entries;
}

/** What an item asks for. What can't be used is added to the issues of `parameters`. */
export const readNumbersAsked = (parameters: ItemParameters): NumbersAsked => ({
	group: readGroupKey(parameters),
	entries: readEntries(parameters, 'numbers', 'Numbers'),
	countryCode: readCountryCode(parameters),
});

/** The one number of an item. */
export function readNumber(parameters: ItemParameters): Entry | undefined {
	const entries = readEntries(parameters, 'number', 'Number');
	const [entry] = entries;
	if (entries.length > 1 || (entry && !entry.single)) {
		parameters.issues.push({ label: 'Number', reason: 'takes one number' });
	}
	return entry;
}
