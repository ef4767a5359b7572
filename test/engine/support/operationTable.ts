import type { Network } from '../../../simulator';
import type { Json, OdinRuns } from './odinRuns';

/** How one operation is run for one input item of `siteItems`. */
export interface OperationRow {
	parameters: Json;
	/** Whether it changes something and so has Preview Only. */
	writes?: true;
	/** It names nothing, so that no single item can be refused by Odin. */
	namesNothing?: true;
	/** What Odin answers to make it fail. Default 400. */
	refusal?: number;
}

const serviceProvider = { serviceProviderId: '={{ $json.serviceProvider }}' };
const group = { ...serviceProvider, groupId: '={{ $json.group }}' };
const existing = { ...group, trunkGroup: '={{ $json.name }}' };
const existingDevice = { ...group, device: '={{ $json.device }}' };
const user = { userId: '={{ $json.user }}' };

/** Every operation of the node by resource and operation. A test fails for one that is not here. */
export const OPERATIONS: Readonly<Record<string, OperationRow>> = {
	'trunkGroup.create': {
		parameters: { ...group, name: '={{ $json.name }}-new', maxActiveCalls: 3 },
		writes: true,
	},
	'trunkGroup.upsert': {
		parameters: { ...group, name: '={{ $json.name }}', identity: { prefix: '0099' } },
		writes: true,
	},
	'trunkGroup.update': {
		parameters: { ...existing, callCapacity: { maxActiveCalls: '={{ $json.calls }}' } },
		writes: true,
	},
	'trunkGroup.get': { parameters: existing },
	'trunkGroup.getAll': { parameters: group },
	'trunkGroup.delete': {
		parameters: { ...group, trunkGroup: '={{ $json.name }}-idle' },
		writes: true,
	},
	'trunkGroup.compare': { parameters: { ...existing, callCapacity: { maxActiveCalls: 1 } } },
	'trunkGroup.export': { parameters: existing },
	'trunkGroup.audit': { parameters: group },
	'trunkGroup.getReferences': { parameters: existing },
	'trunkGroup.getUsers': { parameters: existing },
	'trunkGroup.getAvailableUsers': { parameters: existing },
	'callCapacity.get': { parameters: group },
	'callCapacity.update': {
		parameters: { ...group, maxActiveCalls: '={{ $json.calls }}' },
		writes: true,
	},
	'change.undo': {
		parameters: {
			before:
				'={{ { serviceProviderId: $json.serviceProvider, groupId: $json.group, name: $json.name, ' +
				'outcome: "updated", trunkGroup: {}, ' +
				'changes: [{ field: "maxActiveCalls", from: 7, to: $json.calls - 10 }] } }}',
		},
		writes: true,
	},
	'callCapacity.getReport': { parameters: serviceProvider },
	// Where Odin refuses to generate one, the node makes one itself.
	'sipPassword.generate': { parameters: group, refusal: 401 },
	'groupService.getAll': { parameters: group },
	'groupService.update': { parameters: { ...group, services: 'Music On Hold' }, writes: true },
	'number.getAll': { parameters: group },
	'number.find': { parameters: { ...group, number: '={{ $json.number }}2' } },
	'number.assign': { parameters: { ...group, numbers: '={{ $json.number }}5-9' }, writes: true },
	'number.unassign': { parameters: { ...group, numbers: '={{ $json.number }}1' }, writes: true },
	'number.activate': { parameters: { ...group, numbers: '={{ $json.number }}1' }, writes: true },
	'number.deactivate': { parameters: { ...group, numbers: '={{ $json.number }}2' }, writes: true },
	'serviceProvider.getAll': { parameters: {}, namesNothing: true },
	'group.getAll': { parameters: serviceProvider },
	'device.create': {
		parameters: {
			...group,
			deviceName: '={{ $json.device }}-new',
			deviceType: 'Generic SIP IP-PBX',
			deviceFields: { netAddress: '192.0.2.10' },
		},
		writes: true,
	},
	'device.upsert': {
		parameters: { ...group, deviceName: '={{ $json.device }}', deviceFields: { port: 5061 } },
		writes: true,
	},
	'device.update': {
		parameters: { ...existingDevice, deviceFields: { description: 'At the branch' } },
		writes: true,
	},
	'device.get': { parameters: existingDevice },
	'device.getAll': { parameters: group },
	'device.delete': { parameters: { ...group, device: '={{ $json.device }}-idle' }, writes: true },
	'device.compare': { parameters: { ...existingDevice, deviceFields: { port: 5061 } } },
	'device.export': { parameters: existingDevice },
	'device.getUsers': { parameters: { ...group, device: '={{ $json.device }}-used' } },
	'department.getAll': { parameters: group },
	'user.getAll': { parameters: group },
	'user.get': { parameters: user },
	'user.create': {
		parameters: {
			...group,
			newUserId: '=new-{{ $json.user }}',
			lastName: 'Adler',
			firstName: 'Anna',
		},
		writes: true,
	},
	'user.upsert': {
		parameters: {
			...group,
			newUserId: '={{ $json.user }}',
			userFields: { title: '={{ $json.calls }}' },
		},
		writes: true,
	},
	'user.update': { parameters: { ...user, userFields: { title: 'Operator' } }, writes: true },
	'user.compare': { parameters: { ...user, userFields: { title: 'Operator' } } },
	'user.delete': { parameters: user, writes: true },
	'user.assignTrunkGroup': {
		parameters: { ...user, trunkGroup: '={{ $json.name }}' },
		writes: true,
	},
	'user.removeTrunkGroup': {
		parameters: { userId: '=trunk-{{ $json.user }}' },
		writes: true,
	},
	'user.updateServices': { parameters: { ...user, services: 'Authentication' }, writes: true },
	'user.setSipAuthentication': {
		parameters: {
			userId: '=trunk-{{ $json.user }}',
			sipAuthenticationUserName: '={{ $json.name }}',
			sipAuthenticationPassword: 'Zq7-kPw2-Lm94',
		},
		writes: true,
	},
	'user.getRegistration': { parameters: user },
	'sipTrunk.get': { parameters: existing },
	'sipTrunk.takeDown': { parameters: existing, writes: true },
	'sipTrunk.turnUp': { parameters: { ...group, name: 'new-trunk' }, writes: true },
};

/** One service provider, group, trunk group, device and user each, with the calls and numbers that are asked for. */
export const SITES = [0, 1, 2].map((index) => ({
	serviceProvider: `700${index}`,
	group: `710${index}`,
	name: `720${index}`,
	device: `730${index}`,
	user: `user-${index}@example.com`,
	calls: 20 + index,
	// The numbers of the group but for their last digit
	number: `513555730${index}`,
	timeout: 30_000,
}));

/** The item in the middle, which tests make fail. */
export const MIDDLE = 1;

/** What the sites name. The ids are digits, which a spreadsheet makes numbers of. */
export function addSites(network: Network): void {
	for (const [index, site] of SITES.entries()) {
		const { serviceProvider: serviceProviderId, group: groupId, name, user: userId } = site;
		network.addServiceProvider({ serviceProviderId });
		const place = { serviceProviderId, groupId };
		network.addGroup({ ...place, userLimit: 10 + index });
		const numbersOf = (first: number, last: number) => ({
			serviceProviderId,
			min: `+1-${site.number}${first}`,
			max: `+1-${site.number}${last}`,
		});
		network.addNumbers({ ...numbersOf(0, 1), groupId });
		network.addNumbers({ ...numbersOf(2, 3), groupId, activated: true });
		network.addNumbers(numbersOf(4, 9));
		for (const ending of ['', '-idle', '-used']) {
			network.addDevice({ ...place, deviceName: `${site.device}${ending}` });
		}
		network.addUser({
			...place,
			userId: `phone-${index}@example.com`,
			accessDevice: { deviceName: `${site.device}-used`, deviceLevel: 'Group' },
		});
		network.addDepartment({ ...place, name: `department-${index}` });
		network.addUser({ ...place, userId });
		network.addUser({
			...place,
			userId: `trunk-${userId}`,
			trunkGroup: name,
			services: ['Authentication'],
		});
		network.addTrunkGroup({ ...place, name, maxActiveCalls: 10 + index });
		network.addTrunkGroup({
			...place,
			name: `${name}-idle`,
			unreachableDestinationAction: 'Reroute',
			unreachableDestinationRerouteTrunkGroupKey: { ...place, name },
		});
	}
}

/** Lets Odin refuse whatever is about the middle site, and be slow about the first, so that it is the last to end. */
export function refuseTheMiddle(odin: OdinRuns, status = 400): void {
	const about = (index: number, query: Json, body: unknown) =>
		[query, body as Json | undefined].some(
			(keys) =>
				keys?.serviceProviderId === SITES[index]?.serviceProvider ||
				String(keys?.userId ?? '').endsWith(SITES[index]!.user),
		);
	odin.simulator.injectFault(({ query, body }) => {
		if (about(0, query, body)) return { kind: 'slowBody', paceMs: 1 };
		return about(MIDDLE, query, body)
			? {
					kind: 'status',
					status,
					body: { error: 'Not today', status, details: 'Refused.' },
					// So that a refusal that is tried again is tried at once.
					headers: { 'retry-after': '0' },
				}
			: undefined;
	});
}
