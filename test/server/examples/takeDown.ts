import { sendJson } from '../../../scripts/n8n/rest';
import type { RealN8n } from '../support/realN8n';
import { publishExample } from './support/exampleWorkflow';
import { openLink } from './support/question';
import { startStandIn, type StandIn } from './support/standIn';
import { writes } from './support/writes';

const GROUP = { serviceProviderId: 'acme-ent', groupId: 'take-down' };
const A = 'a.td@example.com';
const B = 'b.td@example.com';
/** As a ticket system fills it in: a name with a space of Excel's at its end, lists as text, nulls. */
const TICKET = {
	ticketId: 'T-3001',
	serviceProvider: ' acme-ent',
	group: 'take-down',
	trunkGroup: 'td-trunk\u00a0',
	alsoRemove: 'users, numbers,, device ',
	deviceName: 'td-pbx',
	numbers: '(513) 555-2000\n5135552001-02,',
	userIds: [A, B.toUpperCase(), ''],
};

const NOBODY_ASKED =
	/^Nobody could be asked for approval, so nothing was changed\. Send the ticket again\. The reason: .*refused/i;
const ABSENT = (name: string): unknown =>
	expect.stringMatching(
		`^Odin has no trunk group ${name} in group take-down of acme-ent\\. If it should be there, check the spelling`,
	);

export function takeDown(server: () => RealN8n): void {
	let chat: StandIn;

	const network = () => server().simulator.network;

	/** A trunk with two users, a number each, and a third number that is free. */
	const arrange = () => {
		if (!network().stores.groups.find(GROUP)) network().addGroup(GROUP);
		network().addDevice({ ...GROUP, deviceName: 'td-pbx' });
		network().addTrunkGroup({
			...GROUP,
			name: 'td-trunk',
			accessDevice: { deviceName: 'td-pbx', deviceLevel: 'Group' },
		});
		network().addNumbers({ ...GROUP, min: '+1-5135552000', max: '+1-5135552002', activated: true });
		for (const [index, userId] of [A, B].entries()) {
			const phoneNumber = `+1-513555200${index}`;
			network().addUser({ ...GROUP, userId, phoneNumber, trunkGroup: 'td-trunk' });
		}
		network().trunkGroup('acme-ent', 'take-down', 'td-trunk')!.pilotUserId = A;
	};

	const left = () => ({
		devices: network().devices('acme-ent', 'take-down').length,
		trunkGroups: network().trunkGroups('acme-ent', 'take-down').length,
		users: network().stores.users.all(GROUP).length,
		numbers: network().stores.numbers.all(GROUP).length,
	});
	const NOTHING = { devices: 0, trunkGroups: 0, users: 0, numbers: 0 };

	const send = async (change: object = {}) =>
		await sendJson(`${server().url}/webhook/odin-take-down`, { body: { ...TICKET, ...change } });

	/** Sends the ticket and returns the question that a person gets. */
	async function ask(change: object = {}) {
		expect(await send(change)).toMatchObject({ status: 202, body: { ticket: 'T-3001' } });
		return (await chat.next()).body as { text: string; approve: string; reject: string };
	}

	beforeAll(async () => {
		chat = await startStandIn();
		await publishExample(server(), 'take-down.json', {
			settings: { approvalUrl: `${chat.url}/approvals` },
		});
		arrange();
	});

	afterAll(async () => await chat?.close());

	it('shows every step of the plan, and writes nothing until it is approved', async () => {
		const { text, reject } = await ask();
		expect(text.split('\n')).toEqual([
			'Take down trunk group td-trunk in group take-down of acme-ent?',
			expect.stringMatching(/^Clear: the pilot user of/) as string,
			`Delete: user '${A}'`,
			expect.stringMatching(/^Take from the group: .*\(\+1-5135552000\)$/) as string,
			`Delete: user '${B}'`,
			expect.stringMatching(/^Take from the group: .*\(\+1-5135552001\)$/) as string,
			expect.stringMatching(/^Take from the group: .*\(\+1-5135552002\)$/) as string,
			expect.stringMatching(/^Delete: trunk group 'td-trunk'/) as string,
			expect.stringMatching(/^Delete: device 'td-pbx'/) as string,
		]);
		expect(await openLink(reject)).toBe('Rejected. Trunk group td-trunk was not taken down.');
		expect(writes(server().simulator)).toEqual([]);
	});

	it('that misspells the trunk group is told that there is none of that name', async () => {
		const change = { trunkGroup: 'td-trnk', alsoRemove: null, numbers: null, userIds: null };
		expect(await send(change)).toMatchObject({ status: 200, body: { note: ABSENT('td-trnk') } });
		expect(writes(server().simulator)).toEqual([]);
	});

	it('approved after somebody else came onto the trunk changes nothing', async () => {
		const { approve } = await ask();
		const late = { userId: 'late.td@example.com', trunkGroup: 'td-trunk' };
		const added = network().addUser({ ...GROUP, ...late });
		expect(await openLink(approve)).toMatch(
			/^Approved, but nothing was changed\. The state in Odin has changed since the preview of .*td-trunk/,
		);
		expect(writes(server().simulator)).toEqual([]);
		network().stores.users.remove(added);
	});

	it('that would take a number from somebody who stays is refused before anybody is asked', async () => {
		const asked = chat.received.length;
		const stays = network().addUser({
			...GROUP,
			userId: 'stays.td@example.com',
			phoneNumber: '+1-5135552002',
		});
		expect(await send()).toMatchObject({
			status: 422,
			body: { blocked: [expect.stringContaining("belongs to user 'stays.td@example.com'")] },
		});
		expect(chat.received).toHaveLength(asked);
		network().stores.users.remove(stays);
	});

	it('that is cut off says what is done, and the same ticket goes on', async () => {
		const { approve } = await ask();
		const refusal = { kind: 'status', status: 400, body: { error: 'Numbers are locked' } } as const;
		server().simulator.addFault({
			...refusal,
			method: 'DELETE',
			path: '/groups/dns',
			skip: 1,
			times: 9,
		});
		const reply = await openLink(approve);
		expect(reply).toMatch(/^Approved, but not completed\. .*Numbers are locked/);
		expect(reply).toContain(`Done: the pilot user of`);
		expect(reply).toContain(`user '${B}'`);
		server().simulator.clearFaults();
		expect(left()).toEqual({ devices: 1, trunkGroups: 1, users: 0, numbers: 2 });

		const { text, approve: goOn } = await ask();
		expect(text).not.toContain('Clear');
		expect(await openLink(goOn)).toContain('Approved. Taken down: trunk group td-trunk.');
		expect(left()).toEqual(NOTHING);
	});

	it('asked for again finds nothing to do', async () => {
		expect(await send()).toMatchObject({
			status: 200,
			body: { status: 'nothing to do', note: ABSENT('td-trunk') },
		});
		expect(await send({ alsoRemove: null, numbers: null, userIds: null })).toMatchObject({
			status: 200,
		});
		expect(writes(server().simulator)).toEqual([]);
	});

	it('without alsoRemove takes users off, and leaves them, their numbers and the device', async () => {
		arrange();
		const { text, approve } = await ask({ alsoRemove: undefined });
		expect(text).toContain(`Take off the trunk: user '${A}'`);
		expect(await openLink(approve)).toContain('Taken down:');
		expect(left()).toEqual({ devices: 1, trunkGroups: 0, users: 2, numbers: 3 });
	});

	it.each([
		['an unknown thing to remove', { alsoRemove: ['users', 'everything'] }, 'everything'],
		['no trunk group', { trunkGroup: ' ' }, "'Trunk Group'"],
		['numbers that a spreadsheet spoiled', { numbers: '5.13555E+9' }, '5.13555E+9'],
	])('with %s is refused', async (_, change, reason) => {
		expect(await send(change)).toMatchObject({
			status: 422,
			body: { error: expect.stringContaining(reason) as string },
		});
		expect(writes(server().simulator)).toEqual([]);
	});

	it('that nobody can be asked about is answered so, and changes nothing', async () => {
		await chat.close();
		expect(await send()).toMatchObject({
			status: 502,
			body: { ticket: 'T-3001', error: expect.stringMatching(NOBODY_ASKED) as string },
		});
		expect(writes(server().simulator)).toEqual([]);
	});
}
