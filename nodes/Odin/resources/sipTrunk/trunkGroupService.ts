import type { ServicesAsked } from '../groupService/plan';
import { serviceNamed, type GroupService } from '../groupService/services';

export const TRUNK_GROUP_SERVICE = 'Trunk Group';

/** What a group is asked to have for trunk groups. */
export const TRUNK_GROUP_SERVICE_ASKED: ServicesAsked = {
	services: [TRUNK_GROUP_SERVICE],
	servicePacks: [],
	removeServices: [],
	removeServicePacks: [],
};

export const hasTrunkGroups = (services: readonly GroupService[]): boolean =>
	serviceNamed(services, TRUNK_GROUP_SERVICE, ['group'])?.assigned === true;
