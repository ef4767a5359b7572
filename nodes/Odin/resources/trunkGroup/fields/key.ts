import { text } from '../../../model/field';

/** A trunk group is known by service provider, group and name; the name is unique within its group only. */
export const keyFields = [
	text({
		name: 'serviceProviderId',
		label: 'Service Provider',
		description: 'ID of the service provider or enterprise',
		maxLength: 30,
		isName: true,
	}),
	text({
		name: 'groupId',
		label: 'Group',
		description: 'ID of the group',
		maxLength: 30,
		isName: true,
	}),
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
