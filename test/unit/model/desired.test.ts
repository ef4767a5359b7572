import fc from 'fast-check';
import { clearableFields } from '../../../nodes/Odin/model/clearFields';
import type { DesiredFields, DesiredInput } from '../../../nodes/Odin/model/desired';
import { hasNone } from '../../../nodes/Odin/model/field';
import { desiredBeside } from '../../../nodes/Odin/model/conditions';
import { issuesText } from '../../../nodes/Odin/values/issues';
import type { JsonValue } from '../../../nodes/Odin/values/json';
import { createBody, updateBody, withoutEffect } from '../../../nodes/Odin/model/requestBody';
import { anyJson, creatable, deepFreeze, trunkGroupFields } from './fieldValues';
import { dirtyText, whiteSpace } from './dirtyTexts';
import { everyKind } from './everyKind';
import { desiredFrom, desiredOf, key, keyFields, model } from './profiles';

/** What an update sends for a Payload, and what it says. */
function read(payload: unknown, input: Partial<DesiredInput> = {}) {
	const desired = desiredFrom(deepFreeze(payload), input);
	return {
		body: updateBody(model, desired),
		hints: desired.hints,
		issues: issuesText(desired.issues),
	};
}

const ofGroup = { serviceProviderId: key.serviceProviderId, groupId: key.groupId };

describe("a CRM's row", () => {
	const row = {
		dealname: 'Acme',
		...keyFields,
		maxActiveCalls: 10,
		prefix: null,
		maxIncomingCalls: null,
		peeringDomain: ' \u00a0',
		deviceName: '',
		departmentName: null,
		capacityExceededAction: null,
		accessDevice: { deviceName: '', deviceLevel: null },
		department: {},
		users: [''],
		other: { nested: { deep: '' } },
	};

	test('its nulls and blanks change nothing, and what is no field is named', () => {
		const { body, hints, issues } = read(row);
		expect(body).toEqual({ maxActiveCalls: 10, dealname: 'Acme' });
		expect(hints).toEqual([
			"'Further Fields (JSON)' names 'dealname', which this node does not know and therefore did not check",
		]);
		expect(issues).toBe('');
	});

	test('its nulls clear where they are to, by the names of the form too', () => {
		expect(read(row, { nulls: 'clear' }).body).toEqual({
			maxActiveCalls: 10,
			dealname: 'Acme',
			prefix: null,
			maxIncomingCalls: null,
			capacityExceededAction: null,
			department: null,
		});
	});

	test.each([
		[
			'ignore',
			{ maxActiveCalls: 10 },
			"'dealname', which this node does not know and left out",
			'',
		],
		[
			'refuse',
			{ maxActiveCalls: 10 },
			'',
			"'dealname' in 'Further Fields (JSON)' is not a field that this node knows",
		],
	] as const)('with unknown fields to %s', (unknownFields, body, hint, issue) => {
		const result = read(row, { unknownFields });
		expect(result.body).toEqual(body);
		expect(result.hints.join()).toContain(hint);
		expect(result.issues).toBe(issue);
	});
});

describe('the names of the form in Payload', () => {
	test('compose the objects as the form does', () => {
		expect(
			read({
				deviceName: ' acme-sbc-1',
				departmentName: 'Sales ',
				capacityExceededRerouteTrunkGroupName: 'b',
				callForwardingAlwaysRerouteTrunkGroupName: 'c',
				callForwardingAlwaysRerouteTrunkGroupGroupId: 'acme-branch',
			}),
		).toEqual({
			body: {
				accessDevice: { deviceName: 'acme-sbc-1', deviceLevel: 'Group' },
				department: { ...ofGroup, name: 'Sales' },
				capacityExceededRerouteTrunkGroupKey: { ...ofGroup, name: 'b' },
				callForwardingAlwaysRerouteTrunkGroupKey: { ...ofGroup, groupId: 'acme-branch', name: 'c' },
			},
			hints: [],
			issues: '',
		});
	});

	test.each([
		[
			{ deviceName: 'form' },
			{ deviceName: 'payload' },
			{ deviceName: 'form', deviceLevel: 'Group' },
		],
		[
			{ deviceLevel: 'System' },
			{ deviceName: 'payload' },
			{ deviceName: 'payload', deviceLevel: 'System' },
		],
		[
			{ deviceName: 'form' },
			{ deviceLevel: 'System' },
			{ deviceName: 'form', deviceLevel: 'System' },
		],
		[
			{ deviceName: 'form' },
			{ accessDevice: { deviceName: 'payload', deviceLevel: 'System' } },
			{ deviceName: 'form', deviceLevel: 'Group' },
		],
		[
			{ deviceName: ' ' },
			{ deviceName: 'payload' },
			{ deviceName: 'payload', deviceLevel: 'Group' },
		],
		[{ deviceName: 'form' }, { deviceName: null }, { deviceName: 'form', deviceLevel: 'Group' }],
		[{}, { deviceLevel: 'System' }, undefined],
		[
			{},
			{ accessDevice: { deviceName: 'a' }, deviceName: 'a', deviceLevel: 'System' },
			{ deviceName: 'a', deviceLevel: 'System' },
		],
	])('the form %j wins over Payload %j', (entries, payload, accessDevice) => {
		const { body, issues } = read(payload, { entries, nulls: 'clear' });
		expect([body.accessDevice, issues]).toEqual([accessDevice, '']);
	});

	test('that contradict the object are refused', () => {
		const payload = { accessDevice: { deviceName: 'a', deviceLevel: 'Group' }, deviceName: 'b' };
		expect(read(payload).issues).toBe(
			"'deviceName' in 'Further Fields (JSON)' differs from 'accessDevice' in 'Further Fields (JSON)'",
		);
	});

	test('with a value that is none are refused by their label', () => {
		expect(read({ deviceName: ['a'], departmentName: 'Sal\u200bes' }).issues).toMatch(
			/'Department Name' in 'Further Fields \(JSON\)' takes .*"Sal\\u200bes".*'Device Name' in 'Further Fields \(JSON\)' takes .*a list|'Device Name' in 'Further Fields \(JSON\)' takes .*a list.*'Department Name' in 'Further Fields \(JSON\)' takes .*"Sal\\u200bes"/,
		);
	});
});

describe('a key that nearly matches', () => {
	test.each([
		['MaxIncomingCalls', 'maxIncomingCalls'],
		['maxOutgoingCalls ', 'maxOutgoingCalls'],
		['\ufeffenableBursting', 'enableBursting'],
		['bursting_max_active_calls', 'burstingMaxActiveCalls'],
		['BURSTING-MAX-ACTIVE-CALLS', 'burstingMaxActiveCalls'],
		['pre\u200bfix', 'prefix'],
		['Enable Bursting Capacity', 'enableBursting'],
		['CLID Policy', 'pilotUserCallingLineIdentityForExternalCallsPolicy'],
		['Device Name', 'deviceName'],
		['department name', 'departmentName'],
		['Exceeded Reroute To', 'capacityExceededRerouteTrunkGroupName'],
		['Name', 'name'],
		['service_provider_id', 'serviceProviderId'],
		['Service Provider', 'serviceProviderId'],
	])('%j is refused, naming %s', (name, meant) => {
		for (const unknownFields of ['send', 'ignore', 'refuse'] as const) {
			const { body, issues } = read({ [name]: 'x' }, { unknownFields });
			expect(issues).toContain(`use '${meant}'`);
			expect(issues).not.toMatch(/[\u200b\ufeff]/);
			expect(body).toEqual({});
		}
	});

	test('no spelling of a known name is sent, and every label names one field', () => {
		const spell = fc.constantFrom<(name: string) => string>(
			(name) => name.toUpperCase(),
			(name) => ` ${name}`,
			(name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
			(name) => name.replace(/[A-Z]/g, (letter) => `\u00ad${letter}`),
		);
		fc.assert(
			fc.property(fc.constantFrom(...trunkGroupFields), spell, ({ name, label }, spelled) => {
				for (const known of [name, label]) {
					fc.pre(spelled(known) !== name);
					expect(read({ [spelled(known)]: 1 })).toMatchObject({
						body: {},
						issues: expect.stringMatching(/; use '\w+'$/),
					});
				}
			}),
		);
	});

	test('without a value is not given', () => {
		expect(read({ MaxIncomingCalls: '', Prefix: null })).toEqual({
			body: {},
			hints: [],
			issues: '',
		});
	});

	test('inside an object is refused, too', () => {
		expect(read({ accessDevice: { deviceName: 'a', DeviceLevel: 'System' } }).issues).toContain(
			"use 'deviceLevel'",
		);
		expect(read({ department: { departmentName: 'Sales' } }).issues).toContain("use 'name'");
		expect(read({ users: [{ UserId: 'a' }] }).issues).toContain('userId');
	});
});

describe('key fields in Payload never decide', () => {
	test.each([
		[{ name: 'other' }, ['name']],
		[{ serviceProviderId: 'x', groupId: 'y' }, ['serviceProviderId', 'groupId']],
		[{ name: ['acme-sbc-1'] }, ['name']],
		[{ name: ' ACME-sbc-1\u00a0', groupId: 'acme-hq' }, []],
		[{ name: '', groupId: null }, []],
	])('%j: hints on %j', (payload, named) => {
		for (const unknownFields of ['send', 'refuse'] as const) {
			const { body, hints, issues } = read(payload, { unknownFields, nulls: 'clear' });
			expect([body, issues]).toEqual([{}, '']);
			expect(hints).toEqual(
				named.map(
					(name) =>
						`'${name}' in 'Further Fields (JSON)' differs from the parameter, which takes precedence`,
				),
			);
		}
	});

	test('a name of digits is the same as a number', () => {
		const item = { ...key, id: '00123' };
		expect(read({ name: 123 }, { key: item }).hints).toEqual([]);
		expect(read({ name: '123' }, { key: item }).hints).toHaveLength(1);
	});
});

describe('lists', () => {
	test.each([
		['a@x.net, b@x.net,,', [{ userId: 'a@x.net' }, { userId: 'b@x.net' }]],
		['["a@x.net",""]', [{ userId: 'a@x.net' }]],
		[
			['a@x.net', { userId: ' b@x.net', lastName: ' ' }, {}],
			[{ userId: 'a@x.net' }, { userId: 'b@x.net' }],
		],
		[[4711], [{ userId: '4711' }]],
		[[], []],
		[[''], undefined],
		[',', undefined],
	])('hosted users %j', (users, wanted) => {
		expect(read({ users })).toMatchObject({ body: wanted ? { users: wanted } : {}, issues: '' });
	});

	test.each([[[{ lastName: 'Doe' }]], [['a\u200b']], [[['a']]], ['[a'], [true]])(
		'hosted users are not %j',
		(users) => {
			expect(read({ users }).issues).toContain("'Hosted Users' in 'Further Fields (JSON)'");
		},
	);

	test('of plain texts', () => {
		expect(read({ hostedUserId: '["c@x.net",""]' }).body).toEqual({ hostedUserId: ['c@x.net'] });
		expect(read({ hostedUserId: [{ userId: 'c' }] }).issues).toContain('not an object');
		const inForm = (value: unknown) =>
			read({}, { entries: { deleteOptionsMessageResponseStatusCode: value } });
		expect(inForm(['404', ' 503 ', '']).body).toEqual({
			deleteOptionsMessageResponseStatusCode: ['404', '503'],
		});
		for (const nothing of [[], '', '[]', ['']])
			expect(inForm(nothing)).toEqual({ body: {}, hints: [], issues: '' });
	});
});

describe('what has no rule', () => {
	test('is sent without white space at ends, empty parts and empty elements', () => {
		expect(
			read({
				pilotUser: { userId: ' p ', lastName: '', contact: ['', 'c '], department: { name: null } },
				other: ['\u00a0x', null],
			}).body,
		).toEqual({ pilotUser: { userId: 'p', contact: ['c'] }, other: ['x'] });
		expect(read({ other: [], more: { list: [] } }).body).toEqual({ other: [], more: { list: [] } });
	});

	test('keeps passwords as they are, or refuses them', () => {
		expect(
			read({ pilotUser: { userId: 'p', password: 'a b' }, otherPassword: 'x' }).body,
		).toMatchObject({ pilotUser: { password: 'a b' }, otherPassword: 'x' });
		expect(read({ pilotUser: { userId: 'p', password: 'secret ' } }).issues).toMatch(
			/^'Pilot User' in 'Further Fields \(JSON\)' takes text without white space/,
		);
		expect(read({ otherPassword: '  ', pilotUser: { password: '\t' } }).body).toEqual({});
	});
});

describe('requests', () => {
	const texts = (value: unknown): string[] => {
		if (typeof value === 'string') return [value];
		return typeof value === 'object' && value !== null ? Object.values(value).flatMap(texts) : [];
	};

	test('never have white space at the ends of a text, whatever comes in form and Payload', () => {
		const entries = fc.dictionary(
			fc.constantFrom(...creatable.map(({ name }) => name), 'deviceName', 'departmentName'),
			dirtyText,
		);
		const payload = fc.dictionary(
			fc.oneof(fc.constantFrom(...creatable.map(({ name }) => name), 'deviceName'), dirtyText),
			fc.oneof(
				dirtyText,
				fc.array(dirtyText),
				fc.dictionary(fc.constantFrom('name', 'deviceName', 'userId', 'x'), dirtyText),
				anyJson,
			),
		);
		fc.assert(
			fc.property(entries, payload, (form, keys) => {
				const desired = desiredOf({ entries: form, payload: { keys } });
				for (const text of [
					...texts(createBody(model, key, desired)),
					...texts(updateBody(model, desired)),
				]) {
					expect(text).toBe(text.trim());
					expect(text).not.toBe('');
				}
			}),
		);
	});

	test('are the same with white space around each text as without', () => {
		const plain = {
			prefix: '0099',
			userLookupPolicy: 'Basic',
			maxIncomingCalls: '5',
			enableBursting: 'TRUE',
			deviceName: 'acme-sbc-1',
			trunkGroupIdentity: 'a@example.com',
			other: 'x',
		};
		fc.assert(
			fc.property(whiteSpace, whiteSpace, (before, after) => {
				const dirty = Object.fromEntries(
					Object.entries(plain).map(([name, value]) => [name, before + value + after]),
				);
				expect(read(dirty)).toEqual(read(plain));
				expect(read({}, { entries: dirty }).body).toEqual(read({}, { entries: plain }).body);
			}),
		);
	});
});

describe('columns', () => {
	const columns = new Map<string, JsonValue>([
		['prefix', '2'],
		['maxActiveCalls', 7],
	]);

	test('count above Payload', () => {
		const { body, hints } = read({ prefix: '1', otgDtgIdentity: 'p' }, { columns });
		expect(body).toEqual({ prefix: '2', otgDtgIdentity: 'p', maxActiveCalls: 7 });
		expect(hints).toEqual([]);
	});

	test.each([
		[1, { body: 7, from: 'columns', hints: [] }],
		[7, { body: 7, from: 'form', hints: [] }],
		[
			3,
			{
				body: 3,
				from: 'form',
				hints: ["Column 'Max Active Calls' differs from the parameter, which takes precedence"],
			},
		],
	])('a parameter with the default 1 that stands at %d', (maxActiveCalls, expected) => {
		const desired = desiredOf({
			columns,
			entries: { maxActiveCalls },
			overridableDefaults: { maxActiveCalls: 1 },
		});
		const { value: body, from } = desired.fields.get('maxActiveCalls')!;
		expect({ body, from, hints: desired.hints }).toEqual(expected);
	});

	test('a field that is to be cleared, too, is a contradiction', () => {
		const { issues } = read({}, { columns, clearFields: ['prefix'] });
		expect(issues).toBe("'Clear Fields' names 'Prefix', which is also given a value");
	});

	test('are named by their heading where it is not the label', () => {
		const issue = { label: 'Max Active Calls', reason: 'is odd' };
		const texts = ['MAX_active-calls ', 'calls', undefined].map((column) =>
			issuesText([{ ...issue, ...(column !== undefined && { column }) }]),
		);
		expect(texts).toEqual([
			"'Max Active Calls' is odd",
			"'Max Active Calls' in column 'calls' is odd",
			"'Max Active Calls' is odd",
		]);
	});
});

describe('Clear Fields', () => {
	test('offers what BroadWorks clears and a profile shows, and the password', () => {
		const names = clearableFields(model).map(({ name }) => name);
		expect(names).toEqual(
			expect.arrayContaining([
				'prefix',
				'accessDevice',
				'users',
				'pilotUserId',
				'sipAuthenticationPassword',
			]),
		);
		expect(names).not.toContain('hostedUserIdList');
		expect(names).not.toContain('invitationTimeout');
	});

	test.each([
		[['prefix', 'department']],
		['prefix, department'],
		['["prefix","department",""]'],
		[[' prefix', 'department ']],
	])('%j clears', (clearFields) => {
		const desired = desiredOf({ clearFields });
		expect(desired.issues).toEqual([]);
		expect(updateBody(model, desired)).toEqual({ prefix: null, department: null });
		expect(createBody(model, key, desired)).toEqual(createBody(model, key, desiredOf({})));
	});

	test.each([undefined, null, '', [], ['']])('%j clears nothing', (clearFields) => {
		expect(desiredOf({ clearFields })).toEqual(desiredOf({}));
	});

	test.each<[Partial<DesiredInput>, string]>([
		[{ clearFields: ['invitationTimeout'] }, 'BroadWorks does not clear'],
		[{ clearFields: ['Prefix'] }, 'BroadWorks does not clear'],
		[{ clearFields: [{}, 5] }, 'BroadWorks does not clear'],
		[{ clearFields: '[prefix' }, 'takes a list'],
		[
			{ clearFields: ['prefix'], entries: { prefix: '00' } },
			"names 'Prefix', which is also given a value",
		],
		[
			{ clearFields: ['prefix'], payload: { keys: { prefix: '00' } } },
			"names 'Prefix', which is also given a value",
		],
		[
			{ clearFields: ['accessDevice'], payload: { keys: { deviceName: 'a' } } },
			"names 'Access Device', which is also given a value",
		],
	])('%j is refused: %s', (input, reason) => {
		expect(issuesText(desiredOf(input).issues)).toContain(
			`'Clear Fields' ${reason.startsWith('BroadWorks') ? 'names' : reason}`,
		);
	});

	test('of a field that None, null or another mention clears is no contradiction', () => {
		const desired = desiredOf({
			clearFields: ['callForwardingAlwaysAction', 'prefix', 'prefix'],
			entries: { callForwardingAlwaysAction: ' None ' },
			payload: { keys: { prefix: null } },
			nulls: 'clear',
		});
		expect(desired.issues).toEqual([]);
		expect(updateBody(model, desired)).toEqual({ callForwardingAlwaysAction: null, prefix: null });
	});
});

describe('SIP credentials', () => {
	const credentials = { sipAuthenticationUserName: 'u', sipAuthenticationPassword: 'Pw12345678' };
	const sent = (body: Record<string, unknown>) =>
		Object.keys(body).filter((name) => name in credentials);

	test.each([
		['FALSE', 0, 0],
		[false, 0, 0],
		[' false ', 0, 0],
		['TRUE', 2, 2],
		[null, 0, 2],
		['', 0, 2],
		[undefined, 0, 2],
	])(
		'beside authentication %j, in form and Payload alike',
		(requireAuthentication, created, updated) => {
			const row = { requireAuthentication, ...credentials };
			for (const desired of [desiredFrom(row), desiredOf({ entries: row })]) {
				expect(desired.issues).toEqual([]);
				expect(sent(createBody(model, key, desired))).toHaveLength(created);
				expect(sent(updateBody(model, desired))).toHaveLength(updated);
			}
		},
	);

	test('that are left out are named once, without their values', () => {
		const { hints } = read({ requireAuthentication: 'FALSE', ...credentials });
		expect(hints).toEqual([
			"'SIP User Name' was left out: it applies only when 'Require Authentication' is on",
			"'SIP Password' was left out: it applies only when 'Require Authentication' is on",
		]);
	});

	test('are cleared also where authentication is switched off', () => {
		const row = { requireAuthentication: false, sipAuthenticationUserName: null };
		expect(read(row, { nulls: 'clear' }).body).toEqual(row);
	});

	test('count beside a profile as they count when it is made', () => {
		const beside = (profile: Record<string, unknown>, row: Record<string, unknown> = {}) =>
			sent(
				updateBody(model, desiredBeside(model, desiredFrom({ ...credentials, ...row }), profile)),
			);
		expect(beside({ requireAuthentication: false })).toEqual([]);
		expect(beside({ requireAuthentication: 'false' })).toEqual([]);
		expect(beside({ requireAuthentication: true })).toHaveLength(2);
		expect(beside({ requireAuthentication: 'true' })).toHaveLength(2);
		expect(beside({})).toHaveLength(2);
		expect(beside({ requireAuthentication: false }, { requireAuthentication: true })).toHaveLength(
			2,
		);
	});
});

describe('a field without effect', () => {
	const hintsOn = (row: Record<string, unknown>, stored: Record<string, unknown> = {}) => {
		const desired = desiredFrom(row);
		const body: Record<string, unknown> = { ...stored, ...updateBody(model, desired) };
		return withoutEffect(model, desired, (name) => body[name]);
	};
	const conditional = trunkGroupFields.filter(({ onlyWith, neededWhen }) => onlyWith ?? neededWhen);

	test('is any that depends on another one, as its contract says', () => {
		expect(conditional).toHaveLength(19);
	});

	test.each<[Record<string, unknown>, string[]]>([
		[{ prefix: '00' }, ["'Prefix' has no effect unless 'Prefix Enabled' is on"]],
		[
			{ prefix: '00', prefixEnabled: false },
			["'Prefix' has no effect unless 'Prefix Enabled' is on"],
		],
		[{ prefix: '00', prefixEnabled: 'TRUE' }, []],
		[
			{ burstingMaxActiveCalls: 5 },
			["'Bursting Max Active Calls' has no effect unless 'Enable Bursting Capacity' is on"],
		],
		[
			{ peeringDomain: 'x.net' },
			["'Peering Domain' has no effect unless 'Route to Peering Domain' is on"],
		],
		[
			{ callForwardingAlwaysForwardAddress: '123' },
			["'Always Forward To' has no effect unless 'Call Forward Always Action' is 'Forward'"],
		],
		[
			{ callForwardingAlwaysForwardAddress: '123', callForwardingAlwaysAction: 'Reroute' },
			["'Always Forward To' has no effect unless 'Call Forward Always Action' is 'Forward'"],
		],
		[
			{ capacityExceededRerouteTrunkGroupName: 'b' },
			["'Exceeded Reroute To' has no effect unless 'Capacity Exceeded Action' is 'Reroute'"],
		],
		[
			{ userLookupPolicy: 'Extended', useSystemUserLookupPolicy: true },
			["'User Lookup Policy' has no effect unless 'Use System User Lookup Policy' is off"],
		],
		[{ userLookupPolicy: 'Basic' }, []],
		[
			{ supportConnectedIdentityPolicy: 'Enabled' },
			["'Connected Identity Policy' has no effect unless 'Use System Connected Identity' is off"],
		],
		[{ pilotUserCallingLineAssertedIdentityPolicy: 'All Originating Calls' }, []],
		[{ maxIncomingCalls: 5 }, []],
	])('%j alone', (row, hints) => {
		expect(hintsOn(row)).toEqual(hints);
	});

	test('has one beside what is stored', () => {
		expect(hintsOn({ prefix: '00' }, { prefixEnabled: true })).toEqual([]);
		expect(hintsOn({ prefix: '00' }, { prefixEnabled: 'true' })).toEqual([]);
		expect(hintsOn({ prefix: '00', prefixEnabled: false }, { prefixEnabled: true })).toHaveLength(
			1,
		);
	});
});

describe('a record with a field of each kind', () => {
	const asked = (input: object): DesiredFields =>
		desiredOf(deepFreeze({ model: everyKind, nulls: 'clear', ...input }));
	/** What is sent for form and Payload, and what is said on it. */
	const sent = (entries: object, keys: object, input: Partial<DesiredInput> = {}) => {
		const desired = asked({ entries, payload: { keys: { ...keys } }, ...input });
		const fields = [...desired.fields].map(([name, { value }]) => [name, value] as const);
		const said = [...desired.hints, issuesText(desired.issues)].filter((text) => text !== '');
		return [Object.fromEntries([...fields, ...desired.unknownKeys]), said.join('; ')];
	};
	const payload = "'Further Fields (JSON)'";
	const login = { userName: 'u', realm: 'r' };
	const end = { id: 'd', zip: 1 };
	const twoNames = `'Line Note' in ${payload} has two names, with different values`;
	const noNumber = 'contains a number that JSON does not have';
	const badPassword = 'takes text without white space at its ends, not the value given (hidden)';

	test.each<[object, object, string?]>([
		[{ note: '7', remark: 7 }, { note: '7' }],
		[{ note: 'a', remark: 'b' }, { note: 'b' }, twoNames],
		[{ note: null, remark: 'b' }, { note: 'b' }, twoNames],
		[{ remark: 'a', note: null }, { note: null }, twoNames],
		[{ forward: 'x' }, {}, `'Forward' in ${payload} takes one of "None", "Number", not "x"`],
		[{ kind: 'None' }, {}, `'Kind' in ${payload} takes one of "sip", "pots", not "None"`],
		[{ codes: [''], extras: { a: ' ' }, place: {}, members: ',' }, {}],
		[{ state: 'on' }, {}, `${payload} names 'state', which only Odin itself sets; left out`],
		[{ NOTE: 'a' }, {}, `'NOTE' in ${payload} is not a field; use 'note'`],
		[JSON.parse('{"__proto__":1}'), {}, `'__proto__' in ${payload} is not allowed as a key`],
		[{ '': NaN }, {}, `${payload} has an empty key, whose value ${noNumber}`],
		[{ odd: NaN }, {}, `'odd' in ${payload} ${noNumber}`],
		[{ siteName: null, placeRoom: null }, { site: null }],
		[{ device: { end }, devicePort: '5' }, { device: { end: { ...end, port: 5 } } }],
		[{ login, loginPassword: 'x ' }, { login }, `'Password' in ${payload} ${badPassword}`],
		[
			{ login, loginName: 'v' },
			{ login },
			`'loginName' in ${payload} differs from 'login' in ${payload}`,
		],
	])('is asked by Payload %j for %j', (keys, fields, said = '') => {
		expect(sent({}, keys)).toStrictEqual([fields, said]);
	});

	test.each<[object, object, object, string?]>([
		[{ note: 'a', lineId: 'x', groupId: 'y', state: 'on' }, { NOTE: '' }, {}],
		[{ calls: '10' }, {}, {}, `'Calls' takes a whole number from 1 to 9, not "10"`],
		[{ codes: [''], placeRoom: ' ' }, { place: { room: '7' } }, { place: { room: '7' } }],
		[{ loginName: 'u' }, { loginPassword: 'x' }, { login: { userName: 'u', password: 'x' } }],
		[{ loginPassword: 'x y' }, { login }, { login: { ...login, password: 'x y' } }],
		[
			{ loginPassword: 'x' },
			{ login: { ...login, password: 'y' } },
			{ login: { ...login, password: 'x' } },
		],
		[{ loginPassword: ' ' }, { login }, { login }],
		[{ loginPassword: 'x ' }, { login }, { login }, `'Password' ${badPassword}`],
		[
			{ loginPassword: 'x' },
			{ login: null },
			{ login: null },
			"'Password' needs 'User Name' as well",
		],
	])('is asked by the form %j beside Payload %j for %j', (entries, keys, fields, said = '') => {
		expect(sent(entries, keys)).toStrictEqual([fields, said]);
	});

	test.each<[DesiredInput['unknownFields'], object, string]>([
		['send', { odd: 1, none: null }, 'therefore did not check'],
		['ignore', {}, 'left out'],
	])('has unknown keys, to %s: %j', (unknownFields, fields, becomes) => {
		const said = `${payload} names 'odd', 'none', which this node does not know and ${becomes}`;
		const keys = { odd: 1, blank: ' ', none: null };
		expect(sent({}, keys, { unknownFields })).toEqual([fields, said]);
	});

	test('is asked by the form, by Payload in whatever names, or not at all', () => {
		const entries = { remark: 'a', siteName: 'HQ' };
		const keys = { loginName: 'u', kind: 'sip', placeRoom: '7', members: [''] };
		const { fields } = asked({ entries, payload: { keys } });
		expect([...fields].map(([name, { from }]) => `${name}: ${from}`).join(', ')).toBe(
			'kind: payload, note: form, site: form, login: payload, place: payload',
		);
		expect(asked({ payload: { keys: { siteName: null } } }).fields).toEqual(
			new Map([['site', { value: null, from: 'payload' }]]),
		);
		const noPayload = asked({ payload: { refused: 'takes a JSON object' }, entries });
		expect(issuesText(noPayload.issues)).toBe(`${payload} takes a JSON object`);
		expect([...noPayload.fields.keys()]).toEqual(['note', 'site']);
	});

	test('has no contradiction in what the item leaves open of its group', () => {
		const ofUser = { key: { serviceProviderId: '', groupId: '', id: 'line-1' } };
		const row = { serviceProviderId: 'acme-ent', groupId: '', lineId: 'LINE-1' };
		expect(sent({}, row, ofUser)).toEqual([{}, '']);
		expect(sent({}, { lineId: 'line-2' }, ofUser)[1]).toContain('differs from the parameter');
	});

	test('has the word None only for a choice that can be cleared', () => {
		const fields = [...everyKind.fields.all, { type: 'text', clearable: true } as const];
		expect(fields.filter(hasNone)).toEqual([everyKind.fields.get('forward')]);
	});
});
