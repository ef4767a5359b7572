import { createBody, HQ, NORTH, SOUTH } from './documentedTrunkGroup';
import type { Answer } from './odinClient';
import { NEW_USER, onTrunk } from './newUser';
import { useSimulator } from './useSimulator';

/**
 * What is known of the calls by which a trunk is turned up and taken down, one case each: the call and its answer, in
 * the order in which a trunk comes to carry calls. What the client odins_spear sends too stands in odinsSpear.test.ts.
 */
interface Case {
	says: string;
	/** What happened before; nothing of it is refused. */
	first?: Call[];
	call: Call;
	/** What the answer contains, or the words of a refusal. */
	answer: object | RegExp;
}

type Call = readonly [call: string, data?: object];

const ACME = { serviceProviderId: HQ.serviceProviderId };
const LAB = { ...ACME, groupId: 'acme-lab' };
const PLANT = { ...ACME, groupId: 'acme-plant' };
const DEVICE = { ...HQ, deviceName: 'acme-sbc-1' };
const NORTH_DEVICE = { ...NORTH, deviceName: 'north-sbc-1' };
const NORTH_TRUNK = { ...NORTH, name: 'north-trunk-1' };
const PLANT_DEVICE = { ...PLANT, deviceName: 'plant-pbx-1' };
const ANNA = { userId: 'anna.adler@example.com' };
const BEN = { userId: 'ben.baker@example.com' };
const PILOT = { userId: 'north-pilot@example.net' };
const NUMBER = '+1-5135550030';
const TRUNK = { ...HQ, name: 'acme-hq-trunk-1' };

/** A list that has this row among others. */
const among = (row: object) => expect.arrayContaining([expect.objectContaining(row)]) as object;
const service = (more: object) => ({ groupServices: [{ serviceName: 'Trunk Group', ...more }] });
const dns = (min: string, more: object = {}) => ({ dns: [{ min, ...more }] });
const offTrunk = { endpointType: 'none', trunkAddressing: null };
const newUser = (more: object = {}) => ({ ...NEW_USER, ...more });
const pilotUser = {
	userId: 'new-pilot@example.com',
	lastName: 'Pilot',
	firstName: 'New',
	callingLineIdLastName: 'Pilot',
	callingLineIdFirstName: 'New',
	linePort: 'new-pilot_trunk@example.com',
};
const authentication = (user: object): Call => [
	'PUT /users/services',
	{ ...user, userServices: [{ serviceName: 'Authentication', assigned: true }] },
];

const CAPACITY: Case[] = [
	...(['GET', 'PUT'] as const).flatMap((method): Case[] => [
		{
			says: `the call capacity of a group wants the service Trunk Group assigned: ${method}`,
			call: [`${method} /groups/trunk-groups/call-capacity`, { ...LAB, maxActiveCalls: 1 }],
			answer: /Trunk Group is not assigned/,
		},
		{
			says: `the call capacity of a service provider wants it authorized: ${method}`,
			call: [
				`${method} /service-providers/trunk-groups/call-capacity`,
				{ serviceProviderId: 'no-trunks', maxActiveCalls: 1 },
			],
			answer: /Trunk Group is not authorized/,
		},
	]),
	{
		says: 'the call capacity of a group can be set once the service is there',
		first: [['PUT /groups/services', { ...LAB, ...service({ assigned: true }) }]],
		call: ['PUT /groups/trunk-groups/call-capacity', { ...LAB, maxActiveCalls: 5 }],
		answer: { ...LAB, maxActiveCalls: 5, maxAvailableActiveCalls: 500 },
	},
	{
		says: 'a group has no more than its service provider',
		call: ['PUT /groups/trunk-groups/call-capacity', { ...HQ, maxActiveCalls: 501 }],
		answer: /exceeds the call capacity of the service provider, 500/,
	},
	{
		says: 'a trunk group has no more than its group',
		call: ['POST /groups/trunk-groups', createBody({ name: 'new', maxActiveCalls: 101 })],
		answer: /exceeds the call capacity of the group, 100/,
	},
];

const SERVICES: Case[] = [
	{
		says: 'a service is authorized first, then assigned',
		first: [['PUT /groups/services', { ...LAB, ...service({ authorized: false }) }]],
		call: ['PUT /groups/services', { ...LAB, ...service({ assigned: true }) }],
		answer: /not authorized for the group/,
	},
	{
		says: 'both may stand in one row, with booleans and numbers as text',
		first: [['PUT /groups/services', { ...LAB, ...service({ authorized: false }) }]],
		call: [
			'PUT /groups/services',
			{ ...LAB, ...service({ authorized: 'true', assigned: 'true', quantity: '3' }) },
		],
		answer: {
			groupServices: among({ serviceName: 'Trunk Group', assigned: true, quantity: 3 }),
		},
	},
	{
		says: 'a limited service becomes unlimited',
		first: [['PUT /groups/services', { ...HQ, ...service({ quantity: 3 }) }]],
		call: ['PUT /groups/services', { ...HQ, ...service({ isUnlimited: true }) }],
		answer: {
			groupServices: among({ serviceName: 'Trunk Group', quantity: -1, limited: 'Unlimited' }),
		},
	},
	{
		says: 'what is assigned is listed',
		first: [['PUT /groups/services', { ...LAB, ...service({ assigned: true }) }]],
		call: ['GET /groups/services/assigned', LAB],
		answer: { groupServices: [{ serviceName: 'Trunk Group' }] },
	},
	{
		says: 'a group service stays while it is in use',
		call: ['PUT /groups/services', { ...NORTH, ...service({ assigned: false }) }],
		answer: /in use/,
	},
	{
		says: 'what a group may be given is a list of names',
		call: ['GET /groups/services/available', LAB],
		answer: expect.arrayContaining(['Trunk Group', 'Authentication', 'SIP-DID']) as object,
	},
	{
		says: 'the service names the one that is not licensed',
		call: [
			'PUT /users/services',
			{ ...ANNA, userServices: [{ serviceName: 'Voice Messaging User', assigned: true }] },
		],
		answer: /\[Error 4400\].*Voice Messaging User/,
	},
];

const DEVICES: Case[] = [
	{
		says: 'a list of devices has rows',
		call: ['GET /groups/devices', HQ],
		answer: [
			{ deviceName: 'acme-sbc-1', deviceLevel: 'Group', deviceType: 'Generic SIP IP-PBX' },
			{ deviceName: 'acme-sbc-2' },
		],
	},
	{
		says: 'with a name there is one device',
		call: ['GET /groups/devices', DEVICE],
		answer: { ...DEVICE, numberOfPorts: { unlimited: 'true' }, numberOfAssignedPorts: 0 },
	},
	{
		says: 'a new device has the first protocol of its type',
		call: ['POST /groups/devices', { ...HQ, deviceName: 'new', deviceType: 'Media Gateway' }],
		answer: { protocol: 'MGCP 1.0', numberOfPorts: { quantity: '4' }, macAddress: '' },
	},
	{
		says: 'custom credentials want a user name',
		call: [
			'POST /groups/devices',
			{
				...{ ...HQ, deviceName: 'new', deviceType: 'Generic SIP Phone' },
				...{ useCustomUserNamePassword: true, accessDeviceCredentials: { password: 'secret' } },
			},
		],
		answer: /accessDeviceCredentials\.userName/,
	},
	{
		says: 'a MAC address has no separators',
		call: ['PUT /groups/devices', { ...DEVICE, macAddress: '00:11:22:33:44:55' }],
		answer: /macAddress/,
	},
	{
		says: 'a device keeps its type',
		call: ['PUT /groups/devices', { ...DEVICE, deviceType: 'Generic SIP Phone' }],
		answer: /type of an access device cannot be changed/,
	},
	{
		says: 'what is read only is sent back without effect',
		call: [
			'PUT /groups/devices',
			{
				...{ ...DEVICE, numberOfPorts: { quantity: '1' }, numberOfAssignedPorts: '7' },
				...{ status: 'Offline', configurationMode: 'x', version: '1', userName: 'x' },
			},
		],
		answer: { status: 'Online', numberOfPorts: { unlimited: 'true' }, numberOfAssignedPorts: 0 },
	},
	{
		says: 'the device of a trunk group with users can not be changed',
		call: ['PUT /groups/devices', { ...NORTH_DEVICE, netAddress: '192.0.2.1' }],
		answer: /cannot be changed while it is in use by north-pilot/,
	},
	{
		says: 'nor can a trunk group with users be given another one',
		call: ['PUT /groups/trunk-groups', { ...NORTH_TRUNK, accessDevice: null }],
		answer: /cannot be changed while users are assigned/,
	},
	{
		says: 'a device without users is changed although a trunk group names it',
		call: ['PUT /groups/devices', { ...PLANT_DEVICE, netAddress: '192.0.2.1' }],
		answer: { netAddress: '192.0.2.1' },
	},
	{
		says: 'but it is not deleted',
		call: ['DELETE /groups/devices', PLANT_DEVICE],
		answer: /used by a trunk group: plant-overflow/,
	},
	{
		says: 'once the trunk group is gone it is',
		first: [['DELETE /groups/trunk-groups', { ...PLANT, name: 'plant-overflow' }]],
		call: ['DELETE /groups/devices', PLANT_DEVICE],
		answer: {},
	},
	{
		says: 'who uses a device is read by POST',
		call: ['POST /groups/devices/users', NORTH_DEVICE],
		answer: { ...NORTH_DEVICE, users: [PILOT, {}, {}] },
	},
	{
		says: 'and tells users alone: a trunk group without users is use that it does not show',
		call: ['POST /groups/devices/users', PLANT_DEVICE],
		answer: { ...PLANT_DEVICE, users: [] },
	},
	{
		says: 'the list of trunk groups shows that use',
		call: ['GET /groups/trunk-groups', PLANT],
		answer: [{ name: 'plant-overflow', deviceName: 'plant-pbx-1', deviceLevel: 'Group' }],
	},
	...['/groups/device-types', '/system/device-types'].flatMap((path): Case[] => [
		{
			says: `${path} lists types with their protocols`,
			call: [`GET ${path}`, HQ],
			answer: among({ deviceType: 'Media Gateway', protocolChoice: ['MGCP 1.0', 'SIP 2.0'] }),
		},
		{
			says: `${path} has one by its name`,
			call: [`GET ${path}`, { ...HQ, deviceType: 'Generic SIP Gateway' }],
			answer: { deviceType: 'Generic SIP Gateway', numberOfPorts: { quantity: '2' } },
		},
	]),
];

const NUMBERS: Case[] = [
	{
		says: 'assigned to a group is not activated',
		first: [['POST /groups/dns', { ...HQ, ...dns('+1-5135550000') }]],
		call: ['GET /groups/dns', { ...HQ, q: 'default' }],
		answer: {
			dns: among({ min: '+1-5135550000', max: null, assigned: false, activated: false }),
		},
	},
	{
		says: 'activated is told number by number',
		call: ['PUT /groups/dns', { ...HQ, ...dns(NUMBER, { max: NUMBER }) }],
		answer: /activated/,
	},
	{
		says: 'a number of somebody else is named with who has it',
		call: ['POST /groups/dns', { ...HQ, ...dns('+1-5135550040') }],
		answer: /already assigned to the group acme-plant: \+1-5135550040/,
	},
	{
		says: 'a service provider tells which group has a number',
		call: ['GET /service-providers/dns', { ...ACME, q: 'default' }],
		answer: {
			dns: among({ min: '+1-5135550040', max: null, groupId: 'acme-plant', canDelete: false }),
		},
	},
	{
		says: 'a user has numbers',
		first: [['PUT /users', { ...ANNA, phoneNumber: NUMBER, activatePhoneNumber: true }]],
		call: ['GET /users/dns', ANNA],
		answer: { ...ANNA, dns: [{ min: NUMBER, max: null, activated: true }] },
	},
	{
		says: "a user's number must be the group's, not only the service provider's",
		call: ['POST /users', newUser({ phoneNumber: '+1-5135550000' })],
		answer: /not assigned to the group: \+1-5135550000/,
	},
	{
		says: 'nor one of another group',
		call: ['POST /users', newUser({ phoneNumber: '+1-5135550040' })],
		answer: /not assigned to the group/,
	},
	{
		says: 'a number stays in the group while a user has it',
		first: [['PUT /users', { ...ANNA, phoneNumber: NUMBER }]],
		call: ['DELETE /groups/dns', { ...HQ, ...dns(NUMBER) }],
		answer: /in use by anna\.adler/,
	},
	{
		says: 'once the user is deleted it can be taken from the group',
		first: [
			['PUT /users', { ...ANNA, phoneNumber: NUMBER }],
			['DELETE /users', ANNA],
		],
		call: ['DELETE /groups/dns', { ...HQ, ...dns(NUMBER) }],
		answer: {},
	},
];

const USERS: Case[] = [
	{
		says: 'an update is sparse',
		call: ['PUT /users', { ...ANNA, ...onTrunk('anna@line') }],
		answer: { ...HQ, lastName: 'Adler', endpointType: 'trunkAddressing' },
	},
	{
		says: 'an extension keeps its leading zeros',
		call: ['PUT /users', { ...ANNA, extension: '0012' }],
		answer: { extension: '0012' },
	},
	{
		says: 'user ids are unique in the system',
		call: ['POST /users', newUser({ userId: 'North-Pilot@example.net' })],
		answer: /already exists/,
	},
	{
		says: 'line ports are unique in the system',
		call: ['POST /users', newUser(onTrunk('North-Pilot_trunk@example.net'))],
		answer: /line port is already in use/,
	},
	{
		says: 'numbers are unique in the system',
		first: [['PUT /users', { ...BEN, phoneNumber: NUMBER }]],
		call: ['POST /users', newUser({ phoneNumber: NUMBER })],
		answer: /already in use by ben\.baker/,
	},
	{
		says: 'a group has a user limit',
		call: ['POST /users', newUser({ groupId: 'acme-full' })],
		answer: /user limit of 0/,
	},
	{
		says: 'which holds for a pilot user that comes with its trunk group, too',
		call: ['POST /groups/trunk-groups', createBody({ groupId: 'acme-full', pilotUser })],
		answer: /user limit of 0/,
	},
	{
		says: 'a pilot user must be a user of the trunk group',
		call: ['PUT /groups/trunk-groups', { ...TRUNK, pilotUserId: BEN.userId }],
		answer: /not a user of the trunk group/,
	},
	{
		says: 'a user of it can be',
		first: [['PUT /users', { ...BEN, ...onTrunk('ben@line') }]],
		call: ['PUT /groups/trunk-groups', { ...TRUNK, pilotUserId: BEN.userId }],
		answer: { pilotUserId: BEN.userId },
	},
	{
		says: 'a pilot user can not be deleted',
		call: ['DELETE /users', PILOT],
		answer: /pilot user/,
	},
	{
		says: 'nor leave its trunk group',
		call: ['PUT /users', { ...PILOT, ...offTrunk }],
		answer: /pilot user/,
	},
	{
		says: 'it leaves once the trunk group has it no longer',
		first: [['PUT /groups/trunk-groups', { ...NORTH_TRUNK, pilotUserId: null }]],
		call: ['PUT /users', { ...PILOT, ...offTrunk }],
		answer: { endpointType: 'none' },
	},
	{
		says: 'a trunk group stays while it has a pilot user',
		call: ['DELETE /groups/trunk-groups', NORTH_TRUNK],
		answer: /pilot user/,
	},
	{
		says: 'and while it has users',
		first: [['PUT /groups/trunk-groups', { ...NORTH_TRUNK, pilotUserId: null }]],
		call: ['DELETE /groups/trunk-groups', NORTH_TRUNK],
		answer: /users assigned/,
	},
];

const CREDENTIALS: Case[] = [
	{
		says: 'SIP authentication wants the service Authentication',
		call: ['PUT /users/authentication', { ...ANNA, userName: 'anna', newPassword: 'Secret123' }],
		answer: /Authentication is not assigned/,
	},
	{
		says: 'it takes what is to be done with the device, and shows no password',
		first: [authentication(ANNA)],
		call: [
			'PUT /users/authentication',
			{
				...{ ...ANNA, userName: 'anna', newPassword: 'Secret123' },
				...{ rebuildDevice: true, resetDevice: false },
			},
		],
		answer: { ...ANNA, userName: 'anna', newPassword: '' },
	},
	{
		says: 'passwords are made by POST as well',
		call: ['POST /sip-password/generate', HQ],
		answer: { password: expect.any(String) as string },
	},
	{
		says: 'those of the portal, too',
		call: ['POST /password/generate', HQ],
		answer: { password: expect.any(String) as string },
	},
	{
		says: 'a group has a default domain',
		call: ['GET /groups/domains', SOUTH],
		answer: { default: 'example.net', domains: ['example.net'] },
	},
];

const odin = useSimulator(async ({ simulator }) => {
	const { network } = simulator;
	network.addServiceProvider({ serviceProviderId: 'no-trunks', trunkGroupsAuthorized: false });
	network.addGroup({ ...ACME, groupId: 'acme-full', userLimit: 0 });
	network.addTrunkGroup(TRUNK);
	network.stores.deviceTypes.add({
		deviceType: 'Media Gateway',
		numberOfPorts: { quantity: '4' },
		protocolChoice: ['MGCP 1.0', 'SIP 2.0'],
	});
});

async function answerTo([call, data = {}]: Call): Promise<Answer> {
	const [method, url = ''] = call.split(' ');
	const inQuery = method === 'GET' || (method === 'DELETE' && !url.endsWith('/dns'));
	return await odin.client.request({ method, url, ...(inQuery ? { params: data } : { data }) });
}

describe.each<[string, Case[]]>([
	['services', SERVICES],
	['call capacity', CAPACITY],
	['devices', DEVICES],
	['numbers', NUMBERS],
	['users', USERS],
	['credentials', CREDENTIALS],
])('%s', (_, cases) => {
	test.each(cases)('$says', async ({ first = [], call, answer }) => {
		for (const one of first) expect(await answerTo(one)).toMatchObject({ status: 200 });
		const before = odin.simulator.network.copyOfState();
		const { status, data } = await answerTo(call);
		if (answer instanceof RegExp) {
			expect([status, data.error]).toEqual([400, expect.stringMatching(answer)]);
			expect(odin.simulator.network.copyOfState()).toEqual(before);
		} else {
			expect({ status, data: data || {} }).toMatchObject({ status: 200, data: answer });
		}
	});
});
