import type { IDataObject } from 'n8n-workflow';

import { DEFAULT_BODY, HOME, otherwiseSaid, said } from '../support/creation';
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
		const none = { serviceProviderId: '={{ "" }}', groupId: '={{ null }}', name: ' \u00a0' };
		const payload = { ...HOME, name: 'sbc' };
		const { message } = await odin.failure('trunkGroup.create', { ...none, payload });
		expect(message).toBe("'Service Provider' is needed; 'Group' is needed; 'Name' is needed");
		expect(odin.simulator.requests).toEqual([]);
	});
});

const AUTHENTICATION = {
	requireAuthentication: true,
	sipAuthenticationUserName: 'u',
	sipAuthenticationPassword: 'Secret-99',
};
const CALLS = { payload: { maxActiveCalls: 7 } };
const ITEM = { provider: 'acme-ent', prefix: '99', auth: 'FALSE', user: 'u', secret: 'Secret-99' };

it.each<[string, IDataObject, IDataObject]>([
	// What counts above what.
	[
		'a field with the value of the default over payload',
		{ payload: { invitationTimeout: 9 }, unreachableDestination: { invitationTimeout: 6 } },
		{ invitationTimeout: 6 },
	],
	['maxActiveCalls of payload over the untouched parameter', CALLS, { maxActiveCalls: 7 }],
	[
		'maxActiveCalls of payload over the text 1',
		{ maxActiveCalls: '={{ "1" }}', ...CALLS },
		{ maxActiveCalls: 7 },
	],
	[
		'maxActiveCalls of payload over an empty one',
		{ maxActiveCalls: '={{ null }}', ...CALLS },
		{ maxActiveCalls: 7 },
	],
	['a set maxActiveCalls over payload', { maxActiveCalls: 3, ...CALLS }, { maxActiveCalls: 3 }],
	[
		'requireAuthentication of payload over the switch that is off',
		{
			requireAuthentication: false,
			payload: { ...AUTHENTICATION, requireAuthentication: 'True' },
		},
		AUTHENTICATION,
	],
	[
		'a switch that is on over requireAuthentication of payload',
		{
			...AUTHENTICATION,
			payload: { requireAuthentication: false, sipAuthenticationUserName: 'other' },
		},
		AUTHENTICATION,
	],
	[
		'no SIP columns of a row while authentication is off',
		{
			requireAuthentication: '={{ $json.auth }}',
			sipAuthenticationUserName: '={{ $json.user }}',
			sipAuthenticationPassword: '={{ $json.secret }}',
		},
		{},
	],
	[
		'a reroute target in the own group where no group is given',
		{ capacityExceeded: { capacityExceededRerouteTrunkGroupName: 'target' } },
		{ capacityExceededRerouteTrunkGroupKey: { ...HOME, name: 'target' } },
	],
	[
		'no reroute target of which only the group is given',
		{ capacityExceeded: { capacityExceededRerouteTrunkGroupGroupId: 'acme-plant' } },
		{},
	],
	// What a parameter may be.
	['a name without outer white space', { name: '\u00a0sbc ', groupId: '\tacme-hq\r\n' }, {}],
	[
		'an expression that gives a locator',
		{ serviceProviderId: '={{ ({ __rl: true, mode: "id", value: $json.provider }) }}' },
		{},
	],
	[
		'options as a spreadsheet holds them',
		{
			options: {
				timeout: '={{ "9000" }}',
				previewOnly: '={{ "FALSE" }}',
				includeSipPassword: '={{ "true" }}',
			},
			simplify: '={{ "False" }}',
		},
		{},
	],
	['payload as text', { payload: '{ "prefix": "99" }' }, { prefix: '99' }],
	[
		'payload as text with an expression',
		{ payload: '={ "prefix": "{{ $json.prefix }}" }' },
		{ prefix: '99' },
	],
	['payload as an object', { payload: { prefix: '99' } }, { prefix: '99' }],
	['payload of an expression', { payload: '={{ ({ prefix: $json.prefix }) }}' }, { prefix: '99' }],
	[
		'payload as text of an expression',
		{ payload: '={{ JSON.stringify({ prefix: $json.prefix }) }}' },
		{ prefix: '99' },
	],
	...['', '={{ "" }}', '={{ undefined }}'].map((payload): [string, IDataObject, IDataObject] => [
		`payload that is empty: ${payload}`,
		{ payload },
		{},
	]),
])('is sent: %s', async (_, parameters, expected) => {
	odin.network.addTrunkGroup({ ...HOME, name: 'target', maxActiveCalls: 1 });
	expect(await bodyFor({ items: [ITEM], parameters })).toStrictEqual({
		...DEFAULT_BODY,
		...expected,
	});
});

it.each([
	['null', null],
	['empty text', ''],
	['undefined', undefined],
])('%s in fields, payload and options leaves the defaults', async (_, nothing) => {
	const value = '={{ $json.nothing }}';
	const body = await bodyFor({
		items: [{ nothing }],
		parameters: {
			unreachableDestination: {
				unreachableDestinationAction: value,
				unreachableDestinationRerouteTrunkGroupName: value,
			},
			pilotUserPolicies: { userLookupPolicy: value },
			accessDevice: { deviceName: value, deviceLevel: 'System' },
			additionalFields: { departmentName: value },
			sipAuthenticationUserName: value,
			payload:
				'={{ { invitationTimeout: $json.nothing, accessDevice: $json.nothing, users: $json.nothing } }}',
			options: { timeout: value, ifExists: value, includeSipPassword: value },
			simplify: value,
		},
	});
	expect(body).toStrictEqual(DEFAULT_BODY);
});

it('a character in any name that nobody can see is refused and written out', async () => {
	const { message } = await odin.failure('trunkGroup.create', {
		...HOME,
		name: 'sbc\u200b',
		accessDevice: { deviceName: 'a\u00adb' },
		additionalFields: { departmentName: 'S  ales' },
		capacityExceeded: { capacityExceededRerouteTrunkGroupName: 'x\ufeffy' },
		payload: { callForwardingAlwaysRerouteTrunkGroupKey: { ...HOME, name: 'Z\ufffdrich' } },
	});
	for (const [label, shown] of [
		['Name', '\\u200b'],
		['Device Name', '\\u00ad'],
		['Department Name', 'S\\u0020\\u0020ales'],
		['Exceeded Reroute To', '\\ufeff'],
		["Always Reroute To' in 'Further Fields (JSON)", '\\ufffd'],
	]) {
		const ofLabel = message.split('; ').filter((part) => part.includes(`'${label}' `));
		expect(ofLabel.join()).toContain(shown);
	}
	expect(odin.simulator.requests).toEqual([]);
});

describe('payload', () => {
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
		expect(ignored.hints[0]?.message).toMatch(/'colour'.* and left out/);
		odin.clear();
		const options = { unknownFields: 'refuse' };
		expect(
			await odin.complaint('trunkGroup.create', { ...HOME, name: 'x', payload, options }),
		).toContain("'colour' in 'Further Fields (JSON)'");
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
});

it('what comes in is not changed, nor shared between items', async () => {
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
