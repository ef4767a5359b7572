import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../execution/operation';
import { groupText } from '../../model/key';
import { groupLocator, serviceProviderLocator } from '../../provisioning/locators';
import { readApproval } from '../../provisioning/approval';
import { optionsCollection, planOptions } from '../../provisioning/options';
import { quoted, someOf } from '../../values/text';
import { changeNumbers, planOf, wireRanges, type NumbersAttempt } from './change';
import { countryCodeOption, numbersProperty, readNumbersAsked } from './parameters';
import type { NumberChange } from './plan';
import { readNumberPlan, type NumbersAsked } from './readPlan';

const properties: INodeProperties[] = [
	serviceProviderLocator,
	groupLocator,
	numbersProperty,
	optionsCollection(countryCodeOption, ...planOptions),
];

const changeOperation = (
	texts: Pick<Operation, 'name' | 'action' | 'description' | 'builderHint'> & {
		value: NumberChange;
	},
): Operation => ({
	...texts,
	properties,
	prepare(parameters) {
		const asked = readNumbersAsked(parameters);
		const { group } = asked;
		const approval = readApproval(parameters, asked);
		const attempt: NumbersAttempt = {};
		const subject = subjectOf(asked);
		return {
			subject,
			// Each must see what the one before has changed.
			orderKey: JSON.stringify(['numbers', group.serviceProviderId, group.groupId]),
			async run(odin) {
				if (approval.previewOnly) {
					const { toChange } = await readNumberPlan(odin, texts.value, asked);
					return [await approval.preview(odin, { ...group }, planOf(texts.value, group, toChange))];
				}
				const { requested, changed, unchanged } = await changeNumbers(
					odin,
					texts.value,
					asked,
					attempt,
					async (plan) => await approval.admit(odin, subject, plan),
				);
				return [
					{
						...group,
						requested,
						changed: wireRanges(changed),
						unchanged: wireRanges(unchanged),
					},
				];
			},
		};
	},
});

const subjectOf = ({ entries, group }: NumbersAsked): string =>
	`numbers ${quoted(someOf(entries.map(({ text }) => text)))} in ${groupText(group)}`;

export const assign = changeOperation({
	name: 'Assign',
	value: 'assign',
	action: 'Assign numbers',
	description: 'Assign numbers of the service provider to a group; this does not activate them',
	builderHint:
		'Safe to repeat: numbers that the group already has are left. Activate makes them usable.',
});

export const unassign = changeOperation({
	name: 'Unassign',
	value: 'unassign',
	action: 'Unassign numbers',
	description: 'Remove unused numbers from a group',
	builderHint: 'Refused while a user has one of the numbers: delete or change the user first.',
});

export const activate = changeOperation({
	name: 'Activate',
	value: 'activate',
	action: 'Activate numbers',
	description: 'Activate numbers of a group',
});

export const deactivate = changeOperation({
	name: 'Deactivate',
	value: 'deactivate',
	action: 'Deactivate numbers',
	description: 'Deactivate numbers of a group; they stay in the group',
});
