/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RealN8n } from '../support/realN8n';
import { importExample, publishExample } from './support/exampleWorkflow';
import { uploadThroughForm, type Upload } from './support/form';
import { runByHand } from './support/manualRun';
import { linesOf, workbookOf } from './support/workbook';
import { writes } from './support/writes';

const GROUP = { serviceProviderId: 'acme-ent', groupId: 'customers' };
const HEAD =
	'Service Provider;groupId;Trunk Group;Channels;Device;Device Type;Numbers;Port-In Date';
const PBX = 'Generic SIP IP-PBX';
const CHECK = ['Only check, write nothing'];

/** A sheet as Excel saves it: title, empty rows, cells of white space, numbers in all spellings. */
const SHEET = [
	'\uFEFFCustomers of week 48;;;;;;;',
	HEAD,
	`acme-ent;customers;cust-1;10;cust-pbx-1;${PBX};"5135553000-02\n(513) 555-3005";`,
	';;;;;;;',
	' acme-ent ;customers\u00A0;cust-2 ; 10 ; ;\u00A0;+1-5135553010, 15135553011; ',
	'acme-ent;customers;cust-3;10;;;5135550040;',
	'acme-ent;customers;cust-4;10;;;5.13555E+9;',
	'acme-ent;customers;cust-5;10;;;5135553020-21;',
	'acme-ent;customers;cust-1;10;;;5135553030;',
	'acme-ent;customers;cust-6;10;;;5135553040-41;2026-12-01',
	'acme-ent;customers;cust-7;ten;;;5135553050;',
	'acme-ent;customers;cust-8;5;;;;',
	'acme-ent;nowhere;cust-9;5;;;5135553060;',
].join('\r\n');

type Expected = [row: number, outcome: string, note: RegExp];

const REFUSED: Record<number, RegExp> = {
	6: /\+1-5135550040.*acme-plant/,
	7: /^'Numbers' .*5\.13555E\+9/,
	9: /^'Name' .*row 3\b/,
	11: /^'Max Active Calls' .*ten/,
	13: /nowhere/,
};

export function customersToTrunks(server: () => RealN8n): void {
	const network = () => server().simulator.network;
	const upload = async (given: Partial<Upload> = {}) =>
		await uploadThroughForm(`${server().url}/form/odin-customers`, { content: SHEET, ...given });
	const resultOf = async (given?: Partial<Upload>) => {
		const { text, file } = await upload(given);
		return { page: text, lines: file ? linesOf(server().installation, file.content) : [], file };
	};
	const find = (name: string) => network().trunkGroup('acme-ent', 'customers', name);
	const numbers = (last: string) =>
		network()
			.stores.numbers.all(GROUP)
			.filter(({ phoneNumber }) => phoneNumber.endsWith(last));

	const expectLines = (lines: Array<Record<string, string>>, expected: Expected[]) => {
		const all = [
			...expected,
			...Object.entries(REFUSED).map(([row, note]): Expected => [Number(row), 'refused', note]),
		].sort(([one], [other]) => one - other);
		expect(lines.map(({ row, outcome, note }) => ({ row, outcome, note }))).toEqual(
			all.map(([row, outcome, note]) => ({
				row: String(row),
				outcome,
				note: expect.stringMatching(note) as string,
			})),
		);
	};

	beforeAll(async () => {
		network().addGroup({ ...GROUP, domains: ['example.com'] });
		network().addNumbers({
			serviceProviderId: 'acme-ent',
			min: '+1-5135553000',
			max: '+1-5135553099',
		});
		await publishExample(server(), 'customers-to-sip-trunks.json');
	});

	it('that are only checked say what would be done and what stands in the way', async () => {
		const { page, lines } = await resultOf({ ticked: CHECK });
		expect(page).toContain('Checked, nothing written');
		expectLines(lines, [
			[3, 'would be created', /^device created, trunk group created, numbers assigned, 4 users/],
			[5, 'would be created', /^trunk group created, numbers assigned, 2 users created, pilot/],
			[8, 'would be created', /2 users created/],
			[10, 'would be created', /pilot user set; numbers left as they are until 2026-12-01$/],
			[12, 'would be created', /^trunk group created$/],
		]);
		expect(writes(server().simulator)).toEqual([]);
	});

	it('get a result for each row: one that stops says what stands, and the others go on', async () => {
		const { simulator } = server();
		const body = { error: 'The user license is used up' };
		const stops = { kind: 'status', status: 400, method: 'POST', path: '/users' } as const;
		simulator.addFault({ ...stops, name: '15135553021@example.com', body });
		const { page, lines, file } = await resultOf();
		expect(file?.name).toBe('result.csv');
		expect(page).toContain(
			'10 rows: 4 created, 0 updated, 0 unchanged, 1 not completed, 5 refused',
		);
		expectLines(lines, [
			[3, 'created', /^device created, .*4 users created, pilot user set, numbers activated$/],
			[5, 'created', /2 users created, pilot user set, numbers activated$/],
			[
				8,
				'not completed',
				/license is used up.* What stands: trunk group created, numbers assigned, 1 user created$/,
			],
			[10, 'created', /numbers left as they are until 2026-12-01$/],
			[12, 'created', /^trunk group created$/],
		]);
		expect(find('cust-1')).toMatchObject({
			maxActiveCalls: 10,
			accessDevice: { deviceName: 'cust-pbx-1' },
			pilotUserId: '15135553000@example.com',
		});
		expect(find('cust-3')).toBeUndefined();
		expect(numbers('3005')).toMatchObject([{ activated: true }]);
		expect(numbers('3040')).toMatchObject([{ activated: false }]);
	});

	it('uploaded again go on where they stood, and write nothing for what is done', async () => {
		const { page, lines, file } = await resultOf();
		expect(page).toContain('10 rows: 0 created, 1 updated, 4 unchanged');
		expectLines(lines, [
			[3, 'unchanged', /^$/],
			[5, 'unchanged', /^$/],
			[8, 'updated', /^1 user created, pilot user set, numbers activated$/],
			[10, 'unchanged', /^numbers left as they are until 2026-12-01$/],
			[12, 'unchanged', /^$/],
		]);
		server().simulator.clearRequests();
		const again = await resultOf({ content: file!.content });
		expect(again.page).toContain('0 created, 0 updated, 5 unchanged');
		expect(writes(server().simulator)).toEqual([]);
	});

	it('get their numbers activated from the same sheet, on the day of the port-in', async () => {
		const folder = server().filesFolder;
		const run = async (day: string) => {
			const settings = { folder, sheet: 'port-ins.csv', report: 'port-ins-done.csv', day };
			const id = await importExample(server(), 'port-in-day.json', { settings });
			await runByHand(server().api, id, 'Try It');
		};
		await writeFile(join(folder, 'port-ins.csv'), SHEET);
		await run('2026-11-30');
		expect(numbers('3040')).toMatchObject([{ activated: false }]);
		await run('2026-12-01');
		expect(numbers('3040')).toMatchObject([{ activated: true }]);
		expect(numbers('3041')).toMatchObject([{ activated: true }]);
		expect(writes(server().simulator)).toEqual(['PUT /groups/dns']);
		await rm(join(folder, 'port-ins.csv'));
		await rm(join(folder, 'port-ins-done.csv'));
	});

	it('with a date that Port-in day does not read are refused before anything is sent', async () => {
		const row = (name: string, date: string) => `acme-ent;customers;${name};3;;;5135553080;${date}`;
		const dates = ['morgen', '27.11.2026', '46353', '2026-02-30', '12/1/2026'];
		const rows = dates.map((date, index) => row(`dated-${index}`, date));
		// The good rows name one trunk group twice: the reason counts the rows of the sheet.
		const good = [row('dated', ' 2026-12-01 '), row('dated', '2026-12-01')];
		const { page, lines } = await resultOf({
			content: [HEAD, ...rows, ...good].join('\r\n'),
			ticked: CHECK,
		});
		expect(page).toContain('7 rows: 1 would be created');
		expect(lines.map(({ outcome, note }) => ({ outcome, note }))).toEqual([
			...dates.map((date) => ({
				outcome: 'refused',
				note: `portInDate '${date}' is no date: write it as 2026-12-31, or as a date cell of a workbook`,
			})),
			{
				outcome: 'would be created',
				note: expect.stringMatching(/numbers left as they are until 2026-12-01$/) as string,
			},
			{ outcome: 'refused', note: expect.stringMatching(/\brow 7\b/) as string },
		]);
		const sent = JSON.stringify(server().simulator.requests);
		expect(sent).toContain('dated');
		expect(sent).not.toContain('dated-');
		expect(writes(server().simulator)).toEqual([]);
	});

	it('as a workbook keep numbers and dates that Excel holds as numbers', async () => {
		const cells = [
			[
				'serviceProviderId',
				'groupId',
				'name',
				'maxActiveCalls',
				'numbers',
				'SIP Password',
				'portInDate',
			],
			['acme-ent', 'customers', 'cust-book', 3, 5135553070, 'secret-1'],
			['acme-ent', 'customers', 'cust-dated', 3, 5135553071, '', 46357],
			['acme-ent', 'customers', 'cust-noon', 3, 5135553072, '', 46357.5],
		];
		const content = Uint8Array.from(workbookOf(server().installation, cells));
		const { page, lines } = await resultOf({ content, fileName: 'customers.xlsx' });
		expect(page).toContain('3 rows: 2 created');
		expect(page).toContain("Row 4 refused: portInDate '46357.5' is no date");
		expect(lines[1]?.note).toMatch(/numbers left as they are until 2026-12-01$/);
		expect(page).toContain('SIP passwords are never read from a sheet');
		expect(JSON.stringify(lines)).not.toContain('secret-1');
		expect(numbers('3070')).toMatchObject([{ activated: true }]);
		expect(numbers('3071')).toMatchObject([{ activated: false }]);
	});

	it('without a column that is needed write nothing', async () => {
		const { text } = await upload({ content: 'serviceProviderId,groupId,name\nacme-ent,x,y\n' });
		expect(text).toContain('Columns missing: maxActiveCalls, numbers.');
		expect(writes(server().simulator)).toEqual([]);
	});
}
