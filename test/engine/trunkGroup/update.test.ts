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
import { propertyRuns } from '../../propertyRuns';

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
		expect(complaint).toContain("Trunk group 'neighbour' in group");
		expect(complaint).toContain("'sbc'");
		expect(odin.stored(KEY)).toBeDefined();
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

it.each<[string, (value: string) => unknown]>([
	['text', (value) => value],
	['a locator', (value) => locator('name', value)],
	['a locator from the list', (value) => ({ ...locator('list', value), cachedResultName: 'x' })],
	['a locator with an expression', (value) => locator('name', `={{ $json["${value}"] }}`)],
	['an expression that gives a number', (value) => `={{ Number("${value}") || "${value}" }}`],
])('names inside the sections may be given as %s', async (_, given) => {
	addTrunkGroup();
	const names = ['hub-overflow', '4711', '1001'];
	await odin.all(
		UPDATE,
		{
			...TARGET,
			callForwardingAlways: {
				callForwardingAlwaysAction: 'Reroute',
				callForwardingAlwaysRerouteTrunkGroupName: given('hub-overflow'),
				callForwardingAlwaysRerouteTrunkGroupGroupId: 'initech-hub',
			},
			accessDevice: { deviceName: given('4711') },
			additionalFields: { departmentName: given('1001') },
		},
		{ items: [Object.fromEntries(names.map((name) => [name, Number(name) || name]))] },
	);
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
