/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RealN8n } from '../support/realN8n';
import { readCsv } from './support/csv';
import { importExample } from './support/exampleWorkflow';
import { runByHand } from './support/manualRun';
import { workbookOf } from './support/workbook';
import { writes } from './support/writes';

const GROUP = { serviceProviderId: 'acme-ent', groupId: 'port-in' };
const DAY = '2026-12-01';
const SHEET = 'customers.csv';
const HEAD = 'serviceProviderId;groupId;Trunk Group;Channels;Numbers;Port-In Date;Comment';
const ROW = 'acme-ent;port-in';

const DAY_MS = 86_400_000;

export function portInDay(server: () => RealN8n): void {
	let workflowId: string;

	const path = (name: string) => join(server().filesFolder, name);

	/** The last four digits of all numbers that are active. */
	const active = () =>
		server()
			.simulator.network.stores.numbers.all(GROUP)
			.filter(({ activated }) => activated)
			.map(({ phoneNumber }) => phoneNumber.slice(-4));

	const run = async (content: string | Uint8Array, id = workflowId) => {
		await writeFile(path(SHEET), content);
		await runByHand(server().api, id, 'Try It');
		return await takeReport();
	};

	/** The lines of the report, if there is one, which is then removed. */
	async function takeReport(): Promise<Array<Record<string, string>> | undefined> {
		const report = (await readdir(server().filesFolder)).find((name) => name.startsWith('port-in'));
		if (report === undefined) return undefined;
		const lines = readCsv(await readFile(path(report), 'utf8'));
		await rm(path(report));
		return lines;
	}

	const rows = (...lines: string[]) => ['\uFEFFWeek 49;;;;;;', HEAD, ...lines].join('\r\n');

	beforeAll(async () => {
		const { network } = server().simulator;
		network.addGroup(GROUP);
		network.addNumbers({ ...GROUP, min: '+1-5135554000', max: '+1-5135554049' });
		workflowId = await importExample(server(), 'port-in-day.json', {
			settings: { folder: server().filesFolder, day: DAY, dateFormat: 'd.M.yyyy' },
		});
	});

	const TODAY = rows(
		`${ROW};a;5;(513) 555-4000, 5135554001-02;${DAY};`,
		';;;;;;',
		`${ROW};b;5;5135554010;2026-12-02;tomorrow`,
		`${ROW};c;5;5135554011;30.11.2026;yesterday`,
		`${ROW};d;5;5135554012;;no date`,
		` acme-ent;port-in ;e;5;+1-5135554013;1.12.2026 ;as the settings say`,
	);

	it('activates the numbers of its rows alone, and once more writes nothing', async () => {
		const line = { serviceProviderId: 'acme-ent', groupId: 'port-in', note: '' };
		const numbers = '(513) 555-4000, 5135554001-02';
		expect(await run(TODAY)).toEqual([
			{ ...line, row: '3', name: 'a', numbers, outcome: 'activated' },
			{ ...line, row: '8', name: 'e', numbers: '+1-5135554013', outcome: 'activated' },
		]);
		expect(active()).toEqual(['4000', '4001', '4002', '4013']);
		server().simulator.clearRequests();
		const again = await run(TODAY);
		expect(again?.map(({ outcome }) => outcome)).toEqual(['already active', 'already active']);
		expect(writes(server().simulator)).toEqual([]);
	});

	it('names the rows that are not active, and the others go on', async () => {
		const sheet = rows(
			`${ROW};a;5;5135554020;${DAY};`,
			`${ROW};b;5;5135550040;${DAY};of another group`,
			`${ROW};c;5;5.13555E+9;${DAY};spoiled`,
			`${ROW};d;5;;${DAY};none`,
			`${ROW};e;5;5135554021;12/1/2026;another spelling of a date`,
			`${ROW};f;5;5135554022;soon;`,
			`${ROW};g;5;5135554023;${DAY};`,
		);
		await expect(run(sheet)).rejects.toThrow(
			/Not All Active: Port-in of 2026-12-01: 5 of 7 rows are not active\. Row 4 refused: /,
		);
		const report = await takeReport();
		expect(report?.map(({ row, outcome }) => `${row} ${outcome}`)).toEqual([
			'3 activated',
			'4 refused',
			'5 refused',
			'6 refused',
			'7 refused',
			'8 refused',
			'9 activated',
		]);
		const notes = report?.map(({ note }) => note) ?? [];
		expect(notes[1]).toContain('5135550040');
		expect(notes[2]).toContain('5.13555E+9');
		expect(notes[3]).toBe("'Numbers' is needed");
		expect(notes[4]).toContain("'12/1/2026' is no date");
		expect(active()).toEqual(expect.arrayContaining(['4020', '4023']));
		expect(active()).not.toContain('4021');
	});

	it('says that the outcome is unknown when an answer is lost, and the next run settles it', async () => {
		const { simulator } = server();
		const sheet = rows(`${ROW};a;5;5135554030;${DAY};`);
		simulator.addFault({ kind: 'lostAnswer', method: 'PUT', path: '/groups/dns' });
		simulator.addFault({ kind: 'status', status: 400, path: '/groups/dns', skip: 1, times: 99 });
		await expect(run(sheet)).rejects.toThrow(/Row 3 unknown/);
		simulator.clearFaults();
		await takeReport();
		expect(await run(sheet)).toMatchObject([{ row: '3', outcome: 'already active' }]);
	});

	it('reads the date cells of a workbook', async () => {
		const head = ['serviceProviderId', 'groupId', 'numbers', 'portInDate'];
		const cells = [head, ['acme-ent', 'port-in', 5135554040, 46357], ['acme-ent', 'x', 1, 46358]];
		const content = Uint8Array.from(workbookOf(server().installation, cells));
		expect(await run(content)).toMatchObject([{ row: '2', outcome: 'activated' }]);
		expect(active()).toContain('4040');
	});

	it('without a day in the settings is the day of the run', async () => {
		const id = await importExample(server(), 'port-in-day.json', {
			settings: { folder: server().filesFolder },
		});
		// One of these three is today, whatever the time zone of n8n.
		const days = [-1, 0, 1].map((day) =>
			new Date(Date.now() + day * DAY_MS).toISOString().slice(0, 10),
		);
		const sheet = rows(...days.map((day, index) => `${ROW};a;5;513555404${index + 1};${day};`));
		expect(await run(sheet, id)).toMatchObject([{ outcome: 'activated' }]);
	});

	it('with nothing due has no report', async () => {
		expect(await run(rows(`${ROW};b;5;5135554010;2026-12-02;`))).toBeUndefined();
		expect(writes(server().simulator)).toEqual([]);
	});

	it.each([
		['is missing', undefined, /customers\.csv is missing or empty/],
		['is empty', '', /can't be used.*no rows|is missing or empty/],
		['lacks the dates', 'serviceProviderId,groupId,numbers\na,b,c', /Column missing: portInDate/],
		[
			'has a cell too many',
			'serviceProviderId,groupId,numbers,portInDate\na,b,1,2,2026-12-01\n',
			/Row 2 has cells without a heading/,
		],
	])('fails when its sheet %s', async (_, content, reason) => {
		await rm(path(SHEET), { force: true });
		if (content !== undefined) await writeFile(path(SHEET), content);
		await expect(runByHand(server().api, workflowId, 'Try It')).rejects.toThrow(reason);
		expect(writes(server().simulator)).toEqual([]);
	});
}
