import type { Operation } from '../../execution/operation';
import { zeroHints } from '../../model/equivalence';
import { outputKey, recordText } from '../../model/key';
import { readExistingKey } from '../input';
import { placeLocators } from '../locators';
import { ifNotFoundOption, optionsCollection, returnsEmpty } from '../options';
import { outputProperties, readOutput, shapeProfile } from '../output';
import { find, missing } from '../read';
import type { Provisioned } from '../resource';
import { withArticle } from '../../values/text';

/** The operation that reads one record. */
export const get = (model: Provisioned): Operation => ({
	name: 'Get',
	value: 'get',
	action: `Get ${model.noun}`,
	description: `Get the profile of ${withArticle(model.noun)}`,
	properties: [
		...placeLocators(model),
		model.form.locator,
		...outputProperties(model, true),
		optionsCollection(ifNotFoundOption(model)),
	],
	prepare(parameters) {
		const key = readExistingKey(parameters, model);
		const output = readOutput(parameters, true);
		const empty = returnsEmpty(parameters);
		return {
			subject: recordText(model, key),
			async run(odin, hint) {
				const profile = await find(odin, model, key);
				if (profile) zeroHints(model, profile).forEach(hint);
				if (profile) return [shapeProfile(model, key, profile, { output })];
				if (empty) return [{ ...outputKey(model, key), found: false }];
				throw missing(model, key, { hasOption: true });
			},
		};
	},
});
