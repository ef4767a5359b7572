import type { IDataObject } from 'n8n-workflow';

import { DEFAULT_BODY, HOME } from './support/creation';
import { jsonOf, locator, useOdin, type Json } from './support/odinRuns';

const odin = useOdin({
	loggedIn: true,
	arrange: ({ network }) => {
		network.addTrunkGroup({ ...HOME, name: 'there', maxActiveCalls: 5, prefix: '00' });
		network.addDevice({ ...HOME, deviceName: 'pbx-there' });
		network.addUser({ ...HOME, userId: 'there@example.com', lastName: 'Adler' });
	},
});

const AUTOMATIC: Json = {
	fieldsMode: 'columns',
	columns: { mappingMode: 'autoMapInputData', value: null },
};

const byHand = (value: Json): Json => ({
	fieldsMode: 'columns',
	columns: { mappingMode: 'defineBelow', value },
});

/** The key of the group in the words of the form. */
const GROUP = { 'Service Provider': HOME.serviceProviderId, Group: HOME.groupId };

const written = () => odin.written() as Json[];
const refusal = async (action: string, row: Json, parameters: Json = {}): Promise<string> =>
	(await odin.failure(action, { ...AUTOMATIC, ...parameters }, { items: [row] })).message;
const hintsFor = async (row: Json, parameters: Json = {}): Promise<string> =>
	await odin.hints('trunkGroup.create', { ...AUTOMATIC, ...parameters }, { items: [row] });

afterEach(() => odin.clear());

/** Each operation with a row of a sheet, and what Odin gets that way. */
const ROWS: Array<[action: string, row: Json, sent: unknown]> = [
	[
		'trunkGroup.create',
		{ ...GROUP, 'Trunk Group Name': 'new', 'Max Active Calls': '10 ', 'Device Name': 'acme-sbc-1' },
		{
			...DEFAULT_BODY,
			...HOME,
			name: 'new',
			maxActiveCalls: 10,
			accessDevice: { deviceName: 'acme-sbc-1', deviceLevel: 'Group' },
		},
	],
	[
		'trunkGroup.update',
		{ ...GROUP, 'Trunk Group': 'there', 'New Name': 'moved', callForwardingAlwaysAction: 'None' },
		{ ...HOME, name: 'there', newName: 'moved', callForwardingAlwaysAction: null },
	],
	[
		'device.upsert',
		{ ...GROUP, Device: 'pbx-there', Description: 'At the branch' },
		{ ...HOME, deviceName: 'pbx-there', description: 'At the branch' },
	],
	[
		'user.update',
		{ User: 'there@example.com', 'E-mail Address': '', 'Email Address': 'a@example.com' },
		{ userId: 'there@example.com', emailAddress: 'a@example.com' },
	],
];

it.each(ROWS)('%s takes a row without any expression', async (action, row, sent) => {
	const item = await odin.one(action, AUTOMATIC, { items: [row] });
	expect(written()).toHaveLength(1);
	expect(written()[0]).toMatchObject(sent as Json);
	const names = Object.keys(sent as Json).sort();
	// An update sends nothing else.
	if (!action.endsWith('create')) expect(Object.keys(written()[0]!).sort()).toEqual(names);
	expect(item).toMatchObject({ groupId: HOME.groupId });
});

describe('headings', () => {
	it('that are no field are named once for all rows, and left out', async () => {
		const items = [1, 2].map((index) => ({
			...HOME,
			name: `x${index}`,
			maxActiveCalls: 1,
			Customer: 'North',
			'': '',
		}));
		const { hints } = await odin.run('trunkGroup.create', AUTOMATIC, { items });
		expect(hints.map(({ message }) => message)).toEqual([
			"Column 'Customer' is not a field of a trunk group and was left out (items 0, 1).",
		]);
		expect(written()[0]).toEqual({ ...DEFAULT_BODY, ...HOME, name: 'x1' });
	});

	it.each([
		['trunkGroup.upsert', { name: 'there', prefix: '1' }, { outcome: 'updated' }],
		['trunkGroup.upsert', { name: 'new' }, { outcome: 'created' }],
		['trunkGroup.compare', { name: 'there', prefix: '00' }, { inSync: true }],
	])('that are no field are in the output of %s', async (action, row, result) => {
		const items = [{ ...HOME, ...row, Customer: 'North', Comment: '' }];
		const item = await odin.one(action, AUTOMATIC, { items });
		expect(item).toMatchObject({ ...result, unknownColumns: ['Customer', 'Comment'] });
		const known = await odin.one(action, AUTOMATIC, { items: [{ ...HOME, ...row }] });
		expect(known).not.toHaveProperty('unknownColumns');
	});

	it.each([
		['create', { name: 'new' }, []],
		['update', { name: 'there', prefix: '1' }, []],
		['upsert', { name: 'there' }, ['Customer']],
	])('that are no field are told by a preview of %s', async (operation, row, unknown) => {
		const parameters = { ...AUTOMATIC, options: { previewOnly: true } };
		const items = [{ ...HOME, ...row, Customer: 'North' }];
		const { output, hints } = await odin.run(`trunkGroup.${operation}`, parameters, { items });
		expect(hints.map(({ message }) => message)).toContain(
			"Column 'Customer' is not a field of a trunk group and was left out (item 0).",
		);
		const [item] = jsonOf(output[0]);
		expect(item).toMatchObject({ preview: true });
		expect(item?.unknownColumns ?? []).toEqual(unknown);
	});

	it('that only look like a field without a place in the form are none, and its name in the API is', async () => {
		odin.network.addUser({ ...HOME, userId: 'hosted@example.com' });
		const place = { ...HOME, Department: 'Sales', 'Access Device': 'acme-sbc-1' };
		const row = { ...place, maxActiveCalls: 1 };
		expect(await hintsFor({ ...row, name: 'counted', Users: 25 })).toBe(
			"Column 'Users' is not a field of a trunk group and was left out (item 0).",
		);
		const users = '[{"userId":"hosted@example.com"}]';
		expect(await hintsFor({ ...row, name: 'named', users })).toBe('');
		expect(written()).toMatchObject([
			{ department: { name: 'Sales' }, accessDevice: { deviceName: 'acme-sbc-1' } },
			{ users: [{ userId: 'hosted@example.com' }] },
		]);
		expect(written()[0]).not.toHaveProperty('users');
	});

	it('that are no field are named where Update has nothing else', async () => {
		const nothing = 'There is nothing to update: no field was named';
		const refused = async (row: Json, options: Json = {}) =>
			await refusal('trunkGroup.update', { ...HOME, name: 'there', ...row }, { options });
		expect(await refused({ Kanal: 5, prefix: ' ' })).toMatch(
			`${nothing}. Column 'Kanal' is not a field of a trunk group and was left out`,
		);
		expect(await refused({ Kanal: 5, Rufnr: '' })).toMatch(
			`${nothing}. Columns 'Kanal', 'Rufnr' are not fields of a trunk group and were left out`,
		);
		expect(await refused({ prefix: '', maxActiveCalls: null })).toMatch(nothing);
		const refuse = { unknownFields: 'refuse' };
		expect(await refused({ Kanal: 5 }, refuse)).toMatch(
			/^Column 'Kanal' is not a field that .*knows$/,
		);
		expect(await refused({ maxActiveCalls: 'x' })).toMatch(/^'Max Active Calls' takes .* not "x"$/);
		expect(odin.requests()).toEqual([]);
	});

	it('that are no field are refused where Unknown Fields says so', async () => {
		const options = { unknownFields: 'refuse' };
		const row = { ...HOME, name: 'x', 'Max Calls': 5 };
		expect(await refusal('trunkGroup.create', row, { options })).toBe(
			"Column 'Max Calls' is not a field that this node knows",
		);
		expect(odin.requests()).toEqual([]);
	});

	it('of what only Update takes are refused by their heading', async () => {
		const row = { ...HOME, name: 'there', 'New Name': 'moved' };
		expect(await refusal('trunkGroup.upsert', row)).toBe(
			"'New Name' can be set only with the operation 'Update'",
		);
	});

	it('of fields that only Odin sets are named, too', async () => {
		expect(
			await hintsFor({
				...HOME,
				name: 'x',
				'max active calls': 1,
				trunkGroupState: 'Available',
				a: 1,
				b: 2,
			}),
		).toBe(
			[
				"Columns 'a', 'b' are not fields of a trunk group and were left out (item 0).",
				"Columns that only Odin itself sets, left out: 'trunkGroupState' (item 0).",
			].join('\n'),
		);
		expect(written()[0]).toEqual({ ...DEFAULT_BODY, ...HOME, name: 'x' });
	});

	it('are told where the key is missing', async () => {
		const title = 'Trunk groups to be set up in week 48';
		const message = await refusal('trunkGroup.create', { [title]: 'acme-ent', __EMPTY: 'acme-hq' });
		expect(message).toBe(
			`'Service Provider' is needed; 'Group' is needed; 'Name' is needed; this row has no value for them. Its columns are '${title}', '__EMPTY'`,
		);
		const dirty = {
			'\ufeffService\u0020\u0020Provider': 'acme-ent',
			'Na\u200bme\u00a0': 'sbc',
			'\u200b': 1,
		};
		expect(await refusal('trunkGroup.create', dirty)).toBe(
			"'Group' is needed; this row has no value for it. Its columns are 'Service Provider', 'Name'",
		);
		const text = '={{ $json.name }}';
		const rows: Array<[Json, Json]> = [
			[{ ...GROUP, Name: 'x' }, AUTOMATIC],
			[
				{ name: 'x', 'Max Active Calls': 5 },
				{ ...HOME, ...AUTOMATIC },
			],
			[{ name: 'x' }, { ...HOME, ...byHand({ name: text, maxActiveCalls: '={{ $json.calls }}' }) }],
		];
		for (const [row, parameters] of rows) {
			const empty = ['', ' \u00a0', null].map((blank) =>
				Object.fromEntries(Object.keys(row).map((heading) => [heading, blank])),
			);
			for (const last of [...empty, {}]) {
				for (const action of ['trunkGroup.create', 'trunkGroup.upsert']) {
					const items = [row, last] as IDataObject[];
					const { message } = await odin.failure(action, parameters, { items });
					expect(message).toMatch(/^Item 1: The row is empty; .*'Name' is needed$/);
				}
			}
		}
		const blank = { ...HOME, name: ' ', Customer: 'North' };
		expect(await refusal('trunkGroup.create', blank)).toBe("'Name' is needed");
		expect(odin.requests()).toEqual([]);
	});
});

describe('cells', () => {
	it('that are no value of their field are refused by label and heading before anything is sent', async () => {
		const row = { ...HOME, name: 'x', 'Max Incoming Calls': '5 calls', prefix_enabled: 'yes' };
		expect(await refusal('trunkGroup.create', row)).toBe(
			'\'Max Incoming Calls\' takes a whole number from 0 to 999999, not "5 calls"; \'Prefix Enabled\' takes true or false, not "yes"',
		);
		expect(
			await refusal('trunkGroup.create', {
				...HOME,
				name: 'x',
				callForwardingAlwaysForwardAddress: 'none',
			}),
		).toMatch(/^'Always Forward To' in column 'callForwardingAlwaysForwardAddress' takes /);
		expect(
			await refusal('trunkGroup.create', {
				...HOME,
				name: { value: '8f2' },
				maxActiveCalls: ['25'],
			}),
		).toMatch(/'Name' takes .* not an object; 'Max Active Calls' takes .* not a list/);
		expect(odin.requests()).toEqual([]);
	});

	it('of one field may agree, and are refused where they differ', async () => {
		const row = {
			...HOME,
			name: 'x',
			maxActiveCalls: '5',
			'Max Active Calls': 5,
			'max active calls': '',
		};
		await odin.one('trunkGroup.create', AUTOMATIC, { items: [row] });
		expect(written()).toMatchObject([{ maxActiveCalls: 5 }]);
		odin.forget();
		for (const [other, message] of [
			[
				{ maxActiveCalls: 5, 'Max Active Calls': 6 },
				"'Max Active Calls' has several columns with different values: 'maxActiveCalls', 'Max Active Calls'",
			],
			[
				{ deviceName: 'a', 'Device Name': 'b' },
				"'Device Name' has several columns with different values: 'deviceName', 'Device Name'",
			],
			[
				{ 'Trunk Group': 'y' },
				"'Name' has several columns with different values: 'name', 'Trunk Group'",
			],
			[
				{ accessDevice: { deviceName: 'a' }, deviceName: 'b' },
				"'Device Name' differs from column 'accessDevice'",
			],
		] as const) {
			expect(await refusal('trunkGroup.create', { ...HOME, name: 'x', ...other })).toBe(message);
		}
		expect(odin.requests()).toEqual([]);
	});

	it('of an object and its parts come together', async () => {
		const row = {
			...HOME,
			name: 'x',
			accessDevice: { deviceName: 'acme-sbc-1' },
			deviceLevel: 'Group',
		};
		await odin.one('trunkGroup.create', AUTOMATIC, { items: [row] });
		expect(written()).toMatchObject([
			{ accessDevice: { deviceName: 'acme-sbc-1', deviceLevel: 'Group' } },
		]);
	});
});

describe('beside the parameters', () => {
	const row = { ...HOME, name: 'row', maxActiveCalls: 7, requireAuthentication: 'TRUE' };
	const credentials = {
		sipAuthenticationUserName: 'u',
		sipAuthenticationPassword: 'Zq7-kPw2-Lm94',
	};

	it('count where those are empty or at their default', async () => {
		const parameters = {
			serviceProviderId: locator('list', ''),
			groupId: '',
			name: '',
			maxActiveCalls: 1,
		};
		const item = { ...row, ...credentials };
		expect(await hintsFor(item, parameters)).toBe('');
		expect(written()).toMatchObject([
			{ ...HOME, name: 'row', maxActiveCalls: 7, requireAuthentication: true, ...credentials },
		]);
	});

	it('give way to those otherwise, and a hint says so', async () => {
		const parameters = { ...HOME, name: 'form', maxActiveCalls: 3 };
		expect((await hintsFor({ ...row, requireAuthentication: '' }, parameters)).split('\n')).toEqual(
			[
				"Column 'Max Active Calls' differs from the parameter, which takes precedence (item 0).",
				"Column 'name' differs from the parameter, which takes precedence (item 0).",
			],
		);
		expect(written()).toMatchObject([{ ...HOME, name: 'form', maxActiveCalls: 3 }]);
	});

	it('are not asked for where an expression gives the parameter', async () => {
		const parameters = { ...HOME, name: '={{ $json.title }}' };
		await odin.one(
			'trunkGroup.create',
			{ ...AUTOMATIC, ...parameters },
			{ items: [{ title: 't' }] },
		);
		expect(written()).toMatchObject([{ name: 't', maxActiveCalls: 1 }]);
	});

	it.each<[string, Json, Json, number | undefined]>([
		['no such heading', { Kanal: 30 }, {}, undefined],
		['a blank cell', { 'Max Active Calls': ' ' }, {}, undefined],
		[
			'an expression that gives nothing',
			{},
			byHand({ maxActiveCalls: '={{ $json.kanal }}' }),
			undefined,
		],
		['null in Payload', {}, { payload: { maxActiveCalls: null } }, undefined],
		['a column that has it', { 'max active calls': 1 }, {}, 1],
		['Payload', {}, { payload: { maxActiveCalls: 1 } }, 1],
		['the parameter', {}, { maxActiveCalls: 2 }, 2],
		['an expression of the parameter', {}, { maxActiveCalls: '={{ 1 }}' }, 1],
	])(
		'have a hint where a new trunk group gets what nobody chose: %s',
		async (_, cells, more, given) => {
			const hint =
				"No column has a value for 'Max Active Calls', so a new trunk group gets 1 (item 0).";
			for (const operation of ['create', 'upsert'])
				for (const previewOnly of [true, false]) {
					const key = { ...HOME, name: operation };
					const parameters = { ...AUTOMATIC, ...key, options: { previewOnly }, ...more };
					const items = [cells as IDataObject];
					const { hints } = await odin.run(`trunkGroup.${operation}`, parameters, { items });
					const about = hints.filter(({ message }) => message.includes('No column'));
					expect(about.map(({ message }) => message)).toEqual(given === undefined ? [hint] : []);
				}
			expect(written().map(({ maxActiveCalls }) => maxActiveCalls)).toEqual([
				given ?? 1,
				given ?? 1,
			]);
		},
	);

	it('have no hint where nothing new gets it', async () => {
		const items = [{ ...HOME, name: 'there', prefix: '00' }];
		const byForm = { ...HOME, name: 'of the form' };
		const ofDevice = { ...HOME, Device: 'pbx-new', 'Device Type': 'Generic SIP IP-PBX' };
		const all = [
			await odin.hints('trunkGroup.upsert', AUTOMATIC, { items }),
			await odin.hints('trunkGroup.create', byForm),
			await odin.hints('device.create', AUTOMATIC, { items: [ofDevice] }),
		];
		expect(all.join('')).not.toContain('No column');
	});

	it('leave Max Active Calls of an existing trunk group alone where no column names it', async () => {
		const item = { ...HOME, name: 'there', prefix: '00', maxActiveCalls: '' };
		const { outcome } = await odin.one('trunkGroup.upsert', AUTOMATIC, { items: [item] });
		expect(outcome).toBe('unchanged');
	});

	it('are read on with what the form has for a SIP password', async () => {
		const parameters = { authentication: { setSipPassword: true } };
		const item = { ...HOME, name: 'there', requireAuthentication: true, ...credentials };
		const { changes } = await odin.one(
			'trunkGroup.upsert',
			{ ...AUTOMATIC, ...parameters },
			{ items: [item] },
		);
		expect(JSON.stringify(changes)).not.toContain(credentials.sipAuthenticationPassword);
		expect(odin.sipPassword({ ...HOME, name: 'there' })).toBe(
			credentials.sipAuthenticationPassword,
		);
	});

	it('set the password of an existing device where a column says so', async () => {
		const item = {
			...HOME,
			Device: 'pbx-there',
			'Custom Credentials': true,
			deviceUserName: 'u',
			devicePassword: 'Zq7-kPw2',
		};
		const upsert = async (more: Json) =>
			await odin.run('device.upsert', AUTOMATIC, { items: [{ ...item, ...more }] });
		const { error } = await upsert({});
		expect(error?.message).toBe(
			"'Device User Name' can't be changed without 'Device Password', which an existing device gets only when 'Set Device Password' is on",
		);
		odin.forget();
		await upsert({ 'Set Device Password': 'TRUE' });
		expect(written()).toMatchObject([{ accessDeviceCredentials: { password: 'Zq7-kPw2' } }]);
	});
});

describe('mapped by hand', () => {
	/** The editor stores the description of the fields, too, which n8n would convert by. */
	const schema = ['maxActiveCalls', 'maxIncomingCalls'].map((id) => ({
		...{ id, displayName: id, required: true, defaultMatch: false, display: true, type: 'number' },
	}));

	it('take expressions and plain values; n8n converts nothing', async () => {
		const { columns, ...mode } = byHand({
			serviceProviderId: HOME.serviceProviderId,
			groupId: '={{ $json.group }}',
			name: '={{ $json.name }}',
			maxActiveCalls: '={{ $json.calls }}',
			maxIncomingCalls: '={{ $json.incoming }}',
			enableBursting: true,
			departmentName: null,
			'Device Name': '={{ $json.pbx.toLowerCase() }}',
		});
		const items = [
			{ group: HOME.groupId, name: 'a', calls: '9', incoming: '', pbx: 'ACME-SBC-1' },
			{ group: HOME.groupId, name: 'b', calls: '', incoming: '2', pbx: '' },
		];
		await odin.all(
			'trunkGroup.create',
			{ ...mode, columns: { ...(columns as Json), schema } },
			{ items },
		);
		const common = { ...DEFAULT_BODY, ...HOME, enableBursting: true };
		const accessDevice = { deviceName: 'acme-sbc-1', deviceLevel: 'Group' };
		expect(written()).toEqual([
			{ ...common, name: 'a', maxActiveCalls: 9, accessDevice },
			{ ...common, name: 'b', maxIncomingCalls: 2 },
		]);
	});

	it('name what is no field only where it is filled', async () => {
		const parameters = {
			...HOME,
			name: 'x',
			...byHand({ maxActiveCalls: 1, color: 'red', size: null, note: '' }),
		};
		expect(await odin.hints('trunkGroup.create', parameters)).toBe(
			"Column 'color' is not a field of a trunk group and was left out (item 0).",
		);
	});

	it('refuse a value by its column', async () => {
		const parameters = {
			...HOME,
			name: 'x',
			...byHand({ maxIncomingCalls: '={{ $json.calls }}' }),
		};
		const { message } = await odin.failure('trunkGroup.create', parameters, {
			items: [{ calls: '5 calls' }],
		});
		expect(message).toMatch(/^'Max Incoming Calls' takes a whole number .* not "5 calls"$/);
		expect(odin.requests()).toEqual([]);
	});

	it('are not the keys of the item', async () => {
		const item = { ...HOME, name: 'of the item', prefix: '1' };
		await odin.one('trunkGroup.create', { ...HOME, name: 'x', ...byHand({}) }, { items: [item] });
		expect(written()).toEqual([{ ...DEFAULT_BODY, ...HOME, name: 'x' }]);
	});
});

describe('More Fields', () => {
	const given: Json = {
		...HOME,
		name: 'x',
		identity: { prefix: '1' },
		columns: AUTOMATIC.columns,
		payload: { maxOutgoingCalls: 4, prefix: '3', otgDtgIdentity: 'p' },
	};
	const items = [{ prefix: '2', peeringDomain: 'peer.example.com' }];

	it.each([
		['none', { prefix: '3' }],
		['form', { prefix: '1' }],
		['columns', { prefix: '2', peeringDomain: 'peer.example.com' }],
	])('%s sends what it shows, above Further Fields', async (fieldsMode, sent) => {
		await odin.one('trunkGroup.create', { ...given, fieldsMode }, { items });
		const common = {
			...DEFAULT_BODY,
			...HOME,
			name: 'x',
			maxOutgoingCalls: 4,
			otgDtgIdentity: 'p',
		};
		expect(written()).toEqual([{ ...common, ...sent }]);
	});

	it.each([
		['create', { name: 'x' }, undefined],
		['upsert', { name: 'there', payload: { prefix: '5' } }, '5'],
		['update', { trunkGroup: 'there', payload: { prefix: '5' } }, '1'],
	])('by default %s', async (operation, parameters, prefix) => {
		const { output } = await odin.engine.run({
			parameters: {
				...{ resource: 'trunkGroup', operation, ...HOME, identity: { prefix: '1' } },
				...parameters,
			} as IDataObject,
		});
		expect(output[0]).toHaveLength(1);
		expect(written()[0]?.prefix).toBe(prefix);
	});

	it('form compares by default', async () => {
		const parameters = { ...HOME, trunkGroup: 'there', identity: { prefix: '1' } };
		const { output } = await odin.engine.run({
			parameters: { resource: 'trunkGroup', operation: 'compare', ...parameters },
		});
		expect(jsonOf(output[0])).toMatchObject([
			{ inSync: false, differences: [{ field: 'prefix' }] },
		]);
	});
});

it('a password in a column is in no message and no output', async () => {
	const secret = 'Zq7-kPw2-Lm94 ';
	const row = { ...HOME, name: 'x', requireAuthentication: 'true', 'SIP User Name': 'u' };
	for (const cells of [
		{ 'SIP Password': secret },
		{ 'SIP Password': secret.trim(), sipAuthenticationPassword: 'other-Zq7-kPw2' },
		{ 'SIP Password': secret.trim(), maxActiveCalls: 'many' },
		{ 'SIP Password': secret.trim(), maxActiveCalls: 3 },
	]) {
		const { output, error, hints, logs } = await odin.run('trunkGroup.create', AUTOMATIC, {
			items: [{ ...row, ...cells }],
		});
		const given = JSON.stringify([output.flat().map(({ json }) => json), error, hints, logs]);
		expect(given).not.toContain('kPw2');
	}
	expect(written()).toMatchObject([{ sipAuthenticationPassword: secret.trim() }]);
});

it('n8n asks for the key but where a column may say it', () => {
	const { properties } = odin.engine.description();
	for (const operation of ['create', 'upsert', 'update', 'compare']) {
		for (const resource of ['trunkGroup', 'device', 'user']) {
			const shown = properties.filter(
				({ displayOptions, type }) =>
					displayOptions?.show?.resource?.includes(resource) &&
					displayOptions.show.operation?.includes(operation) &&
					type !== 'options',
			);
			const required = shown.filter((property) => property.required);
			const atMost = required.map(({ displayOptions }) => displayOptions?.hide);
			expect(atMost).toEqual(required.map(() => ({ fieldsMode: ['columns'] })));
			expect(required.map(({ name }) => name).length).toBeGreaterThan(0);
			for (const { name, required: isRequired, ...same } of required) {
				const optional = shown.find((one) => one.name === name && !one.required);
				expect([isRequired, optional?.type, optional?.displayOptions?.show?.fieldsMode]).toEqual([
					true,
					same.type,
					['columns'],
				]);
			}
		}
	}
});

it('rows that create the same are refused as by the form', async () => {
	const items = [
		{ ...HOME, name: 'x' },
		{ ...HOME, NAME: 'x' },
	];
	const { message } = await odin.failure('trunkGroup.create', AUTOMATIC, { items });
	expect(message).toContain("'Name' repeats trunk group 'x'");
	expect(odin.requests()).toEqual([]);
});
