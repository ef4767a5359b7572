import fc from 'fast-check';

import type { Fault } from '../../../simulator';
import {
	TRUNK_GROUP_FIELDS as CONTRACT,
	type TrunkGroupField,
} from '../../../simulator/contract/trunkGroupFields';
import { addClonePlaces, EAST, REROUTE_TARGET } from '../support/clonePlaces';
import {
	asParameters,
	cloneableFields,
	companions,
	fieldSet,
	validValue,
} from '../support/fieldSets';
import { clone, locator, useOdin, type Json } from '../support/odinRuns';
import { propertyRuns } from '../support/propertyRuns';

const KEY = { ...EAST, name: 'sbc' };
const TARGET = { ...EAST, trunkGroup: 'sbc' };
const UPDATE = 'trunkGroup.update';

const odin = useOdin({ arrange: ({ network }) => addClonePlaces(network) });

const addTrunkGroup = (fields: Json = {}) => {
	const old = odin.network.trunkGroup(EAST.serviceProviderId, EAST.groupId, 'sbc');
	if (old) odin.network.removeTrunkGroup(old);
	odin.network.addTrunkGroup({ ...KEY, maxActiveCalls: 5, ...fields });
	odin.forget();
};

/** What a GET shows after a field was set to this value, digits that became numbers aside. */
const asText = (value: unknown): unknown => (typeof value === 'number' ? String(value) : value);

describe('one field', () => {
	const oneField = fc
		.constantFrom(...cloneableFields)
		.chain((field) => fc.record({ field: fc.constant(field), value: validValue(field) }));

	it('is sent with the key and nothing else, and all other fields stay', async () => {
		const property = fc.asyncProperty(
			fieldSet,
			oneField,
			fc.boolean(),
			async (before, { field, value }, toPayload) => {
				const needed = companions({ [field.name]: value });
				const { department } = before;
				addTrunkGroup({
					...before,
					...(department === undefined ? {} : { department: { ...EAST, ...(department as Json) } }),
					...needed,
				});
				const stored = odin.stored(KEY);
				const parameters = asParameters(
					{ [field.name]: value },
					{ group: EAST, isNew: false, inPayload: () => toPayload },
				);
				const answer = await odin.one(UPDATE, { ...TARGET, ...parameters });

				expect(odin.writes()).toHaveLength(1);
				const body = odin.written()[0] as Json;
				expect(Object.keys(body).sort()).toEqual([...Object.keys(KEY), field.name].sort());
				expect(body).toMatchObject(KEY);
				const sent = body[field.name];
				expect(sent).toEqual(field.name === 'department' ? { ...EAST, ...(value as Json) } : value);
				const after = odin.stored(KEY) ?? {};
				expect(asText(after[field.name])).toEqual(asText(sent));
				expect({ ...after, [field.name]: null }).toEqual({ ...stored, [field.name]: null });
				expect(answer).toEqual(after);
			},
		);
		await fc.assert(property, propertyRuns(100));
	});
});

describe('clearing', () => {
	const clearable = CONTRACT.filter(
		({ name, clearable: takesNull, writeOn = [] }) =>
			takesNull && writeOn.includes('update') && name !== 'hostedUserIdList',
	);

	const offered = () => {
		const property = odin.engine
			.description()
			.properties.find(
				({ name, displayOptions }) =>
					name === 'clearFields' && displayOptions?.show?.resource?.includes('trunkGroup'),
			);
		return (property?.options ?? []).map((option) => 'value' in option && option.value);
	};

	it('is offered for what BroadWorks clears and nothing else', () => {
		expect(offered().sort()).toEqual(clearable.map(({ name }) => name).sort());
	});

	const example = ({ name, type }: TrunkGroupField): unknown => {
		if (name === 'users') return [{ userId: 'hosted@example.com' }];
		if (name === 'department') return { ...EAST, name: 'Sales' };
		if (name === 'accessDevice') return { deviceLevel: 'Group', deviceName: 'sbc-1' };
		if (type === 'object') return { ...REROUTE_TARGET };
		if (type === 'enum') return 'Forward';
		return type === 'integer' ? 7 : 'text';
	};

	it.each(['clearFields', 'null in Payload'])('with %s sends null and unsets it', async (way) => {
		for (const field of clearable) {
			const { name } = field;
			addTrunkGroup({ [name]: example(field) });
			await odin.all(UPDATE, {
				...TARGET,
				...(way === 'clearFields'
					? { clearFields: [name] }
					: { payload: JSON.stringify({ [name]: null }) }),
			});
			expect(odin.written()).toEqual([{ ...KEY, [name]: null }]);
			// A trunk group without hosted users has an empty list of them.
			const unset = name === 'users' ? [] : null;
			expect(odin.stored(KEY)?.[name] ?? null).toEqual(unset);
		}
	});

	it.each([
		['null in Payload', { payload: '{"invitationTimeout":null}' }, 'Invitation Timeout'],
		['clearFields', { clearFields: ['invitationTimeout'] }, 'Clear Fields'],
	])('of a field that BroadWorks does not clear is refused (%s)', async (_, parameters, label) => {
		addTrunkGroup();
		const complaint = await odin.complaint(UPDATE, { ...TARGET, ...parameters });
		expect(complaint).toContain(label);
		expect(complaint).toContain('clear');
		expect(odin.requests()).toEqual([]);
	});

	it('None clears an action', async () => {
		addTrunkGroup({
			callForwardingAlwaysAction: 'Forward',
			callForwardingAlwaysForwardAddress: '15550100',
		});
		const profile = await odin.one(UPDATE, {
			...TARGET,
			callForwardingAlways: { callForwardingAlwaysAction: 'None' },
		});
		expect(odin.written()).toEqual([{ ...KEY, callForwardingAlwaysAction: null }]);
		expect(profile).not.toHaveProperty('callForwardingAlwaysAction');
		expect(profile).toMatchObject({ callForwardingAlwaysForwardAddress: 15550100 });
	});

	it('and a value for the same field are a contradiction', async () => {
		addTrunkGroup();
		const complaint = await odin.complaint(UPDATE, {
			...TARGET,
			clearFields: ['prefix'],
			identity: { prefix: '00' },
		});
		expect(complaint).toContain("'Prefix'");
		expect(odin.requests()).toEqual([]);
	});

	it.each<[string, string, Json]>([
		['that is named twice', 'prefix', { clearFields: "={{ ['prefix', 'prefix'] }}" }],
		[
			'that None clears as well',
			'callForwardingAlwaysAction',
			{
				clearFields: ['callForwardingAlwaysAction'],
				callForwardingAlways: { callForwardingAlwaysAction: 'None' },
			},
		],
	])('of a field %s is no contradiction', async (_, name, parameters) => {
		addTrunkGroup({
			prefix: '00',
			callForwardingAlwaysAction: 'Forward',
			callForwardingAlwaysForwardAddress: '15550100',
		});
		await odin.all(UPDATE, { ...TARGET, ...parameters });
		expect(odin.written()).toEqual([{ ...KEY, [name]: null }]);
	});

	it('named in a text, as an expression may give it, is done or refused, not passed over', async () => {
		addTrunkGroup({ prefix: '00' });
		const { status } = await odin.run(UPDATE, {
			...TARGET,
			clearFields: "={{ 'prefix' }}",
			callCapacity: { maxActiveCalls: 6 },
		});
		const cleared = odin.stored(KEY)?.prefix === undefined;
		expect(status === 'error' ? odin.writes().length === 0 : cleared).toBe(true);
	});
});

describe('what is not given', () => {
	it.each([
		['nothing', {}],
		[
			'empty text and null',
			{
				identity: {
					prefix: '',
					peeringDomain: '={{ null }}',
					trunkGroupIdentity: '={{ undefined }}',
				},
				additionalFields: { departmentName: '' },
				payload: '{"prefix":""}',
				newName: '',
			},
		],
		['only a device level', { accessDevice: { deviceLevel: 'Group' } }],
		['only the key in Payload', { payload: JSON.stringify(KEY) }],
	])('is left alone: an update of %s is refused without a request', async (_, parameters) => {
		addTrunkGroup({ prefix: '00' });
		const complaint = await odin.complaint(UPDATE, { ...TARGET, ...parameters });
		expect(complaint).toMatch(/nothing to update/i);
		expect(odin.simulator.requests).toEqual([]);
	});

	it('documented defaults are not sent', async () => {
		addTrunkGroup({ invitationTimeout: 99 });
		await odin.all(UPDATE, { ...TARGET, payload: { maxActiveCalls: '7' } });
		expect(odin.written()).toEqual([{ ...KEY, maxActiveCalls: 7 }]);
	});

	it('0 and false are values', async () => {
		addTrunkGroup({ maxIncomingCalls: 3, enableBursting: true });
		await odin.all(UPDATE, {
			...TARGET,
			callCapacity: { maxIncomingCalls: 0, enableBursting: 'FALSE' },
		});
		expect(odin.written()).toEqual([{ ...KEY, maxIncomingCalls: 0, enableBursting: false }]);
	});
});

describe('renaming', () => {
	it.each([{ quietProfiles: false }, { quietProfiles: true }])(
		'the trunk group is found under its new name only (%j)',
		async (switches) => {
			addTrunkGroup({ maxActiveCalls: 9, sipAuthenticationPassword: 'Secret-1' });
			odin.simulator.configure(switches);
			const renamed = await odin.one(UPDATE, { ...TARGET, newName: 'sbc-2' });
			expect(odin.written()).toEqual([{ ...KEY, newName: 'sbc-2' }]);
			expect(renamed).toMatchObject({ ...KEY, name: 'sbc-2', maxActiveCalls: 9 });
			const get = async (trunkGroup: string) =>
				await odin.one('trunkGroup.get', {
					...EAST,
					trunkGroup,
					simplify: false,
					options: { ifNotFound: 'returnEmpty' },
				});
			expect(await get('sbc-2')).toEqual(renamed);
			expect(await get('sbc')).toEqual({ ...KEY, found: false });
		},
	);

	it.each<[Fault, string]>([
		[{ kind: 'status', status: 400 }, 'inconclusive: Odin refused to read it (HTTP 400)'],
		[{ kind: 'truncated' }, 'truncated JSON'],
		[{ kind: 'status', status: 404 }, "Odin has the trunk group neither as 'sbc' nor as 'sbc-2'"],
	])(
		'of which nothing is known in the end is not told as a failed read: %j',
		async (fault, seen) => {
			addTrunkGroup();
			odin.simulator.addFault({ kind: 'lostAnswer', method: 'PUT' });
			odin.simulator.addFault({ ...fault, method: 'GET', times: 20 });
			const options = { maxRetries: 1 };
			const complaint = await odin.complaint(UPDATE, { ...TARGET, newName: 'sbc-2', options });
			expect(complaint).toMatch(
				/^The outcome is unknown: Odin may or may not have updated trunk group 'sbc' /,
			);
			expect(complaint).toContain(seen);
			expect(complaint).toContain('Check its state in Odin before you run this again');
		},
	);

	it('to a name that is taken is refused in words', async () => {
		addTrunkGroup();
		const complaint = await odin.complaint(UPDATE, { ...TARGET, newName: 'neighbour' });
		expect(complaint).toContain("There is already a trunk group 'neighbour'");
		expect(complaint).toContain("'sbc'");
		expect(odin.stored(KEY)).toBeDefined();
	});

	it.each<[number, string]>([
		[409, 'The line port is already in use'],
		[400, 'Identity sbc-2@example.com is already in use'],
		[400, 'user name is already in use'],
		[409, 'sbc-2 is not unique'],
	])("to a name that nobody has leaves Odin's words: %i %s", async (status, words) => {
		addTrunkGroup();
		const body = { error: words, status };
		odin.simulator.addFault({ kind: 'status', method: 'PUT', status, body });
		const complaint = await odin.complaint(UPDATE, { ...TARGET, newName: 'sbc-2' });
		expect(complaint).toContain(`(HTTP ${status}): ${words}`);
		expect(complaint).not.toContain('There is already');
		expect(odin.writes()).toHaveLength(1);
	});

	it('an answer that still has the old name is not mistaken', async () => {
		addTrunkGroup();
		const old = odin.stored(KEY);
		odin.simulator.injectFault(({ method }) => (method === 'PUT' ? { kind: 'empty' } : undefined));
		const renamed = await odin.one(UPDATE, { ...TARGET, newName: '4711' });
		expect(renamed).toEqual({ ...old, name: '4711' });
	});
});

describe('dependencies', () => {
	it('a field that is stored already need not be named again', async () => {
		addTrunkGroup({ callForwardingAlwaysForwardAddress: '15550100' });
		await odin.all(UPDATE, {
			...TARGET,
			callForwardingAlways: { callForwardingAlwaysAction: 'Forward' },
		});
		expect(odin.written()).toEqual([{ ...KEY, callForwardingAlwaysAction: 'Forward' }]);
	});

	it('one that is stored nowhere is asked for, nothing is written', async () => {
		addTrunkGroup();
		const complaint = await odin.complaint(UPDATE, {
			...TARGET,
			callForwardingAlways: { callForwardingAlwaysAction: 'Forward' },
		});
		expect(complaint).toContain(
			"'Always Forward To' is needed when 'Call Forward Always Action' is 'Forward'",
		);
		expect(odin.writes()).toEqual([]);
	});
});

describe('the SIP password', () => {
	const SECRET = 'Ab-Secret-4711';

	it('is sent only with Set SIP Password, and never shown unless asked for', async () => {
		addTrunkGroup({ sipAuthenticationUserName: 'pbx' });
		const user = { sipAuthenticationUserName: 'pbx-2', sipAuthenticationPassword: SECRET };
		const without = await odin.run(UPDATE, { ...TARGET, authentication: user });
		expect(odin.written()).toEqual([{ ...KEY, sipAuthenticationUserName: 'pbx-2' }]);
		expect(without.hints.map(({ message }) => message).join()).toContain('Set SIP Password');

		odin.forget();
		const authentication = { ...user, setSipPassword: true };
		const profile = await odin.one(UPDATE, { ...TARGET, authentication });
		expect(odin.written()).toEqual([{ ...KEY, ...user }]);
		expect(odin.sipPassword(KEY)).toBe(SECRET);
		expect(JSON.stringify(profile)).not.toContain(SECRET);

		const options = { includeSipPassword: true };
		expect(await odin.one(UPDATE, { ...TARGET, authentication, options })).toMatchObject({
			sipAuthenticationPassword: SECRET,
			sipAuthenticationUserName: 'pbx-2',
		});
	});

	it('alone without Set SIP Password is nothing to update', async () => {
		addTrunkGroup();
		const authentication = { sipAuthenticationPassword: SECRET };
		const complaint = await odin.complaint(UPDATE, { ...TARGET, authentication });
		expect(complaint).toMatch(/nothing to update/i);
		expect(complaint).toContain('Set SIP Password');
		expect(complaint).not.toContain(SECRET);
		expect(odin.requests()).toEqual([]);
	});

	it('is needed when it is to be set', async () => {
		addTrunkGroup();
		const complaint = await odin.complaint(UPDATE, {
			...TARGET,
			authentication: { setSipPassword: true },
		});
		expect(complaint).toContain("'SIP Password' is needed when 'Set SIP Password' is on");
		expect(odin.requests()).toEqual([]);
	});

	it('is generated only where the output is to contain it: it would be lost for good', async () => {
		addTrunkGroup();
		const authentication = { setSipPassword: true, sipPasswordSource: 'generate' };
		expect(await odin.complaint(UPDATE, { ...TARGET, authentication })).toMatch(/lost for good/);
		expect(odin.requests()).toEqual([]);
		const before = odin.sipPassword(KEY);
		const options = { includeSipPassword: true };
		const shown = await odin.run(UPDATE, { ...TARGET, authentication, options });
		const { sipAuthenticationPassword } = shown.output[0]?.[0]?.json ?? {};
		expect(sipAuthenticationPassword).toBe(odin.sipPassword(KEY));
		expect(sipAuthenticationPassword).not.toBe(before);
		expect(shown.hints).toEqual([]);
	});

	it('is cleared with Clear Fields', async () => {
		addTrunkGroup({ sipAuthenticationPassword: SECRET });
		await odin.all(UPDATE, { ...TARGET, clearFields: ['sipAuthenticationPassword'] });
		expect(odin.sipPassword(KEY)).toBeUndefined();
	});
});

describe('the pilot user', () => {
	beforeEach(() => {
		addTrunkGroup();
		odin.network.addUser({ ...EAST, userId: 'pilot@example.com', trunkGroup: 'sbc' });
		odin.network.addUser({ ...EAST, userId: '2001', trunkGroup: 'sbc' });
	});

	it.each([
		['pilot@example.com', 'pilot@example.com'],
		[locator('id', 'pilot@example.com'), 'pilot@example.com'],
		[locator('list', 2001), '2001'],
		[2001, '2001'],
	])('is set by %j and cleared again', async (given, pilotUserId) => {
		const profile = await odin.one(UPDATE, { ...TARGET, additionalFields: { pilotUserId: given } });
		expect(profile).toMatchObject({ pilotUserId });
		expect(odin.written()).toEqual([{ ...KEY, pilotUserId }]);
		const cleared = await odin.one(UPDATE, { ...TARGET, clearFields: ['pilotUserId'] });
		expect(cleared).not.toHaveProperty('pilotUserId');
	});

	it('must be a user of the trunk group', async () => {
		const complaint = await odin.complaint(UPDATE, {
			...TARGET,
			additionalFields: { pilotUserId: 'nobody@example.com' },
		});
		expect(complaint).toContain('nobody@example.com is not a user of the trunk group');
	});
});

describe('names inside the sections', () => {
	const reroute = (name: unknown, groupId?: unknown) => ({
		callForwardingAlways: {
			callForwardingAlwaysAction: 'Reroute',
			callForwardingAlwaysRerouteTrunkGroupName: name,
			...(groupId !== undefined && { callForwardingAlwaysRerouteTrunkGroupGroupId: groupId }),
		},
	});

	it.each([
		['text', (value: string) => value],
		['a locator', (value: string) => locator('name', value)],
		[
			'a locator from the list',
			(value: string) => ({ ...locator('list', value), cachedResultName: 'x' }),
		],
	])('may be given as %s', async (_, given) => {
		addTrunkGroup();
		await odin.all(UPDATE, {
			...TARGET,
			...reroute(given('hub-overflow'), 'initech-hub'),
			accessDevice: { deviceName: given('4711') },
			additionalFields: { departmentName: given('1001') },
		});
		expect(odin.written()).toEqual([
			{
				...KEY,
				callForwardingAlwaysAction: 'Reroute',
				callForwardingAlwaysRerouteTrunkGroupKey: REROUTE_TARGET,
				accessDevice: { deviceName: '4711', deviceLevel: 'Group' },
				department: { ...EAST, name: '1001' },
			},
		]);
	});

	it('may be numbers', async () => {
		addTrunkGroup();
		const item = { device: 4711, department: 1001, trunkGroup: 'neighbour' };
		await odin.all(
			UPDATE,
			{
				...TARGET,
				...reroute(locator('name', '={{ $json.trunkGroup }}')),
				accessDevice: { deviceName: '={{ $json.device }}' },
				additionalFields: { departmentName: locator('name', '={{ $json.department }}') },
			},
			{ items: [item] },
		);
		expect(odin.stored(KEY)).toMatchObject({
			callForwardingAlwaysRerouteTrunkGroupKey: { ...EAST, name: 'neighbour' },
			accessDevice: { deviceName: '4711' },
			department: { name: '1001' },
		});
	});
});

it('a trunk group that is not there is named', async () => {
	const complaint = await odin.complaint(UPDATE, {
		...EAST,
		trunkGroup: 'nowhere',
		callCapacity: { maxActiveCalls: 3 },
	});
	expect(complaint).toContain("trunk group 'nowhere' in group 'initech-east'");
	expect(complaint).toMatch(/not found|has no/i);
});

it('two items for the same trunk group are done in input order', async () => {
	addTrunkGroup();
	const items = [11, 12, 13, 14, 15].map((calls) => ({ calls }));
	const profiles = await odin.all(
		UPDATE,
		{ ...TARGET, callCapacity: { maxActiveCalls: '={{ $json.calls }}' } },
		{ items },
	);
	expect(profiles.map(({ maxActiveCalls }) => maxActiveCalls)).toEqual([11, 12, 13, 14, 15]);
	expect(clone(odin.stored(KEY))).toMatchObject({ maxActiveCalls: 15 });
});

it('an item that names what an item before it renames is done after it', async () => {
	addTrunkGroup();
	odin.simulator.configure({ latencyMs: 20 });
	const items = [
		{ trunkGroup: 'sbc', newName: 'sbc-2' },
		{ trunkGroup: 'sbc-2', calls: 7 },
		{ trunkGroup: 'sbc-2', newName: 'sbc' },
	];
	const parameters = {
		...TARGET,
		trunkGroup: '={{ $json.trunkGroup }}',
		newName: '={{ $json.newName }}',
		callCapacity: { maxActiveCalls: '={{ $json.calls }}' },
	};
	const profiles = await odin.all(UPDATE, parameters, { items });
	expect(profiles.map(({ name }) => name)).toEqual(['sbc-2', 'sbc-2', 'sbc']);
	expect(odin.stored(KEY)).toMatchObject({ maxActiveCalls: 7 });
});
