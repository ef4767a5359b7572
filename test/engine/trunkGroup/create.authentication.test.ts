import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { sipPasswordComplaints } from '../../../simulator/network/sipPasswordRules';
import type { SipPasswordRules } from '../../../simulator';
import { storedByNode } from '../harness';
import { DEFAULT_BODY, HOME, jsonOf, said } from '../support/creation';
import { useOdin } from '../support/odinRuns';
import { expectPlainWords } from '../support/plainWords';
import { propertyRuns } from '../../propertyRuns';

const odin = useOdin({ loggedIn: true });

const SECRET = 'Sip-"Secret"/99&<ü>';
const ON = { requireAuthentication: true, sipAuthenticationUserName: 'acme-sbc' };
const DEFINED = { ...ON, sipAuthenticationPassword: SECRET };
const GENERATED = { ...ON, sipPasswordSource: 'generate' };
/** What Odin says with an answer that may pass, so that the test need not wait as long as the node otherwise would. */
const AT_ONCE = { 'retry-after': '0' };
const WITH_PASSWORD = { options: { includeSipPassword: true } };

const passwordsSent = (): string[] =>
	odin.posts().map(({ body }) => String((body as IDataObject).sipAuthenticationPassword));

const loweredRules: SipPasswordRules = {
	...({} as SipPasswordRules),
	disallowAuthenticationName: false,
	disallowOldPassword: false,
	disallowReversedOldPassword: false,
	restrictMinDigits: false,
	minDigits: 1,
	restrictMinUpperCaseLetters: false,
	minUpperCaseLetters: 1,
	restrictMinLowerCaseLetters: false,
	minLowerCaseLetters: 1,
	restrictMinNonAlphanumericCharacters: false,
	minNonAlphanumericCharacters: 1,
	minLength: 3,
};

function setRules(
	ofServiceProvider: SipPasswordRules | undefined,
	ofSystem?: SipPasswordRules,
): void {
	const serviceProvider = odin.simulator.network.serviceProvider(HOME.serviceProviderId);
	if (serviceProvider) serviceProvider.sipPasswordRules = ofServiceProvider;
	if (ofSystem) odin.simulator.network.systemSipPasswordRules = ofSystem;
}

describe('Require Authentication', () => {
	it('sends user name and password, and keeps the password out of the output', async () => {
		const run = await odin.create({ parameters: DEFINED });
		expect(said(run)).toBe('');
		expect(odin.posts()[0]?.body).toStrictEqual({
			...DEFAULT_BODY,
			requireAuthentication: true,
			sipAuthenticationUserName: 'acme-sbc',
			sipAuthenticationPassword: SECRET,
		});
		expect(jsonOf(run)).toStrictEqual([await odin.profile('sbc')]);
		expect(storedByNode(run)).not.toContain('Secret');
	});

	it('puts the password into the output when asked to', async () => {
		const run = await odin.create({ parameters: { ...DEFINED, ...WITH_PASSWORD } });
		expect(jsonOf(run)).toStrictEqual([
			{ ...(await odin.profile('sbc')), sipAuthenticationPassword: SECRET },
		]);
	});

	it('with Simplify, too, puts the password into the output only when asked to', async () => {
		const run = await odin.create({
			items: [
				{ name: 'a', include: true },
				{ name: 'b', include: false },
			],
			parameters: {
				...DEFINED,
				name: '={{ $json.name }}',
				simplify: true,
				options: { includeSipPassword: '={{ $json.include }}' },
			},
		});
		expect(jsonOf(run).map((json) => json.sipAuthenticationPassword)).toEqual([SECRET, undefined]);
	});

	it.each<[string[], IDataObject]>([
		[["'SIP User Name'", "'SIP Password'"], { requireAuthentication: true }],
		[["'SIP Password'"], ON],
		[["'SIP User Name'"], { ...DEFINED, sipAuthenticationUserName: '={{ "" }}' }],
		[["'SIP Password'"], { ...DEFINED, sipAuthenticationPassword: '={{ null }}' }],
		[["'SIP User Name'"], { ...GENERATED, sipAuthenticationUserName: '' }],
		[["'SIP User Name'", "'SIP Password'"], { payload: { requireAuthentication: 'true' } }],
	])('asks for %j when they are missing: %j', async (labels, parameters) => {
		const run = await odin.create({ parameters });
		expect(odin.simulator.requests).toEqual([]);
		const told = [
			...(run.error?.message ?? '').matchAll(
				/'SIP [^']+'(?= is needed when 'Require Authentication' is on)/g,
			),
		];
		expect(told.map(([label]) => label)).toEqual(labels);
		expectPlainWords(said(run));
	});

	it.each<[string, IDataObject]>([
		['SIP User Name', { ...DEFINED, sipAuthenticationUserName: 'x'.repeat(81) }],
		['SIP Password', { ...DEFINED, sipAuthenticationPassword: `${SECRET}${'x'.repeat(60)}` }],
		['SIP Password', { payload: { sipAuthenticationPassword: [SECRET] } }],
		['SIP Password Source', { ...DEFINED, sipPasswordSource: '={{ "invent" }}' }],
	])("'%s' that does not fit is refused, without showing a password", async (label, parameters) => {
		const run = await odin.create({ parameters });
		expect(odin.simulator.requests).toEqual([]);
		expect(run.error?.message).toContain(`'${label}'`);
		expect(said(run)).not.toContain('Secret');
	});
});

describe('Generate', () => {
	it("takes the password of Odin's generator", async () => {
		const run = await odin.create({ parameters: { ...GENERATED, ...WITH_PASSWORD } });
		expect(said(run)).toBe('');
		expect(odin.calls()).toEqual(['GET /sip-password/generate', 'POST /groups/trunk-groups']);
		expect(odin.simulator.requests[0]?.query).toEqual(HOME);
		const [password] = passwordsSent();
		expect(jsonOf(run)[0]?.sipAuthenticationPassword).toBe(password);
		expect(odin.simulator.network.storedSipPassword('acme-ent', 'acme-hq', 'sbc')).toBe(password);
	});

	it('is refused while the password would be lost', async () => {
		const run = await odin.create({
			items: [{}, {}],
			parameters: { ...GENERATED, name: '={{ "sbc" + $itemIndex }}' },
		});
		expect(odin.calls()).toEqual([]);
		expect(run.error?.message).toMatch(
			/^Items 0, 1: .*lost.*'Include SIP Password'|'Include SIP Password'.*lost/,
		);
		expectPlainWords(said(run));
	});

	it('makes a new password for every item', async () => {
		for (const sipPasswordGenerator of [true, false]) {
			odin.clear();
			odin.simulator.configure({ sipPasswordGenerator });
			await odin.create({
				items: Array.from({ length: 8 }, () => ({})),
				parameters: { ...GENERATED, ...WITH_PASSWORD, name: '={{ "sbc" + $itemIndex }}' },
			});
			expect(new Set(passwordsSent()).size).toBe(8);
		}
	});

	it.each([
		[400, { error: 'System cannot provide a SIP password' }],
		[404, { error: 'Not found' }],
		[403, { error: 'Admin is not authorized' }],
		[500, { error: 'Servlet' }],
		[200, {}],
		[200, { password: '' }],
	])("does without Odin's generator: HTTP %i %j", async (status, body) => {
		setRules({ ...loweredRules, restrictMinDigits: true, minDigits: 9 });
		odin.simulator.addFault({
			method: 'GET',
			path: '/sip-password/generate',
			kind: 'status',
			status,
			body,
			headers: AT_ONCE,
			times: Infinity,
		});
		odin.simulator.configure({ enforceSipPasswordRules: true });
		const run = await odin.create({ parameters: { ...GENERATED, ...WITH_PASSWORD } });
		expect(said(run)).toBe('');
		expect(odin.calls()).not.toContain('GET /system/sip-authentication-password-rules');
		expect(passwordsSent()[0]?.match(/\d/g)?.length).toBeGreaterThanOrEqual(9);
	});

	it.each([true, false])(
		'takes the rules of the system where the service provider has none, readable: %s',
		async (readable) => {
			const demanding = {
				...loweredRules,
				restrictMinUpperCaseLetters: true,
				minUpperCaseLetters: 10,
				minLength: 40,
			};
			setRules(undefined, demanding);
			if (!readable) odin.simulator.configure({ administrator: { loginType: 'Group', ...HOME } });
			odin.simulator.configure({ sipPasswordGenerator: false, enforceSipPasswordRules: true });
			const run = await odin.create({ parameters: { ...GENERATED, ...WITH_PASSWORD } });
			expect(said(run)).toBe('');
			expect(odin.calls()).toContain('GET /system/sip-authentication-password-rules');
			expect(sipPasswordComplaints(demanding, { password: String(passwordsSent()[0]) })).toEqual(
				[],
			);
		},
	);

	it('makes a password that obeys any rules that BroadWorks can have', async () => {
		const amount = fc.integer({ min: 1, max: 10 });
		const rules = fc.record({
			disallowAuthenticationName: fc.boolean(),
			restrictMinDigits: fc.boolean(),
			minDigits: amount,
			restrictMinUpperCaseLetters: fc.boolean(),
			minUpperCaseLetters: amount,
			restrictMinLowerCaseLetters: fc.boolean(),
			minLowerCaseLetters: amount,
			restrictMinNonAlphanumericCharacters: fc.boolean(),
			minNonAlphanumericCharacters: amount,
			minLength: fc.integer({ min: 3, max: 40 }),
		});
		const userName = fc.oneof(
			fc.string({ unit: fc.constantFrom(...'abcXYZ019-_.'), minLength: 3, maxLength: 20 }),
			fc.constantFrom('acme', 'Sbc-1'),
		);
		await fc.assert(
			fc.asyncProperty(
				rules,
				fc.boolean(),
				userName,
				async (given, asText, sipAuthenticationUserName) => {
					odin.clear();
					const all = { ...loweredRules, ...given };
					odin.simulator.configure({ sipPasswordGenerator: false, enforceSipPasswordRules: true });
					setRules(all);
					// Odin's answers hold numbers and truth values as text here and there.
					const body = { useServiceProviderSettings: true, ...all };
					if (asText) {
						odin.simulator.addFault({
							method: 'GET',
							path: '/service-providers/sip-authentication-password-rules',
							kind: 'status',
							status: 200,
							body: Object.fromEntries(
								Object.entries(body).map(([key, value]) => [key, String(value)]),
							),
							times: Infinity,
						});
					}
					const items = [{}, {}, {}];
					const run = await odin.create({
						items,
						parameters: {
							...GENERATED,
							...WITH_PASSWORD,
							sipAuthenticationUserName,
							name: '={{ "sbc" + $itemIndex }}',
						},
					});
					expect(said(run)).toBe('');
					for (const password of passwordsSent()) {
						expect(
							sipPasswordComplaints(all, { password, userName: sipAuthenticationUserName }),
						).toEqual([]);
						expect(password).toMatch(/^[!-~]{3,60}$/);
					}
					expect(odin.posts()).toHaveLength(3);
				},
			),
			propertyRuns(25),
		);
	});

	it.each(['a', '1', 'aB'])(
		'keeps a short user name, too, out of the password: %s',
		async (sipAuthenticationUserName) => {
			setRules({ ...loweredRules, disallowAuthenticationName: true, minLength: 40 });
			odin.simulator.configure({ sipPasswordGenerator: false, enforceSipPasswordRules: true });
			const run = await odin.create({
				items: Array.from({ length: 20 }, () => ({})),
				parameters: {
					...GENERATED,
					...WITH_PASSWORD,
					sipAuthenticationUserName,
					name: '={{ "sbc" + $itemIndex }}',
				},
				onError: 'continueRegularOutput',
			});
			expect(
				passwordsSent().filter((password) => password.includes(sipAuthenticationUserName)),
			).toEqual([]);
			expect(said(run)).toBe('');
		},
	);

	it('is sent once: a lost answer keeps the password that was set', async () => {
		odin.simulator.addFault({ method: 'POST', path: '/groups/trunk-groups', kind: 'lostAnswer' });
		const run = await odin.create({ parameters: { ...GENERATED, ...WITH_PASSWORD } });
		expect(passwordsSent()).toHaveLength(1);
		expect(jsonOf(run)[0]?.sipAuthenticationPassword).toBe(passwordsSent()[0]);
	});

	it('gives no password for a trunk group that was there before', async () => {
		odin.simulator.network.addTrunkGroup({ ...HOME, name: 'sbc', maxActiveCalls: 1 });
		const run = await odin.create({
			parameters: {
				...GENERATED,
				options: { includeSipPassword: true, ifExists: 'returnExisting' },
			},
		});
		expect(run.error).toBeUndefined();
		expect(jsonOf(run)[0]).not.toHaveProperty('sipAuthenticationPassword');
	});
});

describe('secrets', () => {
	it.each<[string, unknown]>([
		['text that is not JSON', `{ "sipAuthenticationPassword": "${SECRET.replace(/"/g, '')}", }`],
		['a list', [{ sipAuthenticationPassword: SECRET }]],
		['text of a list', JSON.stringify([{ sipAuthenticationPassword: SECRET }])],
		['a text in a text', JSON.stringify(JSON.stringify({ sipAuthenticationPassword: SECRET }))],
	])('in a Payload that cannot be used are not shown: %s', async (_, payload) => {
		const run = await odin.create({
			items: [{ payload }],
			parameters: { payload: '={{ $json.payload }}' },
		});
		expect(odin.simulator.requests).toEqual([]);
		expect(run.error?.message).toContain("'Further Fields (JSON)'");
		expect(said(run)).not.toContain('Secret');
	});

	it('in an object that was put into a wrong field are not shown', async () => {
		const run = await odin.create({
			items: [{ row: { sipAuthenticationPassword: SECRET } }],
			parameters: { maxActiveCalls: '={{ $json.row }}', identity: { prefix: '={{ $json.row }}' } },
		});
		expect(odin.simulator.requests).toEqual([]);
		expect(said(run)).toContain("'Prefix'");
		expect(said(run)).not.toContain('Secret');
	});
});

describe('the form', () => {
	it('hides passwords and warns against typing one', () => {
		const shown = odin.engine
			.description()
			.properties.filter(({ displayOptions }) => displayOptions?.show?.sipPasswordSource);
		expect(
			shown.find(({ name }) => name === 'sipAuthenticationPassword')?.typeOptions,
		).toMatchObject({ password: true });
		expect(shown.find(({ type }) => type === 'notice')?.displayName).toMatch(
			/saved in the workflow/,
		);
		expect(odin.engine.description().sensitiveOutputFields).toContain('sipAuthenticationPassword');
	});
});
