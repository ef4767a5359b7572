import type { FastifyInstance } from 'fastify';

import { departments } from '../departments/collection';
import { DEVICE_LEVELS, devices } from '../devices/collection';
import { ENTERPRISE_TRUNK_LEVELS, enterpriseTrunks } from '../enterpriseTrunks/collection';
import { trunkGroups } from '../trunkGroups/collection';
import { users } from '../users/collection';
import type { Simulation } from '../simulation';
import { addAuthenticationRoutes } from './authentication';
import { addCollection } from './collection';
import { addCallCapacityRoutes } from './callCapacity';
import {
	addDeviceConfigurationRoutes,
	addDeviceTypeConfigurationRoutes,
} from './deviceConfiguration';
import { addDeviceDetailRoutes } from './deviceDetails';
import { addGroupRoutes } from './groups';
import { addNumberRoutes } from './numbers';
import { addPasswordRoutes } from './passwords';
import { addServiceProviderRoutes } from './serviceProviders';
import { addServiceRoutes } from './services';
import { addServiceSettingRoutes } from './serviceSettings';
import { addTrunkGroupUserRoutes } from './trunkGroupUsers';
import { addUserAccountRoutes } from './userAccount';
import { addUserDetailRoutes } from './userDetails';

/** Every call of the Odin API that the simulator knows. */
export function addRoutes(app: FastifyInstance, simulation: Simulation): void {
	addAuthenticationRoutes(app, simulation);
	addServiceProviderRoutes(app, simulation);
	addGroupRoutes(app, simulation);
	addCollection(app, simulation, departments(simulation.network));
	for (const level of DEVICE_LEVELS) {
		const ofLevel = addCollection(app, simulation, devices(simulation, level));
		addDeviceConfigurationRoutes(app, simulation, level, ofLevel);
	}
	addDeviceTypeConfigurationRoutes(app, simulation);
	addDeviceDetailRoutes(app, simulation);
	addCollection(app, simulation, trunkGroups(simulation));
	for (const level of ENTERPRISE_TRUNK_LEVELS) {
		addCollection(app, simulation, enterpriseTrunks(simulation.network, level));
	}
	const ofUsers = addCollection(app, simulation, users(simulation));
	addUserDetailRoutes(app, simulation, ofUsers);
	addUserAccountRoutes(app, simulation, ofUsers);
	addNumberRoutes(app, simulation);
	addServiceRoutes(app, simulation);
	addServiceSettingRoutes(app, simulation);
	addTrunkGroupUserRoutes(app, simulation);
	addCallCapacityRoutes(app, simulation);
	addPasswordRoutes(app, simulation);
}
