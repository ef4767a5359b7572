import type { Network } from './network';
import { AUTHENTICATION_SERVICE, groupServices } from './services';
import { SYSTEM_SIP_PASSWORD_RULES } from './sipPasswordRules';
import { hostedUserRow } from '../users/rows';

/** Adds what a simulator starts with; the README beside the simulator describes it. */
export function addExamples(network: Network): void {
	network.addDevice({ deviceName: 'system-sbc-1' });
	addAcme(network);
	addGlobex(network);
	addCityTel(network);
	addNumbers(network);
}

/** An enterprise with room, its groups still without much in them. */
function addAcme(network: Network): void {
	const enterprise = { serviceProviderId: 'acme-ent' };
	network.addServiceProvider({
		...enterprise,
		serviceProviderName: 'Acme Industries',
		callCapacity: { maxActiveCalls: 500, burstingMaxActiveCalls: -1 },
	});
	network.addDepartment({ ...enterprise, name: 'Corporate' });
	network.addDevice({ ...enterprise, deviceName: 'acme-shared-sbc' });

	const hq = { ...enterprise, groupId: 'acme-hq' };
	network.addGroup({
		...hq,
		groupName: 'Acme Headquarters',
		userLimit: 200,
		domains: ['example.com', 'hq.example.com'],
		callCapacity: { maxActiveCalls: 100, burstingMaxActiveCalls: 20 },
	});
	network.addDepartment({ ...hq, name: 'Operations' });
	network.addDepartment({ ...hq, name: 'Sales' });
	network.addDevice({ ...hq, deviceName: 'acme-sbc-1' });
	network.addDevice({ ...hq, deviceName: 'acme-sbc-2', numberOfPorts: { quantity: '2' } });
	for (const [userId, firstName, lastName] of [
		['anna.adler', 'Anna', 'Adler'],
		['ben.baker', 'Ben', 'Baker'],
		['cleo.chen', 'Cleo', 'Chen'],
	] as const) {
		network.addUser({ ...hq, userId: `${userId}@example.com`, firstName, lastName });
	}

	const plant = { ...enterprise, groupId: 'acme-plant' };
	network.addGroup({
		...plant,
		groupName: 'Acme Plant',
		userLimit: 50,
		callCapacity: { maxActiveCalls: 5, burstingMaxActiveCalls: 0 },
	});
	network.addDevice({ ...plant, deviceName: 'plant-pbx-1' });
	network.addTrunkGroup({
		...plant,
		name: 'plant-overflow',
		maxActiveCalls: 5,
		accessDevice: { deviceLevel: 'Group', deviceName: 'plant-pbx-1' },
	});

	network.addGroup({
		...enterprise,
		groupId: 'acme-lab',
		groupName: 'Acme Lab',
		services: groupServices({ 'Trunk Group': { assigned: false } }),
		callCapacity: { maxActiveCalls: 0, burstingMaxActiveCalls: 0 },
	});
}

/** An enterprise in full use: trunk users, a pilot user, hosted users, forwarding, rerouting, own password rules. */
function addGlobex(network: Network): void {
	const enterprise = { serviceProviderId: 'globex-ent' };
	network.addServiceProvider({
		...enterprise,
		serviceProviderName: 'Globex Corporation',
		defaultDomain: 'example.net',
		callCapacity: { maxActiveCalls: 40, burstingMaxActiveCalls: -1, numberOfBurstingBTLUs: 1 },
		sipPasswordRules: {
			...SYSTEM_SIP_PASSWORD_RULES,
			minLength: 16,
			minDigits: 2,
			restrictMinNonAlphanumericCharacters: true,
			minNonAlphanumericCharacters: 2,
			disallowOldPassword: true,
		},
	});

	const north = { ...enterprise, groupId: 'globex-north' };
	network.addGroup({
		...north,
		groupName: 'Globex North',
		defaultDomain: 'example.net',
		callCapacity: { maxActiveCalls: 35, burstingMaxActiveCalls: -1, numberOfBurstingBTLUs: 1 },
	});
	network.addDepartment({ ...north, name: 'Contact Center' });
	network.addDevice({ ...north, deviceName: 'north-sbc-1' });

	const south = { ...enterprise, groupId: 'globex-south' };
	network.addGroup({
		...south,
		groupName: 'Globex South',
		defaultDomain: 'example.net',
		callCapacity: { maxActiveCalls: 30, burstingMaxActiveCalls: 0 },
	});
	network.addTrunkGroup({
		...south,
		name: 'south-trunk-1',
		maxActiveCalls: 10,
		callForwardingAlwaysAction: 'Forward',
		callForwardingAlwaysForwardAddress: '15550100123',
	});

	const hosted = network.addUser({
		...north,
		userId: 'hana.hosted@example.net',
		firstName: 'Hana',
		lastName: 'Hosted',
		extension: '2001',
	});
	network.addTrunkGroup({
		...north,
		name: 'north-trunk-1',
		maxActiveCalls: 20,
		maxIncomingCalls: 15,
		maxOutgoingCalls: 15,
		enableBursting: true,
		burstingMaxActiveCalls: 5,
		accessDevice: { deviceLevel: 'Group', deviceName: 'north-sbc-1' },
		department: { ...north, name: 'Contact Center' },
		requireAuthentication: true,
		sipAuthenticationUserName: 'north-trunk-1',
		sipAuthenticationPassword: 'Ab12!?Cd34-Ef56-Gh',
		trunkGroupIdentity: 'north-trunk-1@example.net',
		pilotUserId: 'north-pilot@example.net',
		callForwardingAlwaysForwardAddress: '123123123',
		unreachableDestinationAction: 'Reroute',
		unreachableDestinationRerouteTrunkGroupKey: { ...south, name: 'south-trunk-1' },
		totalActiveIncomingCalls: 3,
		totalActiveOutgoingCalls: 2,
		users: [hostedUserRow(hosted)],
	});
	network.addEnterpriseTrunk({
		...enterprise,
		enterpriseTrunkName: 'globex-trunk',
		maximumRerouteAttempts: 2,
		orderedRouting: { orderingAlgorithm: 'Overflow' },
		trunkGroups: [
			{ groupId: 'globex-north', trunkGroupName: 'north-trunk-1' },
			{ groupId: 'globex-south', trunkGroupName: 'south-trunk-1' },
		],
	});
	for (const userId of ['north-pilot', 'north-line-1', 'north-line-2']) {
		network.addUser({
			...north,
			userId: `${userId}@example.net`,
			firstName: 'Trunk',
			lastName: userId,
			linePort: `${userId}_trunk@example.net`,
			trunkGroup: 'north-trunk-1',
			services: [AUTHENTICATION_SERVICE],
		});
	}
}

/** A service provider that is no enterprise. */
function addCityTel(network: Network): void {
	const serviceProvider = { serviceProviderId: 'citytel-sp' };
	network.addServiceProvider({
		...serviceProvider,
		serviceProviderName: 'CityTel',
		isEnterprise: false,
		defaultDomain: 'example.net',
		callCapacity: { maxActiveCalls: -1, burstingMaxActiveCalls: 0 },
	});
	network.addGroup({
		...serviceProvider,
		groupId: 'citytel-bakery',
		groupName: 'Corner Bakery',
		defaultDomain: 'example.net',
		userLimit: 10,
		callCapacity: { maxActiveCalls: 2, burstingMaxActiveCalls: 0 },
	});
	network.addGroup({
		...serviceProvider,
		groupId: 'citytel-hotel',
		groupName: 'Harbour Hotel',
		defaultDomain: 'example.net',
		callCapacity: { maxActiveCalls: 60, burstingMaxActiveCalls: 0 },
	});
	network.addDevice({ ...serviceProvider, groupId: 'citytel-hotel', deviceName: 'hotel-pbx-1' });
}

/** Numbers of the service providers, some of them given to groups, some of these activated. */
function addNumbers(network: Network): void {
	const acme = { serviceProviderId: 'acme-ent' };
	const globex = { serviceProviderId: 'globex-ent' };
	const cityTel = { serviceProviderId: 'citytel-sp' };
	network.addNumbers({ ...acme, min: '+1-5135550000', max: '+1-5135550009' });
	network.addNumbers({
		...acme,
		groupId: 'acme-hq',
		min: '+1-5135550010',
		max: '+1-5135550029',
		activated: true,
	});
	network.addNumbers({
		...acme,
		groupId: 'acme-hq',
		min: '+1-5135550030',
		max: '+1-5135550039',
	});
	network.addNumbers({ ...acme, groupId: 'acme-plant', min: '+1-5135550040' });
	network.addNumbers({ ...acme, min: '+1-5135550050', max: '+1-5135550099' });
	network.addNumbers({
		...globex,
		groupId: 'globex-north',
		min: '+1-6145550100',
		max: '+1-6145550119',
		activated: true,
	});
	network.addNumbers({
		...cityTel,
		groupId: 'citytel-hotel',
		min: '+44-2079460100',
		max: '+44-2079460109',
	});
	network.addNumbers({ ...cityTel, min: '+44-2079460110', max: '+44-2079460199' });
}
