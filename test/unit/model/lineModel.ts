import {
	boolean,
	catalogue,
	choice,
	integer,
	json,
	object,
	recordList,
	text,
	textList,
	type Part,
} from '../../../nodes/Odin/model/field';
import type { ResourceModel } from '../../../nodes/Odin/model/resourceModel';

const called = (name: string, label: string = name) => ({ name, label, description: label });

const part = (property: string, given: Partial<Part> = {}): Part => ({
	...{ property, label: property, description: property, type: 'text', ...given },
});

/** A record that Odin does not have, with a field of each kind. */
export const lineModel: ResourceModel = {
	...{ value: 'line', noun: 'line', label: 'Line', path: 'lines', id: 'lineId', sections: [] },
	summary: [
		{ name: 'calls' },
		{ name: 'siteName', field: 'site', part: 'name' },
		{ name: 'town', field: 'place', part: 'address.town' },
	],
	fields: catalogue(
		['serviceProviderId', 'groupId', 'lineId'].map((name) => text(called(name))),
		[
			text({ ...called('title', 'Line Title'), entry: 'heading' }),
			text({ ...called('macAddress', 'MAC Address'), format: 'mac' }),
			integer({ ...called('calls'), min: 1, max: 9 }),
			boolean(called('isOpen', 'Open')),
			choice({ ...called('mode'), choices: ['Day', 'Night'] }),
			choice({ ...called('action'), choices: ['Forward'], clearable: true }),
			object({
				...called('site', 'Location'),
				...{ inheritsGroup: true, ownerCounts: true },
				parts: [
					part('serviceProviderId'),
					part('groupId', { entry: 'siteGroupId', label: 'Site Group' }),
					part('name', { entry: 'siteName', label: 'Location', needed: true }),
				],
			}),
			object({
				...called('credentials', 'Log-in'),
				parts: [
					part('userName', { entry: 'loginName', label: 'Login Name', needed: true }),
					part('realm'),
					part('pin', { entry: 'loginPin', label: 'PIN', secret: true }),
				],
			}),
			object({ ...called('place'), parts: [part('town', { within: 'address', entry: 'town' })] }),
			object(called('free')),
			textList(called('codes')),
			recordList({ ...called('members'), identifiedBy: 'memberId' }),
			json(called('extras')),
			text({ ...called('kind'), writeOn: ['create'] }),
			text({ ...called('order'), writeOn: ['create'], readable: false }),
			text({ ...called('state'), writeOn: [] }),
		],
	),
};
