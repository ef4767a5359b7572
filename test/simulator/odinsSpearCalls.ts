import { HQ, NORTH } from './documentedTrunkGroup';

/**
 * The calls of the Python client odins_spear for devices, numbers, users and services, as its code sends them, and the keys
 * of the answers that its documentation shows. Where its code sends a call to the path of another level or without the ids
 * that it needs there, the call is as the documentation means it.
 */
export interface Call {
	method: 'GET' | 'POST' | 'PUT' | 'DELETE';
	path: string;
	/** Of a GET and of DELETE of a record */
	params?: Record<string, string>;
	/** The client sends one with every request, `{}` where it has nothing to say */
	data?: object;
	/** Keys of the answer, or of its first row; a dot leads into a part. None: the documentation shows nothing */
	keys?: string[];
}

const FREE = { min: '+1-5135550050', max: '+1-5135550051' };
export const USER = 'anna.adler@example.com';
/** Made by the client, as is most of what a real Odin has. */
export const MADE = 'made@example.com';
export const NEW_USER = {
	...{ serviceProviderId: 'acme-ent', groupId: 'acme-hq' },
	firstName: 'John',
	lastName: 'Smith',
	callingLineIdFirstName: 'John',
	callingLineIdLastName: 'Smith',
	password: 'my_web_auth_password123!',
};
const SP = { serviceProviderId: HQ.serviceProviderId };
const FILE = { fileSource: 'Custom', fileFormat: '%BWMACADDRESS%.cfg', fileContent: 'PGE+' };
const DEVICE = { ...HQ, deviceName: 'acme-sbc-1' };

const PLACE = ['serviceProviderId', 'groupId'];
const NUMBER_ROW = [
	...['phoneNumbers', 'department', 'activated', 'userId', 'lastName', 'firstName', 'extension'],
	...['emailAddress', 'userType', 'countryCode', 'nationalPrefix'],
];
const FOUND = [...NUMBER_ROW, ...PLACE, 'userIdShort', 'domain', 'dns.min', 'dns.max'];
const TAGS = ['tags.tagName', 'tags.tagValue'];
const DEVICE_PROFILE = [
	...['deviceType', 'protocol', 'numberOfPorts', 'numberOfAssignedPorts', 'status'],
	...['transportProtocol', 'useCustomUserNamePassword', 'deviceName', 'deviceLevel'],
	...['accessDeviceCredentials.userName', 'tags', 'relatedServices'],
];
const USER_PROFILE = [
	...[...PLACE, 'userId', 'lastName', 'firstName', 'callingLineIdLastName'],
	...['callingLineIdFirstName', 'hiraganaLastName', 'hiraganaFirstName', 'language', 'timeZone'],
	...['defaultAlias', 'countryCode', 'allowVideo', 'domain', 'endpointType', 'aliases'],
	...['accessDeviceEndpoint.contacts', 'trunkAddressing.trunkGroupDeviceEndpoint'],
	...['isEnterprise', 'passwordExpiresDays'],
];

export const CALLS: Record<string, Call> = {
	'post.group_device': {
		method: 'POST',
		path: '/groups/devices',
		data: {
			...HQ,
			deviceName: 'my-new-device-name',
			deviceType: 'Generic SIP Phone',
			deviceLevel: 'Group',
			useCustomUserNamePassword: true,
			accessDeviceCredentials: { userName: '9871515000', password: 'ym7#zIuA' },
			port: '2222',
			protocolChoice: ['SIP 2.0'],
			isIpAddressOptional: 'true',
			tags: [],
			relatedServices: [],
			userName: '9871515000',
		},
		keys: [...PLACE, ...DEVICE_PROFILE],
	},
	'put.group_devices': {
		method: 'PUT',
		path: '/groups/devices',
		data: {
			...DEVICE,
			port: 2222,
			serialNumber: 123456789,
			numberOfPorts: { quantity: '1' },
			numberOfAssignedPorts: 0,
			status: 'Online',
			tags: [],
		},
		keys: [...PLACE, ...DEVICE_PROFILE],
	},
	'put.service_provider_device': {
		method: 'PUT',
		path: '/service-providers/devices',
		data: { ...SP, deviceName: 'acme-shared-sbc', description: 'x' },
		keys: DEVICE_PROFILE,
	},
	'put.system_devices': {
		method: 'PUT',
		path: '/system/devices',
		data: { deviceName: 'system-sbc-1', description: 'x' },
		keys: DEVICE_PROFILE,
	},
	'put.group_device_tag': {
		method: 'PUT',
		path: '/groups/devices/tags',
		data: { tagName: '%lang%', tagValue: 'en', ...DEVICE },
		keys: [...PLACE, 'deviceName', ...TAGS],
	},
	'put.group_device_tags_profile': {
		method: 'PUT',
		path: '/groups/devices/profile',
		data: { ...DEVICE, tags: [{ elements: [{ tagName: '%a%', tagValue: 1 }] }] },
		keys: [...PLACE, 'deviceName', ...TAGS],
	},
	'put.service_provider_device_tag': {
		method: 'PUT',
		path: '/service-providers/devices/tags',
		data: { tagName: '%lang%', tagValue: 'en', ...SP, deviceName: 'acme-shared-sbc' },
		keys: ['serviceProviderId', 'deviceName', ...TAGS],
	},
	'put.system_device_tag': {
		method: 'PUT',
		path: '/system/devices/tags',
		data: { tagName: '%lang%', tagValue: 'en', deviceName: 'system-sbc-1' },
		keys: ['deviceName', ...TAGS],
	},
	'put.group_device_type_tag': {
		method: 'PUT',
		path: '/groups/system/device-types/tags',
		data: { tagName: 'lang', tagValue: 'en', ...HQ, deviceType: 'Generic SIP Phone' },
		keys: [...PLACE, 'deviceType', ...TAGS],
	},
	'put.service_provider_device_type_tag': {
		method: 'PUT',
		path: '/service-providers/device-types/tags',
		data: { tagName: 'lang', tagValue: 'en', ...SP, deviceType: 'Generic SIP Phone' },
		keys: ['serviceProviderId', 'deviceType', ...TAGS],
	},
	'put.group_device_file': {
		method: 'PUT',
		path: '/groups/devices/files',
		data: { ...FILE, ...DEVICE },
	},
	'put.service_provider_device_file': {
		method: 'PUT',
		path: '/service-providers/devices/files',
		data: { ...FILE, ...SP, deviceName: 'acme-shared-sbc' },
	},
	'put.system_device_file': {
		method: 'PUT',
		path: '/system/devices/files',
		data: { ...FILE, deviceName: 'system-sbc-1' },
	},
	'put.group_device_type_file': {
		method: 'PUT',
		path: '/groups/device-types/files',
		data: { ...FILE, ...HQ, deviceType: 'Generic SIP Phone' },
	},
	'post.group_device_rebuild': {
		method: 'POST',
		path: '/groups/devices/rebuild',
		data: DEVICE,
	},
	'post.group_device_reset': { method: 'POST', path: '/groups/devices/reset', data: DEVICE },
	'get.group_dns': {
		method: 'GET',
		path: '/groups/dns',
		params: HQ,
		keys: [...PLACE, 'dns.assigned', 'dns.activated', 'dns.min', 'dns.max'],
	},
	'get.group_dn_search': {
		method: 'GET',
		path: '/groups/dns/search',
		params: { ...HQ, dn: '*55500*', limit: '10' },
		keys: FOUND,
	},
	'get.group_dn_details': {
		method: 'GET',
		path: '/groups/dns/details',
		params: HQ,
		keys: [...PLACE, ...[...NUMBER_ROW, 'min', 'max'].map((key) => `dns.${key}`)],
	},
	'get.service_provider_dn_search': {
		method: 'GET',
		path: '/service-providers/dns/search',
		params: { ...SP, dn: '*5135550010*' },
		keys: FOUND,
	},
	'get.service_provider_dns': {
		method: 'GET',
		path: '/service-providers/dns',
		params: SP,
		keys: ['serviceProviderId', 'dns.canDelete', 'dns.groupId', 'dns.min', 'dns.max'],
	},
	'get.system_dn_search': {
		method: 'GET',
		path: '/system/dns/search',
		params: { dn: '+5135550010' },
		keys: FOUND,
	},
	'get.system_dn': {
		method: 'GET',
		path: '/system/dns',
		params: { phoneNumber: '+5135550010' },
		keys: FOUND,
	},
	'get.system_dn_summary': {
		method: 'GET',
		path: '/system/dns/summary',
		keys: ['isEnterprise', 'serviceProviderId', 'min', 'max'],
	},
	'get.system_dn_utilization': {
		method: 'GET',
		path: '/system/dns/utilization',
		keys: [
			...['serviceProviderId', 'phoneNumbers', 'assignedtoGroups', 'percentageAssigned'],
			...['isEnterprise', 'activatedOnGroups'],
		],
	},
	'post.group_dns': { method: 'POST', path: '/groups/dns', data: { ...HQ, dns: [FREE] } },
	'post.group_dns, one number': {
		method: 'POST',
		path: '/groups/dns',
		data: { ...HQ, dns: [{ min: FREE.min, max: FREE.min }] },
	},
	'post.group_dns_assign_bulk': {
		method: 'POST',
		path: '/groups/dns/assign/bulk',
		data: { ...HQ, dns: [FREE] },
	},
	'post.group_dns_unassign_bulk': {
		method: 'POST',
		path: '/groups/dns/unassign/bulk',
		data: { ...HQ, dns: [{ min: '+1-5135550030', max: '+1-5135550031' }] },
	},
	'post.service_provider_dns': {
		method: 'POST',
		path: '/service-providers/dns',
		data: { ...SP, dns: [{ min: '+1-5136660000', max: '+1-5136660009' }] },
	},
	'put.group_dns_activate': {
		method: 'PUT',
		path: '/groups/dns',
		data: { ...HQ, dns: [{ activated: true, min: '+1-5135550030', max: null }] },
		keys: [...PLACE, 'dns.assigned', 'dns.activated', 'dns.min', 'dns.max'],
	},
	'delete.group_dns': {
		method: 'DELETE',
		path: '/groups/dns',
		data: { ...HQ, dns: [{ min: '+1-5135550030', max: '+1-5135550031' }] },
	},
	'delete.service_provider_dns': {
		method: 'DELETE',
		path: '/service-providers/dns',
		data: { ...SP, dns: [FREE] },
	},
	'get.user_by_id': {
		method: 'GET',
		path: '/users',
		params: { userId: MADE },
		keys: USER_PROFILE,
	},
	'get.users of a group': { method: 'GET', path: '/users', params: HQ, keys: [...PLACE, 'userId'] },
	'get.users of an enterprise': { method: 'GET', path: '/users', params: SP, keys: ['userId'] },
	'get.users by a filter': {
		method: 'GET',
		path: '/users',
		params: { lastName: '*Adler*', limit: '10' },
		keys: ['userId', 'lastName'],
	},
	'get.users by the MAC address of a device': {
		method: 'GET',
		path: '/users',
		params: { macAddress: '0123456789AB' },
		keys: ['userId', 'lastName'],
	},
	'get.user_login_info': {
		method: 'GET',
		path: '/users/login',
		params: { userId: USER },
		keys: [
			...[...PLACE, 'userId', 'loginType', 'locale', 'encoding', 'isEnterprise', 'lastName'],
			...['passwordExpiresDays', 'firstName', 'isAlternateUserId', 'broadworksUserId'],
			'departmentName',
		],
	},
	'get.user_portal_passcode': {
		method: 'GET',
		path: '/users/portal-passcode',
		params: { userId: USER },
		keys: ['userId', 'isLoginDisabled', 'expirationDays', 'passcode'],
	},
	'get.user_report': {
		method: 'GET',
		path: '/users/reports/users',
		params: { userId: MADE },
		keys: [
			...[...PLACE, 'userId', 'lastName', 'callingLineIdLastName', 'language', 'timeZone'],
			...['accessDeviceEndpoint', 'trunkAddressing', 'endpointType', 'departmentName'],
			...['inTrunkGroup', 'premiumServices', 'userServices', 'servicePacks', 'userLinePorts'],
		],
	},
	'get.user_alternate_numbers': {
		method: 'GET',
		path: '/users/alternate-numbers',
		params: { userId: USER },
		keys: [
			...['userId', 'distinctiveRing', 'alternateEntries.phoneNumber'],
			...['alternateEntries.extension', 'alternateEntries.ringPattern'],
			'alternateEntries.alternateEntryId',
		],
	},
	'put.user_id': {
		method: 'PUT',
		path: '/users/user-id',
		data: { userId: USER, newUserId: 'anna.new@example.com' },
	},
	'put.user_group_id_update': {
		method: 'PUT',
		path: '/users/group-id',
		data: { userId: USER, newGroupId: 'acme-plant', evaluateOnly: false },
		keys: ['groupId', 'userId', 'endpointType', 'phoneNumber', 'department.name'],
	},
	'put.user_portal_passcode': {
		method: 'PUT',
		path: '/users/portal-passcode',
		data: { userId: USER, newPasscode: '12345' },
	},
	'post.user_reset': {
		method: 'POST',
		path: '/users/reset',
		data: {
			userId: USER,
			removeFromGroupServices: true,
			removeCallRecords: false,
			removeAlternateUserIds: true,
			removeWebexPerson: true,
			cycleServicePacks: false,
			resetPasswordPasscode: false,
		},
	},
	'post.user': {
		method: 'POST',
		path: '/users',
		data: { ...NEW_USER, userId: 'john.smith@example.com', extension: '1234' },
		keys: [...USER_PROFILE, 'extension', 'phoneNumber', 'department.name', 'emailAddress'],
	},
	'put.user': {
		method: 'PUT',
		path: '/users',
		data: { ...HQ, userId: MADE, address: { addressLine1: 'Bldg 1', city: 'Cincinnati' } },
		keys: [...USER_PROFILE, 'address.addressLine1', 'department.name'],
	},
	'put.users_bulk': {
		method: 'PUT',
		path: '/users/bulk',
		data: { users: [{ userId: USER }], data: { address: { city: 'Cincinnati' } } },
		keys: ['users.userId', 'data.address'],
	},
	'delete.user': { method: 'DELETE', path: '/users', params: { userId: USER } },
	'get.group_services': {
		method: 'GET',
		path: '/groups/services',
		params: HQ,
		keys: [
			...PLACE,
			...['serviceName', 'authorized', 'assigned', 'limited', 'quantity', 'usage', 'licensed']
				.concat(['allowed', 'userAssignable', 'groupServiceAssignable', 'tags', 'alias'])
				.map((key) => `userServices.${key}`),
			'groupServices.serviceName',
			'servicePackServices.serviceName',
		],
	},
	'get.group_services_user_assigned': {
		method: 'GET',
		path: '/groups/services/assigned',
		params: { ...HQ, serviceType: 'userServices', serviceName: 'Authentication' },
		keys: [...PLACE, 'serviceType', 'serviceName', 'users'],
	},
	'get.user_services': {
		method: 'GET',
		path: '/users/services',
		params: { userId: USER },
		keys: [
			...[...PLACE, 'userId', 'userServices.serviceName', 'userServices.assigned'],
			...['userServices.tags', 'userServices.alias', 'servicePackServices.serviceName'],
			...['servicePackServices.assigned', 'servicePackServices.description'],
		],
	},
	'get.user_services_assigned': {
		method: 'GET',
		path: '/users/services/assigned',
		params: { userId: USER },
		keys: ['userId', 'userServices', 'groupServices'],
	},
	'put.user_services': {
		method: 'PUT',
		path: '/users/services',
		data: { userId: USER, servicePackServices: [{ serviceName: 'SIP-DID', assigned: true }] },
		keys: ['userId', 'userServices', 'servicePackServices'],
	},
	'get.user_service_settings': {
		method: 'GET',
		path: '/users/services/settings',
		params: { userId: 'line@example.net' },
		keys: ['userId', 'Call Forwarding Always.isActive', 'Authentication.groupId'],
	},
	'put.user_service_settings': {
		method: 'PUT',
		path: '/users/services/settings',
		data: {
			userId: 'line@example.net',
			'Call Forwarding Always': { isActive: true, forwardToPhoneNumber: 1509 },
		},
		keys: ['userId', 'Call Forwarding Always.forwardToPhoneNumber'],
	},
	'put.user_authentication_service': {
		method: 'PUT',
		path: '/users/authentication',
		data: { userId: 'line@example.net', newPassword: 'NewPassword123!' },
		keys: ['userId', 'userName', 'newPassword'],
	},
	'put.user_web_authentication_password': {
		method: 'PUT',
		path: '/users/passwords',
		data: { userId: USER, newPassword: 'NewPassword123!' },
	},
	'get.user_registration': {
		method: 'GET',
		path: '/users/registration',
		params: { userId: 'line@example.net' },
		keys: ['userId', 'registrations.deviceLevel', 'registrations.uRI', 'registrations.line/Port'],
	},
	'get.bulk_user_registration': {
		method: 'GET',
		path: '/users/registration/bulk',
		params: NORTH,
		keys: [...PLACE, 'users.profile', 'users.data'],
	},
	'get.password_generate': {
		method: 'GET',
		path: '/password/generate',
		params: HQ,
		keys: ['password'],
	},
	'get.sip_password_generate': {
		method: 'GET',
		path: '/sip-password/generate',
		keys: ['password'],
	},
	'get.passwords_generate': {
		method: 'GET',
		path: '/password/generate',
		params: { ...HQ, limit: '20' },
		keys: ['passwords'],
	},
	'get.sip_passwords_generate': {
		method: 'GET',
		path: '/sip-password/generate',
		params: { limit: '20' },
		keys: ['passwords'],
	},
	'get.passcode_generate': {
		method: 'GET',
		path: '/passcode/generate',
		params: HQ,
		keys: ['passcode'],
	},
	'get.passcodes_generate': {
		method: 'GET',
		path: '/passcode/generate',
		params: { ...HQ, limit: '10' },
		keys: ['passcodes'],
	},
};
