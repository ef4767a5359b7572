import { OdinError } from '../../transport/odinError';
import type { ServicesAsked } from './plan';
import { serviceNamed, type GroupService } from './services';

/** The service of a group without which it has no trunk groups. */
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

/** Whether a group has no trunk groups, nor a capacity for them, since it does not have the service: Odin refuses to look. */
export const namesService = (error: unknown): boolean =>
	error instanceof OdinError && error.kind === 'refused' && error.says(/service/i);
