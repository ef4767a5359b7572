import { text } from '../../../model/field';
import { groupKeyFields } from '../../groupKeyFields';

/** A trunk group is known by service provider, group and name; the name is unique within its group only. */
export const keyFields = [
	...groupKeyFields(),
	text({
		name: 'name',
		label: 'Name',
		description: 'Name of the trunk group, unique within its group',
		maxLength: 30,
		isName: true,
		placeholder: 'e.g. acme-sbc-1',
	}),
	text({
		name: 'newName',
		label: 'New Name',
		description: 'Renames the trunk group; its old name is then free',
		maxLength: 30,
		isName: true,
		writeOn: ['update'],
		readable: false,
		placeholder: 'e.g. acme-sbc-2',
	}),
];
