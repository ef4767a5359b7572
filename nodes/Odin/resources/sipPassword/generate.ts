import type { Operation } from '../../execution/operation';
import { groupText } from '../../model/key';
import { readGroupKey } from '../../provisioning/scope';
import { groupLocator, serviceProviderLocator } from '../../provisioning/locators';
import { optionsCollection } from '../../provisioning/options';
import { generateSipPassword } from './generation';

export const generate: Operation = {
	name: 'Generate',
	value: 'generate',
	action: 'Generate SIP password',
	description:
		'Generate a password that obeys the SIP password rules. It is in the output, which n8n stores with the execution.',
	properties: [serviceProviderLocator, groupLocator, optionsCollection()],
	prepare(parameters) {
		const group = readGroupKey(parameters);
		return {
			subject: `a SIP password for ${groupText(group)}`,
			run: async (odin) => [{ password: await generateSipPassword(odin, group) }],
		};
	},
};
