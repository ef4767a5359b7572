import type { Operation } from '../../execution/operation';
import { outputKey, recordText } from '../../model/key';
import { readExistingKey } from '../../provisioning/input';
import { groupLocator, serviceProviderLocator } from '../../provisioning/locators';
import { ifNotFoundOption, optionsCollection, returnsEmpty } from '../../provisioning/options';
import { missing } from '../../provisioning/read';
import { provisionedTrunkGroup } from '../trunkGroup';
import { readTrunk } from './trunk';

export const get: Operation = {
	name: 'Get',
	value: 'get',
	action: 'Get SIP trunk',
	description:
		'Get a trunk group with its device, numbers, users, pilot user, registrations and the call capacity of its group',
	properties: [
		serviceProviderLocator,
		groupLocator,
		provisionedTrunkGroup.form.locator,
		optionsCollection(ifNotFoundOption(provisionedTrunkGroup)),
	],
	prepare(parameters) {
		const key = readExistingKey(parameters, provisionedTrunkGroup);
		const empty = returnsEmpty(parameters);
		return {
			subject: recordText(provisionedTrunkGroup, key),
			async run(odin) {
				const trunk = await readTrunk(odin, key);
				if (trunk) return [trunk];
				if (empty) return [{ ...outputKey(provisionedTrunkGroup, key), found: false }];
				throw missing(provisionedTrunkGroup, key, { hasOption: true });
			},
		};
	},
};
