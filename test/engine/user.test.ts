import { useOdin, type Json } from './support/odinRuns';

const HQ = { serviceProviderId: 'acme-ent', groupId: 'acme-hq' };
const PLANT = { serviceProviderId: 'acme-ent', groupId: 'acme-plant' };
const ANNA = 'anna.adler@example.com';
const PASSWORD = 'Zq7-kPw2-Lm94';

const odin = useOdin({
	arrange: ({ network }) => {
		network.addTrunkGroup({ ...HQ, name: 'sbc', maxActiveCalls: 5 });
		network.addTrunkGroup({ ...HQ, name: 'sbc-2', maxActiveCalls: 5 });
		network.addUser({ ...PLANT, userId: 'paul@example.com', lastName: 'Plant', firstName: 'Paul' });
		network.addUser({ ...HQ, userId: 'olga@example.com', trunkGroup: 'sbc-2' });
		network.addUser({ ...HQ, userId: 'dora@example.com' });
	},
});

const stored = (userId: string) => odin.network.stores.users.find({ userId })!;

const newUser: Json = {
	...HQ,
	newUserId: 'nina@example.com',
	lastName: 'Novak',
	firstName: 'Nina',
	userFields: { phoneNumber: '15135550012', extension: '0012', departmentName: 'Sales' },
	address: { city: 'Cincinnati', country: 'USA' },
	trunk: { trunkGroupName: 'sbc' },
};

/** Every operation that can find its work done: how it is run, and the body of its one write. */
const writes: Array<[string, Json, unknown]> = [
	[
		'user.upsert',
		newUser,
		expect.objectContaining({
			...HQ,
			userId: 'nina@example.com',
			callingLineIdLastName: 'Novak',
			callingLineIdFirstName: 'Nina',
			endpointType: 'trunkAddressing',
			trunkAddressing: { trunkGroupDeviceEndpoint: { name: 'sbc', linePort: 'nina@example.com' } },
			department: { ...HQ, name: 'Sales' },
		}),
	],
	[
		'user.upsert',
		{ ...HQ, newUserId: ANNA.toUpperCase(), userFields: { title: 'Operator' } },
		{ userId: ANNA.toUpperCase(), title: 'Operator' },
	],
	[
		'user.assignTrunkGroup',
		{ userId: ANNA, trunkGroup: 'sbc' },
		{
			userId: ANNA,
			endpointType: 'trunkAddressing',
			trunkAddressing: { trunkGroupDeviceEndpoint: { name: 'sbc', linePort: ANNA } },
		},
	],
	[
		'user.assignTrunkGroup',
		{ ...HQ, userId: 'olga@example.com', trunkGroup: 'sbc', options: { force: true } },
		{
			userId: 'olga@example.com',
			trunkAddressing: {
				trunkGroupDeviceEndpoint: { name: 'sbc', linePort: 'olga@example.com' },
			},
			endpointType: 'trunkAddressing',
		},
	],
	[
		'user.removeTrunkGroup',
		{ userId: 'olga@example.com' },
		{ userId: 'olga@example.com', endpointType: 'none', trunkAddressing: null },
	],
	[
		'user.updateServices',
		{
			userId: ANNA,
			services: ' authentication ,, Call Forwarding Always',
			servicePacks: ['SIP-DID'],
		},
		{
			userId: ANNA,
			userServices: [
				{ serviceName: 'Authentication', assigned: true },
				{ serviceName: 'Call Forwarding Always', assigned: true },
			],
			servicePackServices: [{ serviceName: 'SIP-DID', assigned: true }],
		},
	],
];

describe.each(writes)('%s of %j', (action, parameters, body) => {
	// That the preview shows it, and that a second run writes nothing, is told of every write in plan.test.ts.
	it('writes once, and tells of whom', async () => {
		const { outcome, changes, ...told } = await odin.one(action, parameters);
		const sent = odin.writes().filter(({ path }) => path !== '/password/generate');
		expect(sent.map((request) => request.body)).toEqual([body]);
		expect(Object.keys(told).slice(0, 3)).toEqual(['serviceProviderId', 'groupId', 'userId']);
		expect(told).toMatchObject(HQ);
		odin.forget();
		expect(await odin.one(action, parameters)).toMatchObject({ outcome: 'unchanged', changes: [] });
		expect(odin.written()).toEqual([]);
		expect([outcome, (changes as unknown[]).length > 0]).toEqual(
			action === 'user.upsert' && 'address' in parameters ? ['created', false] : ['updated', true],
		);
	});
});

describe('nobody else’s user', () => {
	const cases: Array<[string, Json]> = [
		['user.upsert', { ...HQ, newUserId: 'Paul@example.com', lastName: 'Other', firstName: 'X' }],
		['user.create', { ...HQ, newUserId: 'paul@example.com', lastName: 'Other', firstName: 'X' }],
		[
			'user.create',
			{
				...HQ,
				newUserId: 'paul@example.com',
				lastName: 'Other',
				firstName: 'X',
				options: { ifExists: 'returnExisting' },
			},
		],
		[
			'user.assignTrunkGroup',
			{ ...HQ, userId: 'paul@example.com', trunkGroup: 'sbc', options: { force: true } },
		],
	];
	it.each(cases)('%s refuses one of another group and says where it is', async (action, given) => {
		const before = JSON.stringify(stored('paul@example.com'));
		for (const previewOnly of [true, false]) {
			const options = { ...(given.options as Json | undefined), previewOnly };
			const text = await odin.complaint(action, { ...given, options });
			expect(text).toContain("belongs to group 'acme-plant' of service provider 'acme-ent'");
		}
		expect(JSON.stringify(stored('paul@example.com'))).toBe(before);
	});

	it('a user on another trunk group is taken over only with Force, a pilot not taken off', async () => {
		const given = { ...HQ, userId: 'olga@example.com', trunkGroup: 'sbc' };
		const text = await odin.complaint('user.assignTrunkGroup', given);
		expect(text).toMatch(/is on trunk group 'sbc-2' .*'Force'/s);
		odin.network.trunkGroup(HQ.serviceProviderId, HQ.groupId, 'sbc-2')!.pilotUserId = given.userId;
		const pilot = await odin.complaint('user.removeTrunkGroup', { userId: given.userId });
		expect(pilot).toContain("is the pilot user of trunk group 'sbc-2'");
		expect(odin.written()).toEqual([]);
	});
});

describe('the key is the user id alone', () => {
	it.each([
		['user.get', {}],
		['user.update', { userFields: { departmentName: 'Sales' } }],
		['user.compare', { userFields: { firstName: 'Anna' } }],
		['user.getRegistration', {}],
		['user.delete', {}],
	])('%s needs no service provider and no group, and tells them', async (action, more) => {
		const json = await odin.one(action, { userId: ANNA, ...more });
		expect(json).toMatchObject({ ...HQ, userId: ANNA });
		for (const { query, body } of odin.requests()) {
			expect({ ...query, ...(body as Json | undefined) }).not.toHaveProperty('groupId');
		}
	});

	it('one that is not there', async () => {
		const none = { userId: 'nobody@example.com', options: { ifNotFound: 'returnEmpty' } };
		expect(await odin.one('user.get', none)).toMatchObject({ found: false });
		expect(await odin.one('user.delete', none)).toMatchObject({ deleted: false });
		const compared = { ...none, options: {}, userFields: { firstName: 'Anna' } };
		expect(await odin.one('user.compare', compared)).toMatchObject({ user: null });
		expect(await odin.complaint('user.get', { ...none, options: {} })).toContain('has no user');
	});
});

describe('what belongs together', () => {
	it('gives a new user the name as CLID name, and leaves that of one who is there', async () => {
		await odin.one('user.upsert', newUser);
		odin.forget();
		const userId = 'nina@example.com';
		await odin.one('user.update', { userId, payload: { lastName: 'Adler' } });
		expect(odin.writes().map(({ body }) => body)).toEqual([{ userId, lastName: 'Adler' }]);
	});

	it('keeps the rest of an address and of a trunk of which a part changes', async () => {
		await odin.one('user.upsert', newUser);
		odin.forget();
		const update = { userId: 'nina@example.com', address: { city: 'Dayton' } };
		await odin.one('user.update', {
			...update,
			trunk: { trunkGroupName: 'sbc', linePort: 'n@x.y' },
		});
		expect(stored('nina@example.com')).toMatchObject({
			address: { city: 'Dayton', country: 'USA' },
			linePort: 'n@x.y',
			trunkGroup: 'sbc',
		});
		await odin.one('user.upsert', {
			...newUser,
			trunk: { trunkGroupName: 'sbc' },
			address: { city: 'Dayton' },
		});
		expect(odin.writes()).toHaveLength(1);
	});

	it('a cleared trunk is no endpoint, and clearing what is empty changes nothing', async () => {
		const clear = {
			...HQ,
			newUserId: 'olga@example.com',
			clearFields: ['trunkAddressing', 'address'],
		};
		expect(await odin.one('user.upsert', clear)).toMatchObject({ outcome: 'updated' });
		expect(odin.written()).toEqual([
			{ userId: 'olga@example.com', endpointType: 'none', trunkAddressing: null },
		]);
		expect(await odin.one('user.upsert', clear)).toMatchObject({ outcome: 'unchanged' });
	});

	it('a profile given back as Payload changes nothing', async () => {
		const profile = await odin.one('user.get', { userId: 'olga@example.com', simplify: false });
		const same = { ...HQ, newUserId: 'olga@example.com', payload: JSON.stringify(profile) };
		expect(await odin.one('user.upsert', same)).toMatchObject({ outcome: 'unchanged' });
	});
});

describe('services', () => {
	it('tells by name what the group does not have, and sends nothing', async () => {
		const given = {
			userId: ANNA,
			services: 'SIP-DID, Voice Messaging User',
			servicePacks: 'Nothing',
		};
		const text = await odin.complaint('user.updateServices', given);
		expect(text).toMatch(/'SIP-DID' \(there is a service pack.*'Voice Messaging User'.*'Nothing'/);
		expect(odin.written()).toEqual([]);
	});

	it('tells by name what the license does not give, and takes only what is named', async () => {
		const premium = { servicePacks: 'SIP-PREMIUM' };
		await odin.one('user.updateServices', { userId: ANNA, ...premium, services: 'Authentication' });
		const text = await odin.complaint('user.updateServices', {
			userId: 'dora@example.com',
			...premium,
		});
		expect(text).toMatch(/Not assigned: 'SIP-PREMIUM'/);
		const taken = await odin.one('user.updateServices', {
			userId: ANNA,
			removeServicePacks: 'SIP-PREMIUM',
		});
		expect(taken).toMatchObject({ userServices: ['Authentication'], servicePackServices: [] });
	});
});

describe('passwords', () => {
	const sip = {
		userId: ANNA,
		sipAuthenticationUserName: 'anna',
		sipAuthenticationPassword: PASSWORD,
	};

	beforeEach(() => {
		stored(ANNA).services = ['Authentication'];
	});

	it.each([
		['user.create', { ...newUser, userPasswordSource: 'define', password: '={{ $json.secret }}' }],
		['user.upsert', { ...newUser, userPasswordSource: 'define', password: '={{ $json.secret }}' }],
		['user.setSipAuthentication', { ...sip, sipAuthenticationPassword: '={{ $json.secret }}' }],
	])(
		'%s shows none in its output, its preview, its hints and its message',
		async (action, given) => {
			const refusal = { error: `No: ${PASSWORD}`, status: 400, details: PASSWORD };
			for (const spoil of [false, true]) {
				for (const previewOnly of [true, false]) {
					await odin.restart();
					stored(ANNA).services = ['Authentication'];
					if (spoil) {
						odin.simulator.injectFault(({ method, path }) =>
							method === 'GET' || path === '/auth/token'
								? undefined
								: { kind: 'status', status: 400, body: refusal },
						);
					}
					const { output, error, hints } = await odin.run(
						action,
						{ ...given, options: { previewOnly } },
						{ items: [{ secret: PASSWORD }] },
					);
					expect(JSON.stringify([output, error, hints])).not.toContain(PASSWORD);
					expect(error?.message).toEqual(
						spoil && !previewOnly ? expect.stringContaining('HTTP 400') : undefined,
					);
				}
			}
		},
	);

	it('a generated portal password obeys the rules, with and without the generator of Odin', async () => {
		const [first, ...rest] = ['POST', undefined, 'rules'];
		for (const missing of [first, ...rest]) {
			await odin.restart({ enforcePasswordRules: true });
			const gone = {
				kind: 'status',
				status: 404,
				body: { error: 'Not Found' },
				times: Infinity,
			} as const;
			if (missing !== undefined) odin.simulator.addFault({ ...gone, path: '/password/generate' });
			if (missing === 'rules') odin.simulator.addFault({ ...gone, path: '/groups/password-rules' });
			const json = await odin.one('user.create', newUser);
			const { password } = stored('nina@example.com');
			expect(password).toHaveLength(missing === 'rules' ? 40 : missing === undefined ? 18 : 16);
			expect(JSON.stringify(json)).not.toContain(password);
		}
	});

	it('a SIP password is made by the rules and handed over only when asked', async () => {
		const generate = {
			userId: ANNA,
			sipAuthenticationUserName: 'anna',
			sipPasswordSource: 'generate',
		};
		expect(await odin.complaint('user.setSipAuthentication', generate)).toContain('lost for good');
		const given = await odin.one('user.setSipAuthentication', {
			...generate,
			options: { includeSipPassword: true },
		});
		expect(given).toEqual({
			...HQ,
			userId: ANNA,
			sipAuthenticationUserName: 'anna',
			sipAuthenticationPassword: stored(ANNA).sipPassword,
		});
		expect(await odin.one('user.setSipAuthentication', sip)).toEqual({
			...HQ,
			userId: ANNA,
			sipAuthenticationUserName: 'anna',
		});
		expect(stored(ANNA).sipPassword).toBe(PASSWORD);
	});

	it('after a lost answer the same SIP password is sent again', async () => {
		odin.simulator.addFault({ kind: 'lostAnswer', method: 'PUT', path: '/users/authentication' });
		await odin
			.one('user.setSipAuthentication', { ...sip, sipAuthenticationUserName: '  ', options: {} })
			.catch(() => undefined);
		expect(odin.sent('PUT', '/users/authentication')).toEqual([]);
		await odin.one('user.setSipAuthentication', sip);
		const sent = odin.sent('PUT', '/users/authentication').map(({ body }) => body);
		expect(sent).toEqual(Array(2).fill({ userId: ANNA, userName: 'anna', newPassword: PASSWORD }));
	});

	it('without the service Authentication it says what to assign', async () => {
		stored(ANNA).services = [];
		expect(await odin.complaint('user.setSipAuthentication', sip)).toContain("'Authentication'");
	});
});
