import type { TrunkGroup } from '../network/records';
import { TRUNK_GROUP_FIELDS, valueWhenOmitted } from '../contract/trunkGroupFields';

/** Every key a profile can have, in the order Odin answers them. */
export const PROFILE_KEYS = [
	'department',
	'accessDevice',
	'maxActiveCalls',
	'maxIncomingCalls',
	'maxOutgoingCalls',
	'enableBursting',
	'burstingMaxActiveCalls',
	'burstingMaxIncomingCalls',
	'burstingMaxOutgoingCalls',
	'capacityExceededAction',
	'capacityExceededForwardAddress',
	'capacityExceededRerouteTrunkGroupKey',
	'capacityExceededTrapInitialCalls',
	'capacityExceededTrapOffsetCalls',
	'unreachableDestinationAction',
	'unreachableDestinationForwardAddress',
	'unreachableDestinationRerouteTrunkGroupKey',
	'invitationTimeout',
	'requireAuthentication',
	'sipAuthenticationUserName',
	'trunkGroupIdentity',
	'otgDtgIdentity',
	'allowTerminationToTrunkGroupIdentity',
	'allowTerminationToDtgIdentity',
	'includeTrunkGroupIdentity',
	'includeDtgIdentity',
	'includeTrunkGroupIdentityForNetworkCalls',
	'includeOtgIdentityForNetworkCalls',
	'enableNetworkAddressIdentity',
	'allowUnscreenedCalls',
	'allowUnscreenedEmergencyCalls',
	'pilotUserId',
	'pilotUserCallingLineIdentityForExternalCallsPolicy',
	'pilotUserChargeNumberPolicy',
	'callForwardingAlwaysAction',
	'callForwardingAlwaysForwardAddress',
	'callForwardingAlwaysRerouteTrunkGroupKey',
	'peeringDomain',
	'routeToPeeringDomain',
	'prefixEnabled',
	'prefix',
	'statefulReroutingEnabled',
	'sendContinuousOptionsMessage',
	'continuousOptionsSendingIntervalSeconds',
	'failureOptionsSendingIntervalSeconds',
	'failureThresholdCounter',
	'successThresholdCounter',
	'inviteFailureThresholdCounter',
	'inviteFailureThresholdWindowSeconds',
	'trunkGroupState',
	'pilotUserCallingLineAssertedIdentityPolicy',
	'useSystemCallingLineAssertedIdentityPolicy',
	'totalActiveIncomingCalls',
	'totalActiveOutgoingCalls',
	'pilotUserCallOptimizationPolicy',
	'clidSourceForScreenedCallsPolicy',
	'useSystemCLIDSourceForScreenedCallsPolicy',
	'userLookupPolicy',
	'useSystemUserLookupPolicy',
	'pilotUserCallingLineIdentityForEmergencyCallsPolicy',
	'implicitRegistrationSetSupportPolicy',
	'useSystemImplicitRegistrationSetSupportPolicy',
	'sipIdentityForPilotAndProxyTrunkModesPolicy',
	'useSystemSIPIdentityForPilotAndProxyTrunkModesPolicy',
	'useSystemSupportConnectedIdentityPolicy',
	'supportConnectedIdentityPolicy',
	'useSystemOptionsMessageResponseStatusCodes',
	'optionsMessageResponseStatusCode',
	'serviceProviderId',
	'groupId',
	'name',
	'users',
] as const;

const READ_ONLY_KEYS = new Set(
	TRUNK_GROUP_FIELDS.filter((field) => field.readOnly).map((field) => field.name),
);

/** Keys of a profile that a client may send back without effect. */
export const READ_ONLY_PROFILE_KEYS = PROFILE_KEYS.filter((key) => READ_ONLY_KEYS.has(key));

// The one field whose digits were seen to come back as a number, and its two siblings.
const FORWARD_ADDRESSES = [
	'capacityExceededForwardAddress',
	'callForwardingAlwaysForwardAddress',
	'unreachableDestinationForwardAddress',
];

/** A trunk group as Odin stores it when only these fields were sent. */
export function newTrunkGroup(
	fields: Pick<TrunkGroup, 'serviceProviderId' | 'groupId' | 'name'> & Partial<TrunkGroup>,
): TrunkGroup {
	const filled = TRUNK_GROUP_FIELDS.map((field) => [field.name, valueWhenOmitted(field)] as const);
	const defaults = Object.fromEntries(filled.filter(([, value]) => value !== undefined));
	return { ...defaults, maxActiveCalls: 1, users: [], ...fields };
}

/** The profile that is sent for a trunk group: every key in Odin's order, unset ones absent. */
export function profileOf(
	trunkGroup: TrunkGroup,
	{ numbersForDigits }: { numbersForDigits: boolean },
): Record<string, unknown> {
	const set = PROFILE_KEYS.filter((key) => trunkGroup[key] !== undefined);
	const profile = Object.fromEntries(set.map((key): [string, unknown] => [key, trunkGroup[key]]));
	if (!numbersForDigits) return profile;
	for (const key of FORWARD_ADDRESSES) {
		const address = profile[key];
		if (typeof address === 'string' && isPlainNumber(address)) {
			profile[key] = Number(address);
		}
	}
	return profile;
}

// A leading zero or more digits than a number can hold would change the address.
function isPlainNumber(text: string): boolean {
	return /^(0|[1-9]\d*)$/.test(text) && Number.isSafeInteger(Number(text));
}

/** The row of a trunk group in a list. */
export function listRowOf(trunkGroup: TrunkGroup): Record<string, unknown> {
	return {
		name: trunkGroup.name,
		department: trunkGroup.department?.name ?? null,
		deviceName: trunkGroup.accessDevice?.deviceName ?? null,
		deviceLevel: trunkGroup.accessDevice?.deviceLevel ?? null,
		groupId: trunkGroup.groupId,
		serviceProviderId: trunkGroup.serviceProviderId,
	};
}
