import type { Resource } from '../execution/operation';
import { callCapacity } from './callCapacity';
import { change } from './change';
import { department } from './department';
import { device } from './device';
import { group } from './group';
import { groupService } from './groupService';
import { number } from './number';
import { serviceProvider } from './serviceProvider';
import { sipPassword } from './sipPassword';
import { sipTrunk } from './sipTrunk';
import { trunkGroup } from './trunkGroup';
import { user } from './user';

/** Every resource of the node, the first chosen by default. A resource that is not in this list does not exist. */
export const resources: Resource[] = [
	trunkGroup,
	callCapacity,
	change,
	department,
	device,
	group,
	groupService,
	number,
	serviceProvider,
	sipPassword,
	sipTrunk,
	user,
];
