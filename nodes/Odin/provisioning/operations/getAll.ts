import type { Operation } from '../../execution/operation';
import type { ResourceModel } from '../../model/resourceModel';
import { nameOf } from '../../values/wireValues';
import { listing, ofGroup } from '../listing';

/** The operation that lists the records of a group, each row in one shape. */
export const getAll = ({ noun, path, id, row = [] }: ResourceModel): Operation =>
	listing({
		scope: ofGroup,
		plural: `${noun}s`,
		description: `List the ${noun}s of a group`,
		path,
		id,
		row: (given, { serviceProviderId, groupId }) => ({
			serviceProviderId: nameOf(given.serviceProviderId) ?? serviceProviderId,
			groupId: nameOf(given.groupId) ?? groupId,
			...Object.fromEntries([id, ...row].map((name) => [name, nameOf(given[name])])),
		}),
	});
