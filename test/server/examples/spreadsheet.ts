import type { RealN8n } from '../support/realN8n';
import { publishExample } from './support/exampleWorkflow';
import { uploadThroughForm, type Upload } from './support/form';
import { linesOf, workbookOf } from './support/workbook';
import { writes } from './support/writes';

const ROWS = 200;
const FIRST_LINE = 2;
const COLUMNS = ['serviceProviderId', 'groupId', 'name', 'maxActiveCalls'] as const;
const HEAD = COLUMNS.join(',');
const HQ = 'acme-ent,acme-hq';

type Row = Record<(typeof COLUMNS)[number], string>;

/** Rows that are refused, by their place, with what their note must say. */
const WRONG: Record<number, [change: Partial<Row>, note: RegExp]> = {
	10: [{ name: 'longer than thirty characters are' }, /^'Name' .*30/],
	50: [{ name: 'sheet-3' }, /^'Name' .*row 5\b/],
	90: [{ groupId: 'nowhere' }, /Group not found: nowhere/],
	130: [{ groupId: 'acme-lab' }, /acme-lab/],
	170: [{ maxActiveCalls: '5 calls' }, /^'Max Active Calls' .*5 calls/],
	199: [{ maxActiveCalls: '101' }, /the call capacity of group 'acme-hq' is 100$/],
};

const rows = Array.from(
	{ length: ROWS },
	(_, index): Row => ({
		serviceProviderId: 'acme-ent',
		groupId: 'acme-hq',
		name: `sheet-${index}`,
		maxActiveCalls: String((index % 20) + 1),
		...WRONG[index]?.[0],
	}),
);

const sheet = [COLUMNS, ...rows.map((row) => COLUMNS.map((column) => row[column]))]
	.map((cells) => cells.join(','))
	.join('\n');

const utf16 = (text: string) => Uint8Array.from(Buffer.from(`\uFEFF${text}`, 'utf16le'));
const latin1 = (text: string) => Uint8Array.from(Buffer.from(text, 'latin1'));

/** Sheets as programs save them, with the trunk groups that come of them. */
const READ: Array<[title: string, content: Upload['content'], names: string[]]> = [
	[
		"Excel's CSV UTF-8",
		`\uFEFF${HEAD},enableBursting\r\n${HQ},Zürich SBC,10,FALSE\r\n${HQ},Genève 1,5,\r\n\r\n`,
		['Zürich SBC', 'Genève 1'],
	],
	[
		'semicolons in Windows-1252',
		latin1(`${HEAD.replaceAll(',', ';')}\r\nacme-ent;acme-hq;Köln 2;5\r\n`),
		['Köln 2'],
	],
	[
		"Excel's Unicode text",
		utf16(`${HEAD.replaceAll(',', '\t')}\r\nacme-ent\tacme-hq\tÅrhus\t5\r\n`),
		['Århus'],
	],
	[
		'more commas in a comment than semicolons',
		`${HEAD.replaceAll(',', ';')};Comment\nacme-ent;acme-hq;semi-1;5;a, b, c, d, e, f, g\n`,
		['semi-1'],
	],
	[
		'a line that names the delimiter',
		`sep=|\n${HEAD.replaceAll(',', '|')}\nacme-ent|acme-hq|bar-1|5`,
		['bar-1'],
	],
	['old line ends', `${HEAD}\r${HQ},old-1,5\r`, ['old-1']],
	[
		'a title, labels for headings, and cells in quotation marks',
		'Trunk groups of week 48,,,\n\nService Provider,Group,Trunk Group Name,Max Active\u00A0Calls,Customer,Comment\n' +
			`${HQ},north-1,10,North Ltd,"call first, then do"\n${HQ},north-2,"10 ",North Ltd,"two\nlines"\n`,
		['north-1', 'north-2'],
	],
	['rows of nothing', `${HEAD}\n,,,\n \u00A0,,,\n${HQ},late-1,5\n,,,\n`, ['late-1']],
];

const FORWARDED = `${HEAD},callForwardingAlwaysAction,callForwardingAlwaysForwardAddress`;

/** Sheets with cells that people and programs spoil, and what becomes of each row: its name in Odin, or why it is refused. */
const SPOILED: Array<[title: string, content: string, rows: Array<string | RegExp>]> = [
	[
		'cells of nothing but white space',
		[
			`${HEAD},maxIncomingCalls,prefix,callForwardingAlwaysAction,callForwardingAlwaysForwardAddress`,
			`${HQ},blank-1,5, ,,,`,
			`${HQ},blank-2,5,\u00A0,   ,Forward, `,
			`${HQ},,5,,,,`,
			`${HQ},blank-4`,
			',,,,,,,',
		].join('\n'),
		[
			'blank-1',
			/'Always Forward To' is needed/,
			/^'Name' is needed$/,
			/'Max Active Calls' is needed/,
		],
	],
	[
		'characters that nobody sees',
		[
			HEAD,
			`${HQ},unseen-1,5`,
			`${HQ},unseen-1\u200B,5`,
			`${HQ},unseen\u00AD-2,5`,
			`${HQ},unseen-3\u00A0,5`,
			`${HQ},unseen\t4,5`,
			`${HQ},unseen  5,5`,
			`${HQ},unseen-6,25\u200B`,
		].join('\n'),
		[
			'unseen-1',
			/^'Name' .*\\u200b/,
			/^'Name' .*\\u00ad/,
			'unseen-3',
			/^'Name' .*\\u0009/,
			/^'Name' .*spaces/,
			/^'Max Active Calls' .*\\u200b/,
		],
	],
	[
		'numbers as a spreadsheet spoils them',
		[
			FORWARDED,
			`${HQ},spoiled-1,25.0,Forward,4.47911E+11`,
			`${HQ},spoiled-2,"1,000",Forward,#N/A`,
			`${HQ},spoiled-3,1e2,Forward,none`,
			`${HQ},spoiled-4,025,Forward,'0791112345`,
			`${HQ},spoiled-5,25,Forward,447911123456.0`,
			`${HQ},#N/A,25,,`,
			`${HQ},00123,25,Forward,0207946000`,
			`${HQ},spoiled-7,25,Forward,513.555.0100`,
		].join('\n'),
		[
			/4\.47911E\+11/,
			/"1,000"|#N\/A/,
			/"none"|1e2/,
			/'0791112345/,
			/447911123456\.0/,
			/^'Name' .*#N\/A/,
			'00123',
			'spoiled-7',
		],
	],
];

/** Sheets that can't be used, with what their page says. */
const NOT_READ: Array<[title: string, content: Upload['content'], page: string[]]> = [
	['the line of the columns alone', `${HEAD}\n`, ['has no rows']],
	['nothing at all', '', ['has no rows']],
	[
		'a column missing',
		`Kunde,serviceProviderId,Trunk Group,maxActiveCalls\nA,acme-ent,x,5\n`,
		[
			'Column missing: groupId.',
			'Columns in row 1: Kunde, serviceProviderId, Trunk Group, maxActiveCalls.',
		],
	],
	[
		'no line that names the columns',
		`${HQ},x,5\n`,
		[
			'Columns missing: serviceProviderId, groupId, name, maxActiveCalls.',
			'acme-ent, acme-hq, x, 5',
		],
	],
	[
		'a column twice',
		`${HEAD},Trunk Group Name\n${HQ},x,5,y\n`,
		['Columns that stand twice: Trunk Group Name (name)'],
	],
	[
		'a cell too many',
		`${HEAD}\n${HQ},x,5\n\n${HQ},Main St, 4,5\n`,
		['Row 4 has cells without a heading'],
	],
	[
		'an open quotation mark',
		`${HEAD}\n${HQ},x,5\n${HQ},"y,5\n${HQ},z,5\n`,
		['Row 3: a quotation mark'],
	],
	[
		'two encodings',
		Uint8Array.from([...Buffer.from(`${HEAD}\n${HQ},Zürich,5\n`), ...latin1(`${HQ},Köln,5\n`)]),
		['Line 2 has characters in another encoding'],
	],
	['letters that were encoded twice', `${HEAD}\n${HQ},ZÃ¼rich,5\n`, ['Line 2 has characters']],
	[
		'a picture',
		Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
		['Columns missing'],
	],
	[
		'half a workbook',
		Uint8Array.from([...Buffer.from('PK\u0003\u0004'), 1, 2, 3]),
		['could not read the file'],
	],
];

export function spreadsheetToTrunkGroups(server: () => RealN8n): void {
	const upload = async (given: Upload | string) =>
		await uploadThroughForm(
			`${server().url}/form/odin-spreadsheet`,
			typeof given === 'string' ? { content: given } : given,
		);
	const resultOf = async (given: Upload | string) => {
		const { text, file } = await upload(given);
		return { page: text, lines: file ? linesOf(server().installation, file.content) : [], file };
	};
	const find = (name: string) => server().simulator.network.trunkGroup('acme-ent', 'acme-hq', name);

	beforeAll(async () => await publishExample(server(), 'spreadsheet-to-trunk-groups.json'));

	function expectLines(lines: Array<Record<string, string>>, outcome: string): void {
		expect(lines.map(({ row, name }) => `${row} ${name}`)).toEqual(
			rows.map(({ name }, index) => `${index + FIRST_LINE} ${name}`),
		);
		for (const [index, line] of lines.entries()) {
			const [, note] = WRONG[index] ?? [];
			const expected = note
				? { outcome: 'refused', note: expect.stringMatching(note) as string }
				: { outcome, note: '' };
			expect(line).toMatchObject(expected);
		}
	}

	it('that is only checked writes nothing, and says what would be done', async () => {
		const ticked = ['Only check, write nothing'];
		const { page, lines } = await resultOf({ content: sheet, ticked });
		expect(page).toContain('Checked, nothing written');
		expect(page).toContain(
			'200 rows: 194 would be created, 0 would be updated, 0 unchanged, 6 refused',
		);
		expect(page).toContain('To carry it out, upload it without the tick');
		expectLines(lines, 'would be created');
		expect(writes(server().simulator)).toEqual([]);
	});

	it('becomes trunk groups, and the result has a line for each row', async () => {
		const { page, lines, file } = await resultOf(sheet);
		expect(file?.name).toBe('result.csv');
		expect(page).toContain('200 rows: 194 created, 0 updated, 0 unchanged, 6 refused');
		expect(page).toMatch(/Row 172 refused: 'Max Active Calls' .*5 calls/);
		expectLines(lines, 'created');
		expect(writes(server().simulator)).toHaveLength(ROWS - Object.keys(WRONG).length);
	});

	it('uploaded again as its result file writes nothing and has the same lines', async () => {
		const first = await resultOf(sheet);
		expectLines(first.lines, 'unchanged');
		const again = await resultOf({ content: first.file!.content });
		expect(again.lines).toEqual(first.lines);
		expect(again.page).not.toContain('Columns not read');
		expect(writes(server().simulator)).toEqual([]);
	});

	it('with other values says in the result what was changed', async () => {
		const { page, lines } = await resultOf(`${HEAD}\n${HQ},sheet-0,2\n${HQ},sheet-1,2`);
		expect(page).toContain('2 rows: 0 created, 1 updated, 1 unchanged, 0 refused');
		expect(page).not.toContain('Correct it');
		expect(lines).toMatchObject([
			{ outcome: 'updated', note: 'maxActiveCalls: 1 → 2' },
			{ outcome: 'unchanged', note: '' },
		]);
	});

	it.each(READ)('with %s is read', async (_, content, names) => {
		const { lines } = await resultOf({ content });
		expect(lines.map(({ outcome }) => outcome)).toEqual(names.map(() => 'created'));
		expect(names.map((name) => find(name)?.name)).toEqual(names);
	});

	it.each(SPOILED)('with %s takes what is plain and refuses the rest', async (_, content, rows) => {
		const { page, lines, file } = await resultOf({ content });
		expect(lines).toMatchObject(
			rows.map((row) =>
				typeof row === 'string'
					? { outcome: 'created', note: '' }
					: { outcome: 'refused', note: expect.stringMatching(row) as string },
			),
		);
		const created = rows.filter((row) => typeof row === 'string');
		expect(created.map((name) => find(name)?.name)).toEqual(created);
		expect(writes(server().simulator)).toHaveLength(created.length);
		expect(page).toContain('Correct it and upload it again as it is');
		const again = await resultOf({ content: file!.content });
		expect(again.lines.map(({ outcome }) => outcome)).toEqual(
			rows.map((row) => (typeof row === 'string' ? 'unchanged' : 'refused')),
		);
	});

	it.each(NOT_READ)('with %s ends with a page that says so', async (_, content, words) => {
		const { text, file } = await upload({ content });
		for (const part of words) expect(text).toContain(part);
		expect(text).toContain('Nothing done');
		expect(file).toBeUndefined();
		expect(writes(server().simulator)).toEqual([]);
	});

	it('with further columns sets these fields, leaves empty cells alone, and names what it did not read', async () => {
		const head = `${HEAD},Prefix,Device Name,Comment,SIP Password`;
		const content = `${head}\n${HQ},more-1,5,007,acme-sbc-1,<urgent>,secret-1\n${HQ},more-2,5, ,,,\n${HQ},more-3\n`;
		const { page, lines } = await resultOf(content);
		expect(lines).toMatchObject(
			[
				{ name: 'more-1', outcome: 'created', Comment: '<urgent>' },
				{ name: 'more-2', outcome: 'created' },
				{ name: 'more-3', outcome: 'refused', row: '4', note: /Max Active Calls/ },
			].map((line) => ({
				...line,
				...(line.note && { note: expect.stringMatching(line.note) as string }),
			})),
		);
		expect(page).toContain(
			'Columns not read: Comment, SIP Password (SIP passwords are never read from a sheet)',
		);
		expect(JSON.stringify(lines)).not.toContain('secret-1');
		expect(find('more-1')).toMatchObject({
			prefix: '007',
			accessDevice: { deviceName: 'acme-sbc-1' },
		});
		expect(find('more-2')?.prefix ?? null).toBeNull();
		expect(find('more-2')?.accessDevice?.deviceName ?? null).toBeNull();
	});

	it.each(['xlsx', 'biff8', 'ods'])(
		'as a workbook (%s) gives back a workbook',
		async (bookType) => {
			const { installation } = server();
			const cells = [
				['Trunk groups'],
				[],
				[...COLUMNS, 'prefix'],
				['acme-ent', 'acme-hq', `book-${bookType}`, 5, '0044'],
				[],
				['acme-ent', 'acme-hq', 'book-2', 'many', null],
			];
			const { text, file } = await upload({
				content: Uint8Array.from(workbookOf(installation, cells, bookType)),
				fileName: 'book.xlsx',
			});
			expect(text).toContain('2 rows: 1 created, 0 updated, 0 unchanged, 1 refused');
			expect(find(`book-${bookType}`)).toMatchObject({ maxActiveCalls: 5, prefix: '0044' });
			expect(file?.name).toBe('result.xlsx');
			const place = { serviceProviderId: 'acme-ent', groupId: 'acme-hq' };
			expect(linesOf(installation, file!.content)).toEqual([
				{
					...place,
					name: `book-${bookType}`,
					maxActiveCalls: '5',
					prefix: '0044',
					row: '4',
					outcome: 'created',
					note: '',
				},
				{
					...place,
					name: 'book-2',
					maxActiveCalls: 'many',
					prefix: '',
					row: '6',
					outcome: 'refused',
					note: expect.stringContaining('many') as string,
				},
			]);
			const again = await upload({ content: file!.content, fileName: 'result.xlsx' });
			expect(again.text).toContain('0 created, 0 updated, 1 unchanged, 1 refused');
		},
	);

	it('of which Odin lost the answers says that the outcome is unknown', async () => {
		const { simulator } = server();
		const path = '/groups/trunk-groups';
		simulator.addFault({ kind: 'status', status: 500, method: 'POST', path });
		simulator.addFault({ kind: 'status', status: 400, method: 'GET', path, skip: 1, times: 99 });
		const { page, lines } = await resultOf(`${HEAD}\n${HQ},lost-1,5`);
		simulator.clearFaults();
		expect(page).toContain('1 unknown: look in Odin');
		expect(page).toContain('Row 2 unknown: ');
		expect(lines).toMatchObject([{ outcome: 'unknown' }]);
	});
}
