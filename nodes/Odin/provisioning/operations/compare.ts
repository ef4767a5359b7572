import type { IDataObject } from 'n8n-workflow';
import type { Operation } from '../../execution/operation';
import { desiredBeside } from '../../model/conditions';
import { parsePayload } from '../../model/payload';
import { compareWithProfile } from '../../model/diff';
import { zeroHintsFor } from '../../model/equivalence';
import { outputKey, recordText } from '../../model/key';
import { maskedAt } from '../../secrets/redact';
import { clearFieldsProperty, payloadProperty } from '../form';
import { readColumns, unknownColumns } from '../columns';
import { incomparableHint, namesAny, readExistingKey, readRecord } from '../input';
import { placeLocators } from '../locators';
import { keyProperties, moreFields } from '../moreFields';
import { optionsCollection, unknownFieldsOption } from '../options';
import { outputProperties, readOutput, shapeProfile } from '../output';
import { find } from '../read';
import type { Provisioned } from '../resource';
import { withArticle } from '../../values/text';

/** The operation that compares a record with what it should be. */
export const compare = (model: Provisioned): Operation => ({
	name: 'Compare',
	value: 'compare',
	action: `Compare ${model.noun}`,
	description: `Compare ${withArticle(model.noun)} with the given fields, without changing anything`,
	builderHint: `Choose this for audits: it writes nothing and reports a missing ${model.noun} as ${model.value} null.`,
	properties: [
		...keyProperties(...placeLocators(model), model.form.locator),
		clearFieldsProperty(model),
		...moreFields(
			model,
			{
				writes: ['update'],
				comparable: true,
				passwords: 'none',
				// Who a record points at once it exists is for Update to choose.
				without: model.fields.all
					.filter(({ writeOn, chosenFrom }) => chosenFrom && !writeOn.includes('create'))
					.map(({ name }) => name),
			},
			'form',
		),
		payloadProperty,
		...outputProperties(model),
		optionsCollection(unknownFieldsOption),
	],
	prepare(parameters) {
		const columns = readColumns(parameters, model);
		const key = readExistingKey(parameters, model, columns);
		const output = readOutput(parameters);
		const { desired } = readRecord(
			parameters,
			model,
			key,
			{ write: 'existing', isNew: false, nulls: 'ignore', withoutPassword: true },
			parsePayload(parameters.read('payload')),
			columns,
		);
		return {
			subject: recordText(model, key),
			hints: desired.hints,
			async run(odin, hint) {
				const profile = await find(odin, model, key);
				const counted = desiredBeside(model, desired, profile ?? {});
				const { differences, incomparable } = compareWithProfile(model, counted, profile ?? {});
				if (profile) {
					counted.hints.forEach(hint);
					if (!namesAny(desired)) {
						hint(`No field was named, so nothing was compared; the ${model.noun} exists`);
					}
					incomparableHint(incomparable).forEach(hint);
					zeroHintsFor(model, desired, profile).forEach(hint);
				}
				return [
					{
						...outputKey(model, key, profile),
						inSync: profile !== undefined && differences.length === 0,
						differences: differences.map(({ field, wanted, stored }) => ({
							field,
							expected: maskedAt(field, wanted),
							actual: maskedAt(field, stored),
						})),
						...unknownColumns(columns),
						[model.value]: profile ? shapeProfile(model, key, profile, { output }) : null,
					} as IDataObject,
				];
			},
		};
	},
});
