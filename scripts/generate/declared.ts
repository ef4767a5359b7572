import type { ResourceModel } from '../../nodes/Odin/model/resourceModel';
import { deviceModel } from '../../nodes/Odin/resources/device/model';
import { resources } from '../../nodes/Odin/resources';
import { trunkGroupModel } from '../../nodes/Odin/resources/trunkGroup/model';
import { userModel } from '../../nodes/Odin/resources/user/model';
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

/** The operations of the resource, by their stored names. */
export const operationsOf = ({ value }: ResourceModel): string[] =>
	resources
		.filter((resource) => resource.value === value)
		.flatMap(({ operations }) => operations.map((operation) => operation.value));

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
	{
		model: userModel,
		page: 'docs/user-fields.md',
		declaredIn: 'nodes/Odin/resources/user/fields.ts',
		notes: {
			userFields:
				'Last and first name are parameters of their own on create; the names of the calling line ID follow them.',
			address: 'Of a part that is not named an existing user keeps what is stored.',
			trunk:
				'The endpoint type follows. A new user, or one from another trunk group, gets the user ID as line port by default.',
		},
	},
];
