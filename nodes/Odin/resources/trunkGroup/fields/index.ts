import { catalogue } from '../../../model/field';
import { authenticationFields } from './authentication';
import { callCapacityFields } from './callCapacity';
import {
	callForwardingAlwaysFields,
	capacityExceededFields,
	unreachableDestinationFields,
} from './diversion';
import { generalFields } from './general';
import { identityFields } from './identity';
import { keyFields } from './key';
import { pilotUserPolicyFields } from './pilotUserPolicies';
import { readOnlyFields } from './readOnly';
import { statefulReroutingFields } from './statefulRerouting';

/** Every field of a trunk group, declared once. A test holds this table against the API's contract file. */
export const trunkGroupFields = catalogue(
	keyFields,
	callCapacityFields,
	capacityExceededFields,
	callForwardingAlwaysFields,
	unreachableDestinationFields,
	statefulReroutingFields,
	pilotUserPolicyFields,
	identityFields,
	authenticationFields,
	generalFields,
	readOnlyFields,
);
