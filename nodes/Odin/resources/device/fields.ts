import {
	boolean,
	catalogue,
	choice,
	integer,
	json,
	object,
	text,
	type Field,
} from '../../model/field';
import { groupKeyFields } from '../groupKeyFields';

const section = 'deviceFields';
const withCustomCredentials = { field: 'useCustomUserNamePassword', equals: true };

const host = (name: string, label: string, description: string): Field =>
	text({
		name,
		label,
		description,
		section,
		maxLength: 80,
		format: 'host',
		clearable: true,
		placeholder: 'e.g. 192.0.2.10',
	});

const action = (name: string, label: string, description: string): Field =>
	boolean({ name, label, description, section, readable: false });

/** Every field of an access device, declared once. A test holds this table against the API's contract file. */
export const deviceFields = catalogue([
	...groupKeyFields(),
	text({
		name: 'deviceName',
		label: 'Device Name',
		description: 'Name of the access device, unique within its group',
		maxLength: 40,
		isName: true,
		placeholder: 'e.g. acme-pbx-1',
	}),
	text({
		name: 'deviceType',
		label: 'Device Type',
		description:
			'Type of the access device, one that its group may use. It cannot be changed later',
		maxLength: 40,
		isName: true,
		writeOn: ['create'],
		requiredOnCreate: true,
		ownParameter: '',
		placeholder: 'e.g. Generic SIP IP-PBX',
		chosenFrom: { search: 'searchDeviceTypes' },
	}),
	choice({
		name: 'deviceLevel',
		label: 'Device Level',
		description: 'Level that the access device belongs to; this node writes those of a group',
		choices: ['Group'],
		storedWhenAbsent: 'Group',
	}),
	host('netAddress', 'Network Address', 'IP address or host name of the device'),
	integer({
		name: 'port',
		label: 'Port',
		description: 'Port that the device listens on',
		section,
		min: 1025,
		max: 65535,
		clearable: true,
	}),
	choice({
		name: 'transportProtocol',
		label: 'Transport Protocol',
		description: 'Transport of the SIP messages; TLS needs a newer BroadWorks release',
		section,
		choices: ['UDP', 'TCP', 'TLS', 'Unspecified'],
		storedWhenAbsent: 'Unspecified',
	}),
	text({
		name: 'protocol',
		label: 'Protocol',
		description: 'Signalling protocol; by default the first one of the device type',
		section,
		maxLength: 40,
		isName: true,
		storedWhenAbsent: 'SIP 2.0',
	}),
	host('outboundProxyServerNetAddress', 'Outbound Proxy Server', 'Outbound proxy of the device'),
	host('stunServerNetAddress', 'STUN Server', 'STUN server of the device'),
	text({
		name: 'macAddress',
		label: 'MAC Address',
		description: 'MAC address of the device, sent as 12 hexadecimal digits without separators',
		section,
		maxLength: 12,
		format: 'mac',
		clearable: true,
		placeholder: 'e.g. 001122aabbcc',
	}),
	text({
		name: 'serialNumber',
		label: 'Serial Number',
		description: 'Serial number of the device',
		section,
		maxLength: 80,
		isName: true,
		clearable: true,
	}),
	text({
		name: 'description',
		label: 'Description',
		description: 'Free text about the device',
		section,
		maxLength: 80,
		clearable: true,
	}),
	text({
		name: 'physicalLocation',
		label: 'Physical Location',
		description: 'Where the device is located',
		section,
		maxLength: 1024,
		clearable: true,
	}),
	boolean({
		name: 'useCustomUserNamePassword',
		entry: 'customCredentials',
		label: 'Custom Credentials',
		description: 'Whether the device logs in with a user name and password of its own',
		section,
		storedWhenAbsent: false,
	}),
	object({
		name: 'accessDeviceCredentials',
		label: 'Device User Name',
		description: 'User name and password of the device',
		section,
		clearable: true,
		neededWhen: withCustomCredentials,
		countsWhen: withCustomCredentials,
		parts: [
			{
				property: 'userName',
				label: 'Device User Name',
				description: 'User name that the device logs in with',
				entry: 'deviceUserName',
				type: 'text',
				isName: true,
				isCaseSensitive: true,
				needed: true,
				shownAs: 'userName',
				placeholder: 'e.g. acme-pbx-1',
			},
			{
				property: 'password',
				label: 'Device Password',
				description:
					'Password that the device logs in with. Odin never returns it. A password typed here is saved in the workflow; take it from the incoming item instead',
				entry: 'devicePassword',
				type: 'text',
				secret: true,
				setWith: { entry: 'setDevicePassword', label: 'Set Device Password' },
			},
		],
	}),
	action(
		'allowAccessDeviceUpdate',
		'Allow Device Update',
		'Whether Odin may change the device while it is in use',
	),
	action('rebuildDevice', 'Rebuild Device', 'Whether the files of the device are rebuilt'),
	action('resetDevice', 'Reset Device', 'Whether the device restarts'),
	json({
		name: 'numberOfPorts',
		label: 'Number of Ports',
		description: 'Unlimited, or how many users the device can have',
		writeOn: [],
	}),
	integer({
		name: 'numberOfAssignedPorts',
		label: 'Number of Assigned Ports',
		description: 'How many users the device has',
		writeOn: [],
	}),
	choice({
		name: 'status',
		label: 'Status',
		description: 'Whether BroadWorks uses the device',
		choices: ['Online', 'Offline'],
		writeOn: [],
		storedWhenAbsent: 'Online',
	}),
	text({
		name: 'configurationMode',
		label: 'Configuration Mode',
		description: 'How the device is configured',
		writeOn: [],
	}),
	text({ name: 'version', label: 'Version', description: 'Version of the device', writeOn: [] }),
	text({
		name: 'userName',
		label: 'User Name',
		description:
			'User name of the custom credentials, where Odin shows it outside of accessDeviceCredentials',
		writeOn: [],
	}),
]);
