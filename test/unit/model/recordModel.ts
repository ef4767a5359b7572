import {
	boolean,
	catalogue,
	choice,
	integer,
	object,
	text,
	textList,
	type Part,
} from '../../../nodes/Odin/model/field';
import { namedKey } from '../../../nodes/Odin/model/key';
import type { ResourceModel } from '../../../nodes/Odin/model/resourceModel';
import { key } from './profiles';

const of = <T>(name: string, label: string, more?: T) => ({
	...{ name, label, description: label, ...more },
});

const part = (property: string, label: string, more: Partial<Part>): Part => ({
	...{ property, label, description: label, type: 'text', entry: property, ...more },
});

const update = ['update'] as const;
const secret = { secret: true, readable: false } as const;
const when = (field: string, equals: string | boolean) => ({ field, equals });
const counts = (field: string) => ({
	...{ clearable: true as const, neededWhen: when(field, true), countsWhen: when(field, true) },
});

const loginParts = [
	part('userName', 'User Name', { needed: true, shownAs: 'loginName' }),
	part('realm', 'Realm', { shownAs: 'loginRealm' }),
	part('password', 'Password', {
		secret: true,
		setWith: { entry: 'setPassword', label: 'Set Password' },
	}),
];

const onlyNew = { writeOn: ['create'] } as const;
const clearable = { clearable: true } as const;

/** A record that no Odin has, with one field of each kind that the model/ folder tells apart. */
export const line: ResourceModel = {
	...{ value: 'line', noun: 'line', label: 'Line', path: '/lines', id: 'lineName' },
	sections: [],
	summary: [],
	fields: catalogue([
		text(of('serviceProviderId', 'Service Provider')),
		text(of('groupId', 'Group')),
		text(of('lineName', 'Line Name')),
		text(of('kind', 'Kind', { ...onlyNew, requiredOnCreate: true as const })),
		text(of('template', 'Template', { ...onlyNew, readable: false })),
		boolean(of('restart', 'Restart', { writeOn: update, readable: false })),
		text(of('pilot', 'Pilot', { writeOn: update, storedWhenAbsent: 'nobody' })),
		integer(of('size', 'Size', { documentedDefault: 5 })),
		text(of('note', 'Note', clearable)),
		textList(of('members', 'Members', clearable)),
		choice(of('forward', 'Forward', { choices: ['Number'] })),
		text(of('forwardTo', 'Forward To', { ...clearable, neededWhen: when('forward', 'Number') })),
		boolean(of('quiet', 'Quiet', { storedWhenAbsent: false })),
		text(of('tone', 'Tone', { storedWhenAbsent: 'soft', onlyWith: when('quiet', false) })),
		boolean(of('ownLogin', 'Own Login', { storedWhenAbsent: false })),
		object(of('login', 'Login', { ...counts('ownLogin'), parts: loginParts })),
		object(of('place', 'Place', { parts: [part('city', 'City', { shownAs: 'city' })] })),
		boolean(of('authenticate', 'Authenticate', { documentedDefault: false })),
		text(of('sipPassword', 'SIP Password', { ...secret, ...counts('authenticate') })),
		text(of('webPassword', 'Web Password', secret)),
		text(of('resetToken', 'Token', { ...secret, writeOn: update })),
	]),
};

/** The key of the item in bodies and profiles. */
export const lineKey = namedKey(line, key);
