import type { IDataObject } from 'n8n-workflow';

import { DEFAULT_BODY, HOME, jsonOf, said } from '../support/creation';
import { useOdin, type Json } from '../support/odinRuns';
import { expectPlainWords } from '../support/plainWords';
import type { Fault } from '../../../simulator';

const odin = useOdin({ loggedIn: true });

const POST = { method: 'POST', path: '/groups/trunk-groups' };
/** So that the node does not wait before it tries again. */
const AT_ONCE = { 'retry-after': '0' };
const DUPLICATE = "Trunk group 'sbc' in group 'acme-hq' of service provider 'acme-ent'";

const addExisting = (fields: IDataObject = {}): void => {
	odin.simulator.network.addTrunkGroup({ ...HOME, name: 'sbc', maxActiveCalls: 1, ...fields });
};

/** What happens to the first, second … request of a method; undefined for nothing, a function while it happens. */
type Steps = Array<Fault | undefined | (() => void)>;

/** What happens to all further ones, too. */
const always = (fault: Fault): Fault => ({ ...fault, times: Infinity }) as Fault;

interface Story {
	what: string;
	posts?: Steps;
	gets?: Steps;
	parameters?: IDataObject;
	options?: IDataObject;
	/** With Retry On Fail */
	tries?: true;
	/** The requests, in order */
	sent: string | RegExp;
	/** What the error says; where there is none, the result is the trunk group as it is then */
	told?: Array<RegExp | string>;
	hint?: string;
}

const RETURNED = 'The trunk group exists already and is returned as it is (item 0).';
const OTHER_CALLS = RETURNED.replace(' (', "; not as asked: 'Max Active Calls' (");

const LOST: Fault = { kind: 'status', status: 500, headers: AT_ONCE };
const UNREADABLE: Fault = { kind: 'status', status: 504, headers: AT_ONCE };
const BUSY: Fault = { kind: 'status', status: 503, headers: AT_ONCE };
const DONE_BEHIND_503: Fault = { kind: 'gatewayAfterWrite', status: 503, headers: AT_ONCE };
const PAGE: Fault = { kind: 'html', headers: AT_ONCE };
const BEHIND: Fault = { kind: 'status', status: 404, body: { error: 'Trunk Group not found' } };

/** The create before is carried out only now, so that the read-back did not see it. */
const late =
	(fields: IDataObject = {}) =>
	() =>
		addExisting({ ...DEFAULT_BODY, ...fields });

const ALREADY = '[Error 6650] Trunk Group already exists: sbc';
const UNKNOWN = /^The outcome is unknown: Odin may or may not have created/;
const DOUBT = 'The outcome of an earlier attempt is unknown';
const CHECK = 'Check its state in Odin before you run this again';
const ABSENT = 'Afterwards the trunk group did not exist';
const INCONCLUSIVE = /Reading it back was inconclusive: Odin could not read/;

const STORIES: Record<string, Story[]> = {
	'create, answer lost': [
		...[
			LOST,
			{ kind: 'reset' } as const,
			{ kind: 'hang' } as const,
			{ kind: 'noise' } as const,
			{ kind: 'html', status: 502 } as const,
			{ kind: 'html', status: 504 } as const,
		].map((fault) => ({
			what: `not carried out, looked for and sent again: ${fault.kind}`,
			posts: [fault],
			sent: 'POST GET POST',
		})),
		...[LOST, { kind: 'reset' } as const].map((fault) => ({
			what: `and again: ${fault.kind}`,
			posts: [always(fault)],
			options: { maxRetries: 1 },
			sent: /^POST GET POST( GET)+$/,
			told: [UNKNOWN, 'Tried 2 times; after the last attempt the trunk group did not exist', CHECK],
		})),
		{
			what: 'without retries',
			posts: [{ kind: 'reset' }],
			options: { maxRetries: 0 },
			sent: /^POST( GET)+$/,
			told: [UNKNOWN, ABSENT],
		},
		{
			what: 'with a text that another try would get, too',
			posts: [{ kind: 'errorIn200' }],
			sent: /^POST( GET)+$/,
			told: [UNKNOWN, ABSENT],
		},
		{
			what: 'and it cannot be read either',
			posts: [{ kind: 'lostAnswer' }],
			gets: [always(UNREADABLE)],
			options: { maxRetries: 1 },
			sent: 'POST GET GET',
			told: [UNKNOWN, INCONCLUSIVE],
		},
		{
			what: 'twice, and it cannot be read the second time',
			posts: [LOST, LOST],
			gets: [undefined, LOST, LOST],
			options: { maxRetries: 1 },
			sent: 'POST GET POST GET GET',
			told: [UNKNOWN, /HTTP 500.*Reading it back was inconclusive: Odin could not read/],
		},
		...([{ invitationTimeout: 9 }, { maxActiveCalls: 2 }] as IDataObject[]).map((fields) => ({
			what: `where another one has the name, with ${JSON.stringify(fields)}`,
			posts: [LOST],
			gets: [late(fields)],
			sent: 'POST GET',
			told: ['other values'],
		})),
		{
			what: 'behind a proxy that says 503 and had passed it on',
			posts: [DONE_BEHIND_503],
			sent: 'POST POST GET',
		},
		{
			what: 'and then Odin is too busy, and has it',
			posts: [DONE_BEHIND_503, BUSY],
			options: { maxRetries: 1 },
			sent: 'POST POST GET',
		},
		{
			what: 'and then Odin is too busy, and does not have it',
			posts: [BUSY, BUSY],
			options: { maxRetries: 1 },
			sent: /^POST POST( GET)+$/,
			told: [
				'Odin is too busy to create',
				DOUBT,
				ABSENT,
				/^Check its state .* Run it again later/m,
			],
		},
		...(
			[
				[{ kind: 'status', status: 429, headers: AT_ONCE }, /too busy .*HTTP 429/],
				[
					{ kind: 'status', status: 403, body: { error: 'Not for you' } },
					/does not allow .*Not for/,
				],
				[
					{ kind: 'status', status: 400, body: { error: 'Group is full' } },
					/Group is full.*Afterwards the trunk group did not exist/,
				],
			] as Array<[Fault, RegExp]>
		).map(([fault, told]) => ({
			what: `and then Odin says ${JSON.stringify(fault)}`,
			posts: [LOST, always(fault)],
			options: { maxRetries: 2 },
			sent: /^POST GET POST/,
			told: [told, DOUBT, CHECK],
		})),
	],
	'create, carried out after it was looked for': [
		{
			what: 'is the result when the next one meets it',
			posts: [LOST, late()],
			sent: 'POST GET POST GET',
		},
		{
			what: 'with other values is not claimed to be the own one',
			posts: [LOST, late({ maxActiveCalls: 7 })],
			sent: 'POST GET POST GET',
			told: [ALREADY, DOUBT, "other values: 'Max Active Calls' is 7, not 1", CHECK],
		},
		{
			what: 'and not to be read then leaves open what is there',
			posts: [LOST, late()],
			gets: [undefined, UNREADABLE, UNREADABLE, UNREADABLE],
			options: { maxRetries: 2 },
			sent: 'POST GET POST GET GET GET',
			told: [ALREADY, DOUBT, INCONCLUSIVE],
		},
		{
			what: 'is returned where the existing one was asked for',
			posts: [LOST, late({ maxActiveCalls: 7 })],
			options: { ifExists: 'returnExisting' },
			sent: /^POST GET POST/,
			hint: RETURNED,
		},
		{
			what: 'is found where Odin has its name, but at first does not show it',
			posts: [{ kind: 'lostAnswer' }],
			gets: [BEHIND, BEHIND],
			options: { maxRetries: 1 },
			sent: 'POST GET POST GET GET',
		},
		{
			what: 'is not blamed on the parameters where Odin has its name and never shows it',
			posts: [{ kind: 'lostAnswer' }],
			gets: [always(BEHIND)],
			options: { maxRetries: 1 },
			sent: /^POST GET POST( GET)+$/,
			told: [
				/already exists.*Afterwards the trunk group did not exist/,
				/^Check its .* this again$/m,
			],
		},
		{
			what: 'is open where Odin has its name and cannot be read',
			posts: [DONE_BEHIND_503],
			gets: [PAGE, PAGE],
			options: { maxRetries: 1 },
			sent: 'POST POST GET GET',
			told: [/already exists.*Reading it back was inconclusive/, DOUBT, CHECK],
		},
	],
	'create, confirmed without a profile': [
		{ what: 'is read', posts: [{ kind: 'empty' }], gets: [BEHIND], sent: 'POST GET GET' },
		{
			what: 'and never shown',
			posts: [{ kind: 'empty' }],
			gets: [always(BEHIND)],
			options: { maxRetries: 1 },
			sent: /^POST( GET)+$/,
			told: [
				new RegExp(
					`^Odin confirmed creating trunk group 'sbc' in .*, but the trunk group cannot be found$`,
					'm',
				),
				/^Check its state in Odin before you run this again$/m,
			],
		},
		...[LOST, { kind: 'reset' } as const, PAGE].map((fault) => ({
			what: `and not to be read does not hide that it was created: ${fault.kind}`,
			posts: [{ kind: 'empty' } as const],
			gets: [always(fault)],
			options: { maxRetries: 1 },
			sent: /^POST( GET)+$/,
			told: ['Odin confirmed creating'],
		})),
	],
	'Retry On Fail, after a create of unknown outcome': (
		[
			{
				what: 'looks for it, and sends nothing where it is there as asked',
				posts: [{ kind: 'lostAnswer' }],
				gets: [{ kind: 'reset' }],
				options: { maxRetries: 0 },
				sent: 'POST GET GET',
			},
			{
				what: 'looks for it, and sends it again where it is not there',
				posts: [{ kind: 'reset' }],
				gets: [{ kind: 'reset' }],
				options: { maxRetries: 0 },
				// What answers may lag behind what wrote, so it looks more than once.
				sent: /^POST( GET){3,} POST$/,
			},
			{
				what: 'sends nothing either while it cannot look',
				posts: [{ kind: 'reset' }],
				gets: [{ kind: 'reset' }, { kind: 'reset' }],
				options: { maxRetries: 0 },
				sent: 'POST GET GET',
				told: [/The outcome is unknown: .*was inconclusive/],
			},
			...[{}, { operation: 'upsert' }].map((parameters: IDataObject) => ({
				what: `says so when it cannot be read in the next try either: ${parameters.operation}`,
				parameters,
				posts: [always({ kind: 'lostAnswer' })],
				gets: [...(parameters.operation ? [undefined] : []), always(PAGE)],
				options: { maxRetries: 1 },
				sent: /^(GET )?POST( GET)+$/,
				told: [/The outcome is unknown: .*was inconclusive: Odin could not read/],
			})),
			{
				what: 'finds it, also when Odin was too busy in the end',
				posts: [DONE_BEHIND_503, BUSY],
				gets: [PAGE, PAGE],
				options: { maxRetries: 1 },
				sent: 'POST POST GET GET GET',
			},
			{
				what: 'finds it, also when Odin accepted it and did not show it',
				posts: [{ kind: 'empty' }],
				gets: [PAGE, PAGE],
				options: { maxRetries: 1 },
				sent: 'POST GET GET GET',
			},
		] satisfies Story[]
	).map((story): Story => ({ ...story, tries: true })),
};

/** Lets the steps happen, one by one. */
function play({ posts = [], gets = [] }: Pick<Story, 'posts' | 'gets'>): void {
	const steps: Record<string, Steps> = { POST: [...posts], GET: [...gets] };
	odin.simulator.injectFault(({ method, path }) => {
		if (path !== POST.path) return undefined;
		const step = steps[method]?.shift();
		if (typeof step === 'function') return step() as undefined;
		if (step && 'times' in step) steps[method]?.unshift(step);
		return step;
	});
}

const sent = () =>
	odin.simulator.requests
		.filter(({ path }) => path === POST.path)
		.map(({ method }) => method)
		.join(' ');

const RETRY_ON_FAIL = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };
const INJECTED = ['There has been an error.', 'There has been a BroadWorks error.', ALREADY];

describe.each(Object.entries(STORIES))('%s', (_, stories) => {
	it.each(stories)('$what', async ({ parameters, options, tries, told, hint = '', ...story }) => {
		play(story);
		const run = await odin.create({
			parameters: { ...parameters, options: { timeout: 1500, ...options } },
			...(tries && { node: RETRY_ON_FAIL }),
		});
		if (typeof story.sent === 'string') expect(sent()).toBe(story.sent);
		else expect(sent()).toMatch(story.sent);
		if (told) {
			expect(run.status).toBe('error');
			for (const words of told) expect(said(run)).toMatch(words);
			expect(said(run)).not.toMatch(/Nothing was (done|created|sent)/);
			expectPlainWords(said(run), ...INJECTED, 'Injected by a test.');
		} else {
			expect(said(run)).toBe(hint);
			expect(jsonOf(run)).toStrictEqual([await odin.profile('sbc')]);
		}
	});
});

describe('create, in doubt', () => {
	it('is what Create or Update created, also when its second read-back is the one that finds it', async () => {
		// Looked for, created without an answer, not there, refused as existing, not readable, there.
		play({ posts: [LOST, late()], gets: [undefined, undefined, UNREADABLE, undefined] });
		const run = await odin.create({
			parameters: { operation: 'upsert', options: { maxRetries: 1 } },
		});
		expect(said(run)).toBe('');
		expect(jsonOf(run)).toMatchObject([{ outcome: 'created', changes: [] }]);
		expect(sent()).not.toContain('PUT');
	});

	it('says so when no login comes about for the next try', async () => {
		odin.simulator.addFault({ ...POST, ...DONE_BEHIND_503 });
		odin.simulator.injectFault(({ path }) => {
			if (path === '/auth/token') return { kind: 'html', status: 200 };
			odin.simulator.revokeTokens();
			return undefined;
		});
		const run = await odin.create({ parameters: { options: { maxRetries: 1 } } });
		expect(run.error?.message).toContain(DOUBT);
		expect(run.error?.description).not.toContain('Nothing was');
		expect(odin.posts()).toHaveLength(2);
	});
});

describe('a name that is taken', () => {
	it.each<[number, Json]>([
		[
			400,
			{
				error: '[Error 6650] Trunk Group already exists: sbc',
				details: 'There has been a BroadWorks error.',
			},
		],
		[
			400,
			{ error: 'There has been a BroadWorks error.', details: 'The name sbc is already in use' },
		],
		[409, { message: 'Duplicate trunk group' }],
		[422, { error: 'already exists', details: { code: 1, list: ['x'] } }],
		[409, { error: 'No' }],
	])('is seen and told with what to do, whatever the words: %i %j', async (status, body) => {
		const words = Object.values(body).filter((part) => typeof part === 'string');
		addExisting({ maxActiveCalls: 3 });
		odin.simulator.addFault({ ...POST, kind: 'status', status, body });
		const run = await odin.create();
		expect(odin.calls()).toEqual(['POST /groups/trunk-groups', 'GET /groups/trunk-groups']);
		expect(run.error?.message).toMatch(`${DUPLICATE} already exists. Odin says: `);
		for (const word of words) expect(run.error?.message).toContain(word);
		// A proxy may have sent the create twice, so only what was seen is said.
		expect(run.error?.description).toMatch(/^To go on .*'If Exists'.*'Create or Update'/);
		expect(said(run)).not.toContain('[object');
		expectPlainWords(said(run), ALREADY, 'There has been a BroadWorks error.');
	});

	it('may be taken by this very request, which a proxy sent twice', async () => {
		addExisting({ maxActiveCalls: 1 });
		const run = await odin.create();
		expect(run.error?.message).toMatch(`${DUPLICATE} already exists`);
		expect(said(run)).not.toContain('Nothing was created');
	});

	it('stays as it is with Return Existing', async () => {
		addExisting({ maxActiveCalls: 3 });
		const before = await odin.profile('sbc');
		odin.simulator.clearRequests();
		const run = await odin.create({
			parameters: { maxActiveCalls: 9, options: { ifExists: 'returnExisting' } },
		});
		expect(run.output).toStrictEqual([[{ json: before, pairedItem: { item: 0 } }], []]);
		expect(said(run)).toBe(OTHER_CALLS);
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
			expect(said(run)).toBe(RETURNED);
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
});
