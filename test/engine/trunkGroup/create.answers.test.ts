import type { IDataObject } from 'n8n-workflow';

import { DEFAULT_BODY, HOME, jsonOf, otherwiseSaid, said } from '../support/creation';
import { useOdin, type Json } from '../support/odinRuns';
import { expectPlainWords } from '../support/plainWords';
import type { Fault } from '../../../simulator';

const odin = useOdin({ loggedIn: true });

const POST = { method: 'POST', path: '/groups/trunk-groups' };
/** So that the node does not wait before it tries again. */
const AT_ONCE = { 'retry-after': '0' };
const DUPLICATE = "trunk group 'sbc' in group 'acme-hq' of service provider 'acme-ent'";

const addExisting = (fields: IDataObject = {}): void => {
	odin.simulator.network.addTrunkGroup({ ...HOME, name: 'sbc', maxActiveCalls: 1, ...fields });
};

describe('an answer that is lost', () => {
	it.each<Fault>([
		{ kind: 'lostAnswer' },
		{ kind: 'hangAfterWrite' },
		{ kind: 'truncated' },
		{ kind: 'cutBody' },
		{ kind: 'empty' },
		{ kind: 'gatewayAfterWrite' },
		{ kind: 'gatewayAfterWrite', status: 504 },
		{ kind: 'gatewayAfterWrite', status: 500 },
	])('though the trunk group is there is read back by name: $kind $status', async (fault) => {
		odin.simulator.addFault({ ...POST, ...fault });
		const run = await odin.create({ parameters: { options: { timeout: 1500 } } });
		expect(odin.posts()).toHaveLength(1);
		expect(run.error).toBeUndefined();
		expect(odin.sent('GET', '/groups/trunk-groups')).toHaveLength(1);
		expect(jsonOf(run)).toStrictEqual([await odin.profile('sbc')]);
	});

	it.each<Fault>([
		{ kind: 'reset' },
		{ kind: 'hang' },
		{ kind: 'status', status: 500 },
		{ kind: 'html', status: 502 },
		{ kind: 'html', status: 504 },
		{ kind: 'noise' },
	])(
		'before anything happened is sent again once the name is free: $kind $status',
		async (fault) => {
			odin.simulator.addFault({ ...POST, ...fault });
			const run = await odin.create({ parameters: { options: { timeout: 1500 } } });
			expect(run.error).toBeUndefined();
			const sent = odin.simulator.requests.filter(({ path }) => path.endsWith(POST.path));
			expect(sent.map(({ method }) => method)).toEqual(['POST', 'GET', 'POST']);
			expect(sent[1]?.query).toEqual({ ...HOME, name: 'sbc' });
			expect(jsonOf(run)).toStrictEqual([await odin.profile('sbc')]);
		},
	);

	it.each<Fault>([{ kind: 'reset' }, { kind: 'status', status: 500 }])(
		'several times in a row ends in a message that says what is known: $kind',
		async (fault) => {
			odin.simulator.addFault({ ...POST, ...fault, times: Infinity });
			const run = await odin.create({ parameters: { options: { maxRetries: 1 } } });
			expect(odin.posts()).toHaveLength(2);
			expect(run.status).toBe('error');
			expect(run.error?.message).toMatch(
				/^The outcome is unknown: Odin may or may not have created/,
			);
			expect(run.error?.message).toContain(
				'Tried 2 times; after the last attempt the trunk group did not exist',
			);
			expect(run.error?.description).toContain('Check its state in Odin before you run this again');
			expectPlainWords(said(run), 'There has been an error.');
		},
	);

	it.each<Fault>([{ kind: 'reset' }, { kind: 'errorIn200' }])(
		'is not sent again without retries, and not where another answer is not to be expected: $kind',
		async (fault) => {
			odin.simulator.addFault({ ...POST, ...fault });
			const maxRetries = fault.kind === 'reset' ? 0 : 4;
			const run = await odin.create({ parameters: { options: { maxRetries } } });
			expect(odin.posts()).toHaveLength(1);
			expect(run.error?.message).toMatch(
				/^The outcome is unknown: Odin may or may not have created/,
			);
			expect(run.error?.message).toContain('Afterwards the trunk group did not exist');
			expectPlainWords(said(run), 'There has been an error.', 'There has been a BroadWorks error.');
		},
	);

	it('is taken as done where the second try meets what the first one made', async () => {
		// The first is carried out only after the read-back.
		let posts = 0;
		odin.simulator.injectFault(({ method }) => {
			if (method === 'POST') posts += 1;
			if (method === 'POST' && posts === 1) return { kind: 'reset' };
			if (method === 'POST' && posts === 2) {
				addExisting({ ...DEFAULT_BODY });
				return undefined;
			}
			return undefined;
		});
		const run = await odin.create();
		expect(run.error).toBeUndefined();
		expect(odin.posts()).toHaveLength(2);
		expect(jsonOf(run)).toStrictEqual([await odin.profile('sbc')]);
	});

	it.each<[string, Fault, IDataObject]>([
		['in one value', { kind: 'reset' }, { invitationTimeout: 9 }],
		['in a value that was not stored', { kind: 'status', status: 500 }, { maxActiveCalls: 2 }],
	])('where another trunk group has the name is no success: %s', async (_, fault, fields) => {
		addExisting({ ...DEFAULT_BODY, ...fields });
		odin.simulator.addFault({ ...POST, ...fault });
		const run = await odin.create();
		expect(odin.posts()).toHaveLength(1);
		expect(run.status).toBe('error');
		expect(run.error?.message).toContain('other values');
		expectPlainWords(said(run), 'There has been an error.');
	});

	it('compares what Odin writes in another way: digits as numbers, departments, devices, reroute keys', async () => {
		addExisting();
		const target = odin.simulator.network.trunkGroup('acme-ent', 'acme-hq', 'sbc');
		if (target) odin.simulator.network.renameTrunkGroup(target, 'target');
		odin.simulator.addFault({ ...POST, kind: 'lostAnswer' });
		const run = await odin.create({
			parameters: {
				payload: {
					accessDevice: { deviceName: 'acme-sbc-1', deviceLevel: 'Group' },
					department: { ...HOME, name: 'Sales' },
					users: [{ userId: 'anna.adler@example.com' }],
				},
				callForwardingAlways: {
					callForwardingAlwaysAction: 'Forward',
					callForwardingAlwaysForwardAddress: '15550100',
				},
				capacityExceeded: {
					capacityExceededAction: 'Reroute',
					capacityExceededRerouteTrunkGroupName: 'target',
				},
			},
		});
		expect(run.error).toBeUndefined();
		expect(jsonOf(run)).toMatchObject([{ callForwardingAlwaysForwardAddress: 15550100 }]);
		expect(odin.posts()).toHaveLength(1);
	});

	it('says so when it cannot be read back either', async () => {
		odin.simulator.addFault({ ...POST, kind: 'lostAnswer' });
		odin.simulator.addFault({
			method: 'GET',
			path: POST.path,
			kind: 'status',
			status: 500,
			headers: AT_ONCE,
			times: Infinity,
		});
		const run = await odin.create({ parameters: { options: { maxRetries: 1 } } });
		expect(odin.posts()).toHaveLength(1);
		expect(odin.sent('GET', POST.path)).toHaveLength(2);
		expect(run.error?.message).toContain('The outcome is unknown');
		expect(run.error?.message).toContain('Reading it back was inconclusive');
		expectPlainWords(said(run), 'There has been an error.', 'Injected by a test.');
	});

	it.each([400, 404, 409, 422])(
		'is not what a clear answer is: HTTP %i is not sent again',
		async (status) => {
			odin.simulator.addFault({
				...POST,
				kind: 'status',
				status,
				body: { error: 'No', details: 'Not so' },
			});
			const run = await odin.create();
			expect(odin.posts()).toHaveLength(1);
			expect(run.status).toBe('error');
			expect(run.error?.message).toContain('No – Not so');
			expect(run.error?.message).not.toContain('unknown');
			expect(run.error?.httpCode).toBe(String(status));
			expectPlainWords(said(run), 'No – Not so');
		},
	);

	it('of a burst ends with each trunk group once and each item done', async () => {
		const kinds: Array<Fault | undefined> = [
			{ kind: 'lostAnswer' },
			{ kind: 'reset' },
			{ kind: 'status', status: 500 },
			{ kind: 'html', status: 502 },
			undefined,
		];
		const seen = new Set<string>();
		odin.simulator.injectFault(({ method, body }) => {
			const name = String((body as IDataObject | undefined)?.name);
			if (method !== 'POST' || seen.has(name)) return undefined;
			seen.add(name);
			return kinds[Number(name.slice(1)) % 5];
		});
		const items = Array.from({ length: 20 }, (_, i) => ({ name: `t${i}` }));
		const run = await odin.create({ items, parameters: { name: '={{ $json.name }}' } });
		expect(jsonOf(run).map(({ name }) => name)).toEqual(items.map(({ name }) => name));
		const sent = odin
			.posts()
			.map(({ body }) => Number(String((body as IDataObject).name).slice(1)));
		expect(items.map((_, i) => sent.filter((item) => item === i).length)).toEqual(
			items.map((_, i) => ([1, 2, 3].includes(i % 5) ? 2 : 1)),
		);
	});
});

describe('a read-back after a success without a profile', () => {
	const NOT_FOUND: Fault & { method: 'GET'; path: string } = {
		method: 'GET',
		path: POST.path,
		kind: 'status',
		status: 404,
		body: { error: 'Trunk Group not found' },
	};

	it('that finds nothing at first is repeated', async () => {
		odin.simulator.configure({ quietProfiles: true });
		odin.simulator.addFault(NOT_FOUND);
		const run = await odin.create();
		expect(odin.calls()).toEqual(['POST', 'GET', 'GET'].map((method) => `${method} ${POST.path}`));
		expect(jsonOf(run)).toStrictEqual([await odin.profile('sbc')]);
	});

	it('that finds nothing in the end is told, and speaks of a password only where one was made', async () => {
		odin.simulator.configure({ quietProfiles: true });
		odin.simulator.addFault({ ...NOT_FOUND, times: Infinity });
		const run = await odin.create({ parameters: { options: { maxRetries: 1 } } });
		expect(odin.posts()).toHaveLength(1);
		expect(run.error?.message).toBe(
			`Odin confirmed creating ${DUPLICATE}, but the trunk group cannot be found`,
		);
		expect(run.error?.description).toBe('Check its state in Odin before you run this again');
		expectPlainWords(said(run));
	});

	it.each<Fault>([
		{ kind: 'status', status: 500, headers: AT_ONCE },
		{ kind: 'reset' },
		{ kind: 'html', status: 502, headers: AT_ONCE },
	])(
		'that does not work out does not hide that Odin did create it: $kind $status',
		async (fault) => {
			odin.simulator.configure({ quietProfiles: true });
			odin.simulator.addFault({ method: 'GET', path: POST.path, ...fault, times: Infinity });
			const run = await odin.create({ parameters: { options: { maxRetries: 1 } } });
			expect(odin.posts()).toHaveLength(1);
			expect(run.error?.message).toContain('Odin confirmed creating');
			expectPlainWords(said(run), 'There has been an error.');
		},
	);
});

describe('Timeout', () => {
	it('is the time one request waits', async () => {
		odin.simulator.addFault({ ...POST, kind: 'hang' });
		const run = await odin.create({
			parameters: { options: { timeout: '={{ "250" }}', maxRetries: 0 } },
		});
		expect(run.error?.message).toMatch(/did not answer in time/);
		expect(odin.posts()).toHaveLength(1);
	});
});

describe('a name that is taken', () => {
	it('is told with provider, group, name and what to do', async () => {
		addExisting({ maxActiveCalls: 3 });
		const run = await odin.create();
		expect(odin.calls()).toEqual(['POST /groups/trunk-groups', 'GET /groups/trunk-groups']);
		expect(run.error?.message).toMatch(`There is already a ${DUPLICATE}`);
		expect(run.error?.message).toContain('[Error 6650] Trunk Group already exists: sbc');
		expect(run.error?.description).toMatch(/'If Exists'.*'Create or Update'/);
		expectPlainWords(
			said(run),
			'[Error 6650] Trunk Group already exists: sbc – There has been a BroadWorks error.',
		);
	});

	it.each<[number, Json]>([
		[400, { error: 'Trunk Group already exists: sbc' }],
		[
			400,
			{ error: 'There has been a BroadWorks error.', details: 'The name sbc is already in use' },
		],
		[409, { message: 'Duplicate trunk group' }],
		[422, { error: 'already exists', details: { code: 1, list: ['x'] } }],
		[409, { error: 'No' }],
	])('is seen, whatever the words: %i %j', async (status, body) => {
		const words = Object.values(body).filter((part) => typeof part === 'string');
		addExisting({ maxActiveCalls: 3 });
		odin.simulator.addFault({ ...POST, kind: 'status', status, body });
		const run = await odin.create();
		expect(run.error?.message).toMatch(`There is already a ${DUPLICATE}. Odin says: `);
		expect(run.error?.message).toContain(String(words.at(-1)));
		// A proxy may have sent the create twice, so only what was seen is said.
		expect(run.error?.description).toMatch(/^To go on .*'If Exists'.*'Create or Update'/);
		expect(said(run)).not.toContain('[object');
	});

	it('may be taken by this very request, which a proxy sent twice', async () => {
		addExisting({ maxActiveCalls: 1 });
		const run = await odin.create();
		expect(run.error?.message).toMatch(`There is already a ${DUPLICATE}`);
		expect(said(run)).not.toContain('Nothing was created');
	});

	it.each<[number, string]>([
		[409, 'The line port is already in use'],
		[400, 'Device already exists: sbc-9'],
		[400, 'Identity sbc@example.com is already in use'],
		[400, 'user name is already in use'],
		[409, 'sbc is not unique'],
	])(
		"is not claimed where it was not seen, and Odin's words stay: %i %s",
		async (status, words) => {
			odin.simulator.addFault({
				...POST,
				kind: 'status',
				status,
				body: { error: words, status },
				times: Infinity,
			});
			for (const operation of ['create', 'upsert']) {
				const run = await odin.create({ parameters: { operation } });
				expect(run.error?.message).toBe(
					`Odin refused to create ${DUPLICATE} (HTTP ${status}): ${words}`,
				);
				expect(said(run)).not.toContain('There is already');
			}
			expect(odin.posts()).toHaveLength(2);
		},
	);

	it('stays as it is with Return Existing', async () => {
		addExisting({ maxActiveCalls: 3 });
		const before = await odin.profile('sbc');
		odin.simulator.clearRequests();
		const run = await odin.create({
			parameters: { maxActiveCalls: 9, options: { ifExists: 'returnExisting' } },
		});
		expect(run.output).toStrictEqual([[{ json: before, pairedItem: { item: 0 } }], []]);
		expect(await odin.profile('sbc')).toEqual(before);
		expect(odin.posts()).toHaveLength(1);
	});

	it.each([400, 401, 402, 403, 404, 405, 409, 410, 415, 422, 423, 429])(
		'is found by a GET after a refusal in any words: HTTP %i',
		async (status) => {
			addExisting();
			odin.simulator.addFault({
				...POST,
				kind: 'status',
				status,
				body: { error: 'No.' },
				headers: AT_ONCE,
				times: Infinity,
			});
			const run = await odin.create({ parameters: { options: { ifExists: 'returnExisting' } } });
			expect(said(run)).toBe('');
			expect(jsonOf(run)).toMatchObject([{ ...HOME, name: 'sbc' }]);
		},
	);

	it.each<Fault>([
		{ kind: 'status', status: 404, body: { error: 'Trunk Group not found: sbc' } },
		{
			kind: 'status',
			status: 400,
			body: { error: 'There has been a BroadWorks error.', details: 'Not Found' },
		},
		{ kind: 'empty' },
		{ kind: 'status', status: 200, body: '' },
	])('is not there after all, so that the refusal is told: $kind $body', async (fault) => {
		odin.simulator.addFault({
			...POST,
			kind: 'status',
			status: 400,
			body: { error: 'Group is full' },
		});
		odin.simulator.addFault({ method: 'GET', path: POST.path, ...fault });
		const run = await odin.create({ parameters: { options: { ifExists: 'returnExisting' } } });
		expect(run.error?.message).toContain('Group is full');
		expect(odin.posts()).toHaveLength(1);
	});

	it('is no success with Return Existing when the answer was lost and the values differ', async () => {
		addExisting({ maxActiveCalls: 3 });
		odin.simulator.addFault({ ...POST, kind: 'lostAnswer' });
		const run = await odin.create({ parameters: { options: { ifExists: 'returnExisting' } } });
		expect(odin.posts()).toHaveLength(1);
		expect([run.status, run.error?.message ?? jsonOf(run)[0]?.maxActiveCalls]).toEqual(
			run.status === 'success'
				? ['success', 3]
				: ['error', expect.stringContaining('other values')],
		);
	});
});

describe('Preview Only', () => {
	const options = { previewOnly: true };

	it('shows what would be sent and writes nothing', async () => {
		const run = await odin.create({
			items: [{ name: 'a' }, { name: 'b' }],
			parameters: { name: '={{ $json.name }}', options, identity: { prefix: 99 } },
		});
		expect(otherwiseSaid(run)).toBe('');
		expect(run.output[0]).toStrictEqual(
			['a', 'b'].map((name, item) => ({
				json: {
					...HOME,
					name,
					preview: true,
					outcome: 'created',
					changes: [],
					request: {
						method: 'POST',
						path: '/groups/trunk-groups',
						body: { ...DEFAULT_BODY, name, prefix: '99' },
					},
				},
				pairedItem: { item },
			})),
		);
		expect(odin.simulator.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
	});

	it.each(['define', 'generate'])(
		'shows no password and makes none: %s',
		async (sipPasswordSource) => {
			const run = await odin.create({
				parameters: {
					requireAuthentication: true,
					sipAuthenticationUserName: 'u',
					sipPasswordSource,
					sipAuthenticationPassword: 'Secret-99',
					options: { ...options, includeSipPassword: true },
				},
			});
			expect(said(run)).toBe('');
			expect(jsonOf(run)[0]?.request).toMatchObject({
				body: {
					requireAuthentication: true,
					sipAuthenticationUserName: 'u',
					sipAuthenticationPassword: '***',
				},
			});
			expect(JSON.stringify(run.output)).not.toContain('Secret-99');
			expect(odin.calls().filter((call) => !call.startsWith('GET /groups'))).toEqual([]);
		},
	);

	it.each<[string, IDataObject]>([
		['unchanged', { ifExists: 'returnExisting' }],
		['', {}],
	])('of a name that is taken tells what would happen: %s %j', async (outcome, more) => {
		addExisting();
		const run = await odin.create({ parameters: { options: { ...options, ...more } } });
		if (outcome) {
			expect(jsonOf(run)).toStrictEqual([
				{ ...HOME, name: 'sbc', preview: true, outcome, changes: [], request: null },
			]);
		} else {
			expect(run.error?.message).toContain(DUPLICATE);
			expect(run.error?.description).toContain('If Exists');
		}
		expect(odin.posts()).toEqual([]);
	});

	it('checks values as a create does', async () => {
		const run = await odin.create({ parameters: { options, maxActiveCalls: '={{ "5 calls" }}' } });
		expect(run.error?.message).toContain("'Max Active Calls'");
		expect(odin.simulator.requests).toEqual([]);
	});
});

describe('the words of Odin', () => {
	it.each<[string, Fault, RegExp]>([
		[
			'a service that is missing',
			{
				kind: 'status',
				status: 400,
				body: { error: 'Trunk Group service is not assigned', status: 400, details: 'Assign it.' },
			},
			/Trunk Group service is not assigned.*Assign it\./,
		],
		['words in message', { kind: 'status', status: 400, body: { message: 'Full' } }, /Full/],
		[
			'details that are an object',
			{ kind: 'status', status: 400, body: { error: 'Full', details: { limit: 3 } } },
			/Full.*"limit":3/,
		],
		['no body', { kind: 'status', status: 400, body: '' }, /HTTP 400/],
		['a page of a proxy', { kind: 'html', status: 407 }, /HTTP 407/],
		['text', { kind: 'status', status: 400, body: 'Group is locked' }, /HTTP 400/],
		[
			'an unknown group',
			{ kind: 'status', status: 404, body: { error: 'Group not found: acme-hq' } },
			/Group not found: acme-hq/,
		],
		[
			'another address',
			{ kind: 'redirect', location: 'https://elsewhere.example.com/' },
			/redirect/,
		],
	])('are kept, or what is known is said: %s', async (_, fault, told) => {
		odin.simulator.addFault({ ...POST, ...fault });
		const run = await odin.create();
		expect(odin.posts()).toHaveLength(1);
		expect(run.error?.message).toMatch(told);
		expect(run.error?.message).toContain(DUPLICATE);
		expect(run.error?.description).toBeTruthy();
		expectPlainWords(said(run));
	});

	it('are kept where Odin answers in plain text', async () => {
		odin.simulator.addFault({ ...POST, kind: 'status', status: 400, body: 'Group is locked' });
		const run = await odin.create();
		expect(run.error?.message).toContain('Group is locked');
	});
});
