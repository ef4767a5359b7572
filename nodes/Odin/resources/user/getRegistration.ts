import type { IDataObject } from 'n8n-workflow';
import type { Operation } from '../../execution/operation';
import { outputKey, recordText } from '../../model/key';
import { withoutSecrets } from '../../secrets/redact';
import { readExistingKey } from '../../provisioning/input';
import { placeLocators } from '../../provisioning/locators';
import { optionsCollection } from '../../provisioning/options';
import type { Provisioned } from '../../provisioning/resource';
import { readRows } from '../../provisioning/rows';
import { readUser } from './read';

export const getRegistration = (model: Provisioned): Operation => ({
	name: 'Get Registration',
	value: 'getRegistration',
	action: 'Get registration of user',
	description: 'Get the SIP registrations of a user, with lockouts',
	properties: [...placeLocators(model), model.form.locator, optionsCollection()],
	prepare(parameters) {
		const key = readExistingKey(parameters, model);
		return {
			subject: recordText(model, key),
			async run(odin) {
				const { key: shown } = await readUser(odin, key.id);
				const rows = await readRows(
					odin,
					{
						path: '/users/registration',
						query: { userId: key.id },
						purpose: `read the registrations of ${recordText(model, key)}`,
					},
					'linePort',
				);
				return [
					{
						...outputKey(model, shown),
						registered: rows.length > 0,
						registrations: rows.map(withoutSecrets) as IDataObject[],
					},
				];
			},
		};
	},
});
