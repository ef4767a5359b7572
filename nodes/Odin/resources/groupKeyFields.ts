import { text, type Field } from '../model/field';

/** The fields that say which group a record belongs to. */
export const groupKeyFields = (writeOn: Field['writeOn'] = ['create', 'update']): Field[] => [
	text({
		name: 'serviceProviderId',
		label: 'Service Provider',
		description: 'ID of the service provider or enterprise',
		maxLength: 30,
		isName: true,
		writeOn,
	}),
	text({
		name: 'groupId',
		label: 'Group',
		description: 'ID of the group',
		maxLength: 30,
		isName: true,
		writeOn,
	}),
];
