import { listing, ofGroup } from '../../provisioning/listing';
import { isOn, nameOf, wireText } from '../../values/wireValues';
import { userRow } from '../trunkGroup/users';
import { userModel } from './model';

export const getAll = listing({
	scope: ofGroup,
	plural: 'users',
	description: 'List the users of a group',
	path: userModel.path,
	id: userModel.id,
	row: (row, { serviceProviderId, groupId }) => ({
		serviceProviderId: nameOf(row.serviceProviderId) ?? serviceProviderId,
		groupId: nameOf(row.groupId) ?? groupId,
		...userRow(row),
		phoneNumberActivated: switchOf(row.phoneNumberActivated),
		inTrunkGroup: switchOf(row.inTrunkGroup),
	}),
});

/** Null where Odin leaves it out. */
const switchOf = (value: unknown): boolean | null => (wireText(value) === '' ? null : isOn(value));
