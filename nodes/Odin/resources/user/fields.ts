import { boolean, catalogue, json, object, text, textList, type Part } from '../../model/field';
import { groupKeyFields } from '../groupKeyFields';
import { department } from '../trunkGroup/fields/references';
import { connectionFields } from './connectionFields';

const section = 'userFields';

const keyFields = [
	...groupKeyFields(['create']),
	text({
		name: 'userId',
		label: 'User ID',
		description: 'ID of the user, unique in the whole system; usually name@domain',
		maxLength: 161,
		isName: true,
		format: 'id',
		placeholder: 'e.g. anna.adler@example.com',
	}),
];

const nameFields = [
	text({
		name: 'lastName',
		label: 'Last Name',
		description: 'Last name of the user',
		section,
		maxLength: 30,
		requiredOnCreate: true,
		ownParameter: '',
	}),
	text({
		name: 'firstName',
		label: 'First Name',
		description: 'First name of the user',
		section,
		maxLength: 30,
		requiredOnCreate: true,
		ownParameter: '',
	}),
	text({
		name: 'callingLineIdLastName',
		label: 'Calling Line ID Last Name',
		description: 'Last name that called parties see. A new user gets the last name by default',
		section,
		maxLength: 30,
	}),
	text({
		name: 'callingLineIdFirstName',
		label: 'Calling Line ID First Name',
		description: 'First name that called parties see. A new user gets the first name by default',
		section,
		maxLength: 30,
	}),
	text({
		name: 'hiraganaLastName',
		label: 'Hiragana Last Name',
		description: 'Last name in hiragana',
		maxLength: 30,
	}),
	text({
		name: 'hiraganaFirstName',
		label: 'Hiragana First Name',
		description: 'First name in hiragana',
		maxLength: 30,
	}),
];

const numberFields = [
	text({
		name: 'phoneNumber',
		label: 'Phone Number',
		description: 'Number of the user, one that is assigned to the group',
		section,
		maxLength: 23,
		clearable: true,
		countryCodeIn: 'countryCode',
		placeholder: 'e.g. +1-5135550010',
	}),
	boolean({
		name: 'activatePhoneNumber',
		label: 'Activate Phone Number',
		description: 'Whether the phone number is activated with the same request',
		section,
		readable: false,
	}),
	text({
		name: 'extension',
		label: 'Extension',
		description: 'Extension within the group, 2 to 20 digits',
		section,
		maxLength: 20,
		clearable: true,
		placeholder: 'e.g. 0010',
	}),
	text({
		name: 'callingLineIdPhoneNumber',
		label: 'Calling Line ID Number',
		description: 'Number that called parties see in place of the phone number',
		section,
		maxLength: 23,
		clearable: true,
		countryCodeIn: 'countryCode',
		placeholder: 'e.g. +1-5135550010',
	}),
	text({
		name: 'mobilePhoneNumber',
		label: 'Mobile Phone Number',
		description: 'Mobile number in the contact data',
		section,
		maxLength: 30,
		clearable: true,
	}),
	text({
		name: 'pagerPhoneNumber',
		label: 'Pager Phone Number',
		description: 'Pager number in the contact data',
		section,
		maxLength: 30,
		clearable: true,
	}),
];

const contactFields = [
	text({
		name: 'emailAddress',
		label: 'Email Address',
		description: 'Email address in the contact data',
		section,
		maxLength: 80,
		clearable: true,
		placeholder: 'e.g. anna.adler@example.com',
	}),
	text({
		name: 'title',
		label: 'Title',
		description: 'Title in the contact data',
		section,
		maxLength: 50,
		clearable: true,
	}),
	text({
		name: 'addressLocation',
		label: 'Address Location',
		description: 'Location in the contact data, such as a floor or a room',
		section,
		maxLength: 80,
		clearable: true,
	}),
	department({
		name: 'department',
		label: 'Department',
		description: 'Department of the group that the user belongs to',
		section,
		clearable: true,
	}),
	text({
		name: 'language',
		label: 'Language',
		description: 'Language of announcements and of the portal',
		section,
		maxLength: 40,
		storedWhenAbsent: 'English',
	}),
	text({
		name: 'timeZone',
		label: 'Time Zone',
		description: 'Time zone of the user; without it the one of the group',
		section,
		maxLength: 127,
		placeholder: 'e.g. America/New_York',
	}),
	text({
		name: 'networkClassOfService',
		label: 'Network Class Of Service',
		description: 'Network class of service of the user',
		section,
		maxLength: 40,
		clearable: true,
	}),
	text({
		name: 'domain',
		label: 'Domain',
		description: 'Domain of the user',
		section,
		maxLength: 80,
		format: 'host',
		placeholder: 'e.g. example.com',
	}),
];

const line = (property: string, label: string, description: string): Part => ({
	property,
	entry: property,
	label,
	description,
	type: 'text',
	maxLength: 80,
});

const address = object({
	name: 'address',
	label: 'Address',
	description: 'Postal address of the user',
	section: 'address',
	clearable: true,
	showsAll: true,
	parts: [
		line('addressLine1', 'Address Line 1', 'First line, usually street and number'),
		line('addressLine2', 'Address Line 2', 'Second line'),
		line('city', 'City', 'City or town'),
		line('stateOrProvince', 'State Or Province', 'State or province as BroadWorks knows it'),
		line('zipOrPostalCode', 'ZIP Or Postal Code', 'Postal code'),
		line('country', 'Country', 'Country'),
	],
});

const otherFields = [
	text({
		name: 'password',
		label: 'Password',
		description: 'Password for the portal. Odin never returns it; an administrator sets a new one',
		maxLength: 60,
		secret: true,
		readable: false,
		requiredOnCreate: true,
		writeOn: ['create'],
	}),
	boolean({
		name: 'allowVideo',
		label: 'Allow Video',
		description: 'Whether the user may make video calls',
	}),
	textList({
		name: 'aliases',
		label: 'Aliases',
		description: 'Further addresses of the user',
		isName: true,
		format: 'id',
	}),
];

/** Odin answers with these and ignores them when they are sent back. */
const readOnlyFields = [
	text({
		name: 'departmentFullPath',
		label: 'Department Full Path',
		description: 'Department with its group',
		writeOn: [],
	}),
	text({
		name: 'defaultAlias',
		label: 'Default Alias',
		description: 'Alias that the user has anyway',
		writeOn: [],
	}),
	text({
		name: 'countryCode',
		label: 'Country Code',
		description: 'Country code of the phone number, which is shown without it',
		writeOn: [],
	}),
	text({
		name: 'nationalPrefix',
		label: 'National Prefix',
		description: 'Prefix for calls within the country',
		writeOn: [],
	}),
	boolean({
		name: 'phoneNumberActivated',
		label: 'Phone Number Activated',
		description: 'Whether the phone number is activated',
		writeOn: [],
	}),
	boolean({
		name: 'isEnterprise',
		label: 'Is Enterprise',
		description: 'Whether the service provider is an enterprise',
		writeOn: [],
	}),
	json({
		name: 'passwordExpiresDays',
		label: 'Password Expires Days',
		description: 'Days until the portal password expires',
		writeOn: [],
	}),
];

/** Every field of a user, declared once. */
export const userFields = catalogue(
	keyFields,
	nameFields,
	numberFields,
	contactFields,
	[address],
	connectionFields,
	otherFields,
	readOnlyFields,
);
