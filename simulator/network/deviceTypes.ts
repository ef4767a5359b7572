import type { DeviceType } from './records';

const deviceType = (name: string, numberOfPorts: DeviceType['numberOfPorts']): DeviceType => ({
	deviceType: name,
	profile: 'Intelligent Proxy Addressing',
	numberOfPorts,
	staticRegistrationCapable: 'false',
	configType: '2 Config File',
	protocolChoice: ['SIP 2.0'],
	isIpAddressOptional: 'true',
	useDomain: 'true',
	isMobilityManagerDevice: 'false',
	deviceConfigurationOption: 'Not Supported',
	staticLineOrdering: 'false',
	deviceTypeLevel: 'System',
});

/** The device types of the system; every group may use them. */
export const DEVICE_TYPES: readonly DeviceType[] = [
	deviceType('Generic SIP IP-PBX', { unlimited: 'true' }),
	deviceType('Generic SIP IP-PBX Single Registration', { unlimited: 'true' }),
	deviceType('Generic SIP Gateway', { quantity: '2' }),
	deviceType('Generic SIP Phone', { quantity: '1' }),
];
