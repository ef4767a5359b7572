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
import { addDeviceDetailRoutes } from './deviceDetails';
import { addGroupRoutes } from './groups';
import { addNumberRoutes } from './numbers';
import { addPasswordRoutes } from './passwords';
import { addServiceProviderRoutes } from './serviceProviders';
import { addServiceRoutes } from './services';
import { addTrunkGroupUserRoutes } from './trunkGroupUsers';
import { addUserDetailRoutes } from './userDetails';

/** Every call of the Odin API that the simulator knows. */
export function addRoutes(app: FastifyInstance, simulation: Simulation): void {
	addAuthenticationRoutes(app, simulation);
	addServiceProviderRoutes(app, simulation);
	addGroupRoutes(app, simulation);
	addCollection(app, simulation, departments(simulation.network));
	for (const level of DEVICE_LEVELS) addCollection(app, simulation, devices(simulation, level));
	addDeviceDetailRoutes(app, simulation);
	addCollection(app, simulation, trunkGroups(simulation));
	for (const level of ENTERPRISE_TRUNK_LEVELS) {
		addCollection(app, simulation, enterpriseTrunks(simulation.network, level));
	}
	addUserDetailRoutes(app, simulation, addCollection(app, simulation, users(simulation)));
	addNumberRoutes(app, simulation);
	addServiceRoutes(app, simulation);
	addTrunkGroupUserRoutes(app, simulation);
	addCallCapacityRoutes(app, simulation);
	addPasswordRoutes(app, simulation);
}
