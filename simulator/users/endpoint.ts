import { type Body, isObject } from '../contract/convertBody';
import type { Network } from '../network/network';
import type { DeviceLevel, User } from '../network/records';
import { malformed, missingKey, refused } from '../odinErrors';

const TRUNK_PARTS = [
	'enterpriseTrunkName',
	'alternateTrunkIdentity',
	'alternateTrunkIdentityDomain',
	'physicalLocation',
] as const;

const OFF = { trunkGroup: null, accessDevice: null, linePort: null, trunkAddressing: null };

/** What a body says about the endpoint of a user; nothing when it says nothing. */
export function endpointIn(network: Network, fields: Body, before: User | undefined): Body {
	const { endpointType, trunkAddressing, accessDeviceEndpoint } = fields;
	const trunk = isObject(trunkAddressing) ? trunkAddressing : undefined;
	const trunkEndpoint = isObject(trunk?.trunkGroupDeviceEndpoint)
		? trunk.trunkGroupDeviceEndpoint
		: undefined;
	const deviceEndpoint = isObject(accessDeviceEndpoint) ? accessDeviceEndpoint : undefined;
	// A profile that is sent back has both, one of them without anything but contacts.
	const namesTrunk = isNamed(trunkEndpoint);
	const namesDevice = isNamed(deviceEndpoint);
	if (namesTrunk && namesDevice) {
		throw refused('A user has either trunkAddressing or an accessDeviceEndpoint');
	}
	if (endpointType === 'none') return OFF;
	if (endpointType === 'trunkAddressing' || namesTrunk)
		return onTrunk(network, trunk, trunkEndpoint);
	if (endpointType === 'accessDeviceEndpoint' || namesDevice) return onDevice(deviceEndpoint);
	const leaves =
		(trunkAddressing === null && before?.trunkGroup) ||
		(accessDeviceEndpoint === null && before?.accessDevice);
	return leaves ? OFF : { trunkAddressing: before?.trunkAddressing ?? null };
}

function isNamed(endpoint: Body | undefined): endpoint is Body {
	return endpoint !== undefined && Object.keys(endpoint).some((key) => key !== 'contacts');
}

function onTrunk(network: Network, trunk: Body | undefined, endpoint: Body | undefined): Body {
	const path = 'trunkAddressing.trunkGroupDeviceEndpoint';
	if (!endpoint) throw missingKey(path);
	if (!endpoint.name) throw missingKey(`${path}.name`);
	if ([...String(trunk?.enterpriseTrunkName ?? '')].length > 30) {
		throw malformed('trunkAddressing.enterpriseTrunkName must be text of 1 to 30');
	}
	return {
		trunkGroup: network.spell(String(endpoint.name)),
		accessDevice: null,
		linePort: linePortIn(endpoint, path),
		...flagsIn(endpoint),
		trunkAddressing: Object.fromEntries(
			TRUNK_PARTS.filter((part) => trunk?.[part] != null).map((part) => [part, trunk?.[part]]),
		),
	};
}

function onDevice(endpoint: Body | undefined): Body {
	const device = isObject(endpoint?.accessDevice) ? endpoint.accessDevice : {};
	if (!endpoint || !device.deviceName) {
		throw missingKey('accessDeviceEndpoint.accessDevice.deviceName');
	}
	return {
		trunkGroup: null,
		trunkAddressing: null,
		accessDevice: {
			deviceLevel: String(device.deviceLevel ?? 'Group') as DeviceLevel,
			deviceName: String(device.deviceName),
		},
		linePort: linePortIn(endpoint, 'accessDeviceEndpoint'),
		...flagsIn(endpoint),
	};
}

function linePortIn({ linePort }: Body, path: string): string {
	if (typeof linePort !== 'string' || linePort.length < 1 || linePort.length > 161) {
		throw malformed(`${path}.linePort must be text of 1 to 161`);
	}
	return linePort;
}

function flagsIn({ staticRegistrationCapable, useDomain }: Body): Body {
	return {
		staticRegistrationCapable: String(staticRegistrationCapable ?? true) === 'true',
		useDomain: String(useDomain ?? true) === 'true',
	};
}

/** The endpoint as profiles show it. Booleans inside are text. */
export function endpointOf(user: User, isPilotUser: boolean, device: Body | undefined): Body {
	const flags = {
		linePort: user.linePort,
		staticRegistrationCapable: String(user.staticRegistrationCapable),
		useDomain: String(user.useDomain),
	};
	const onTrunkGroup = user.trunkGroup !== undefined;
	const onAccessDevice = user.accessDevice !== undefined;
	return {
		endpointType: onTrunkGroup
			? 'trunkAddressing'
			: onAccessDevice
				? 'accessDeviceEndpoint'
				: 'none',
		trunkAddressing: {
			trunkGroupDeviceEndpoint: {
				...(onTrunkGroup
					? { name: user.trunkGroup, ...flags, isPilotUser: String(isPilotUser) }
					: {}),
				contacts: [],
			},
			...(user.trunkAddressing as object | undefined),
		},
		accessDeviceEndpoint: {
			...(onAccessDevice ? { accessDevice: device ?? user.accessDevice, ...flags } : {}),
			contacts: [],
		},
	};
}
