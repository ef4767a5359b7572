import type { IDataObject } from 'n8n-workflow';
import type { Operation } from '../../execution/operation';
import { zeroHints } from '../../model/equivalence';
import { exportProfile } from '../../model/export';
import { outputKey, recordText } from '../../model/key';
import { readExistingKey } from '../input';
import { placeLocators } from '../locators';
import { optionsCollection } from '../options';
import { read } from '../read';
import type { Provisioned } from '../resource';
import { withArticle } from '../../values/text';

/** The operation that gives what create and upsert take as Payload. */
export const exportRecord = (model: Provisioned): Operation => ({
	name: 'Export',
	value: 'export',
	action: `Export ${model.noun}`,
	description: `Get the fields of ${withArticle(model.noun)} as 'Further Fields (JSON)' for Create and Create or Update`,
	properties: [...placeLocators(model), model.form.locator, optionsCollection()],
	prepare(parameters) {
		const key = readExistingKey(parameters, model);
		return {
			subject: recordText(model, key),
			async run(odin, hint) {
				const profile = await read(odin, model, key);
				zeroHints(model, profile).forEach(hint);
				const exported = exportProfile(model, profile);
				return [{ ...outputKey(model, key, profile), ...exported } as IDataObject];
			},
		};
	},
});
