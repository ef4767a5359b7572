import { HQ } from './documentedTrunkGroup';

/** The smallest body that Odin takes of a user. */
export const NEW_USER = {
	...HQ,
	userId: 'new@example.com',
	lastName: 'New',
	firstName: 'User',
	callingLineIdLastName: 'New',
	callingLineIdFirstName: 'User',
	password: 'secret',
};

/** A user on a trunk group. */
export const onTrunk = (linePort: string, name = 'acme-hq-trunk-1') => ({
	endpointType: 'trunkAddressing',
	trunkAddressing: { trunkGroupDeviceEndpoint: { name, linePort } },
});
