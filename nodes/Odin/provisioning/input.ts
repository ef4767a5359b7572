import type { ItemParameters } from '../execution/parameters';
import { fieldOf } from '../resources/trunkGroup/fields';
import type { DesiredFields, Payload } from '../model/desired';
import type { TrunkGroupKey } from '../model/key';
import { isAbsent } from '../model/convert';
import { quoted } from '../values/text';
import { readGroupKey } from './scope';
import { readSimplify } from './properties';
import { sectionNames } from './form';

/** Service provider, group and name: what the form says, else what Payload says. */
export function readKey(
	parameters: ItemParameters,
	payload: Payload,
	nameParameter: 'name' | 'trunkGroup',
): TrunkGroupKey {
	const keys = 'keys' in payload ? payload.keys : {};
	const group = readGroupKey(parameters, keys);
	const name = parameters.locator(nameParameter);
	const label = nameParameter === 'name' ? 'Name' : 'Trunk Group';
	const rule = { ...fieldOf('name'), label };
	return { ...group, name: parameters.needed(rule, isAbsent(name) ? keys.name : name) };
}

/** The entries of all sections of the form by name; the names differ across sections. */
export const readSections = (parameters: ItemParameters): Record<string, unknown> =>
	Object.assign({}, ...sectionNames.map((section) => parameters.collection(section)));

/** How a write is carried out and shown. */
export interface WriteOptions {
	checkCapacity: boolean;
	includeSipPassword: boolean;
	previewOnly: boolean;
	simplify: boolean;
}

export const readWriteOptions = (parameters: ItemParameters): WriteOptions => ({
	checkCapacity: parameters.optionFlag('checkCapacity', 'Check Capacity'),
	includeSipPassword: parameters.optionFlag('includeSipPassword', 'Include SIP Password'),
	previewOnly: parameters.optionFlag('previewOnly', 'Preview Only'),
	simplify: readSimplify(parameters),
});

/** A Payload may have any number of keys. */
const MAX_NAMES = 20;

function listed(names: string[]): string {
	const more = names.length - MAX_NAMES;
	return `${names.slice(0, MAX_NAMES).map(quoted).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** What is unusual in Payload, without being wrong. */
export function payloadHints({ unknownKeys, readOnlyKeys }: DesiredFields): string[] {
	const hints: string[] = [];
	const unknown = [...unknownKeys].flatMap(([key, value]) => (value === null ? [] : [key]));
	if (unknown.length > 0) {
		hints.push(
			`'Payload' names ${listed(unknown)}, which this node does not know and therefore did not check`,
		);
	}
	if (readOnlyKeys.length > 0) {
		hints.push(`'Payload' names ${listed(readOnlyKeys)}, which only Odin itself sets; left out`);
	}
	return hints;
}

/** Fields that no profile shows were named on a trunk group that exists. */
export const incomparableHint = (names: string[]): string[] =>
	names.length === 0
		? []
		: [
				`${listed(names)} cannot be read back from Odin, so nobody can tell whether it differs; left as it is`,
			];
