import type { FastifyInstance } from 'fastify';

import { departments } from '../departments/collection';
import { devices } from '../devices/collection';
import { trunkGroups } from '../trunkGroups/collection';
import { users } from '../users/collection';
import type { Simulation } from '../simulation';
import { addAuthenticationRoutes } from './authentication';
import { addCollection } from './collection';
import { addCallCapacityRoutes } from './callCapacity';
import { addGroupRoutes } from './groups';
import { addPasswordRoutes } from './passwords';
import { addServiceProviderRoutes } from './serviceProviders';
import { addTrunkGroupUserRoutes } from './trunkGroupUsers';

/** Every call of the Odin API that the simulator knows. */
export function addRoutes(app: FastifyInstance, simulation: Simulation): void {
	addAuthenticationRoutes(app, simulation);
	addServiceProviderRoutes(app, simulation);
	addGroupRoutes(app, simulation);
	addCollection(app, simulation, departments(simulation.network));
	addCollection(app, simulation, devices(simulation));
	addCollection(app, simulation, trunkGroups(simulation));
	addCollection(app, simulation, users(simulation));
	addTrunkGroupUserRoutes(app, simulation);
	addCallCapacityRoutes(app, simulation);
	addPasswordRoutes(app, simulation);
}
