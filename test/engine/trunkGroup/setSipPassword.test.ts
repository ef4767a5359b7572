import { jsonOf, useOdin, type Json } from '../support/odinRuns';

const GROUP = { serviceProviderId: 'acme-ent', groupId: 'acme-hq' };
const KEY = { ...GROUP, name: 'sbc' };
const UPDATE = 'trunkGroup.update';
const UPSERT = 'trunkGroup.upsert';
const OLD = 'Old-Secret-4710';
const SECRET = 'Ab-Secret-4711';
const INCLUDE = { options: { includeSipPassword: true } };
const GENERATE = { sipPasswordSource: 'generate' };

const odin = useOdin();

/** Of a trunk group that is there. */
describe.each<[string, Json]>([
	[UPDATE, { ...GROUP, trunkGroup: 'sbc' }],
	[UPSERT, KEY],
])('the SIP password of %s', (action, target) => {
	const user = { sipAuthenticationUserName: 'pbx-2' };
	const password = { sipAuthenticationPassword: SECRET };
	const shown = (json: Json) => (action === UPSERT ? json.trunkGroup : json) as Json;

	beforeEach(() => {
		const before = { sipAuthenticationUserName: 'pbx', sipAuthenticationPassword: OLD };
		odin.network.addTrunkGroup({ ...KEY, requireAuthentication: true, ...before });
	});

	it('is sent only with Set SIP Password, and shown only when asked for', async () => {
		const run = async (setSipPassword: boolean, more: Json = {}) =>
			await odin.run(action, {
				...{ ...target, ...more },
				authentication: { ...user, ...password, setSipPassword },
			});
		const without = await run(false);
		expect(odin.written()).toEqual([{ ...KEY, ...user }]);
		expect(without.hints.map(({ message }) => message).join()).toContain('Set SIP Password');

		odin.forget();
		const set = await run(true);
		expect(odin.written()).toMatchObject([{ ...KEY, ...password }]);
		expect(odin.sipPassword(KEY)).toBe(SECRET);
		expect(JSON.stringify([without, set].map(({ output, logs }) => [output, logs]))).not.toContain(
			SECRET,
		);
		for (const simplify of [false, true]) {
			const [json = {}] = jsonOf((await run(true, { simplify, ...INCLUDE })).output[0]);
			expect(shown(json)).toMatchObject(password);
			if (action === UPDATE) continue;
			const changes = [{ field: 'sipAuthenticationPassword', to: '***' }];
			expect(json).toMatchObject({ outcome: 'updated', changes });
		}
	});

	it('is needed when it is to be set', async () => {
		const authentication = { setSipPassword: true };
		expect(await odin.complaint(action, { ...target, authentication })).toContain(
			"'SIP Password' is needed when 'Set SIP Password' is on",
		);
		expect(odin.writes()).toEqual([]);
	});

	it('is generated only where the output is to contain it: it would be lost for good', async () => {
		const authentication = { setSipPassword: true, ...GENERATE };
		expect(await odin.complaint(action, { ...target, authentication })).toMatch(/lost for good/);
		expect(odin.requests()).toEqual([]);
		const { output, hints } = await odin.run(action, { ...target, authentication, ...INCLUDE });
		const { sipAuthenticationPassword } = shown(jsonOf(output[0])[0] ?? {});
		expect(sipAuthenticationPassword).toBe(odin.sipPassword(KEY));
		expect(sipAuthenticationPassword).not.toBe(OLD);
		expect(hints).toEqual([]);
	});
});

it('Create or Update needs Set SIP Password for one in Payload, too', async () => {
	const before = { sipAuthenticationUserName: 'pbx', sipAuthenticationPassword: OLD };
	odin.network.addTrunkGroup({ ...KEY, requireAuthentication: true, ...before });
	const payload = { sipAuthenticationPassword: SECRET };
	const { output, hints } = await odin.run(UPSERT, { ...KEY, payload });
	expect(jsonOf(output[0])).toMatchObject([{ outcome: 'unchanged' }]);
	expect(hints.map(({ message }) => message).join()).toContain('Set SIP Password');
	expect(odin.sipPassword(KEY)).toBe(OLD);
	await odin.all(UPSERT, { ...KEY, payload, authentication: { setSipPassword: true } });
	expect(odin.sipPassword(KEY)).toBe(SECRET);
});

it('is sent by Update where Payload names it', async () => {
	const before = { sipAuthenticationUserName: 'pbx', sipAuthenticationPassword: OLD };
	odin.network.addTrunkGroup({ ...KEY, requireAuthentication: true, ...before });
	const payload = { sipAuthenticationPassword: SECRET };
	await odin.all(UPDATE, { ...GROUP, trunkGroup: 'sbc', payload });
	expect(odin.sipPassword(KEY)).toBe(SECRET);
});

it('alone without Set SIP Password is nothing to update', async () => {
	odin.network.addTrunkGroup(KEY);
	const complaint = await odin.complaint(UPDATE, {
		...{ ...GROUP, trunkGroup: 'sbc' },
		authentication: { sipAuthenticationPassword: SECRET },
	});
	expect(complaint).toMatch(/nothing to update[^]*Set SIP Password/i);
	expect(complaint).not.toContain(SECRET);
	expect(odin.requests()).toEqual([]);
});

describe('Create or Update of a new one', () => {
	const authentication = {
		requireAuthentication: true,
		sipAuthenticationUserName: 'pbx',
		sipAuthenticationPassword: SECRET,
	};
	const generated = { ...authentication, ...GENERATE, sipAuthenticationPassword: '' };

	it('sends the SIP password, and not another one the second time', async () => {
		const { output, logs } = await odin.run(UPSERT, { ...KEY, authentication });
		expect(JSON.stringify([output, logs])).not.toContain(SECRET);
		expect(odin.sipPassword(KEY)).toBe(SECRET);
		const other = { ...authentication, sipAuthenticationPassword: 'Another-1' };
		expect(await odin.one(UPSERT, { ...KEY, authentication: other })).toMatchObject({
			outcome: 'unchanged',
			changes: [],
		});
		expect(odin.sipPassword(KEY)).toBe(SECRET);
	});

	it('asks for SIP User Name and SIP Password where authentication is on', async () => {
		const complaint = await odin.complaint(UPSERT, {
			...KEY,
			authentication: { requireAuthentication: true },
		});
		for (const label of ['SIP User Name', 'SIP Password']) {
			expect(complaint).toContain(`'${label}' is needed when 'Require Authentication' is on`);
		}
		expect(odin.writes()).toEqual([]);
	});

	it('puts it out with Include SIP Password, generated or not, and generates it once', async () => {
		expect(await odin.complaint(UPSERT, { ...KEY, authentication: generated })).toMatch(
			/lost for good/,
		);
		expect(odin.requests()).toEqual([]);
		for (const given of [authentication, generated]) {
			odin.clear();
			const parameters = { ...KEY, authentication: given, ...INCLUDE };
			const { outcome, trunkGroup } = await odin.one(UPSERT, parameters);
			const first = odin.sipPassword(KEY);
			expect(first).toMatch(/^.{8,}$/);
			expect(outcome).toBe('created');
			expect(trunkGroup).toMatchObject({ sipAuthenticationPassword: first });
			const again = await odin.run(UPSERT, parameters);
			expect(again.output[0]?.[0]?.json).toMatchObject({ outcome: 'unchanged' });
			expect(again.hints.map(({ message }) => message)).toEqual([
				expect.stringContaining("only when 'Set SIP Password' is on"),
			]);
			expect(odin.sipPassword(KEY)).toBe(first);
		}
	});

	it.each([authentication, generated])(
		'leaves password and user name out while authentication is off, as Create does: %j',
		async (given) => {
			const off = { ...given, requireAuthentication: 'FALSE' };
			for (const more of [{}, { setSipPassword: true }]) {
				await odin.all(UPSERT, { ...KEY, authentication: { ...off, ...more } });
			}
			expect(odin.writes().map(({ method }) => method)).toEqual(['POST']);
			for (const field of ['sipAuthenticationUserName', 'sipAuthenticationPassword']) {
				expect(odin.written()[0]).not.toHaveProperty(field);
			}
		},
	);
});
