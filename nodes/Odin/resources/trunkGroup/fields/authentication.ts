import { boolean, text } from '../../../model/field';

const section = 'authentication';
const whenRequired = { field: 'requireAuthentication', equals: true };

export const authenticationFields = [
	boolean({
		name: 'requireAuthentication',
		label: 'Require Authentication',
		description: 'Whether the PBX must log in with SIP user name and password',
		section,
		documentedDefault: false,
		storedWhenAbsent: false,
	}),
	text({
		name: 'sipAuthenticationUserName',
		label: 'SIP User Name',
		description: 'User name that the PBX logs in with. Needed when authentication is on',
		section,
		maxLength: 80,
		clearable: true,
		isName: true,
		isCaseSensitive: true,
		neededWhen: whenRequired,
		countsWhen: whenRequired,
		placeholder: 'e.g. acme-sbc-1',
	}),
	text({
		name: 'sipAuthenticationPassword',
		label: 'SIP Password',
		description: 'Password that the PBX logs in with. Odin never returns it',
		section,
		maxLength: 60,
		clearable: true,
		secret: true,
		readable: false,
		neededWhen: whenRequired,
		countsWhen: whenRequired,
	}),
];
