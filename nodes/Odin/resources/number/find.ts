import type { IDataObject } from 'n8n-workflow';
import type { Operation } from '../../execution/operation';
import { groupText, type GroupKey } from '../../model/key';
import { groupLocator, serviceProviderLocator } from '../../provisioning/locators';
import { optionsCollection } from '../../provisioning/options';
import { readGroupKey } from '../../provisioning/scope';
import { OdinError } from '../../transport/odinError';
import type { OdinClient } from '../../transport/odinClient';
import { quoted } from '../../values/text';
import { NumberMatcher } from './match';
import { countryCodeOption, numberProperty, readCountryCode, readNumber } from './parameters';
import type { OwnedRange } from './plan';
import { disjoint, rangeText, split, type NumberRange } from './range';
import {
	NO_USER,
	readNumberDetails,
	readOwnedNumbers,
	searchSystem,
	type DetailedRange,
} from './read';
import type { Entry } from './spelling';

export const find: Operation = {
	name: 'Find',
	value: 'find',
	action: 'Find number',
	description: 'Look up the service provider, group and user of a number',
	properties: [
		serviceProviderLocator,
		groupLocator,
		numberProperty,
		optionsCollection(countryCodeOption),
	],
	prepare(parameters) {
		const group = readGroupKey(parameters);
		const entry = readNumber(parameters);
		const countryCode = readCountryCode(parameters);
		return {
			subject: `number ${quoted(entry?.text ?? '')} in ${groupText(group)}`,
			async run(odin, hint) {
				if (!entry?.single) return [];
				return [await locate(odin, { group, entry, countryCode }, hint)];
			},
		};
	},
};

interface Search {
	group: GroupKey;
	entry: Entry;
	countryCode: string | undefined;
}

async function locate(
	odin: OdinClient,
	search: Search,
	hint: (message: string) => void,
): Promise<IDataObject> {
	const { group, entry, countryCode } = search;
	const own = await readOwnedNumbers(odin, group, { countryCode, withinGroup: true });
	const near = numberIn(own, search);
	if (near) {
		const detailed = await detailsOf(odin, group, near, countryCode);
		return row(near.part, detailed ?? { ...near.other, user: NO_USER });
	}
	const everywhere = await searchSystem(odin, entry.single!, countryCode);
	if (everywhere) {
		const far = numberIn(everywhere, search);
		if (far) return row(far.part, far.other);
	} else {
		hint(
			`Only the numbers of service provider ${quoted(group.serviceProviderId)} were searched: this administrator can't search the whole system`,
		);
	}
	return {
		number: entry.text,
		found: false,
		serviceProviderId: null,
		groupId: null,
		activated: null,
		...NO_USER,
	};
}

const row = (
	number: NumberRange,
	{ serviceProviderId, groupId, activated, user }: DetailedRange,
): IDataObject => ({
	number: rangeText(number),
	found: true,
	serviceProviderId,
	groupId,
	activated,
	...user,
});

interface Found<Owned> {
	part: NumberRange;
	other: Owned;
}

/** The one number that is meant. Throws OdinError where it may be several. */
function numberIn<Owned extends OwnedRange>(
	owned: readonly Owned[],
	{ entry, countryCode, group }: Search,
): Found<Owned> | undefined {
	const matcher = new NumberMatcher(owned, countryCode);
	const numbers = matcher.numbers(entry.single!);
	if (numbers.length === 0) return undefined;
	const match = matcher.match({ text: entry.text, single: entry.single, ranges: [] });
	if ('range' in match) return split([match.range], disjoint(owned)).inside[0];
	throw new OdinError({
		kind: 'refused',
		message: match.refused,
		description:
			"Give the number with its country code, or name it with 'Country Code' in the options",
		details: { ...group, candidates: numbers.map(rangeText) },
	});
}

/** What its group shows of it, which may be another one of the service provider. */
async function detailsOf(
	odin: OdinClient,
	{ serviceProviderId }: GroupKey,
	{ part, other }: Found<OwnedRange>,
	countryCode: string | undefined,
): Promise<DetailedRange | undefined> {
	if (other.groupId === null) return undefined;
	const group = { serviceProviderId, groupId: other.groupId };
	const details = disjoint(await readNumberDetails(odin, group, countryCode));
	return split([part], details).inside[0]?.other;
}
