import { useOdin, clone, type Json } from './support/odinRuns';

const ACME = { serviceProviderId: 'acme-ent', groupId: 'acme-hq' };
const PLANT = { serviceProviderId: 'acme-ent', groupId: 'acme-plant' };
const KEY = { ...ACME, deviceName: 'pbx' };
const NEW = { ...KEY, deviceType: 'Generic SIP IP-PBX' };
const EXISTING = { ...ACME, device: 'pbx' };
const DEVICES = '/groups/devices';

const PASSWORD = 'Tr0ub4dor&3';
const CREDENTIALS = {
	customCredentials: true,
	deviceUserName: 'pbx-login',
	devicePassword: PASSWORD,
};
const SENT_CREDENTIALS = {
	useCustomUserNamePassword: true,
	accessDeviceCredentials: { userName: 'pbx-login', password: PASSWORD },
};

const odin = useOdin();

const stored = (key = KEY): Json | undefined =>
	odin.network.stores.devices.find(key) as Json | undefined;

const addDevice = (fields: Json = {}): void => {
	odin.network.addDevice({ ...KEY, ...fields });
	odin.forget();
};

const addWithCredentials = (): void => addDevice(clone(SENT_CREDENTIALS));

/** Everything that a run leaves behind for people to read. */
const everything = async (action: string, parameters: Json): Promise<string> => {
	const { output, hints, error } = await odin.run(action, parameters, {
		node: { onError: 'continueRegularOutput' },
	});
	return JSON.stringify({ output, hints, error });
};

describe('fields', () => {
	it.each<[string, Json, Json]>([
		['a port as text', { port: ' 5061 ' }, { port: 5061 }],
		[
			'a MAC address with colons',
			{ macAddress: '00:11:22:AA:bb:cc' },
			{ macAddress: '001122AAbbcc' },
		],
		['a MAC address with dots', { macAddress: '0011.22aa.bbcc' }, { macAddress: '001122aabbcc' }],
		['digits as text', { serialNumber: 4711 }, { serialNumber: '4711' }],
		['blank cells', { netAddress: '\u00a0', description: '', port: null }, {}],
	])('%s', async (_, deviceFields, sent) => {
		await odin.one('device.create', { ...NEW, deviceFields });
		expect(odin.written()).toEqual([{ ...NEW, ...sent }]);
	});

	it.each<[string, Json, string]>([
		['a port below 1025', { port: 1024 }, "'Port' takes a whole number from 1025 to 65535"],
		['a MAC address that lost its zeros', { macAddress: 1122334455 }, "'MAC Address' takes the 12"],
		['mixed separators', { macAddress: '00:11-22:33:44:55' }, "'MAC Address' takes"],
		[
			'an address of a spreadsheet',
			{ netAddress: '#REF!' },
			"'Network Address' takes text as it was",
		],
		[
			'a transport that BroadWorks has not',
			{ transportProtocol: 'SCTP' },
			"'Transport Protocol' takes",
		],
		['a password without a user name', { devicePassword: 'x' }, "needs 'Device User Name' as well"],
		[
			'a user name without a password',
			{ customCredentials: true, deviceUserName: 'x' },
			"'Device Password' is needed with 'Device User Name'",
		],
		[
			'custom credentials without any',
			{ customCredentials: true },
			"'Device User Name' is needed when 'Custom Credentials' is on",
		],
		[
			'credentials without the switch',
			{ deviceUserName: 'x', devicePassword: 'y' },
			"'Device User Name' applies only when 'Custom Credentials' is on",
		],
	])('%s is refused before anything is sent', async (_, deviceFields, reason) => {
		expect(await odin.complaint('device.create', { ...NEW, deviceFields })).toContain(reason);
		expect(odin.requests()).toEqual([]);
	});

	it('takes the type from the list or from Payload, and does not create without one', async () => {
		const deviceType = { __rl: true, mode: 'list', value: 'Generic SIP Gateway' };
		await odin.one('device.create', { ...KEY, deviceType });
		const payload = { deviceType: 'Generic SIP Phone' };
		await odin.one('device.create', { ...KEY, deviceName: 'phone', payload });
		expect(await odin.complaint('device.create', { ...KEY, deviceName: 'none' })).toContain(
			"'Device Type' is needed",
		);
		expect(odin.written()).toEqual([
			{ ...KEY, deviceType: 'Generic SIP Gateway' },
			{ ...KEY, deviceName: 'phone', ...payload },
		]);
	});

	it('leaves credentials out where custom credentials are off, as a column may say', async () => {
		const deviceFields = { ...CREDENTIALS, customCredentials: 'FALSE' };
		const hints = await odin.hints('device.create', { ...NEW, deviceFields });
		expect(odin.written()).toEqual([{ ...NEW, useCustomUserNamePassword: false }]);
		expect(hints).toContain("'Device User Name' was left out");
	});

	it.each<[string, Json, Json]>([
		['the names of the form', CREDENTIALS, {}],
		['Odin’s names', SENT_CREDENTIALS, {}],
		[
			'Odin’s names with the password in the form',
			{ useCustomUserNamePassword: true, accessDeviceCredentials: { userName: 'pbx-login' } },
			{ devicePassword: PASSWORD },
		],
	])('Payload takes credentials by %s', async (_, payload, deviceFields) => {
		await odin.one('device.create', { ...NEW, payload, deviceFields });
		expect(odin.written()).toEqual([{ ...NEW, ...SENT_CREDENTIALS }]);
	});

	it('Payload with two names for one field and different values is refused', async () => {
		const payload = { customCredentials: false, useCustomUserNamePassword: true };
		expect(await odin.complaint('device.create', { ...NEW, payload })).toContain(
			"'Custom Credentials' in 'Further Fields (JSON)' has two names",
		);
	});
});

describe('create, get, export', () => {
	it('carries a device to another group', async () => {
		const deviceFields = { netAddress: '192.0.2.7', port: 5070, macAddress: '001122334455' };
		const created = await odin.one('device.create', { ...NEW, deviceFields });
		expect(Object.keys(created).slice(0, 3)).toEqual(Object.keys(KEY));
		const got = await odin.one('device.get', { ...EXISTING, simplify: false });
		expect(got).toEqual(created);

		const exported = await odin.one('device.export', EXISTING);
		expect(exported).toMatchObject({ ...NEW, ...deviceFields });
		await odin.one('device.create', { ...PLANT, deviceName: 'pbx', payload: exported });
		const { differences, inSync } = await odin.one('device.compare', {
			...PLANT,
			device: 'pbx',
			payload: exported,
		});
		expect({ differences, inSync }).toEqual({ differences: [], inSync: true });
	});

	it('gives back the zeros of a MAC address that Odin shows as a number', async () => {
		addDevice({ macAddress: '001122334455' });
		odin.answer(DEVICES, { ...NEW, macAddress: 1122334455 });
		expect(await odin.one('device.export', EXISTING)).toMatchObject({ macAddress: '001122334455' });
		const deviceFields = { macAddress: '00-11-22-33-44-55' };
		expect(await odin.one('device.compare', { ...EXISTING, deviceFields })).toMatchObject({
			inSync: true,
		});
	});
});

describe('upsert', () => {
	it('writes once', async () => {
		const parameters = { ...NEW, deviceFields: { ...CREDENTIALS, port: 5070 } };
		expect(await odin.one('device.upsert', parameters)).toMatchObject({ outcome: 'created' });
		const again = await odin.one('device.upsert', parameters);
		expect(again).toMatchObject({ ...KEY, outcome: 'unchanged', changes: [] });
		expect(again.device).toMatchObject(KEY);
		expect(odin.written()).toEqual([{ ...NEW, port: 5070, ...SENT_CREDENTIALS }]);
	});

	it('changes what differs and nothing else', async () => {
		addDevice({ port: 5070, description: 'keep' });
		const deviceFields = { port: 5071 };
		expect(await odin.one('device.upsert', { ...NEW, deviceFields })).toMatchObject({
			outcome: 'updated',
			changes: [{ field: 'port', from: 5070, to: 5071 }],
		});
		expect(odin.written()).toEqual([{ ...KEY, port: 5071 }]);
	});

	it('refuses another type', async () => {
		addDevice();
		const parameters = { ...KEY, deviceType: 'Generic SIP Phone' };
		expect(await odin.complaint('device.upsert', parameters)).toContain(
			'\'Device Type\' can\'t be changed from "Generic SIP IP-PBX" to "Generic SIP Phone"',
		);
		expect(odin.writes()).toEqual([]);
		expect(await odin.complaint('device.update', { ...EXISTING, payload: NEW })).toContain(
			"'Device Type' in 'Further Fields (JSON)' can't be changed",
		);
	});

	it('names a device that cannot be created for want of a type', async () => {
		expect(await odin.complaint('device.upsert', KEY)).toContain(
			"Odin has no device 'pbx' in group 'acme-hq' of service provider 'acme-ent', and it can't be created: 'Device Type' is needed",
		);
	});
});

describe('the password', () => {
	const withPassword = (more: Json) => ({ ...NEW, deviceFields: { ...CREDENTIALS, ...more } });

	it('of an existing device stays without Set Device Password, with a hint', async () => {
		addWithCredentials();
		const hints = await odin.hints('device.upsert', withPassword({ devicePassword: 'another-1' }));
		expect(hints).toContain("only when 'Set Device Password' is on");
		expect(odin.writes()).toEqual([]);
	});

	it.each<[string, Json]>([
		['form', { deviceFields: { ...CREDENTIALS, setDevicePassword: true } }],
		[
			'Further Fields (JSON)',
			{ payload: SENT_CREDENTIALS, deviceFields: { setDevicePassword: true } },
		],
	])('of the %s is set with it, and is shown by no change', async (_, parameters) => {
		addWithCredentials();
		const { changes, outcome } = await odin.one('device.upsert', { ...NEW, ...parameters });
		const { accessDeviceCredentials } = SENT_CREDENTIALS;
		expect(outcome).toBe('updated');
		expect(changes).toEqual([
			{
				field: 'accessDeviceCredentials',
				from: { userName: 'pbx-login' },
				to: { userName: 'pbx-login', password: '***' },
			},
		]);
		expect(odin.written()).toEqual([{ ...KEY, accessDeviceCredentials }]);
	});

	it('goes with its user name: neither changes without the other', async () => {
		addWithCredentials();
		const other = withPassword({ deviceUserName: 'other' });
		expect(await odin.complaint('device.upsert', other)).toContain(
			"'Device User Name' can't be changed without 'Device Password'",
		);
		const deviceFields = { deviceUserName: 'other' };
		expect(await odin.complaint('device.update', { ...EXISTING, deviceFields })).toContain(
			"'Device Password' is needed with 'Device User Name'",
		);
		expect(odin.writes()).toEqual([]);
		expect(
			await odin.complaint('device.upsert', { ...NEW, deviceFields: { setDevicePassword: true } }),
		).toContain("'Device Password' is needed when 'Set Device Password' is on");
	});

	it('is sent by an update, and a preview of it counts as a change', async () => {
		addWithCredentials();
		const parameters = { ...EXISTING, deviceFields: CREDENTIALS };
		const preview = await odin.one('device.update', {
			...parameters,
			options: { previewOnly: true },
		});
		expect(preview).toMatchObject({ outcome: 'updated', changes: [{ to: { password: '***' } }] });
		await odin.one('device.update', parameters);
		expect(odin.written()).toEqual([{ ...KEY, ...SENT_CREDENTIALS }]);
	});

	it('is sent again where the answer to it gets lost, since no profile shows it', async () => {
		addWithCredentials();
		odin.simulator.addFault({ kind: 'reset', method: 'PUT', path: DEVICES });
		const deviceFields = { ...CREDENTIALS, devicePassword: 'another-1' };
		await odin.one('device.update', { ...EXISTING, deviceFields });
		expect(stored()).toMatchObject({ accessDeviceCredentials: { password: 'another-1' } });
	});

	it.each(['device.create', 'device.upsert', 'device.update', 'device.compare'])(
		'is in nothing that %s leaves behind, whatever Odin says',
		async (action) => {
			const parameters = { ...EXISTING, ...withPassword({ setDevicePassword: true }) };
			if (action !== 'device.create') addWithCredentials();
			const [, operation] = action.split('.');
			odin.simulator.addFault({
				kind: 'answerAfterWrite',
				method: operation === 'create' ? 'POST' : 'PUT',
				path: DEVICES,
				status: 400,
				body: { error: `The password ${PASSWORD} of pbx is too simple` },
			});
			const options = { previewOnly: true };
			const ways = [
				await everything(action, { ...parameters, options }),
				await everything(action, parameters),
				await everything(action, parameters),
				await everything('device.get', { ...EXISTING, simplify: false }),
				await everything('device.export', EXISTING),
			];
			expect(ways.join()).not.toContain(PASSWORD);
		},
	);

	it.each<[string, (profile: Json) => Json]>([
		['in accessDeviceCredentials', (profile) => profile],
		[
			'at the top of the profile',
			({ accessDeviceCredentials, ...profile }) => ({
				...profile,
				...(accessDeviceCredentials as Json),
			}),
		],
		[
			'at the top, beside an empty object',
			(profile) => ({
				...profile,
				...(profile.accessDeviceCredentials as Json),
				accessDeviceCredentials: { userName: null },
			}),
		],
	])('has a user name that comes back %s', async (_, shape) => {
		addWithCredentials();
		const profile = await odin.one('device.get', { ...EXISTING, simplify: false });
		odin.answer(DEVICES, shape(profile));
		odin.forget();
		expect(await odin.one('device.upsert', withPassword({}))).toMatchObject({
			outcome: 'unchanged',
		});
		expect(await odin.one('device.export', EXISTING)).toMatchObject({
			accessDeviceCredentials: { userName: 'pbx-login' },
		});
		const other = { ...EXISTING, deviceFields: { deviceUserName: 'Pbx-Login' } };
		expect(await odin.one('device.compare', other)).toMatchObject({
			differences: [
				{
					field: 'accessDeviceCredentials',
					expected: { userName: 'Pbx-Login' },
					actual: { userName: 'pbx-login' },
				},
			],
		});
	});
});

describe('clear', () => {
	const FULL = {
		netAddress: '192.0.2.7',
		port: 5070,
		outboundProxyServerNetAddress: 'proxy.example.com',
		stunServerNetAddress: 'stun.example.com',
		macAddress: '001122334455',
		serialNumber: 'S1',
		description: 'd',
		physicalLocation: 'Room 1',
		accessDeviceCredentials: { userName: 'pbx-login', password: PASSWORD },
	};
	const names = Object.keys(FULL);

	it.each<[string, string, Json]>([
		['update', 'Clear Fields', { ...EXISTING, clearFields: names }],
		['update', 'null', { ...EXISTING, payload: Object.fromEntries(names.map((n) => [n, null])) }],
		['upsert', 'Clear Fields', { ...NEW, clearFields: names }],
	])('%s by %s clears every field that can be, and sees it', async (operation, _, parameters) => {
		addDevice(clone(FULL));
		await odin.one(`device.${operation}`, parameters);
		expect(odin.written()).toEqual([
			{ ...KEY, ...Object.fromEntries(names.map((name) => [name, null])) },
		]);
		expect(await odin.one('device.upsert', { ...NEW, clearFields: names })).toMatchObject({
			outcome: 'unchanged',
		});
	});

	it('is refused for what must have a value', async () => {
		addDevice();
		const payload = { transportProtocol: null };
		expect(await odin.complaint('device.update', { ...EXISTING, payload })).toContain(
			"'Transport Protocol' in 'Further Fields (JSON)' can't be cleared",
		);
	});
});

describe('answers', () => {
	it('a yes that Odin does not show makes the item fail', async () => {
		addDevice({ port: 5070 });
		odin.simulator.addFault({ kind: 'ignored', method: 'PUT', path: DEVICES });
		const deviceFields = { port: 5071 };
		expect(await odin.failedItem('device.update', { ...EXISTING, deviceFields })).toMatchObject({
			details: {
				...KEY,
				kind: 'notApplied',
				fields: [{ field: 'port', asked: 5071, shown: 5070 }],
				device: { port: 5070 },
			},
		});
	});

	it('numbers for texts of digits are no difference', async () => {
		addDevice({ deviceName: '4711', serialNumber: '815', description: '12' });
		odin.answer(DEVICES, { ...NEW, deviceName: 4711, serialNumber: 815, description: 12 });
		const deviceFields = { serialNumber: '815', description: '12' };
		expect(
			await odin.one('device.upsert', { ...NEW, deviceName: '4711', deviceFields }),
		).toMatchObject({ outcome: 'unchanged', deviceName: '4711' });
	});
});

describe('in use', () => {
	const accessDevice = { deviceLevel: 'Group' as const, deviceName: 'pbx' };

	beforeEach(() => {
		addDevice();
		odin.network.addTrunkGroup({ ...ACME, name: 'idle-trunk', accessDevice });
	});

	it('is listed by its users', async () => {
		odin.network.addUser({ ...ACME, userId: 'phone@example.com', accessDevice });
		odin.network.addUser({ ...ACME, userId: 'pbx@example.com', trunkGroup: 'idle-trunk' });
		const users = await odin.all('device.getUsers', EXISTING);
		expect(users).toMatchObject([
			{ userId: 'pbx@example.com', endpointType: 'trunkAddressing', linePort: 'pbx@example.com' },
			{ userId: 'phone@example.com', endpointType: 'accessDeviceEndpoint' },
		]);
		expect(odin.requests()).toMatchObject([
			{ method: 'POST', path: `${DEVICES}/users`, body: KEY },
		]);
	});

	it('is read again where the answer gets lost, as every read', async () => {
		odin.simulator.addFault({ kind: 'lostAnswer', method: 'POST', path: `${DEVICES}/users` });
		expect(await odin.all('device.getUsers', EXISTING)).toEqual([]);
	});

	it('is not deleted, and says by whom: trunk groups without users are use, too', async () => {
		odin.network.addUser({ ...ACME, userId: 'phone@example.com', accessDevice });
		for (const options of [{}, { previewOnly: true }]) {
			expect(await odin.complaint('device.delete', { ...EXISTING, options })).toContain(
				'is in use by the users phone@example.com and the trunk groups idle-trunk, so it was not deleted',
			);
		}
		expect(odin.writes()).toEqual([]);
	});

	it('is deleted when another device has its name elsewhere', async () => {
		const [trunkGroup] = odin.network.trunkGroups('acme-ent', 'acme-hq');
		odin.network.removeTrunkGroup(trunkGroup!);
		odin.network.addDevice({ deviceName: 'pbx' });
		odin.network.addTrunkGroup({
			...ACME,
			name: 'elsewhere',
			accessDevice: { deviceLevel: 'System', deviceName: 'pbx' },
		});
		expect(await odin.one('device.delete', EXISTING)).toEqual({ ...KEY, deleted: true });
		expect(stored()).toBeUndefined();
		const options = { ifNotFound: 'returnEmpty' };
		expect(await odin.one('device.delete', { ...EXISTING, options })).toMatchObject({
			deleted: false,
		});
	});

	it('is deleted in a group that has no trunk groups', async () => {
		const lab = { serviceProviderId: 'acme-ent', groupId: 'acme-lab' };
		odin.network.addDevice({ ...lab, deviceName: 'pbx' });
		expect(await odin.one('device.delete', { ...lab, device: 'pbx' })).toMatchObject({
			deleted: true,
		});
	});
});
