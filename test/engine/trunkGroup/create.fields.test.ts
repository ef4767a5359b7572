import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { DEFAULT_BODY, HOME, otherwiseSaid, said } from '../support/creation';
import { useOdin } from '../support/odinRuns';
import {
	collectionOf,
	createForm,
	entriesOf,
	OBJECT_ENTRIES,
	PLAIN_FIELDS,
	type ContractField,
} from '../support/form';
import { expectPlainWords } from '../support/plainWords';

const odin = useOdin({ loggedIn: true });

const COLLECTIONS = [
	...new Set([...PLAIN_FIELDS.map(collectionOf), ...Object.keys(OBJECT_ENTRIES)]),
];

const fieldsOf = (collection: string): ContractField[] =>
	PLAIN_FIELDS.filter((field) => collectionOf(field) === collection);

/** The name and every entry of these collections, each an expression that reads the item. */
const entriesFromItem = (collections: string[]): IDataObject => ({
	name: '={{ $json.name }}',
	...Object.fromEntries(
		collections.map((collection) => [
			collection,
			Object.fromEntries(
				[
					...fieldsOf(collection).map(({ name }) => name),
					...(OBJECT_ENTRIES[collection] ?? []),
				].map((name) => [name, `={{ $json["${name}"] }}`]),
			),
		]),
	),
});

const labelOf = (field: ContractField): string =>
	entriesOf(odin.engine.description(), collectionOf(field)).get(field.name)?.displayName ?? '?';

const LETTERS = [
	...'abcdefghijklmnopqrstuvwxyz0123456789 .,:;-_@+#*/\\\'"<>&%$!?=(){}[]|~^`äß€漢😀',
];

/** Text that BroadWorks can store; outer spaces are another matter. */
const text = (maxLength: number): fc.Arbitrary<string> =>
	fc
		.oneof(
			fc.array(fc.constantFrom(...LETTERS), { minLength: 1, maxLength }),
			fc.array(fc.constantFrom(...LETTERS), { minLength: maxLength, maxLength }),
			fc.string({ unit: 'binary', minLength: 1, maxLength }).map((letters) => [...letters]),
		)
		.map((letters) =>
			letters.join('').replace(/[\p{C}\p{Default_Ignorable_Code_Point}\ufffd]|\s(?=\s)/gu, '_'),
		)
		// By characters: half of an emoji would be refused.
		.map((value) =>
			value.trim() === value
				? value
				: ['x', ...[...value].slice(2), 'y'].slice(0, maxLength).join(''),
		)
		.filter((value) => value !== '' && value.trim() === value);

const host = fc.constantFrom('peer.example.com', '192.0.2.1', 'sbc-1.example.net');

const phone = fc
	.tuple(fc.constantFrom('', '+'), fc.stringMatching(/^[0-9]{3,15}$/))
	.map(([plus, digits]) => ({ given: `${plus}${digits}`, sent: `${plus}${digits}` }));

const userAtHost = fc
	.tuple(fc.stringMatching(/^[a-z][a-z0-9]{0,9}$/), host)
	.map(([user, at]) => ({ given: ` ${user}@${at}`, sent: `${user}@${at}` }));

/** A value that a field takes, and how it reaches Odin. */
function valid(field: ContractField): fc.Arbitrary<{ given: unknown; sent: unknown }> {
	switch (field.type) {
		case 'integer':
			return fc
				.oneof(
					fc.constantFrom(field.min ?? 0, field.max ?? Number.MAX_SAFE_INTEGER),
					fc.integer({ min: field.min ?? 0, max: field.max ?? 2 ** 31 }),
				)
				.chain((sent) =>
					fc
						.constantFrom(sent, String(sent), ` ${sent} `, `0${sent}`)
						.map((given) => ({ given, sent })),
				);
		case 'boolean':
			return fc
				.boolean()
				.chain((sent) =>
					fc
						.constantFrom(sent, String(sent), String(sent).toUpperCase(), ` ${sent}\t`)
						.map((given) => ({ given, sent })),
				);
		case 'enum':
			return fc.constantFrom(...(field.enumValues ?? [])).map((sent) => ({ given: sent, sent }));
		default:
			if (field.name.endsWith('ForwardAddress')) return fc.oneof(phone, userAtHost);
			if (field.name === 'peeringDomain') return host.map((sent) => ({ given: sent, sent }));
			return fc.oneof(
				text(field.maxLength ?? 30).map((sent) => ({ given: sent, sent })),
				fc
					.nat({ max: 10 ** Math.min(field.maxLength ?? 9, 9) - 1 })
					.map((given) => ({ given, sent: String(given) })),
			);
	}
}

/** A value that a field does not take. Text of spaces and the empty list are not among those that count as absent. */
function invalid(field: ContractField): fc.Arbitrary<unknown> {
	const never = fc.oneof(
		fc.constantFrom<unknown>({}, { value: 1 }, [true], ['x', 'y']),
		fc.object({ maxKeys: 3 }).filter((value) => Object.keys(value).length > 0),
	);
	const { min = 0, max = Number.MAX_SAFE_INTEGER, maxLength = 30 } = field;
	switch (field.type) {
		case 'integer':
			return fc.oneof(
				never,
				fc.integer({ min: -(2 ** 40), max: min - 1 }),
				...(max < Number.MAX_SAFE_INTEGER ? [fc.integer({ min: max + 1 })] : []),
				fc.double({ noInteger: true, noNaN: true, noDefaultInfinity: true }),
				fc.boolean(),
				fc.string({ minLength: 1 }).filter((value) => !/^\s*-?\d+\s*$/.test(value)),
				fc
					.integer({ min, max: Math.min(max, 2 ** 31) })
					.chain((value) =>
						fc.constantFrom(
							`${value} calls`,
							`${value}.0`,
							`${value}e0`,
							`+${value}`,
							`${value}\u0000`,
						),
					),
			);
		case 'boolean':
			return fc.oneof(
				never,
				fc.integer(),
				fc.constantFrom('yes', 'no', 'on', 'off', '1', '0', 't', 'truee', 'true false'),
				fc.string({ minLength: 1 }).filter((value) => !/^\s*(true|false)\s*$/i.test(value)),
			);
		case 'enum':
			return fc
				.oneof(
					never,
					fc.boolean(),
					fc.integer(),
					fc.string({ minLength: 1 }),
					fc
						.constantFrom(...(field.enumValues ?? []))
						.chain((value) =>
							fc.constantFrom(
								value.toLowerCase(),
								value.toUpperCase(),
								`${value} `,
								`${value}, ${value}`,
							),
						),
				)
				.filter((value) => value !== 'None' && !field.enumValues?.includes(value as string));
		default:
			return fc.oneof(
				never,
				fc.boolean(),
				fc
					.array(fc.constantFrom(...LETTERS.slice(0, 26)), {
						minLength: maxLength + 1,
						maxLength: maxLength + 300,
					})
					.map((letters) => letters.join('')),
				fc.constantFrom(1e21, 0.1e-7, 2 ** 60),
			);
	}
}

/** Reroute keys and domains that 'required' dependencies ask for, so that only the value under test counts. */
const satisfied = (values: IDataObject): IDataObject => ({
	...values,
	...(values.routeToPeeringDomain === true &&
		!values.peeringDomain && { peeringDomain: 'peer.example.com' }),
	...Object.fromEntries(
		['capacityExceeded', 'callForwardingAlways', 'unreachableDestination'].flatMap((prefix) => [
			...(values[`${prefix}Action`] === 'Forward' && !values[`${prefix}ForwardAddress`]
				? [[`${prefix}ForwardAddress`, '+15550100']]
				: []),
			...(values[`${prefix}Action`] === 'Reroute'
				? [[`${prefix}RerouteTrunkGroupName`, 'target']]
				: []),
		]),
	),
});

/** What of `satisfied` reaches Odin. */
const onTheWire = (values: IDataObject): IDataObject =>
	Object.fromEntries(
		Object.entries(values).map(([name, value]) =>
			name.endsWith('RerouteTrunkGroupName')
				? [name.replace(/Name$/, 'Key'), { ...HOME, name: value }]
				: [name, value],
		),
	);

function addTarget(): void {
	odin.simulator.network.addTrunkGroup({ ...HOME, name: 'target', maxActiveCalls: 1 });
}

describe('the form', () => {
	it('has an entry for every field that a create takes, and no other', () => {
		const description = odin.engine.description();
		const shown = COLLECTIONS.map((name) => [
			name,
			[...entriesOf(description, name).keys()].sort(),
		]);
		const wanted = COLLECTIONS.map((name) => [
			name,
			[...fieldsOf(name).map((field) => field.name), ...(OBJECT_ENTRIES[name] ?? [])].sort(),
		]);
		expect(Object.fromEntries(shown)).toEqual(Object.fromEntries(wanted));
		const collections = createForm(description).filter(({ type }) => type === 'collection');
		expect(collections.map(({ name }) => name).sort()).toEqual([...COLLECTIONS, 'options'].sort());
	});

	it.each(PLAIN_FIELDS)('shows what happens to $name when it is left out', (field) => {
		const entry = entriesOf(odin.engine.description(), collectionOf(field)).get(field.name);
		const { seedDefault, valueAfterSeedPost, type, min } = field;
		const documented = seedDefault === 'true' || (seedDefault === 'false' ? false : seedDefault);
		const fallback = { integer: min, boolean: false, enum: 'None' }[type as string] ?? '';
		expect(entry?.default).toBe(documented ?? valueAfterSeedPost ?? fallback);
		expect(entry?.type).toBe(
			{ integer: 'number', boolean: 'boolean', enum: 'options' }[type as string] ?? 'string',
		);
		const choices = (entry?.options ?? []).map((choice) => ('value' in choice ? choice.value : ''));
		const isAction = /Action$/.test(field.name);
		expect(choices).toEqual([...(isAction ? ['None'] : []), ...(field.enumValues ?? [])]);
	});

	it('has no condition between entries of one collection, which would drop values silently', () => {
		for (const collection of COLLECTIONS) {
			for (const entry of entriesOf(odin.engine.description(), collection).values()) {
				expect(entry.displayOptions).toBeUndefined();
			}
		}
	});
});

describe('every field of the form', () => {
	it.each(PLAIN_FIELDS)('$name reaches Odin with the exact value', async (field) => {
		const samples = fc.sample(valid(field), { numRuns: 8, seed: 8 });
		addTarget();
		const group = odin.simulator.network.group(HOME.serviceProviderId, HOME.groupId);
		if (group) group.callCapacity = { maxActiveCalls: 100, burstingMaxActiveCalls: 20 };
		const items = samples.map(({ given, sent }, i) => {
			const more = satisfied({ [field.name]: sent as IDataObject });
			return { ...more, [field.name]: given, name: `sbc${i}` };
		});
		const run = await odin.create({
			items,
			parameters: entriesFromItem([collectionOf(field)]),
		});
		expect(otherwiseSaid(run)).toBe('');
		const bodies = new Map(
			odin.posts().map((post) => [(post.body as IDataObject).name, post.body]),
		);
		samples.forEach(({ sent }, i) => {
			const more = onTheWire(satisfied({ [field.name]: sent as IDataObject }));
			expect(bodies.get(`sbc${i}`)).toStrictEqual({ ...DEFAULT_BODY, name: `sbc${i}`, ...more });
		});
		expect(bodies.size).toBe(samples.length);
	});

	it('reaches Odin in any combination', async () => {
		const combination = fc.record(
			Object.fromEntries(PLAIN_FIELDS.map((field) => [field.name, valid(field)])),
			{ requiredKeys: [] },
		);
		await fc.assert(
			fc.asyncProperty(
				fc.array(combination, { minLength: 1, maxLength: 6 }),
				async (combinations) => {
					odin.clear();
					addTarget();
					const wanted = combinations.map((one, i) => {
						const sent = Object.fromEntries(
							Object.entries(one).map(([name, value]) => [name, value?.sent]),
						);
						const given = Object.fromEntries(
							Object.entries(one).map(([name, value]) => [name, value?.given]),
						);
						const all = satisfied(sent as IDataObject);
						return {
							body: { ...DEFAULT_BODY, ...onTheWire(all), name: `sbc${i}` },
							item: { ...all, ...given, name: `sbc${i}` },
						};
					});
					const run = await odin.create({
						items: wanted.map(({ item }) => item),
						parameters: entriesFromItem(COLLECTIONS),
					});
					expect(otherwiseSaid(run)).toBe('');
					const bodies = new Map(
						odin.posts().map((post) => [(post.body as IDataObject).name, post.body]),
					);
					for (const { body } of wanted) expect(bodies.get(body.name)).toStrictEqual(body);
				},
			),
			{ numRuns: 10 },
		);
	});

	it.each(PLAIN_FIELDS)(
		'$name with another value is refused by its label and never sent',
		async (field) => {
			const samples = fc.sample(invalid(field), { numRuns: 10, seed: 9 });
			const run = await odin.create({
				items: samples.map((value, i) => ({ [field.name]: value, name: `sbc${i}` })),
				parameters: entriesFromItem([collectionOf(field)]),
				onError: 'continueRegularOutput',
			});
			expect(odin.simulator.requests).toEqual([]);
			expect(run.output[0]).toHaveLength(samples.length);
			run.output[0]?.forEach(({ json }, i) => {
				expect(json.error).toMatch(`Item ${i}: '${labelOf(field)}' takes `);
				expectPlainWords(String(json.error), labelOf(field), JSON.stringify(samples[i]));
			});
		},
	);
});

describe('an empty list', () => {
	it('is not taken for a number that was not given', async () => {
		const run = await odin.create({
			items: [{ name: 'sbc', maxIncomingCalls: [] }],
			parameters: entriesFromItem(['callCapacity']),
		});
		expect(odin.simulator.requests).toEqual([]);
		expect(run.error?.message).toContain("'Max Incoming Calls'");
	});
});

describe('ranges where sources disagree', () => {
	it.each([
		['invitationTimeout', 'unreachableDestination', [1, 255], [0, 256]],
		['maxIncomingCalls', 'callCapacity', [0, 999999], [-1, 1000000]],
		['inviteFailureThresholdWindowSeconds', 'statefulRerouting', [30, 240], [29, 241]],
		['continuousOptionsSendingIntervalSeconds', 'statefulRerouting', [30, 86400], [29, 86401]],
	])('%s has the wider one of BroadWorks', async (name, collection, within, beyond) => {
		const run = await odin.create({
			items: [...within, ...beyond].map((value, i) => ({ value, name: `sbc${i}` })),
			parameters: { name: '={{ $json.name }}', [collection]: { [name]: '={{ $json.value }}' } },
			onError: 'continueRegularOutput',
		});
		expect(
			odin
				.posts()
				.map(({ body }) => (body as IDataObject)[name])
				.sort((a, b) => Number(a) - Number(b)),
		).toEqual(within);
		expect(run.output[0]?.map(({ json }) => 'error' in json)).toEqual([false, false, true, true]);
	});
});

describe('objects', () => {
	it.each(['capacityExceeded', 'callForwardingAlways', 'unreachableDestination'])(
		'a reroute target of %s becomes a key, in the same or in another group',
		async (prefix) => {
			addTarget();
			const run = await odin.create({
				items: [
					{ target: 'target' },
					{ target: 'plant-overflow', group: 'acme-plant' },
					{ group: 'acme-plant' },
				],
				parameters: {
					name: '={{ "sbc" + $itemIndex }}',
					[prefix]: {
						[`${prefix}Action`]: '={{ $json.target ? "Reroute" : "None" }}',
						[`${prefix}RerouteTrunkGroupName`]: '={{ $json.target }}',
						[`${prefix}RerouteTrunkGroupGroupId`]: '={{ $json.group }}',
					},
				},
			});
			expect(said(run)).toBe('');
			const bodies = new Map(
				odin.posts().map((post) => [(post.body as IDataObject).name, post.body]),
			);
			const key = `${prefix}RerouteTrunkGroupKey`;
			const action = { [`${prefix}Action`]: 'Reroute' };
			expect(bodies.get('sbc0')).toStrictEqual({
				...DEFAULT_BODY,
				name: 'sbc0',
				...action,
				[key]: { ...HOME, name: 'target' },
			});
			expect(bodies.get('sbc1')).toStrictEqual({
				...DEFAULT_BODY,
				name: 'sbc1',
				...action,
				[key]: { ...HOME, groupId: 'acme-plant', name: 'plant-overflow' },
			});
			expect(bodies.get('sbc2')).toStrictEqual({ ...DEFAULT_BODY, name: 'sbc2' });
		},
	);

	it.each<[string, IDataObject, IDataObject]>([
		[
			'a device of the group',
			{ deviceName: 'acme-sbc-1' },
			{ deviceName: 'acme-sbc-1', deviceLevel: 'Group' },
		],
		[
			'a device of the service provider',
			{ deviceName: 'acme-shared-sbc', deviceLevel: 'Service Provider' },
			{ deviceName: 'acme-shared-sbc', deviceLevel: 'Service Provider' },
		],
		[
			'a device of the system',
			{ deviceName: 'system-sbc-1', deviceLevel: 'System' },
			{ deviceName: 'system-sbc-1', deviceLevel: 'System' },
		],
	])('%s becomes an access device', async (_, accessDevice, sent) => {
		const run = await odin.create({ parameters: { accessDevice } });
		expect(said(run)).toBe('');
		expect(odin.posts()[0]?.body).toStrictEqual({ ...DEFAULT_BODY, accessDevice: sent });
	});

	it('a device level without a device is not sent', async () => {
		const run = await odin.create({ parameters: { accessDevice: { deviceLevel: 'System' } } });
		expect(said(run)).toBe('');
		expect(odin.posts()[0]?.body).toStrictEqual(DEFAULT_BODY);
	});

	it('a department name becomes the department of the group', async () => {
		const run = await odin.create({
			parameters: { additionalFields: { departmentName: 'Sales' } },
		});
		expect(said(run)).toBe('');
		expect(odin.posts()[0]?.body).toStrictEqual({
			...DEFAULT_BODY,
			department: { ...HOME, name: 'Sales' },
		});
	});

	it.each<[string, IDataObject, IDataObject]>([
		[
			'accessDevice',
			{ accessDevice: { deviceName: 'acme-sbc-2' } },
			{ deviceName: 'acme-sbc-2', deviceLevel: 'Group' },
		],
		['department', { additionalFields: { departmentName: 'Sales' } }, { ...HOME, name: 'Sales' }],
	])('the form wins over %s of payload', async (name, parameters, sent) => {
		const payload = {
			accessDevice: { deviceName: 'system-sbc-1', deviceLevel: 'System' },
			department: { ...HOME, name: 'Operations' },
		};
		const run = await odin.create({ parameters: { ...parameters, payload } });
		expect(said(run)).toBe('');
		expect(odin.posts()[0]?.body).toStrictEqual({ ...DEFAULT_BODY, ...payload, [name]: sent });
	});

	it.each<[string, IDataObject]>([
		['Device Level', { accessDevice: { deviceName: 'x', deviceLevel: '={{ "group" }}' } }],
		['Device Name', { accessDevice: { deviceName: 'x'.repeat(41) } }],
		['Department Name', { additionalFields: { departmentName: 'x'.repeat(51) } }],
		['Reroute To', { capacityExceeded: { capacityExceededRerouteTrunkGroupName: 'x'.repeat(31) } }],
		[
			'Reroute Group',
			{
				capacityExceeded: {
					capacityExceededRerouteTrunkGroupName: 'x',
					capacityExceededRerouteTrunkGroupGroupId: 'x'.repeat(31),
				},
			},
		],
		['Access Device', { payload: { accessDevice: 'acme-sbc-1' } }],
		['Access Device', { payload: { accessDevice: { deviceLevel: 'Group' } } }],
		['Department', { payload: { department: ['Sales'] } }],
		['Hosted Users', { payload: { users: '["anna"' } }],
		['Hosted Users', { payload: { users: [{ name: 'anna' }] } }],
	])("'%s' that does not fit is refused: %j", async (label, parameters) => {
		const run = await odin.create({ parameters });
		expect(odin.simulator.requests).toEqual([]);
		expect(run.error?.message).toMatch(new RegExp(`^'[^']*${label}'`));
		expectPlainWords(said(run));
	});
});

describe('fields that another one needs', () => {
	it.each<[string, IDataObject]>([
		['Exceeded Forward To', { capacityExceeded: { capacityExceededAction: 'Forward' } }],
		['Exceeded Reroute To', { capacityExceeded: { capacityExceededAction: 'Reroute' } }],
		['Always Forward To', { callForwardingAlways: { callForwardingAlwaysAction: 'Forward' } }],
		['Always Reroute To', { payload: { callForwardingAlwaysAction: 'Reroute' } }],
		[
			'Unreachable Forward To',
			{
				payload: {
					unreachableDestinationAction: 'Forward',
					unreachableDestinationForwardAddress: null,
				},
			},
		],
		[
			'Unreachable Reroute To',
			{
				unreachableDestination: {
					unreachableDestinationAction: 'Reroute',
					unreachableDestinationRerouteTrunkGroupGroupId: 'acme-plant',
				},
			},
		],
		['Peering Domain', { identity: { routeToPeeringDomain: true } }],
	])("'%s' is asked for: %j", async (label, parameters) => {
		const run = await odin.create({ parameters });
		expect(odin.simulator.requests).toEqual([]);
		expect(run.error?.message).toMatch(
			new RegExp(`^'${label}[^']*' is needed when '[^']+' is (on|'\\w+')$`),
		);
	});

	it('only where Odin requires it: what is "only meaningful" passes', async () => {
		const run = await odin.create({
			parameters: {
				callCapacity: { burstingMaxActiveCalls: 5 },
				identity: {
					prefix: '99',
					peeringDomain: 'peer.example.com',
					supportConnectedIdentityPolicy: 'Enabled',
				},
				pilotUserPolicies: { userLookupPolicy: 'Extended', useSystemUserLookupPolicy: true },
				capacityExceeded: { capacityExceededForwardAddress: '+15550100' },
			},
		});
		expect(run.error).toBeUndefined();
		expect(odin.posts()).toHaveLength(1);
		expect(run.hints.map(({ message }) => message)).toEqual([
			"'Bursting Max Active Calls' has no effect unless 'Enable Bursting Capacity' is on (item 0).",
			"'Exceeded Forward To' has no effect unless 'Capacity Exceeded Action' is 'Forward' (item 0).",
			"'User Lookup Policy' has no effect unless 'Use System User Lookup Policy' is off (item 0).",
			"'Connected Identity Policy' has no effect unless 'Use System Connected Identity' is off (item 0).",
			"'Peering Domain' has no effect unless 'Route to Peering Domain' is on (item 0).",
			"'Prefix' has no effect unless 'Prefix Enabled' is on (item 0).",
		]);
	});
});
