import type { Key } from '../../../model/key';
import type { Profile } from '../../../provisioning/read';
import type { OdinError } from '../../../transport/odinError';
import { isObject } from '../../../values/json';
import { countOf, nameOf, switchOf } from '../../../values/wireValues';
import { routesIn, type Route, type Situation } from '../routes';

/** What a finding is about: a trunk group, a group without a name of one, a service provider without a group. */
export interface Place {
	serviceProviderId: string;
	groupId: string | null;
	name: string | null;
}

/** What could not be read, and whose it is. */
export interface Unread extends Place {
	reason: string;
	error?: OdinError;
}

/** What Odin told, or why it did not. */
export type Read<Value> = { value: Value } | { unread: Unread };

/** What the rules look at of a profile. Null: not shown. */
export interface TrunkGroup {
	key: Key;
	allowUnscreenedCalls: boolean | null;
	allowUnscreenedEmergencyCalls: boolean | null;
	/** pilotUserCallingLineIdentityForEmergencyCallsPolicy */
	emergencyPolicy: string | null;
	requireAuthentication: boolean | null;
	pilotUserId: string | null;
	maxActiveCalls: number | null;
	/** Null, too, while bursting is off */
	burstingMaxActiveCalls: number | null;
	device: DeviceReference | null;
	routes: Route[];
}

export interface DeviceReference {
	deviceName: string;
	deviceLevel: string;
}

/**
 * A profile as the rules see it; undefined for one that shows none of the fields that every trunk group has, so that nothing
 * follows from what it leaves out.
 */
export function trunkGroupIn(profile: Profile, key: Key): TrunkGroup | undefined {
	const trunkGroup: TrunkGroup = {
		key,
		allowUnscreenedCalls: switchOf(profile.allowUnscreenedCalls),
		allowUnscreenedEmergencyCalls: switchOf(profile.allowUnscreenedEmergencyCalls),
		emergencyPolicy: nameOf(profile.pilotUserCallingLineIdentityForEmergencyCallsPolicy),
		requireAuthentication: switchOf(profile.requireAuthentication),
		pilotUserId: nameOf(profile.pilotUserId),
		maxActiveCalls: countOf(profile.maxActiveCalls),
		burstingMaxActiveCalls:
			switchOf(profile.enableBursting) === true ? countOf(profile.burstingMaxActiveCalls) : null,
		device: deviceIn(profile),
		routes: routesIn(profile, key),
	};
	const { allowUnscreenedCalls, requireAuthentication, maxActiveCalls } = trunkGroup;
	return (allowUnscreenedCalls ?? requireAuthentication ?? maxActiveCalls) === null
		? undefined
		: trunkGroup;
}

function deviceIn({ accessDevice, ...profile }: Profile): DeviceReference | null {
	const device = isObject(accessDevice)
		? accessDevice
		: { ...profile, deviceName: accessDevice ?? profile.deviceName };
	const deviceName = nameOf(device.deviceName);
	if (deviceName === null) return null;
	return { deviceName, deviceLevel: nameOf(device.deviceLevel) ?? 'Group' };
}

/** The most calls that a group or its service provider allows; null where there is no limit. */
export interface Ceiling {
	/** In messages, e.g. "the group" */
	owner: string;
	maxActiveCalls: number | null;
	burstingMaxActiveCalls: number | null;
}

/** Where a reroute leads. */
export type Target = { exists: false } | { exists: true; hasDevice: boolean };

/** The way by which a trunk group reroutes to itself in the end. */
export interface Loop {
	/** How many trunk groups are in it */
	size: number;
	/** From the trunk group on, without coming back to it; empty where it is too long to be told */
	path: Key[];
	/** The situations in which it goes on in the loop */
	situations: Situation[];
}

/** All that was read around one trunk group. What no rule needs of it was not read and is left out. */
export interface TrunkGroupFacts {
	trunkGroup: TrunkGroup;
	/** The address of its device; null where the device has none */
	deviceAddress?: Read<string | null>;
	ceilings: ReadonlyArray<Read<Ceiling>>;
	/** Whether the address of a Forward is one of the enterprise's own */
	isOwnAddress: ReadonlyMap<Route, Read<boolean>>;
	targets: ReadonlyMap<Route, Read<Target>>;
	loop?: Loop;
	/** Ids of its users who have no number */
	usersWithoutNumber: Read<readonly string[]>;
}

/** What was read of a group as a whole. */
export interface GroupFacts {
	place: Place;
	/** Numbers that no user has, e.g. "+1-5135550010 - +1-5135550019" */
	freeNumbers: Read<readonly string[]>;
}
