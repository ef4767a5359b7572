import type { DesiredFields } from '../../../nodes/Odin/model/desired';
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
import type { JsonObject } from '../../../nodes/Odin/values/json';

const described = (name: string) => ({ name, label: `The ${name}`, description: name });

const part = (property: string, given: Partial<Part> = {}): Part => ({
	...{ property, label: `The ${property}`, description: property, type: 'text' },
	...given,
});

const groupParts = [part('serviceProviderId'), part('groupId')];

/** No resource of the node: one with a field of each kind that a catalogue can have. */
export const everyKind: ResourceModel = {
	value: 'thing',
	noun: 'thing',
	label: 'Thing',
	path: '/things',
	id: 'name',
	sections: [],
	summary: [],
	fields: catalogue([
		text(described('name')),
		text({ ...described('serial'), clearable: true }),
		text({ ...described('mac'), format: 'mac' }),
		text({ ...described('phone'), countryCodeIn: 'country' }),
		text({ ...described('password'), secret: true, readable: false, clearable: true }),
		integer(described('limit')),
		boolean(described('isOn')),
		boolean({ ...described('reset'), readable: false, clearable: true }),
		choice({ ...described('mode'), choices: ['a', 'b'], storedWhenAbsent: 'a', clearable: true }),
		textList(described('aliases')),
		recordList({ ...described('members'), identifiedBy: 'id' }),
		json(described('extras')),
		object({
			...described('owner'),
			inheritsGroup: true,
			ownerCounts: true,
			parts: [...groupParts, part('name', { entry: 'ownerName', needed: true })],
		}),
		object({
			...described('login'),
			parts: [
				part('user', { entry: 'loginUser', needed: true, shownAs: 'loginUser' }),
				part('realm', { entry: 'loginRealm', default: 'main' }),
				part('attempts', { entry: 'loginAttempts', type: 'integer', max: 9 }),
				part('pin', { entry: 'loginPin', secret: true }),
			],
		}),
		object({
			...described('line'),
			showsAll: true,
			parts: [
				part('id', { within: 'end', entry: 'lineId', needed: true }),
				part('port', { within: 'end', entry: 'linePort', type: 'integer' }),
				part('state', { within: 'end', readOnly: true }),
				part('site'),
				part('tags', { type: 'json' }),
			],
		}),
		object({
			...described('place'),
			inheritsGroup: true,
			parts: [
				part('floor', { entry: 'placeFloor', default: 'ground' }),
				part('room', { entry: 'placeRoom' }),
				part('building'),
			],
		}),
		object(described('loose')),
	]),
};

export const fieldOf = (name: string) => everyKind.fields.get(name);

/** What an item asks for, converted. */
export const asked = (values: JsonObject, unknown: JsonObject = {}): DesiredFields => ({
	fields: new Map(Object.entries(values).map(([name, value]) => [name, { value, from: 'form' }])),
	unknownKeys: new Map(Object.entries(unknown)),
	...{ readOnlyKeys: [], hints: [], issues: [] },
});
