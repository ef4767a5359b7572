import type { RealN8n } from '../support/realN8n';
import { publishExample } from './support/exampleWorkflow';
import { FormVisit } from './support/form';
import { writes } from './support/writes';

const GROUP = { serviceProviderId: 'acme-ent', groupId: 'form' };
const PROVIDER = 'acme-ent (Acme Industries)';
const CONFIRM = { Decision: 'Turn up exactly this' };

/** As an operator types it in. */
const TRUNK = {
	'Trunk group': ' form-trunk\u00a0',
	'Calls at once': '10',
	Device: 'New device',
	'Name of the new device': 'form-pbx-1 ',
	'Type of the new device': 'Generic SIP IP-PBX',
	Numbers: '(513) 555-5000\r\n5135555001-02,\n',
	'Activate the numbers': 'Now',
};
const WITHOUT_DEVICE = {
	Device: 'No device',
	'Name of the new device': '',
	'Type of the new device': '',
};

export function operatorForm(server: () => RealN8n): void {
	const network = () => server().simulator.network;
	const find = (name: string) => network().trunkGroup('acme-ent', 'form', name);

	/** Goes as far as the page that describes the trunk. */
	async function visit(group = 'form (Form Works & Sons)'): Promise<FormVisit> {
		const form = new FormVisit(`${server().url}/form/odin-turn-up`);
		await form.answer({ 'Service provider': ' ACME' });
		await form.answer({ 'Service provider': PROVIDER });
		await form.answer({ Group: group });
		return form;
	}

	beforeAll(async () => {
		network().addGroup({ ...GROUP, groupName: 'Form Works & Sons', domains: ['example.com'] });
		network().addDevice({ ...GROUP, deviceName: 'form-old-pbx' });
		network().addNumbers({ ...GROUP, min: '+1-5135555000', max: '+1-5135555009' });
		await publishExample(server(), 'operator-form.json');
	});

	it('has drop-downs filled from Odin, shows the plan, and writes it once it is confirmed', async () => {
		const form = new FormVisit(`${server().url}/form/odin-turn-up`);
		await form.answer({ 'Service provider': 'acme' });
		expect(form.choices).toEqual({ 'Service provider': [PROVIDER] });
		await form.answer({ 'Service provider': PROVIDER });
		expect(form.choices.Group).toEqual(
			expect.arrayContaining(['acme-hq (Acme Headquarters)', 'form (Form Works & Sons)']),
		);
		const { text } = await form.answer({ Group: 'form (Form Works & Sons)' });
		expect(text).toContain(`Service provider: ${PROVIDER}\nGroup: form (Form Works & Sons)`);
		expect(text).toContain('type in the type exactly as Odin has it');
		expect(text).toContain('Devices of the group are of type Generic SIP IP-PBX.');
		expect(text).toContain('Free numbers of the group: +1-5135555000 to +1-5135555009.');
		expect(form.choices.Device).toEqual(['No device', 'New device', 'form-old-pbx']);

		const plan = await form.answer(TRUNK);
		for (const told of [
			'Plan for trunk group form-trunk in group form of acme-ent. Nothing is written yet.',
			'\nWhat will be done:\n',
			'Calls at once: 10',
			'Numbers: (513) 555-5000, 5135555001-02, active at once',
			'Pilot user: 15135555000@example.com',
			"device 'form-pbx-1' will be created: type Generic SIP IP-PBX",
			"trunk group 'form-trunk' will be created: maxActiveCalls 10, device form-pbx-1",
			"user '15135555000@example.com' will be created: number ",
			"user '15135555002@example.com' will be created: number ",
			"the pilot user of trunk group 'form-trunk' will be changed: pilotUserId none → 15135555000@example.com",
			'numbers +1-5135555000 to +1-5135555002 will be activated',
			"Stay as they are: service 'Trunk Group'",
		]) {
			expect(plan.text).toContain(told);
		}
		expect(plan.text).not.toMatch(/already a trunk group|^(created|updated)|done already/m);
		expect(writes(server().simulator)).toEqual([]);

		const end = await form.answer(CONFIRM);
		expect(end.text).toContain('Turned up\nTrunk group form-trunk in group form was created.');
		expect(end.text).toContain("\ncreated trunk group 'form-trunk': maxActiveCalls 10");
		expect(end.text).toContain('\nactivated numbers +1-5135555000 to +1-5135555002');
		expect(end.text).not.toContain('will be');
		expect(find('form-trunk')).toMatchObject({
			maxActiveCalls: 10,
			accessDevice: { deviceName: 'form-pbx-1' },
			pilotUserId: '15135555000@example.com',
		});
	});

	it('filled in again says that all is there', async () => {
		const form = await visit();
		const { text } = await form.answer(TRUNK);
		expect(text).toContain('Nothing to do');
		expect(writes(server().simulator)).toEqual([]);
	});

	it('says of a trunk group that is there already what will be changed of it', async () => {
		network().addTrunkGroup({ ...GROUP, name: 'form-there', maxActiveCalls: 1 });
		const given = { ...TRUNK, ...WITHOUT_DEVICE, 'Trunk group': 'form-there', Numbers: '' };
		const form = await visit();
		const plan = await form.answer({ ...given, 'Calls at once': '4' });
		expect(plan.text).toContain(
			'There is already a trunk group form-there; it will be changed: maxActiveCalls 1 → 4',
		);
		expect(plan.text).toContain('Numbers: none');
		expect(writes(server().simulator)).toEqual([]);
		const end = await form.answer(CONFIRM);
		expect(end.text).toContain(
			"was updated.\nupdated trunk group 'form-there': maxActiveCalls 1 → 4",
		);

		const again = await visit();
		const more = { ...given, 'Calls at once': '4', Numbers: '5135555007' };
		expect((await again.answer(more)).text).toContain(
			'There is already a trunk group form-there. Its own fields stay as they are',
		);
	});

	it('not confirmed writes nothing', async () => {
		const form = await visit();
		await form.answer({ ...TRUNK, ...WITHOUT_DEVICE, 'Trunk group': 'form-2', Numbers: '' });
		const { text } = await form.answer({ Decision: 'Change nothing' });
		expect(text).toContain('nothing was written');
		expect(find('form-2')).toBeUndefined();
	});

	it('confirmed after the plan has changed writes nothing', async () => {
		const form = await visit();
		const given = { ...TRUNK, 'Trunk group': 'form-3', Device: 'form-old-pbx' };
		await form.answer({
			...given,
			'Name of the new device': '',
			'Type of the new device': '',
			Numbers: '5135555005',
		});
		network().addTrunkGroup({ ...GROUP, name: 'form-3', maxActiveCalls: 3 });
		const { text } = await form.answer(CONFIRM);
		expect(text).toMatch(
			/^Nothing changed\nThe state in Odin has changed since the preview of .*form-3/,
		);
		expect(text).toMatch(
			/The same request would now result in 'updated' \(trunk group 'form-3' [^:]*: maxActiveCalls 3 → 10/,
		);
		expect(text).toMatch(/\nFill in the form again: it shows the plan as it is now\.$/);
		expect(text).not.toContain('Preview it again');
		expect(writes(server().simulator)).toEqual([]);
	});

	it('that stops half-way says what stands, and goes on when it is filled in again', async () => {
		const given = { ...TRUNK, ...WITHOUT_DEVICE, 'Trunk group': 'form-4', Numbers: '5135555006' };
		const form = await visit();
		await form.answer(given);
		const body = { error: 'Licenses are used up' };
		server().simulator.addFault({
			kind: 'status',
			status: 400,
			method: 'POST',
			path: '/users',
			body,
		});
		const { text } = await form.answer(CONFIRM);
		expect(text).toMatch(/^Not completed\n.*Licenses are used up/);
		expect(text).toContain("What stands:\ncreated trunk group 'form-4'");
		const again = await visit();
		await again.answer(given);
		expect((await again.answer(CONFIRM)).text).toContain('was updated');
		expect(find('form-4')).toMatchObject({ pilotUserId: '15135555006@example.com' });
	});

	it.each([
		['a number of somebody else', { Numbers: '5135550040' }, /Not possible\n.*acme-plant/s],
		['a number that a spreadsheet spoiled', { Numbers: '5.1E+9' }, /5\.1E\+9/],
		['a name that is too long', { 'Trunk group': 'x'.repeat(31) }, /'Name' .*30/],
		['a device that is not in the list', { Device: '<b>other</b>' }, /no device '<b>other<\/b>'/],
		['a new device without a name', { Device: 'New device' }, /needs a name and a type/],
		[
			'a type of a device in other letters',
			{
				Device: 'New device',
				'Name of the new device': 'form-pbx-5',
				'Type of the new device': 'generic sip ip-pbx',
			},
			/Not possible\n.*device type 'generic sip ip-pbx'.*exactly as Odin has it/s,
		],
		['two devices', { 'Name of the new device': 'x' }, /'Device' is not 'New device'/],
	])('with %s says so, and writes nothing', async (_, change, reason) => {
		const form = await visit();
		const given = { ...TRUNK, ...WITHOUT_DEVICE, 'Trunk group': 'form-5', ...change };
		expect((await form.answer(given)).text).toMatch(reason);
		expect(writes(server().simulator)).toEqual([]);
	});

	it('looks a choice up again that no browser sends, and says what Odin does not have', async () => {
		const form = new FormVisit(`${server().url}/form/odin-turn-up`);
		await form.answer({ 'Service provider': '' });
		const { text } = await form.answer({ 'Service provider': 'somebody else' });
		expect(text).toContain("'Service Provider' is needed");
		const other = new FormVisit(`${server().url}/form/odin-turn-up`);
		const none = await other.answer({ 'Service provider': 'x<y' });
		expect(none.text).toContain("No service provider has 'x<y' in its ID or name");
	});

	it('says that Odin can not be read', async () => {
		const path = '/groups/devices';
		server().simulator.addFault({ kind: 'status', status: 403, method: 'GET', path, times: 99 });
		const form = new FormVisit(`${server().url}/form/odin-turn-up`);
		await form.answer({ 'Service provider': 'acme' });
		await form.answer({ 'Service provider': PROVIDER });
		const { text } = await form.answer({ Group: 'form (Form Works & Sons)' });
		server().simulator.clearFaults();
		expect(text).toMatch(/^Nothing done\n.*Nothing was written\.$/s);
	});
}
