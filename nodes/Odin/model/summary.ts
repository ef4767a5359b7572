import { isObject, type JsonValue } from '../values/json';

/** The ten most useful fields of a profile, flat and always all there: null where Odin has nothing. */
export function simplified(profile: Record<string, unknown>): Record<string, JsonValue> {
	const department = profile.department;
	const device = profile.accessDevice;
	const values = {
		serviceProviderId: profile.serviceProviderId,
		groupId: profile.groupId,
		name: profile.name,
		maxActiveCalls: profile.maxActiveCalls,
		trunkGroupState: profile.trunkGroupState,
		requireAuthentication: profile.requireAuthentication,
		trunkGroupIdentity: profile.trunkGroupIdentity,
		deviceName: isObject(device) ? device.deviceName : undefined,
		departmentName: isObject(department) ? department.name : department,
		pilotUserId: profile.pilotUserId,
	};
	return Object.fromEntries(
		Object.entries(values).map(([key, value]) => [key, (value ?? null) as JsonValue]),
	);
}
