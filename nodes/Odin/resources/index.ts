import type { Resource } from '../execution/operation';
import { trunkGroup } from './trunkGroup';

/** Every resource of the node. A resource that is not in this list does not exist. */
export const resources: Resource[] = [trunkGroup];
