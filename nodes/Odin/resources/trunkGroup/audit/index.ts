import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../../execution/operation';
import { groupText, serviceProviderText } from '../../../model/key';
import { groupLocator, serviceProviderLocator } from '../../../provisioning/locators';
import { optionsCollection } from '../../../provisioning/options';
import { readOptionalPlace } from '../../../provisioning/scope';
import { explained, TrunkGroupNetwork } from '../network';
import { Auditing, type Scope } from './auditing';

const optional = (locator: INodeProperties, description: string): INodeProperties => ({
	...locator,
	required: false,
	description,
});

export const audit: Operation = {
	name: 'Audit',
	value: 'audit',
	action: 'Audit trunk groups',
	description:
		'Look for what is unsafe or does not work in the trunk groups of a group, of a service provider, or of all: one item per finding',
	builderHint:
		'Gives one item per finding with severity high, medium or low, and none where nothing was found. Without groupId all groups of the service provider are read, without both everything, with several requests per trunk group.',
	properties: [
		optional(
			serviceProviderLocator,
			'The service provider or enterprise to audit. Empty: all that the administrator may see.',
		),
		optional(groupLocator, 'The group to audit. Empty: all groups of the service provider.'),
		optionsCollection(),
	],
	prepare(parameters) {
		const scope = readOptionalPlace(parameters);
		// The items of a batch may have groups in common, and reroute into those of each other.
		const network = parameters.shared(() => new TrunkGroupNetwork());
		const text = scopeText(scope);
		return {
			subject: `the audit of ${text}`,
			run: async (odin, hint) =>
				await new Auditing(odin, network, hint).run(scope).catch((error: unknown) => {
					throw explained(error, text, `The audit of ${text} was not finished`);
				}),
		};
	},
};

function scopeText({ serviceProviderId, groupId }: Scope): string {
	if (serviceProviderId === undefined) return 'all service providers';
	return groupId === undefined
		? serviceProviderText(serviceProviderId)
		: groupText({ serviceProviderId, groupId });
}
