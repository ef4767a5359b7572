import fc from 'fast-check';

import {
	generateSipPassword,
	sipPasswordComplaints,
	SYSTEM_SIP_PASSWORD_RULES,
} from '../../simulator/network/sipPasswordRules';
import { HQ, NORTH } from './documentedTrunkGroup';
import { useSimulator } from './useSimulator';

const odin = useSimulator();

test('a generated password obeys any rules', () => {
	const count = fc.integer({ min: 1, max: 10 });
	const rules = fc.record({
		restrictMinDigits: fc.boolean(),
		minDigits: count,
		restrictMinUpperCaseLetters: fc.boolean(),
		minUpperCaseLetters: count,
		restrictMinLowerCaseLetters: fc.boolean(),
		minLowerCaseLetters: count,
		restrictMinNonAlphanumericCharacters: fc.boolean(),
		minNonAlphanumericCharacters: count,
		minLength: fc.integer({ min: 3, max: 40 }),
	});
	fc.assert(
		fc.property(rules, (given) => {
			const all = { ...SYSTEM_SIP_PASSWORD_RULES, ...given };
			const password = generateSipPassword(all);
			expect(sipPasswordComplaints(all, { password })).toEqual([]);
			expect(password.length).toBeLessThanOrEqual(60);
		}),
	);
});

test('every rule has its complaint', () => {
	const rules = {
		...SYSTEM_SIP_PASSWORD_RULES,
		restrictMinNonAlphanumericCharacters: true,
		disallowOldPassword: true,
		disallowReversedOldPassword: true,
	};
	const complaints = (password: string) =>
		sipPasswordComplaints(rules, { password, userName: 'trunk', oldPassword: 'Abcdef1!' });
	expect(complaints('')).toHaveLength(5);
	expect(complaints('Trunk!12')).toEqual([]);
	expect(complaints('A1!trunk')).toEqual(['not the authentication name']);
	expect(complaints('Abcdef1!')).toEqual(['not the old password']);
	expect(complaints('!1fedcbA')).toEqual(['not the old password reversed']);
});

test('Odin generates by the rules of the service provider, else by those of the system', async () => {
	const generate = async (params: object) => {
		const { data } = await odin.client.get('/sip-password/generate', { ...params });
		return String(data.password);
	};
	const { network } = odin.simulator;
	const own = network.sipPasswordRules('globex-ent');
	const system = network.systemSipPasswordRules;
	expect(sipPasswordComplaints(own, { password: await generate(NORTH) })).toEqual([]);
	expect(sipPasswordComplaints(system, { password: await generate(HQ) })).toEqual([]);
	expect(sipPasswordComplaints(system, { password: await generate({}) })).toEqual([]);

	const { data } = await odin.client.get('/sip-password/generate', { ...HQ, limit: 3 });
	expect(new Set(data.passwords as string[]).size).toBe(3);
	expect((await odin.client.get('/sip-password/generate', { ...HQ, limit: 0 })).status).toBe(400);
	expect((await odin.client.get('/sip-password/generate', { ...HQ, groupId: 'x' })).status).toBe(
		404,
	);
});

test('an Odin without a generator says so', async () => {
	odin.simulator.configure({ sipPasswordGenerator: false });
	const { status, data } = await odin.client.get('/sip-password/generate', HQ);
	expect([status, data.error]).toEqual([400, 'System cannot provide a SIP password']);
});

test('web passwords are another thing', async () => {
	expect((await odin.client.get('/password/generate', HQ)).data.password).toMatch(/^[!-~]{18}$/);
	for (const path of ['/password/generate', '/sip-password/generate']) {
		expect((await odin.client.post(path, { ...HQ, limit: 2 })).data.passwords).toHaveLength(2);
	}
	expect((await odin.client.get('/groups/password-rules', HQ)).data).toMatchObject({
		minLength: 8,
	});
	const { data } = await odin.client.get('/password/generate', { ...HQ, limit: 2 });
	expect(data.passwords).toHaveLength(2);
	expect((await odin.client.get('/password/generate')).data.error).toContain('serviceProviderId');
});

test('the rules tell whether they are those of the service provider', async () => {
	const rulesOf = async (serviceProviderId: string) =>
		(
			await odin.client.get('/service-providers/sip-authentication-password-rules', {
				serviceProviderId,
			})
		).data;
	expect(await rulesOf('globex-ent')).toMatchObject({
		useServiceProviderSettings: true,
		minLength: 16,
	});
	expect(await rulesOf('acme-ent')).toMatchObject({ useServiceProviderSettings: false });
	const { data } = await odin.client.get('/system/sip-authentication-password-rules');
	expect(data).toMatchObject({ minLength: 8, restrictMinDigits: true });
	expect(data).not.toHaveProperty('useServiceProviderSettings');
});
