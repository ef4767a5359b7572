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

it.each(PLACES)(
	'obeys the rules of $serviceProviderId, made by Odin or by the node',
	async (place) => {
		expect(await complaints(place)).toEqual([]);
		expect(odin.requests()[0]).toMatchObject({ path: '/sip-password/generate', query: place });
		odin.simulator.configure({ sipPasswordGenerator: false });
		expect(await complaints(place)).toEqual([]);
	},
);

it('is never in the log', async () => {
	const { output, logs } = await odin.run('sipPassword.generate', PLACES[0]);
	const password = String(output[0]?.[0]?.json.password);
	expect(password.length).toBeGreaterThanOrEqual(8);
	expect(logs.join('\n')).not.toContain(password);
});
