import type { Resource } from '../../execution/operation';
import { compare } from './compare';
import { create } from './create';
import { deleteTrunkGroup } from './delete';
import { exportTrunkGroup } from './export';
import { get } from './get';
import { getAll } from './getAll';
import { getAvailableUsers } from './getAvailableUsers';
import { getUsers } from './getUsers';
import { update } from './update';
import { upsert } from './upsert';

export const trunkGroup: Resource = {
	name: 'Trunk Group',
	value: 'trunkGroup',
	operations: [
		compare,
		create,
		upsert,
		deleteTrunkGroup,
		exportTrunkGroup,
		get,
		getAvailableUsers,
		getAll,
		getUsers,
		update,
	],
	defaultOperation: create,
	builderHint:
		'Choose upsert (Create or Update) when the same request may arrive twice or a spreadsheet is applied again: the second run then writes nothing. Choose create when an existing trunk group must stop the item. update changes only the fields that are added; a field is cleared with clearFields, not with an empty text. Set options.previewOnly to show a person what would be written.',
};
