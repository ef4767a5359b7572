import fc from 'fast-check';

import type { Fault } from '../../simulator';
import type { RunResult } from './harness';
import { collectLogs } from './harness/logCapture';
import {
	ECHOES,
	leaks,
	marked,
	MASKED,
	password,
	passwords,
	SPELLINGS,
	textsIn,
	type Echo,
} from './support/echoes';
import { useOdin, type Json } from './support/odinRuns';
import { MASK } from '../../nodes/Odin/secrets/redact';
import { addSites, OPERATIONS, SITES } from './support/operationTable';
import { propertyRuns } from '../propertyRuns';

const odin = useOdin();

/** Runs in which a masked echo was seen, so that the tests are known to look in the right place. */
let masked = 0;

const STATUSES = [400, 200, 201, 302, 401, 402, 403, 404, 409, 422, 429, 500, 502, 503];

/** Which requests are spoiled. */
const TARGETS = ['all', 'writes', 'reads', 'trunkGroups', 'login', 'session', 'generator'] as const;

/** Faults without an echo of their own: what was asked may still be given away, by n8n or by us. */
const PLAIN_FAULTS: Fault[] = [
	{ kind: 'reset' },
	{ kind: 'lostAnswer' },
	{ kind: 'truncated' },
	{ kind: 'cutBody' },
	{ kind: 'empty' },
	{ kind: 'slowBody', paceMs: 1 },
	{ kind: 'html' },
	{ kind: 'gatewayAfterWrite' },
	{ kind: 'redirect' },
	{ kind: 'hang' },
	{ kind: 'hangAfterWrite' },
	{ kind: 'noise' },
];

interface Spoiling {
	target: (typeof TARGETS)[number];
	echo: Echo;
	spelling: string;
	status: number;
	plain: Fault | undefined;
	/** Only the first so many requests, or all */
	times: number;
	revoked: boolean;
}

const spoiling: fc.Arbitrary<Spoiling> = fc.record({
	target: fc.oneof(
		{ weight: 2, arbitrary: fc.constant('all' as const) },
		fc.constantFrom(...TARGETS),
	),
	echo: fc.constantFrom(...ECHOES),
	spelling: fc.constantFrom(...Object.keys(SPELLINGS)),
	status: fc.oneof(fc.constant(400), fc.constantFrom(...STATUSES)),
	plain: fc.oneof(
		{ weight: 8, arbitrary: fc.constant(undefined) },
		{ weight: 1, arbitrary: fc.constantFrom(...PLAIN_FAULTS) },
	),
	times: fc.constantFrom(1, 2, Infinity),
	revoked: fc.boolean(),
});

const isMeant = (target: Spoiling['target'], method: string, path: string): boolean => {
	if (target === 'login') return path === '/auth/token';
	if (path === '/auth/token') return false;
	if (target === 'session') return path === '/auth/session';
	if (target === 'generator') return path === '/sip-password/generate';
	if (target === 'trunkGroups') return path === '/groups/trunk-groups';
	return target === 'all' || (target === 'writes') === (method !== 'GET');
};

/** The tokens that were in use so far. */
const tokens = (): string[] => [
	...new Set(
		odin.simulator.requests.flatMap(({ headers: { authorization = '' } }) =>
			authorization === '' ? [] : [authorization.replace('Bearer ', '')],
		),
	),
];

/** The SIP passwords that reached Odin so far: it can't give away others. Of all trunk groups, or of this one. */
const sentPasswords = (key?: Json): string[] =>
	odin.simulator.requests.flatMap(({ body }) => {
		const { sipAuthenticationPassword: sent, name } = (body ?? {}) as Json;
		return typeof sent === 'string' && (!key || key.name === name) ? [sent] : [];
	});

/** Lets Odin give away its password, every token and what it was asked with, in the way that was drawn. */
function spoil(
	{ target, echo, spelling, status, plain, times }: Spoiling,
	odinPassword: string,
): void {
	const spell = SPELLINGS[spelling] ?? String;
	let left = times;
	odin.simulator.injectFault(({ method, path, query, body }): Fault | undefined => {
		if (left <= 0 || !isMeant(target, method, path)) return undefined;
		left -= 1;
		if (plain) return { ...plain, headers: { 'retry-after': '0' } };
		const key = ((method === 'GET' ? query : body) ?? {}) as Json;
		const known = [odinPassword, ...sentPasswords(key)];
		return {
			kind: 'status',
			status,
			body: echo.build([...tokens(), ...known], spell, key),
			headers: {
				'retry-after': '0',
				location: `/login?${known.map(encodeURIComponent).join('&')}`,
				'x-echo': known.map(encodeURIComponent).join(' '),
			},
		};
	});
}

/** What becomes of the password of an item: it is fine, or one of the ways to give it wrongly. */
const GIVEN = {
	fine: (secret: string): Json => ({ secret }),
	inPayload: (secret: string): Json => ({
		payload: JSON.stringify({
			requireAuthentication: true,
			sipAuthenticationUserName: 'user',
			sipAuthenticationPassword: secret,
		}),
	}),
	tooLong: (secret: string): Json => ({ secret: `${marked(secret)}${'x'.repeat(60)}` }),
	asList: (secret: string): Json => ({ secret: [marked(secret)] }),
	asObject: (secret: string): Json => ({ secret: { sipAuthenticationPassword: marked(secret) } }),
	withControl: (secret: string): Json => ({ secret: `${marked(secret)}\n` }),
	besideWrongField: (secret: string): Json => ({ secret, calls: 'many' }),
	inBrokenPayload: (secret: string): Json => ({
		payload: `{ "sipAuthenticationPassword": "${marked(secret)}", `,
	}),
	inBarePayload: (secret: string): Json => ({ payload: JSON.stringify(marked(secret)) }),
	inListPayload: (secret: string): Json => ({
		payload: JSON.stringify([{ sipAuthenticationPassword: marked(secret) }]),
	}),
	asPayloadObject: (secret: string): Json => ({
		payload: JSON.stringify({ sipAuthenticationPassword: { value: marked(secret) } }),
	}),
};

type Way = keyof typeof GIVEN;
const WAYS = Object.keys(GIVEN) as Way[];

interface Case extends Spoiling {
	action: string;
	onError: 'stopWorkflow' | 'continueRegularOutput' | 'continueErrorOutput';
	retryOnFail: boolean;
	previewOnly: boolean;
	includeSipPassword: boolean;
	source: 'define' | 'generate';
	parsed: boolean;
	ways: Way[];
	odinPassword: string;
	secrets: string[];
}

const way = fc.oneof(
	{ weight: 12, arbitrary: fc.constantFrom<Way>('fine', 'inPayload') },
	{ weight: 1, arbitrary: fc.constantFrom(...WAYS) },
);

const someCase: fc.Arbitrary<Case> = fc
	.tuple(
		spoiling,
		fc.record({
			action: fc.oneof(
				fc.constantFrom(...Object.keys(OPERATIONS)),
				fc.constantFrom('trunkGroup.create', 'trunkGroup.upsert', 'trunkGroup.update'),
			),
			onError: fc.constantFrom<Case['onError'][]>(
				'stopWorkflow',
				'continueRegularOutput',
				'continueErrorOutput',
			),
			retryOnFail: fc.nat(5).map((one) => one === 0),
			previewOnly: fc.nat(4).map((one) => one === 0),
			includeSipPassword: fc.boolean(),
			source: fc.constantFrom<Case['source'][]>('define', 'define', 'generate'),
			parsed: fc.nat(6).map((one) => one === 0),
			ways: fc.array(way, { minLength: 3, maxLength: 3 }),
			odinPassword: password,
			secrets: passwords(SITES.length),
		}),
	)
	.map(([one, other]) => ({ ...one, ...other }));

/** The parameters that carry a SIP password, of the operations that take one. */
function authenticationOf({ action, source, parsed }: Case): Json {
	const given = {
		requireAuthentication: true,
		sipAuthenticationUserName: 'user',
		sipPasswordSource: source,
		sipAuthenticationPassword: '={{ $json.secret }}',
	};
	const payload = { payload: parsed ? '={{ JSON.parse($json.payload) }}' : '={{ $json.payload }}' };
	if (action === 'trunkGroup.create') return { ...given, ...payload };
	if (action === 'trunkGroup.compare') return payload;
	return ['trunkGroup.upsert', 'trunkGroup.update'].includes(action)
		? { authentication: { ...given, setSipPassword: true }, ...payload }
		: {};
}

async function runCase(one: Case): Promise<RunResult> {
	const row = OPERATIONS[one.action];
	const { maxRetries, timeout } = { maxRetries: one.plain ? 0 : 1, timeout: 150 };
	return await odin.run(
		one.action,
		{
			...row?.parameters,
			...authenticationOf(one),
			...(one.action === 'trunkGroup.create' && { maxActiveCalls: '={{ $json.calls }}' }),
			options: {
				maxRetries,
				...(one.plain?.kind.startsWith('hang') && { timeout }),
				previewOnly: one.previewOnly,
				includeSipPassword: one.includeSipPassword,
			},
		},
		{
			items: SITES.map((site, index) => ({
				...site,
				payload: '{}',
				...GIVEN[one.ways[index] ?? 'fine'](one.secrets[index] ?? ''),
			})),
			node: {
				onError: one.onError,
				retryOnFail: one.retryOnFail,
				maxTries: 2,
				waitBetweenTries: 1,
			},
		},
	);
}

/** What the output may hold since it was asked for, and what the user himself put into the items. */
function withoutAskedFor({ action, includeSipPassword, previewOnly }: Case, json: Json): Json {
	const own: Json = { ...json, secret: undefined, payload: undefined };
	if (action === 'sipPassword.generate') return { ...own, password: undefined };
	if (!includeSipPassword || previewOnly) return own;
	const free = (profile: Json): Json => ({ ...profile, sipAuthenticationPassword: undefined });
	return own.trunkGroup ? { ...own, trunkGroup: free(own.trunkGroup as Json) } : free(own);
}

/** All that the node says, puts out or has stored. */
function told(one: Case, run: RunResult): string[] {
	const tasks = run.runData[run.nodeName] ?? [];
	const errors = [run.error, ...tasks.map(({ error }) => error as unknown as Json | undefined)];
	return textsIn([
		tasks.flatMap(({ data }) =>
			(data?.main ?? []).flatMap((items, output) =>
				(items ?? []).map(({ json, ...item }) => [
					item,
					output === 1 || !('error' in json) ? withoutAskedFor(one, json) : json,
				]),
			),
		),
		errors.map((error) => error && { ...error, node: undefined }),
		run.hints,
		tasks.map(({ metadata }) => metadata ?? null),
		run.run.data.executionData?.contextData ?? null,
	]);
}

describe('passwords and tokens', () => {
	it('that an earlier try of Retry On Fail generated are not told by the last one', async () => {
		await odin.restart();
		addSites(odin.network);
		odin.simulator.injectFault(({ method }) =>
			method === 'PUT'
				? { kind: 'status', status: 400, body: { error: `Used: ${sentPasswords().join(' ')}` } }
				: undefined,
		);
		const { error } = await odin.run(
			'trunkGroup.update',
			{
				...OPERATIONS['trunkGroup.update']?.parameters,
				authentication: { setSipPassword: true, sipPasswordSource: 'generate' },
				options: { includeSipPassword: true },
			},
			{ items: [{ ...SITES[0] }], node: { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 } },
		);
		// Each try sends the same one: which of them Odin took is then no question.
		expect(sentPasswords()).toHaveLength(3);
		expect(new Set(sentPasswords()).size).toBe(1);
		expect(error?.message).toContain('Used: *** *** ***');
	});

	describe('that a successful answer repeats', () => {
		const PASSWORD = 'Odin-Pass-4711';
		const SECRET = 'Sip-Secret-4712';
		const define = {
			requireAuthentication: true,
			sipAuthenticationUserName: 'user',
			sipAuthenticationPassword: SECRET,
			setSipPassword: true,
		};
		const AUTHENTICATION: Readonly<Record<string, Json>> = {
			'trunkGroup.create': define,
			'trunkGroup.upsert': { authentication: define },
			'trunkGroup.update': { authentication: define },
		};

		/** Adds to every object of every answer what a careless server could add. */
		const repeatSecrets = () =>
			odin.simulator.injectFault(({ path, body }): Fault | undefined => {
				if (path.startsWith('/auth/')) return undefined;
				const secrets = [PASSWORD, ...tokens(), ...sentPasswords()];
				const told = JSON.stringify({
					note: secrets.map((secret) => `x ${secret}`).join(', '),
					audit: JSON.stringify({ body, secrets }),
					sipAuthPwd: secrets.at(-1),
					credential: secrets.at(-1),
				}).slice(1, -1);
				const rewrite = (text: string) => text.replace(/\{(?=")/g, () => `{${told},`);
				return { kind: 'rewritten', rewrite };
			});

		it.each(Object.entries(OPERATIONS))('are not in the output of %s', async (action, row) => {
			await odin.restart({ password: PASSWORD });
			addSites(odin.network);
			const run = async (more: Json) =>
				await odin.all(action, { ...row.parameters, ...more }, { items: [{ ...SITES[0] }] });
			repeatSecrets();
			const json = await run({
				...AUTHENTICATION[action],
				...('sipAuthenticationPassword' in row.parameters && { sipAuthenticationPassword: SECRET }),
				options: { includeSipPassword: true },
			});
			const { sipAuthenticationPassword } = (json[0]?.trunkGroup ?? json[0] ?? {}) as Json;
			const isHandedOver = action in AUTHENTICATION || action === 'user.setSipAuthentication';
			expect(sipAuthenticationPassword).toBe(isHandedOver ? SECRET : undefined);
			const shown = JSON.stringify(json).replace(`"sipAuthenticationPassword":"${SECRET}"`, '');
			expect(leaks([shown], [PASSWORD, SECRET, ...tokens()])).toEqual([]);
			if (AUTHENTICATION[action]) expect(shown).toContain('x ***, x ***, x ***');
		});
	});

	describe('change no result', () => {
		const place = { serviceProviderId: 'acme-ent', groupId: 'acme-hq' };

		it('where they are names, words and numbers of it, too', async () => {
			await odin.restart({ password: 'admin' });
			const key = { ...place, name: 'admin-12345678' };
			const profile = await odin.one('trunkGroup.create', {
				...key,
				requireAuthentication: true,
				sipAuthenticationUserName: key.name,
				sipAuthenticationPassword: key.name,
				identity: { trunkGroupIdentity: '12345678@admin.example.com' },
			});
			expect(profile).toEqual(odin.stored(key));
		});

		it('where the SIP password is the number, which stands everywhere', async () => {
			const number = '4930123456';
			await odin.restart({ password: number });
			const key = { ...place, name: number };
			odin.network.addTrunkGroup({ ...key, maxActiveCalls: 5 });
			odin.network.addDevice({ ...place, deviceName: number });
			odin.network.addDepartment({ ...place, name: number });
			const named = {
				identity: { trunkGroupIdentity: `${number}@example.com`, otgDtgIdentity: number },
				accessDevice: { deviceName: number },
				additionalFields: { departmentName: number },
			};
			const password = { requireAuthentication: true, sipAuthenticationUserName: number };
			const written = await odin.one('trunkGroup.upsert', {
				...key,
				...named,
				authentication: { ...password, setSipPassword: true, sipAuthenticationPassword: number },
			});
			expect(written.trunkGroup).toEqual(odin.stored(key));
			expect(written.changes).toEqual(
				expect.arrayContaining([
					{ field: 'sipAuthenticationUserName', from: null, to: number },
					{ field: 'otgDtgIdentity', from: null, to: number },
					{
						field: 'accessDevice',
						from: null,
						to: { deviceName: number, deviceLevel: 'Group' },
					},
					{ field: 'department', from: null, to: { ...place, name: number } },
					{ field: 'sipAuthenticationPassword', from: null, to: MASK },
				]),
			);
			expect(JSON.stringify(written.trunkGroup)).not.toContain(MASK);
			for (const userId of [number, `${number}@example.com`]) {
				odin.network.addUser({ ...place, userId, lastName: number, trunkGroup: number });
			}
			const compared = await odin.one('trunkGroup.compare', {
				trunkGroup: { mode: 'name', value: number },
				...{ serviceProviderId: place.serviceProviderId, groupId: place.groupId },
				...named,
				identity: { otgDtgIdentity: `${number}x` },
			});
			expect(compared.trunkGroup).toEqual(odin.stored(key));
			expect(compared.differences).toEqual([
				{ field: 'otgDtgIdentity', expected: `${number}x`, actual: number },
			]);
			const users = await odin.all('trunkGroup.getUsers', {
				...place,
				trunkGroup: { mode: 'name', value: number },
			});
			expect(users.map(({ userId }) => userId)).toEqual([number, `${number}@example.com`]);
			expect(JSON.stringify(users)).not.toContain(MASK);
		});

		it('nor a word of Odin, where they are those of other items', async () => {
			await odin.restart();
			addSites(odin.network);
			const notes = ['first-note-4711', 'second-note-4712', 'third-note-4713'];
			odin.simulator.injectFault(({ method, body }): Fault | undefined => {
				const { name } = (body ?? {}) as Json;
				const at = SITES.findIndex((site) => site.name === name);
				if (method !== 'PUT' || at < 0) return undefined;
				const error = `About ${notes.join(', ')}`;
				return at === 1
					? { kind: 'status', status: 400, body: { error } }
					: { kind: 'rewritten', rewrite: (text) => text.replace('{', `{"note":"${error}",`) };
			});
			const { output } = await odin.run(
				'trunkGroup.update',
				{
					...OPERATIONS['trunkGroup.update']?.parameters,
					authentication: {
						setSipPassword: true,
						sipAuthenticationPassword: '={{ $json.secret }}',
					},
				},
				{
					items: SITES.map((site, at) => ({ ...site, secret: notes[at] })),
					node: { onError: 'continueRegularOutput' },
				},
			);
			const texts = (output[0] ?? []).map(({ json }) => String(json.note ?? json.error));
			expect(texts).toEqual([
				`About ***, ${notes[1]}, ${notes[2]}`,
				expect.stringContaining(`About ${notes[0]}, ***, ${notes[2]}`),
				`About ${notes[0]}, ${notes[1]}, ***`,
			]);
		});
	});

	it.each(['n', 'a', 'e', '1', "'", 'the', 'Odin', 'Password'])(
		'leave the words of the node as they are: %s',
		async (password) => {
			await odin.restart({ password });
			odin.simulator.injectFault(({ path }) =>
				path === '/auth/token'
					? { kind: 'status', status: 401, body: { error: `Wrong: [${password}] xnx` } }
					: undefined,
			);
			const said =
				"Odin refused the login of 'odin-admin' (HTTP 401). Check 'Username' and 'Password' of the credential. Odin says: Wrong: [***] xnx";
			const { error } = await odin.run('serviceProvider.getAll');
			expect(error?.message).toContain(
				`The login did not succeed, so the service providers could not be listed. ${said}`,
			);
			const { baseUrl, username } = odin.simulator;
			const tested = await odin.engine.testCredential({ baseUrl, username, password });
			expect(tested.message).toBe(said);
		},
	);

	it('are told nowhere, whatever Odin makes of a request', async () => {
		await fc.assert(
			fc.asyncProperty(someCase, async (one) => {
				await odin.restart({ password: one.odinPassword });
				addSites(odin.network);
				const secrets = [one.odinPassword, ...one.secrets];
				if (one.revoked) {
					await odin.run('serviceProvider.getAll');
					odin.simulator.revokeTokens();
				}
				spoil(one, one.odinPassword);
				const run = await runCase(one);
				const generated = sentPasswords();
				const texts = told(one, run);
				const pieces = secrets.map((all) => [...all]).filter(({ length }) => length > 12);
				const cutOff = pieces.map((characters) => characters.slice(0, -1).join(''));
				expect(
					leaks([...texts, ...run.logs], [...secrets, ...tokens(), ...generated, ...cutOff]),
				).toEqual([]);
				if (texts.some((text) => text.includes(MASKED))) masked += 1;
			}),
			propertyRuns(60),
		);
		expect(masked).toBeGreaterThan(10);
	});

	it('of the credential are not told by its test, nor by the lists of the form', async () => {
		const searches = [
			'searchServiceProviders',
			'searchGroups',
			'searchTrunkGroups',
			'searchDevices',
		];
		await fc.assert(
			fc.asyncProperty(
				fc.record({ spoiling, odinPassword: password, search: fc.constantFrom(...searches) }),
				async ({ spoiling: drawn, odinPassword, search }) => {
					await odin.restart({ password: odinPassword });
					const { baseUrl, username } = odin.simulator;
					spoil({ ...drawn, plain: undefined, times: Infinity }, odinPassword);
					const logs: string[] = [];
					const account = { baseUrl, username, password: odinPassword };
					const seen = await collectLogs(logs, async () => {
						const tested = await odin.engine.testCredential(account);
						const ofTest = tokens();
						odin.forget();
						const group = { serviceProviderId: 'acme-ent', groupId: 'acme-hq', trunkGroup: 'x' };
						const listed = await odin.engine.listSearch(search, group).catch((error: Error) => ({
							...error,
							node: undefined,
							message: error.message,
							stack: error.stack,
						}));
						return { texts: textsIn([tested, listed]), tokens: [...ofTest, ...tokens()] };
					});
					// A name in a list that Odin gives may be the password too.
					const isList = (drawn.status ?? 200) < 300;
					const secrets = [...(isList ? [] : [odinPassword]), ...seen.tokens];
					expect(leaks([...seen.texts, ...logs], secrets)).toEqual([]);
				},
			),
			propertyRuns(40),
		);
	});
});
