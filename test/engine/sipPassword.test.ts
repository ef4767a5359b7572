import { sipPasswordComplaints } from '../../simulator/network/sipPasswordRules';
import { useOdin } from './support/odinRuns';

const PLACES = [
	{ serviceProviderId: 'acme-ent', groupId: 'acme-hq' },
	{ serviceProviderId: 'globex-ent', groupId: 'globex-north' },
];

const odin = useOdin();

/** What the rules that hold there have against the passwords of ten items. */
async function complaints(place: { serviceProviderId: string; groupId: string }) {
	const items = Array.from({ length: 10 }, () => ({}));
	const passwords = await odin.all('sipPassword.generate', place, { items });
	expect(passwords.map((json) => Object.keys(json))).toEqual(items.map(() => ['password']));
	const texts = passwords.map(({ password }) => String(password));
	expect(new Set(texts).size).toBe(10);
	const rules = odin.network.sipPasswordRules(place.serviceProviderId);
	return texts.flatMap((password) => sipPasswordComplaints(rules, { password }));
}

it.each(PLACES)('obeys the rules of $serviceProviderId', async (place) => {
	expect(await complaints(place)).toEqual([]);
	expect(odin.requests()[0]).toMatchObject({ path: '/sip-password/generate', query: place });
});

it.each(PLACES)(
	'obeys the rules of $serviceProviderId where Odin cannot provide one',
	async (place) => {
		odin.simulator.configure({ sipPasswordGenerator: false });
		expect(await complaints(place)).toEqual([]);
	},
);

it('obeys the strictest rules there can be', async () => {
	odin.simulator.configure({ sipPasswordGenerator: false });
	const rules = odin.network.systemSipPasswordRules;
	const most = Object.entries(rules).map(([name, value]) => {
		if (typeof value === 'boolean') return [name, true];
		return [name, /^min[A-Z]/.test(name) ? 10 : value];
	});
	odin.network.systemSipPasswordRules = { ...rules, ...Object.fromEntries(most), minLength: 40 };
	expect(await complaints({ serviceProviderId: 'acme-ent', groupId: 'acme-hq' })).toEqual([]);
});

it('obeys rules that the administrator may not read', async () => {
	odin.simulator.configure({
		sipPasswordGenerator: false,
		administrator: { loginType: 'Group', serviceProviderId: 'acme-ent', groupId: 'acme-hq' },
	});
	expect(await complaints({ serviceProviderId: 'acme-ent', groupId: 'acme-hq' })).toEqual([]);
});

it('reads rules whose numbers are text', async () => {
	odin.simulator.configure({ sipPasswordGenerator: false });
	odin.answer('/service-providers/sip-authentication-password-rules', {
		useServiceProviderSettings: 'true',
		restrictMinDigits: 'true',
		minDigits: '9',
		minLength: '30',
	});
	const { password } = await odin.one('sipPassword.generate', PLACES[0]);
	expect(String(password).length).toBeGreaterThanOrEqual(30);
	expect(String(password).replace(/\D/g, '').length).toBeGreaterThanOrEqual(9);
});

it('is never in the log', async () => {
	const { output, logs } = await odin.run('sipPassword.generate', PLACES[0]);
	const password = String(output[0]?.[0]?.json.password);
	expect(password.length).toBeGreaterThanOrEqual(8);
	expect(logs.join('\n')).not.toContain(password);
});
