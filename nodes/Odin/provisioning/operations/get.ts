import type { Operation } from '../../execution/operation';
import { trunkGroupText } from '../../model/key';
import { ifNotFoundOption, optionsCollection } from '../options';
import { keyProperties, missing, readExistingKey, returnsEmpty } from '../lookup';
import { findTrunkGroup, shapeProfile } from '../read';
import { readSimplify, simplifyByDefault } from '../properties';

export const get: Operation = {
	name: 'Get',
	value: 'get',
	action: 'Get a trunk group',
	description: 'Get the profile of a trunk group',
	properties: [...keyProperties, simplifyByDefault, optionsCollection(ifNotFoundOption)],
	prepare(parameters) {
		const key = readExistingKey(parameters);
		const simplify = readSimplify(parameters, true);
		const empty = returnsEmpty(parameters);
		return {
			subject: trunkGroupText(key),
			async run(odin) {
				const profile = await findTrunkGroup(odin, key);
				if (profile) return [shapeProfile(profile, { simplify })];
				if (empty) return [{ found: false }];
				throw missing(key);
			},
		};
	},
};
