import type { ResourceModel } from '../../nodes/Odin/model/resourceModel';
import { deviceModel } from '../../nodes/Odin/resources/device/model';
import { trunkGroupModel } from '../../nodes/Odin/resources/trunkGroup/model';
import { quotedLabel } from './fieldRows';

/** A resource that is declared as fields and a model, and its page of the field reference. */
export interface Declared {
	model: ResourceModel;
	page: string;
	/** The file or folder with its fields */
	declaredIn: string;
	/** What is to be said of a section */
	notes?: Readonly<Record<string, string>>;
}

export const DECLARED: readonly Declared[] = [
	{
		model: trunkGroupModel,
		page: 'docs/trunk-group-fields.md',
		declaredIn: 'nodes/Odin/resources/trunkGroup/fields',
		notes: {
			authentication:
				'On create these are parameters of their own, with a choice between a password of yours and a generated one.',
			callCapacity: `${quotedLabel(trunkGroupModel, 'maxActiveCalls')} is a parameter of its own on create, where it is needed.`,
		},
	},
	{
		model: deviceModel,
		page: 'docs/device-fields.md',
		declaredIn: 'nodes/Odin/resources/device/fields.ts',
		notes: {
			deviceFields:
				"User name and password belong together. Create or Update gives an existing device the password only when 'Set Device Password' is on.",
		},
	},
];
