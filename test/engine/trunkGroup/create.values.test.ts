import type { IDataObject } from 'n8n-workflow';

import { DEFAULT_BODY, HOME, jsonOf, otherwiseSaid, said } from '../support/creation';
import { useOdin, type CreateOptions } from '../support/odinRuns';
import { expectPlainWords } from '../support/plainWords';
import { RawItems } from '../support/rawItems';

function deepFreeze<T>(value: T): T {
	if (typeof value === 'object' && value !== null) {
		Object.values(value).forEach(deepFreeze);
		Object.freeze(value);
	}
	return value;
}

const raw = new RawItems();
const odin = useOdin({ nodeTypes: raw.nodeTypes, loggedIn: true });

/** The one body that reached Odin. */
async function bodyFor(options: CreateOptions): Promise<unknown> {
	const run = await odin.create(options);
	expect(otherwiseSaid(run)).toBe('');
	const bodies = odin.posts().map(({ body }) => body);
	expect(bodies).toHaveLength(1);
	odin.clear();
	return bodies[0];
}

/** What the user is told when nothing could be sent. */
async function refusal(options: CreateOptions): Promise<string> {
	const run = await odin.create(options);
	expect(run.status).toBe('error');
	expect(odin.simulator.requests).toEqual([]);
	expectPlainWords(said(run));
	return run.error?.message ?? '';
}

describe('a trunk group of which only the name is given', () => {
	it('is asked for with the documented defaults and nothing else', async () => {
		const run = await odin.create();
		expect(said(run)).toBe('');
		expect(odin.calls()).toEqual(['POST /groups/trunk-groups']);
		expect(odin.posts()[0]).toMatchObject({ query: {}, status: 200 });
		expect(odin.posts()[0]?.body).toStrictEqual(DEFAULT_BODY);
		expect(run.output).toStrictEqual([
			[{ json: await odin.profile('sbc'), pairedItem: { item: 0 } }],
			[],
		]);
		expect(run.credentialLookups).toBe(1);
	});

	it('is not given by payload, where the key never decides', async () => {
		const parameters = {
			serviceProviderId: '={{ "" }}',
			groupId: '={{ null }}',
			name: '={{ "" }}',
		};
		const payload = { ...HOME, name: 'sbc' };
		expect(await refusal({ parameters: { ...parameters, payload } })).toBe(
			"'Service Provider' is needed; 'Group' is needed; 'Name' is needed",
		);
	});

	it.each(['Service Provider', 'Group', 'Name'])('is refused without %s', async (label) => {
		const name =
			{ 'Service Provider': 'serviceProviderId', Group: 'groupId', Name: 'name' }[label] ?? '';
		const message = await refusal({
			items: [{}, { [name]: HOME.groupId }],
			parameters: {
				[name]: `={{ $json.${name} }}`,
				...(name !== 'name' && { name: '={{ "sbc" + $itemIndex }}' }),
			},
		});
		expect(message).toBe(`Item 0: '${label}' is needed`);
	});
});

describe('precedence', () => {
	it.each<[string, IDataObject, IDataObject]>([
		[
			'a field with the value of the default over payload',
			{ payload: { invitationTimeout: 9 }, unreachableDestination: { invitationTimeout: 6 } },
			{ invitationTimeout: 6 },
		],
		[
			'maxActiveCalls of payload over the untouched parameter',
			{ payload: { maxActiveCalls: 7 } },
			{ maxActiveCalls: 7 },
		],
		[
			'maxActiveCalls of payload over the parameter as the text 1',
			{ maxActiveCalls: '={{ "1" }}', payload: { maxActiveCalls: 7 } },
			{ maxActiveCalls: 7 },
		],
		[
			'a set maxActiveCalls over payload',
			{ maxActiveCalls: 3, payload: { maxActiveCalls: 7 } },
			{ maxActiveCalls: 3 },
		],
		[
			'maxActiveCalls of payload over an empty parameter',
			{ maxActiveCalls: '={{ null }}', payload: { maxActiveCalls: 7 } },
			{ maxActiveCalls: 7 },
		],
		[
			'requireAuthentication of payload over the switch that is off',
			{
				requireAuthentication: false,
				payload: {
					requireAuthentication: 'True',
					sipAuthenticationUserName: 'u',
					sipAuthenticationPassword: 'Secret-99',
				},
			},
			{
				requireAuthentication: true,
				sipAuthenticationUserName: 'u',
				sipAuthenticationPassword: 'Secret-99',
			},
		],
		[
			'a switch that is on over requireAuthentication of payload',
			{
				requireAuthentication: true,
				sipAuthenticationUserName: 'u',
				sipAuthenticationPassword: 'Secret-99',
				payload: { requireAuthentication: false, sipAuthenticationUserName: 'other' },
			},
			{
				requireAuthentication: true,
				sipAuthenticationUserName: 'u',
				sipAuthenticationPassword: 'Secret-99',
			},
		],
	])('%s', async (_, parameters, expected) => {
		expect(await bodyFor({ parameters })).toStrictEqual({ ...DEFAULT_BODY, ...expected });
	});
});

it('name and group of the form count, a hint says so where payload differs', async () => {
	const payload = { ...HOME, name: 'other', groupId: 'acme-plant' };
	const run = await odin.create({ parameters: { payload } });
	expect(odin.posts().map(({ body }) => body)).toStrictEqual([DEFAULT_BODY]);
	expect(run.hints.map(({ message }) => message).sort()).toEqual([
		expect.stringContaining(
			"'groupId' in 'Further Fields (JSON)' differs from the parameter, which counts",
		),
		expect.stringContaining(
			"'name' in 'Further Fields (JSON)' differs from the parameter, which counts",
		),
	]);
});

describe('values that are not given', () => {
	it.each([
		['null', null],
		['empty text', ''],
		['undefined', undefined],
	])('%s in fields and payload leaves the defaults', async (_, nothing) => {
		const value = '={{ $json.nothing }}';
		const body = await bodyFor({
			items: [{ nothing }],
			parameters: {
				callCapacity: { maxIncomingCalls: value, enableBursting: value },
				unreachableDestination: {
					invitationTimeout: value,
					unreachableDestinationAction: value,
					unreachableDestinationRerouteTrunkGroupName: value,
					unreachableDestinationRerouteTrunkGroupGroupId: value,
				},
				pilotUserPolicies: { userLookupPolicy: value },
				identity: { prefix: value },
				accessDevice: { deviceName: value, deviceLevel: 'System' },
				additionalFields: { departmentName: value },
				maxActiveCalls: '={{ $json.nothing || 1 }}',
				sipAuthenticationUserName: value,
				payload:
					'={{ { invitationTimeout: $json.nothing, prefix: $json.nothing, accessDevice: $json.nothing, users: $json.nothing } }}',
				options: { timeout: value, ifExists: value, includeSipPassword: value },
				simplify: value,
			},
		});
		expect(body).toStrictEqual(DEFAULT_BODY);
	});

	it('a row of a spreadsheet keeps its SIP columns to itself while authentication is off', async () => {
		const parameters = {
			requireAuthentication: '={{ $json.auth }}',
			sipAuthenticationUserName: '={{ $json.user }}',
			sipAuthenticationPassword: '={{ $json.secret }}',
		};
		const items = [{ auth: 'FALSE', user: 'u', secret: 'Secret-99' }];
		expect(await bodyFor({ items, parameters })).toStrictEqual(DEFAULT_BODY);
	});

	it.each(['None', '={{ "None" }}'])('the action %s is not sent', async (action) => {
		const parameters = {
			capacityExceeded: { capacityExceededAction: action },
			callForwardingAlways: { callForwardingAlwaysAction: action },
			unreachableDestination: { unreachableDestinationAction: action },
			payload: { capacityExceededAction: 'None' },
		};
		expect(await bodyFor({ parameters })).toStrictEqual(DEFAULT_BODY);
	});
});

describe('conversions', () => {
	it('take cells as spreadsheets hold them, in the form as in Payload', async () => {
		const [calls, prefix] = [' 7\n', 99];
		const sent = { ...DEFAULT_BODY, maxIncomingCalls: 7, prefixEnabled: true, prefix: '99' };
		const inForm = {
			callCapacity: { maxIncomingCalls: calls },
			identity: { prefixEnabled: ' TRUE', prefix },
		};
		expect(await bodyFor({ parameters: inForm })).toStrictEqual(sent);
		const payload = { maxIncomingCalls: calls, prefixEnabled: ' TRUE', prefix };
		expect(await bodyFor({ parameters: { payload } })).toStrictEqual(sent);
	});

	it.each<IDataObject>([
		{ serviceProviderId: 'acme-ent ' },
		{ serviceProviderId: { __rl: true, mode: 'id', value: ' acme-ent' } },
		{ groupId: '\tacme-hq\r\n' },
		{ name: '\u00a0sbc ' },
	])('names are sent without outer white space: %j', async (parameters) => {
		expect(await bodyFor({ parameters })).toStrictEqual(DEFAULT_BODY);
	});

	it('a character in any name that nobody can see is refused and written out', async () => {
		const message = await refusal({
			parameters: {
				name: 'sbc\u200b',
				groupId: 'acme\thq',
				accessDevice: { deviceName: 'a\u00adb' },
				additionalFields: { departmentName: 'S  ales' },
				capacityExceeded: { capacityExceededRerouteTrunkGroupName: 'x\ufeffy' },
				payload: {
					callForwardingAlwaysRerouteTrunkGroupKey: { ...HOME, name: 'Z\ufffdrich' },
				},
			},
		});
		for (const [label, shown] of [
			['Name', '\\u200b'],
			['Group', '\\u0009'],
			['Device Name', '\\u00ad'],
			['Department Name', 'S\\u0020\\u0020ales'],
			['Exceeded Reroute To', '\\ufeff'],
			["Always Reroute To' in 'Further Fields (JSON)", '\\ufffd'],
		]) {
			const ofLabel = message.split('; ').filter((part) => part.includes(`'${label}' `));
			expect(ofLabel.join()).toContain(shown);
		}
	});

	it('a name of nothing but white space is not given', async () => {
		expect(await refusal({ parameters: { name: ' \u00a0' } })).toBe("'Name' is needed");
	});

	it.each<[string, unknown]>([
		[
			'a list locator',
			{ __rl: true, mode: 'list', value: 'acme-ent', cachedResultName: 'Acme (acme-ent)' },
		],
		['an id locator', { __rl: true, mode: 'id', value: 'acme-ent' }],
		['plain text', 'acme-ent'],
		['a locator with an expression', { __rl: true, mode: 'id', value: '={{ $json.provider }}' }],
		[
			'an expression that gives a locator',
			'={{ ({ __rl: true, mode: "id", value: $json.provider }) }}',
		],
		['an expression that gives text', '={{ $json.provider }}'],
	])('the service provider may be %s', async (_, serviceProviderId) => {
		const items = [{ provider: 'acme-ent' }];
		const body = await bodyFor({ items, parameters: { serviceProviderId } as IDataObject });
		expect(body).toStrictEqual(DEFAULT_BODY);
	});

	it.each<[string, unknown]>([
		['a locator', { __rl: true, mode: 'id', value: 4711 }],
		['a plain number', 4711],
		['an expression', '={{ 4711 }}'],
		['a locator with an expression', { __rl: true, mode: 'id', value: '={{ 4711 }}' }],
	])('ids and names of digits may be numbers: %s', async (_, number) => {
		odin.simulator.network.addGroup({
			serviceProviderId: 'acme-ent',
			groupId: '4711',
			groupName: 'Digits',
		});
		const group = odin.simulator.network.group('acme-ent', '4711');
		if (group) group.callCapacity.maxActiveCalls = 10;
		const parameters = { groupId: number, name: '={{ 12 }}' } as IDataObject;
		expect(await bodyFor({ parameters })).toStrictEqual({
			...DEFAULT_BODY,
			groupId: '4711',
			name: '12',
		});
	});

	it.each<[string, IDataObject]>([
		['Timeout', { options: { timeout: 'soon' } }],
		['Timeout', { options: { timeout: 0 } }],
		['Preview Only', { options: { previewOnly: 'perhaps' } }],
		['Preview Only', { options: { previewOnly: '={{ $json.check }}' } }],
		['Preview Only', { options: { previewOnly: '={{ " " }}' } }],
		['Check Capacity', { options: { checkCapacity: '={{ null }}' } }],
		['Include SIP Password', { options: { includeSipPassword: '={{ 1 }}' } }],
		['If Exists', { options: { ifExists: '={{ "returnexisting" }}' } }],
		['Simplify', { simplify: '={{ "yes" }}' }],
		['Max Active Calls', { maxActiveCalls: 0 }],
		['Max Active Calls', { maxActiveCalls: '={{ "many" }}' }],
		['Require Authentication', { requireAuthentication: '={{ "on" }}' }],
	])("'%s' is checked too: %j", async (label, parameters) => {
		expect(await refusal({ parameters })).toMatch(new RegExp(`^'${label}' takes `));
	});

	it('takes options as a spreadsheet holds them', async () => {
		const options = {
			timeout: '={{ "9000" }}',
			previewOnly: '={{ "FALSE" }}',
			includeSipPassword: '={{ "true" }}',
		};
		expect(await bodyFor({ parameters: { options, simplify: '={{ "False" }}' } })).toStrictEqual(
			DEFAULT_BODY,
		);
	});
});

describe('payload', () => {
	const reply = { ...DEFAULT_BODY, prefix: '99' };

	it.each<[string, unknown]>([
		['text', '{ "prefix": "99" }'],
		['text with an expression in it', '={ "prefix": "{{ $json.prefix }}" }'],
		['an object', { prefix: '99' }],
		['an expression that gives an object', '={{ ({ prefix: $json.prefix }) }}'],
		['an expression that gives text', '={{ JSON.stringify({ prefix: $json.prefix }) }}'],
	])('may be %s', async (_, payload) => {
		expect(
			await bodyFor({ items: [{ prefix: '99' }], parameters: { payload } as IDataObject }),
		).toStrictEqual(reply);
	});

	it.each(['', '{}', '={{ "" }}', '={{ null }}', '={{ undefined }}'])(
		'may be empty: %j',
		async (payload) => {
			expect(await bodyFor({ parameters: { payload } })).toStrictEqual(DEFAULT_BODY);
		},
	);

	it.each<[string, unknown]>([
		['half JSON', '{ "prefix": '],
		['words', 'prefix 99'],
		['an array', '[{ "prefix": "99" }]'],
		['an array from an expression', '={{ [{ prefix: "99" }] }}'],
		['a number', '={{ 99 }}'],
		['a truth value', '={{ true }}'],
	])('is refused as %s', async (_, payload) => {
		expect(await refusal({ parameters: { payload } as IDataObject })).toMatch(
			/^'Further Fields \(JSON\)' takes a JSON object/,
		);
	});

	it.each([
		'{"__proto__": {"prefix": "99"}}',
		'{"pilotUser": {"__proto__": {"userId": "x"}}}',
		'{"other": [{"__proto__": 1}]}',
	])('with a key that would change prototypes is refused: %s', async (payload) => {
		expect(await refusal({ parameters: { payload } })).toContain('__proto__');
		expect(({} as IDataObject).prefix).toBeUndefined();
	});

	it('sends keys that the node does not know as they are, and says so once', async () => {
		odin.simulator.configure({ strict: false });
		const unknown = { colour: { of: ['the', { door: 1 }] }, dealname: '99' };
		const payload = JSON.stringify({ ...unknown, nothing: null, empty: '' });
		const run = await odin.create({
			items: [{}, {}, {}],
			parameters: { name: '={{ "sbc" + $itemIndex }}', payload },
		});
		const sent = [0, 1, 2].map((i) => ({ ...DEFAULT_BODY, name: `sbc${i}`, ...unknown }));
		expect(odin.posts().map(({ body }) => body)).toEqual(expect.arrayContaining(sent));
		expect(odin.posts()).toHaveLength(sent.length);
		expect(run.hints).toHaveLength(1);
		for (const word of ["'colour'", "'dealname'", 'items 0 to 2']) {
			expect(run.hints[0]?.message).toContain(word);
		}
		expectPlainWords(said(run));
	});

	it('ignores or refuses such keys where that was asked for', async () => {
		const payload = { colour: 'red', maxIncomingCalls: 3 };
		const ignored = await odin.create({
			parameters: { payload, options: { unknownFields: 'ignore' } },
		});
		expect(odin.posts().map(({ body }) => body)).toStrictEqual([
			{ ...DEFAULT_BODY, maxIncomingCalls: 3 },
		]);
		expect(ignored.hints[0]?.message).toMatch(/'colour'.* did not send/);
		odin.clear();
		expect(
			await refusal({ parameters: { payload, options: { unknownFields: 'refuse' } } }),
		).toContain("'colour' in 'Further Fields (JSON)'");
	});

	it("takes the form's own names and lists as one text", async () => {
		const payload = {
			deviceName: 'acme-sbc-1',
			departmentName: 'Sales',
			users: ' anna.adler@example.com,, ',
		};
		expect(await bodyFor({ parameters: { payload } })).toStrictEqual({
			...DEFAULT_BODY,
			accessDevice: { deviceName: 'acme-sbc-1', deviceLevel: 'Group' },
			department: { ...HOME, name: 'Sales' },
			users: [{ userId: 'anna.adler@example.com' }],
		});
	});

	it('may be a profile that Odin gave: what Odin only answers with is left out, with a hint', async () => {
		const profile = await odin.profile('plant-overflow', { ...HOME, groupId: 'acme-plant' });
		const payload = {
			...profile,
			accessDevice: undefined,
			users: undefined,
			name: undefined,
			groupId: undefined,
		};
		const run = await odin.create({
			items: [{ payload }],
			parameters: { payload: '={{ $json.payload }}' },
		});
		expect(run.error).toBeUndefined();
		expect(run.hints.map(({ message }) => message).join()).toContain("'trunkGroupState'");
		expect(odin.posts()[0]?.body).not.toHaveProperty('trunkGroupState');
		expect(odin.posts()[0]?.body).toMatchObject({ ...DEFAULT_BODY, maxActiveCalls: 5 });
	});

	it('does not hand over fields that Odin takes only on update', async () => {
		const message = await refusal({
			parameters: { payload: { newName: 'x', pilotUserId: 'a@example.com' } },
		});
		expect(message).toMatch(
			/'New Name' in 'Further Fields \(JSON\)' .*'Pilot User ID' in 'Further Fields \(JSON\)' /,
		);
	});
});

describe('what comes in', () => {
	it('is not changed, nor shared between items', async () => {
		const payload = {
			accessDevice: { deviceName: 'acme-sbc-1', deviceLevel: 'Group' },
			prefix: 99,
			users: [{ userId: 'anna.adler@example.com' }],
		};
		const items = ['a', 'b', 'c'].map((name) => ({
			name,
			payload,
			fields: { prefixEnabled: 'TRUE' },
		}));
		const before = JSON.stringify(items);
		const run = await raw.run(odin.engine, deepFreeze(items), {
			...HOME,
			name: '={{ $json.name }}',
			payload: '={{ $json.payload }}',
			fieldsMode: 'form',
			identity: '={{ $json.fields }}',
			additionalFields: { departmentName: '={{ $itemIndex === 1 ? "Sales" : "" }}' },
			maxActiveCalls: '={{ $itemIndex + 1 }}',
		});
		expect(otherwiseSaid(run)).toBe('');
		expect(JSON.stringify(items)).toBe(before);
		const body = { ...DEFAULT_BODY, ...payload, prefix: '99' };
		const bodies = odin.posts().map((post) => post.body as IDataObject);
		expect(
			bodies.sort((one, other) => Number(one.maxActiveCalls) - Number(other.maxActiveCalls)),
		).toStrictEqual([
			{ ...body, name: 'a' },
			{ ...body, name: 'b', maxActiveCalls: 2, department: { ...HOME, name: 'Sales' } },
			{ ...body, name: 'c', maxActiveCalls: 3 },
		]);
	});
});

describe('output', () => {
	it('is flat and the same for every trunk group with Simplify', async () => {
		const run = await odin.create({
			items: [
				{ name: 'bare' },
				{ name: 'full', device: 'acme-sbc-1', department: 'Sales', identity: 'full@example.com' },
			],
			parameters: {
				name: '={{ $json.name }}',
				simplify: true,
				accessDevice: { deviceName: '={{ $json.device }}' },
				additionalFields: { departmentName: '={{ $json.department }}' },
				identity: { trunkGroupIdentity: '={{ $json.identity }}' },
			},
		});
		const [bare = {}, full = {}] = jsonOf(run);
		expect(Object.keys(bare)).toEqual(Object.keys(full));
		expect(Object.keys(full).length).toBeLessThanOrEqual(10);
		expect(
			Object.values(full).filter((value) => typeof value === 'object' && value !== null),
		).toEqual([]);
		expect(full).toMatchObject({
			...HOME,
			name: 'full',
			maxActiveCalls: 1,
			trunkGroupIdentity: 'full@example.com',
		});
		expect(Object.values(full)).toEqual(expect.arrayContaining(['acme-sbc-1', 'Sales']));
	});

	it('is the profile read back when Odin answers without one', async () => {
		odin.simulator.configure({ quietProfiles: true });
		const run = await odin.create({
			items: [{}, {}],
			parameters: { name: '={{ "sbc" + $itemIndex }}' },
		});
		expect(odin.posts()).toHaveLength(2);
		odin.simulator.configure({ quietProfiles: false });
		expect(run.output[0]).toStrictEqual([
			{ json: await odin.profile('sbc0'), pairedItem: { item: 0 } },
			{ json: await odin.profile('sbc1'), pairedItem: { item: 1 } },
		]);
	});
});
