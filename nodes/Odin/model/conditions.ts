import type { DesiredFields } from './desired';
import { isStoredAs } from './equivalence';
import type { Condition } from './field';
import type { ResourceModel } from './resourceModel';

/** "is on", "is 'Forward'" */
export const conditionText = ({ fields }: ResourceModel, { field, equals }: Condition): string => {
	const state = typeof equals === 'boolean' ? (equals ? 'on' : 'off') : `'${equals}'`;
	return `'${fields.get(field).label}' is ${state}`;
};

/**
 * Leaves out what does not count: rows of a spreadsheet carry the columns for user name and password also where
 * authentication is off. Null, which clears, counts.
 */
export function dropUncounted(
	model: ResourceModel,
	desired: DesiredFields,
	valueOf: (name: string) => unknown,
): void {
	for (const { name, label, countsWhen } of model.fields.conditional) {
		if (!countsWhen || (desired.fields.get(name)?.value ?? null) === null) continue;
		const decisive = valueOf(countsWhen.field) ?? null;
		const condition = model.fields.get(countsWhen.field);
		if (decisive === null || isStoredAs(condition, countsWhen.equals, decisive)) continue;
		desired.fields.delete(name);
		desired.hints.push(
			`'${label}' was left out: it applies only when ${conditionText(model, countsWhen)}`,
		);
	}
}

/**
 * What an item asks for of a record that exists, where that is to be as creating it anew would leave it: what a create
 * leaves out is no difference. `hints` has only what is new here.
 */
export function desiredBeside(
	model: ResourceModel,
	desired: DesiredFields,
	profile: Record<string, unknown>,
): DesiredFields {
	const counted = { ...desired, fields: new Map(desired.fields), hints: [] };
	dropUncounted(model, counted, (name) => desired.fields.get(name)?.value ?? profile[name]);
	return counted;
}
