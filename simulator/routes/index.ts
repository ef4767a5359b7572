import type { FastifyInstance } from 'fastify';

import type { Simulation } from '../simulation';
import { addAuthenticationRoutes } from './authentication';
import { addCallCapacityRoutes } from './callCapacity';
import { addDepartmentRoutes } from './departments';
import { addDeviceRoutes } from './devices';
import { addGroupRoutes } from './groups';
import { addPasswordRoutes } from './passwords';
import { addServiceProviderRoutes } from './serviceProviders';
import { addTrunkGroupRoutes } from './trunkGroups';
import { addTrunkGroupUserRoutes } from './trunkGroupUsers';
import { addUserRoutes } from './users';

/** Every call of the Odin API that the simulator knows. */
export function addRoutes(app: FastifyInstance, simulation: Simulation): void {
	addAuthenticationRoutes(app, simulation);
	addServiceProviderRoutes(app, simulation);
	addGroupRoutes(app, simulation);
	addDepartmentRoutes(app, simulation);
	addDeviceRoutes(app, simulation);
	addTrunkGroupRoutes(app, simulation);
	addTrunkGroupUserRoutes(app, simulation);
	addCallCapacityRoutes(app, simulation);
	addPasswordRoutes(app, simulation);
	addUserRoutes(app, simulation);
}
