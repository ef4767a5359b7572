import type { Operation } from '../../execution/operation';
import { isSameName } from '../../model/equivalence';
import { recordText, type Key } from '../../model/key';
import { readExistingKey } from '../../provisioning/input';
import { groupLocator, serviceProviderLocator } from '../../provisioning/locators';
import { optionsCollection } from '../../provisioning/options';
import { missing } from '../../provisioning/read';
import type { Provisioned } from '../../provisioning/resource';
import type { OdinClient } from '../../transport/odinClient';
import { explained, TrunkGroupNetwork } from './network';
import { findReferences, referrerText } from './referrers';

export const getReferences = (model: Provisioned): Operation => ({
	name: 'Get References',
	value: 'getReferences',
	action: 'Get references to trunk group',
	description:
		'List who reroutes to a trunk group: the trunk groups of all groups of the enterprise, and enterprise trunks',
	builderHint:
		'Reads every trunk group of the service provider. Gives no item where nobody refers to the trunk group.',
	properties: [serviceProviderLocator, groupLocator, model.form.locator, optionsCollection()],
	prepare(parameters) {
		const key = readExistingKey(parameters, model);
		const network = parameters.shared(() => new TrunkGroupNetwork());
		const text = recordText(model, key);
		return {
			subject: `the references to ${text}`,
			async run(odin, hint) {
				const { references, idle, unread } = await findReferences(odin, network, key).catch(
					(error: unknown) => {
						throw explained(error, text, `Who refers to ${text} is not known in full`);
					},
				);
				for (const { reason } of unread) hint(`References may be missing: ${reason}`);
				for (const one of idle) {
					hint(`${referrerText(one)} names it in ${one.field}, which its action does not use now`);
				}
				if (!(await isThere(odin, network, key))) {
					if (references.length === 0) throw missing(model, key);
					hint(`Odin has no ${text}: what reroutes to it leads nowhere`);
				} else if (references.length === 0 && unread.length === 0) {
					hint(`Nothing reroutes to ${text}`);
				}
				return references;
			},
		};
	},
});

/** A mistyped name should not pass for one that nobody refers to. */
async function isThere(odin: OdinClient, network: TrunkGroupNetwork, key: Key): Promise<boolean> {
	const names = await network.names(odin, key);
	if (names.some((name) => isSameName(key.id, name))) return true;
	const read = await network.trunkGroup(odin, key);
	return 'unread' in read || read.value !== undefined;
}
