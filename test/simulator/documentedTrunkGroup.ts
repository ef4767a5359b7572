import { DOCUMENTED_DEFAULTS } from '../documentedDefaults';

export const HQ = { serviceProviderId: 'acme-ent', groupId: 'acme-hq' };
export const NORTH = { serviceProviderId: 'globex-ent', groupId: 'globex-north' };
export const SOUTH = { serviceProviderId: 'globex-ent', groupId: 'globex-south' };

const { requireAuthentication, useSystemUserLookupPolicy, ...others } = DOCUMENTED_DEFAULTS;

/** The non-boolean defaults of the API's page: what every create must send. */
export const REQUIRED_DEFAULTS = others;

/** The smallest body a strict Odin takes. */
export function createBody(fields: Record<string, unknown> = {}): Record<string, unknown> {
	return { ...HQ, name: 'acme-hq-trunk-1', maxActiveCalls: 2, ...REQUIRED_DEFAULTS, ...fields };
}

/** Exactly what odins_spear posts for a trunk group without payload and credentials. */
export const ODINS_SPEAR_BODY = {
	...REQUIRED_DEFAULTS,
	requireAuthentication: String(requireAuthentication),
	useSystemUserLookupPolicy: String(useSystemUserLookupPolicy),
	serviceProviderId: 'ServiceProviderID',
	groupId: 'GroupID',
	name: 'Odin Test Trunk',
	maxActiveCalls: 2,
	sipAuthenticationUserName: '',
	sipAuthenticationPassword: '',
};

/** The answer that the API's page shows for it, keys in its order. */
export const DOCUMENTED_PROFILE = {
	maxActiveCalls: 2,
	enableBursting: false,
	capacityExceededTrapInitialCalls: 0,
	capacityExceededTrapOffsetCalls: 0,
	invitationTimeout: 6,
	requireAuthentication: false,
	allowTerminationToTrunkGroupIdentity: false,
	allowTerminationToDtgIdentity: false,
	includeTrunkGroupIdentity: false,
	includeDtgIdentity: false,
	includeTrunkGroupIdentityForNetworkCalls: false,
	includeOtgIdentityForNetworkCalls: false,
	enableNetworkAddressIdentity: false,
	allowUnscreenedCalls: false,
	allowUnscreenedEmergencyCalls: false,
	pilotUserCallingLineIdentityForExternalCallsPolicy: 'No Calls',
	pilotUserChargeNumberPolicy: 'No Calls',
	routeToPeeringDomain: false,
	prefixEnabled: false,
	statefulReroutingEnabled: false,
	sendContinuousOptionsMessage: false,
	continuousOptionsSendingIntervalSeconds: 30,
	failureOptionsSendingIntervalSeconds: 10,
	failureThresholdCounter: 1,
	successThresholdCounter: 1,
	inviteFailureThresholdCounter: 1,
	inviteFailureThresholdWindowSeconds: 30,
	trunkGroupState: 'Available',
	pilotUserCallingLineAssertedIdentityPolicy: 'Unscreened Originating Calls',
	useSystemCallingLineAssertedIdentityPolicy: false,
	totalActiveIncomingCalls: 0,
	totalActiveOutgoingCalls: 0,
	pilotUserCallOptimizationPolicy: 'Optimize For User Services',
	clidSourceForScreenedCallsPolicy: 'Profile Name Profile Number',
	useSystemCLIDSourceForScreenedCallsPolicy: false,
	userLookupPolicy: 'Basic',
	useSystemUserLookupPolicy: true,
	pilotUserCallingLineIdentityForEmergencyCallsPolicy: 'No Calls',
	implicitRegistrationSetSupportPolicy: 'Disabled',
	useSystemImplicitRegistrationSetSupportPolicy: true,
	sipIdentityForPilotAndProxyTrunkModesPolicy: 'User',
	useSystemSIPIdentityForPilotAndProxyTrunkModesPolicy: true,
	useSystemSupportConnectedIdentityPolicy: true,
	supportConnectedIdentityPolicy: 'Disabled',
	useSystemOptionsMessageResponseStatusCodes: true,
	serviceProviderId: 'ServiceProviderID',
	groupId: 'GroupID',
	name: 'Odin Test Trunk',
	users: [],
};
