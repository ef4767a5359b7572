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
	type Field,
	type Part,
} from '../../../nodes/Odin/model/field';
import type { ResourceModel } from '../../../nodes/Odin/model/resourceModel';
import type { JsonObject } from '../../../nodes/Odin/values/json';

const called = (name: string, label: string, more: Partial<Field> = {}) => ({
	...{ name, label, description: label, ...more },
});

const part = (property: string, more: Partial<Part> = {}): Part => ({
	...{ property, label: property, description: property, type: 'text', ...more },
});

const atEnd = (property: string, more: Partial<Part>) => part(property, { within: 'end', ...more });

const clearable = { clearable: true } as const;
const onCreate = { writeOn: ['create'] } as const;
const onUpdate = { writeOn: ['update'] } as const;
const when = (field: string, equals: string | boolean) => ({ field, equals });
const counts = (field: string) => ({
	...{ ...clearable, neededWhen: when(field, true), countsWhen: when(field, true) },
});

/** A line as no Odin has it, with a field of each kind that the model/ folder tells apart. */
export const everyKind: ResourceModel = {
	...{ value: 'line', noun: 'line', label: 'Line', path: '/lines', id: 'lineId', sections: [] },
	summary: [
		{ name: 'calls' },
		{ name: 'siteName', field: 'site', part: 'name' },
		{ name: 'port', field: 'device', part: 'end.port' },
	],
	fields: catalogue([
		text(called('serviceProviderId', 'Service Provider')),
		text(called('groupId', 'Group')),
		text(called('lineId', 'Line ID')),
		choice(
			called('kind', 'Kind', { ...onCreate, choices: ['sip', 'pots'], requiredOnCreate: true }),
		),
		text(called('template', 'Template', { ...onCreate, readable: false })),
		boolean(called('restart', 'Restart', { ...onUpdate, readable: false })),
		text(called('pilot', 'Pilot', { ...onUpdate, storedWhenAbsent: 'nobody' })),
		text(called('state', 'State', { writeOn: [] })),
		text(called('note', 'Line Note', { ...clearable, entry: 'remark' })),
		text(called('macAddress', 'MAC Address', { format: 'mac' })),
		text(called('phoneNumber', 'Phone', { countryCodeIn: 'countryCode' })),
		integer(called('calls', 'Calls', { min: 1, max: 9, documentedDefault: 5 })),
		textList(called('codes', 'Codes', clearable)),
		recordList(called('members', 'Members', { identifiedBy: 'id' })),
		json(called('extras', 'Extras')),
		choice(called('forward', 'Forward', { ...clearable, choices: ['Number'] })),
		text(
			called('forwardTo', 'Forward To', { ...clearable, neededWhen: when('forward', 'Number') }),
		),
		boolean(called('quiet', 'Quiet')),
		text(
			called('tone', 'Tone', {
				...{ ...clearable, storedWhenAbsent: 'soft', onlyWith: when('quiet', false) },
			}),
		),
		object({
			...called('site', 'Location', { inheritsGroup: true, ownerCounts: true }),
			parts: [
				part('serviceProviderId'),
				part('groupId', { entry: 'siteGroupId', label: 'Site Group' }),
				part('name', { entry: 'siteName', label: 'Location', needed: true }),
			],
		}),
		boolean(called('ownLogin', 'Own Login')),
		object({
			...called('login', 'Login', counts('ownLogin')),
			parts: [
				part('userName', {
					...{ entry: 'loginName', label: 'User Name', needed: true, shownAs: 'loginName' },
				}),
				part('realm', { entry: 'loginRealm', label: 'Domain', shownAs: 'loginRealm' }),
				part('attempts', { entry: 'loginAttempts', type: 'integer', max: 9 }),
				part('password', {
					...{ entry: 'loginPassword', label: 'Password', secret: true },
					setWith: { entry: 'setPassword', label: 'Set Password' },
				}),
				// A secret by its rule, whatever its name says.
				part('pin', { secret: true }),
				part('status', { readOnly: true }),
			],
		}),
		object({
			...called('device', 'Access Device', { showsAll: true }),
			parts: [
				atEnd('id', { entry: 'deviceId', needed: true }),
				atEnd('port', { entry: 'devicePort', type: 'integer' }),
				atEnd('state', { readOnly: true }),
				part('rack'),
				part('tags', { type: 'json' }),
			],
		}),
		object({
			...called('place', 'Place'),
			parts: [
				part('floor', { entry: 'placeFloor', default: 'ground' }),
				part('room', { entry: 'placeRoom', shownAs: 'room' }),
				part('building'),
			],
		}),
		object(called('contact', 'Contact')),
		boolean(called('authenticate', 'Authenticate', { documentedDefault: false })),
		text(
			called('sipPassword', 'SIP Password', {
				...{ secret: true, readable: false, ...counts('authenticate') },
			}),
		),
		text(called('webPassword', 'Web Password', { ...onUpdate, secret: true, readable: false })),
	]),
};

export const fieldOf = (name: string) => everyKind.fields.get(name);

/** What an item asks for, converted. */
export const asked = (values: JsonObject, unknown: JsonObject = {}): DesiredFields => ({
	fields: new Map(Object.entries(values).map(([name, value]) => [name, { value, from: 'form' }])),
	unknownKeys: new Map(Object.entries(unknown)),
	...{ readOnlyKeys: [], hints: [], issues: [] },
});
