import type { IDataObject } from 'n8n-workflow';

import { Bench, DEFAULT_BODY, HOME, jsonOf, said } from '../support/creation';
import { expectPlainWords } from '../support/plainWords';
import type { Fault } from '../../../simulator';

const bench = Bench.forAllTests();

const POST = { method: 'POST', path: '/groups/trunk-groups' };
/** So that the node does not wait before it tries again. */
const AT_ONCE = { 'retry-after': '0' };
const DUPLICATE = "trunk group 'sbc' in group 'acme-hq' of service provider 'acme-ent'";

const addExisting = (fields: IDataObject = {}): void => {
	bench.odin.network.addTrunkGroup({ ...HOME, name: 'sbc', maxActiveCalls: 1, ...fields });
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
		bench.odin.addFault({ ...POST, ...fault });
		const run = await bench.create({ parameters: { options: { timeout: 1500 } } });
		expect(bench.posts()).toHaveLength(1);
		expect(run.error).toBeUndefined();
		expect(bench.sent('GET', '/groups/trunk-groups')).toHaveLength(1);
		expect(jsonOf(run)).toStrictEqual([await bench.profile('sbc')]);
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
			bench.odin.addFault({ ...POST, ...fault });
			const run = await bench.create({ parameters: { options: { timeout: 1500 } } });
			expect(run.error).toBeUndefined();
			const sent = bench.odin.requests.filter(({ path }) => path.endsWith(POST.path));
			expect(sent.map(({ method }) => method)).toEqual(['POST', 'GET', 'POST']);
			expect(sent[1]?.query).toEqual({ ...HOME, name: 'sbc' });
			expect(jsonOf(run)).toStrictEqual([await bench.profile('sbc')]);
		},
	);

	it.each<Fault>([{ kind: 'reset' }, { kind: 'status', status: 500 }])(
		'several times in a row ends in a message that says what is known: $kind',
		async (fault) => {
			bench.odin.addFault({ ...POST, ...fault, times: Infinity });
			const run = await bench.create({ parameters: { options: { maxRetries: 1 } } });
			expect(bench.posts()).toHaveLength(2);
			expect(run.status).toBe('error');
			expect(run.error?.message).toMatch(/^It is not known whether Odin did create/);
			expect(run.error?.message).toContain(
				`So it went 2 times, and right after the last one Odin did not have ${DUPLICATE}`,
			);
			expect(run.error?.description).toContain('Look in Odin before you run this again');
			expectPlainWords(said(run), 'There has been an error.');
		},
	);

	it.each<Fault>([{ kind: 'reset' }, { kind: 'errorIn200' }])(
		'is not sent again without retries, and not where another answer is not to be expected: $kind',
		async (fault) => {
			bench.odin.addFault({ ...POST, ...fault });
			const maxRetries = fault.kind === 'reset' ? 0 : 4;
			const run = await bench.create({ parameters: { options: { maxRetries } } });
			expect(bench.posts()).toHaveLength(1);
			expect(run.error?.message).toMatch(/^It is not known whether Odin did create/);
			expect(run.error?.message).toContain(`Right afterwards Odin did not have ${DUPLICATE}`);
			expectPlainWords(said(run), 'There has been an error.', 'There has been a BroadWorks error.');
		},
	);

	it('is taken as done where the second try meets what the first one made', async () => {
		// The first is carried out only after the read-back.
		let posts = 0;
		bench.odin.injectFault(({ method }) => {
			if (method === 'POST') posts += 1;
			if (method === 'POST' && posts === 1) return { kind: 'reset' };
			if (method === 'POST' && posts === 2) {
				addExisting({ ...DEFAULT_BODY });
				return undefined;
			}
			return undefined;
		});
		const run = await bench.create();
		expect(run.error).toBeUndefined();
		expect(bench.posts()).toHaveLength(2);
		expect(jsonOf(run)).toStrictEqual([await bench.profile('sbc')]);
	});

	it.each<[string, Fault, IDataObject]>([
		['in one value', { kind: 'reset' }, { invitationTimeout: 9 }],
		['in a value that was not stored', { kind: 'status', status: 500 }, { maxActiveCalls: 2 }],
	])('where another trunk group has the name is no success: %s', async (_, fault, fields) => {
		addExisting({ ...DEFAULT_BODY, ...fields });
		bench.odin.addFault({ ...POST, ...fault });
		const run = await bench.create();
		expect(bench.posts()).toHaveLength(1);
		expect(run.status).toBe('error');
		expect(run.error?.message).toContain('other values');
		expectPlainWords(said(run), 'There has been an error.');
	});

	it('compares what Odin writes in another way: digits as numbers, departments, devices, reroute keys', async () => {
		addExisting();
		const target = bench.odin.network.trunkGroup('acme-ent', 'acme-hq', 'sbc');
		if (target) bench.odin.network.renameTrunkGroup(target, 'target');
		bench.odin.addFault({ ...POST, kind: 'lostAnswer' });
		const run = await bench.create({
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
		expect(bench.posts()).toHaveLength(1);
	});

	it('says so when it cannot be read back either', async () => {
		bench.odin.addFault({ ...POST, kind: 'lostAnswer' });
		bench.odin.addFault({
			method: 'GET',
			path: POST.path,
			kind: 'status',
			status: 500,
			headers: AT_ONCE,
			times: Infinity,
		});
		const run = await bench.create({ parameters: { options: { maxRetries: 1 } } });
		expect(bench.posts()).toHaveLength(1);
		expect(bench.sent('GET', POST.path)).toHaveLength(2);
		expect(run.error?.message).toContain('It is not known');
		expect(run.error?.message).toContain('Reading it did not settle that');
		expectPlainWords(said(run), 'There has been an error.', 'Injected by a test.');
	});

	it.each([400, 404, 409, 422])(
		'is not what a clear answer is: HTTP %i is not sent again',
		async (status) => {
			bench.odin.addFault({
				...POST,
				kind: 'status',
				status,
				body: { error: 'No', details: 'Not so' },
			});
			const run = await bench.create();
			expect(bench.posts()).toHaveLength(1);
			expect(run.status).toBe('error');
			expect(run.error?.message).toContain('No – Not so');
			expect(run.error?.message).not.toContain('not known');
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
		bench.odin.injectFault(({ method, body }) => {
			const name = String((body as IDataObject | undefined)?.name);
			if (method !== 'POST' || seen.has(name)) return undefined;
			seen.add(name);
			return kinds[Number(name.slice(1)) % 5];
		});
		const items = Array.from({ length: 20 }, (_, i) => ({ name: `t${i}` }));
		const run = await bench.create({ items, parameters: { name: '={{ $json.name }}' } });
		expect(jsonOf(run).map(({ name }) => name)).toEqual(items.map(({ name }) => name));
		const sent = bench
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
		bench.odin.configure({ quietProfiles: true });
		bench.odin.addFault(NOT_FOUND);
		const run = await bench.create();
		expect(bench.calls()).toEqual(['POST', 'GET', 'GET'].map((method) => `${method} ${POST.path}`));
		expect(jsonOf(run)).toStrictEqual([await bench.profile('sbc')]);
	});

	it('that finds nothing in the end is told, and speaks of a password only where one was made', async () => {
		bench.odin.configure({ quietProfiles: true });
		bench.odin.addFault({ ...NOT_FOUND, times: Infinity });
		const run = await bench.create({ parameters: { options: { maxRetries: 1 } } });
		expect(bench.posts()).toHaveLength(1);
		expect(run.error?.message).toBe(`Odin accepted to create ${DUPLICATE}, but does not have it`);
		expect(run.error?.description).toBe('Look in Odin before you run this again');
		expectPlainWords(said(run));
	});

	it.each<Fault>([
		{ kind: 'status', status: 500, headers: AT_ONCE },
		{ kind: 'reset' },
		{ kind: 'html', status: 502, headers: AT_ONCE },
	])(
		'that does not work out does not hide that Odin did create it: $kind $status',
		async (fault) => {
			bench.odin.configure({ quietProfiles: true });
			bench.odin.addFault({ method: 'GET', path: POST.path, ...fault, times: Infinity });
			const run = await bench.create({ parameters: { options: { maxRetries: 1 } } });
			expect(bench.posts()).toHaveLength(1);
			expect(run.error?.message).toMatch(/accepted|created/);
			expectPlainWords(said(run), 'There has been an error.');
		},
	);
});

describe('Timeout', () => {
	it('is the time one request waits', async () => {
		bench.odin.addFault({ ...POST, kind: 'hang' });
		const run = await bench.create({
			parameters: { options: { timeout: '={{ "250" }}', maxRetries: 0 } },
		});
		expect(run.error?.message).toMatch(/did not answer in time/);
		expect(bench.posts()).toHaveLength(1);
	});
});

describe('a name that is taken', () => {
	it('is told with provider, group, name and what to do', async () => {
		addExisting({ maxActiveCalls: 3 });
		const run = await bench.create();
		expect(bench.calls()).toEqual(['POST /groups/trunk-groups']);
		expect(run.error?.message).toContain(DUPLICATE);
		expect(run.error?.message).toContain('[Error 6650] Trunk Group already exists: sbc');
		expect(run.error?.description).toMatch(/'If Exists'.*'Create or Update'/);
		expectPlainWords(
			said(run),
			'[Error 6650] Trunk Group already exists: sbc – There has been a BroadWorks error.',
		);
	});

	it.each([
		{ error: 'Trunk Group already exists: sbc' },
		{ error: 'There has been a BroadWorks error.', details: 'The name sbc is already in use' },
		{ message: 'Duplicate trunk group' },
		{ error: 'already exists', details: { code: 1, list: ['x'] } },
	])('is known in other words: %j', async (body) => {
		bench.odin.addFault({ ...POST, kind: 'status', status: 400, body });
		const run = await bench.create();
		expect(run.error?.message).toContain('already');
		expect(run.error?.description).toMatch(/'If Exists'.*'Create or Update'/);
		expect(said(run)).not.toContain('[object');
	});

	it('stays as it is with Return Existing', async () => {
		addExisting({ maxActiveCalls: 3 });
		const before = await bench.profile('sbc');
		bench.odin.clearRequests();
		const run = await bench.create({
			parameters: { maxActiveCalls: 9, options: { ifExists: 'returnExisting' } },
		});
		expect(run.output).toStrictEqual([[{ json: before, pairedItem: { item: 0 } }], []]);
		expect(await bench.profile('sbc')).toEqual(before);
		expect(bench.posts()).toHaveLength(1);
	});

	it.each([400, 401, 402, 403, 404, 405, 409, 410, 415, 422, 423, 429])(
		'is found by a GET after a refusal in any words: HTTP %i',
		async (status) => {
			addExisting();
			bench.odin.addFault({
				...POST,
				kind: 'status',
				status,
				body: { error: 'No.' },
				headers: AT_ONCE,
				times: Infinity,
			});
			const run = await bench.create({ parameters: { options: { ifExists: 'returnExisting' } } });
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
		bench.odin.addFault({ ...POST, kind: 'status', status: 400, body: { error: 'Group is full' } });
		bench.odin.addFault({ method: 'GET', path: POST.path, ...fault });
		const run = await bench.create({ parameters: { options: { ifExists: 'returnExisting' } } });
		expect(run.error?.message).toContain('Group is full');
		expect(bench.posts()).toHaveLength(1);
	});

	it('is no success with Return Existing when the answer was lost and the values differ', async () => {
		addExisting({ maxActiveCalls: 3 });
		bench.odin.addFault({ ...POST, kind: 'lostAnswer' });
		const run = await bench.create({ parameters: { options: { ifExists: 'returnExisting' } } });
		expect(bench.posts()).toHaveLength(1);
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
		const run = await bench.create({
			items: [{ name: 'a' }, { name: 'b' }],
			parameters: { name: '={{ $json.name }}', options, identity: { prefix: 99 } },
		});
		expect(said(run)).toBe('');
		expect(run.output[0]).toStrictEqual(
			['a', 'b'].map((name, item) => ({
				json: {
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
		expect(bench.odin.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
	});

	it.each(['define', 'generate'])(
		'shows no password and makes none: %s',
		async (sipPasswordSource) => {
			const run = await bench.create({
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
			expect(bench.calls().filter((call) => !call.startsWith('GET /groups'))).toEqual([]);
		},
	);

	it.each<[string, IDataObject]>([
		['unchanged', { ifExists: 'returnExisting' }],
		['', {}],
	])('of a name that is taken tells what would happen: %s %j', async (outcome, more) => {
		addExisting();
		const run = await bench.create({ parameters: { options: { ...options, ...more } } });
		if (outcome) {
			expect(jsonOf(run)).toStrictEqual([{ preview: true, outcome, changes: [], request: null }]);
		} else {
			expect(run.error?.message).toContain(DUPLICATE);
			expect(run.error?.description).toContain('If Exists');
		}
		expect(bench.posts()).toEqual([]);
	});

	it('checks values as a create does', async () => {
		const run = await bench.create({ parameters: { options, maxActiveCalls: '={{ "5 calls" }}' } });
		expect(run.error?.message).toContain("'Max Active Calls'");
		expect(bench.odin.requests).toEqual([]);
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
		bench.odin.addFault({ ...POST, ...fault });
		const run = await bench.create();
		expect(bench.posts()).toHaveLength(1);
		expect(run.error?.message).toMatch(told);
		expect(run.error?.message).toContain(DUPLICATE);
		expect(run.error?.description).toBeTruthy();
		expectPlainWords(said(run));
	});

	it('are kept where Odin answers in plain text', async () => {
		bench.odin.addFault({ ...POST, kind: 'status', status: 400, body: 'Group is locked' });
		const run = await bench.create();
		expect(run.error?.message).toContain('Group is locked');
	});
});
