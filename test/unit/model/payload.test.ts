import { hiddenSecrets, parsePayload } from '../../../nodes/Odin/model/payload';
import { issuesText } from '../../../nodes/Odin/values/issues';
import { everyKind } from './everyKind';
import { desiredOf } from './profiles';

describe('Payload that is no JSON object', () => {
	it.each([
		['{"sipPassword": "hunter2" "note": 1}', ', and this text is not JSON (at character 26)'],
		[' {', ', and this text is not JSON (at character 1)'],
		['hunter2', ', and this text is not JSON'],
		['{"sipPassword": "hunter2', ', and this text is not JSON (at character 24)'],
		['["hunter2"]', ', not a list'],
		[[{}], ', not a list'],
		['"hunter2"', ', not a text'],
		['null', ', not null'],
		['5', ', not 5'],
		[5, ', not 5'],
		[new Date(0), ', not a text'],
		[true, ', not true'],
	])('is refused without showing what is in it: %j', (raw, refused) => {
		expect(parsePayload(raw)).toEqual({ refused: `takes a JSON object${refused}` });
	});

	it.each([undefined, null, ' \n', '{}', {}])('is nothing: %j', (raw) => {
		expect(parsePayload(raw)).toEqual({ keys: {} });
	});
});

it.each([' {"note": "n"}\n', { note: 'n' }, { toJSON: () => ({ note: 'n' }) }])(
	'Payload may be a text, an object, or what is written as one: %j',
	(raw) => {
		expect(parsePayload(raw)).toEqual({ keys: { note: 'n' } });
	},
);

describe('a password that a preview hid', () => {
	const HIDDEN = 'shows a hidden password ("***"), not a password';
	const inPayload = `in 'Further Fields (JSON)' ${HIDDEN}`;

	it.each([
		[{ sipPassword: '***' }, {}, `'SIP Password' ${inPayload}`],
		[{}, { webPassword: '***' }, `'Web Password' ${HIDDEN}`],
		[{ login: { userName: 'u', password: '***' }, ownLogin: true }, {}, `'Login' ${inPayload}`],
		[{}, { loginName: 'u', loginPassword: '***', ownLogin: true }, `'Login' ${HIDDEN}`],
		[{ apiKey: '***' }, {}, `'apiKey' ${inPayload}`],
		[{ further: [{ token: '***' }] }, {}, `'further' ${inPayload}`],
		[
			{ apiKey: '***', note: '***' },
			{ webPassword: '***' },
			`'Web Password' ${HIDDEN}; 'apiKey' ${inPayload}`,
		],
		[{ sipPassword: '****', apiKey: 'a', note: '***', other: '***' }, { webPassword: 'w' }, ''],
	])('is refused in Payload %j and form %j', (keys, entries, issues) => {
		const desired = desiredOf({ model: everyKind, payload: { keys }, entries });
		expect(issuesText(hiddenSecrets(everyKind, desired))).toBe(issues);
	});
});
