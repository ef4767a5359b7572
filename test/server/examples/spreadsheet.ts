import type { RealN8n } from '../support/realN8n';
import { readCsv } from './support/csv';
import { publishExample } from './support/exampleWorkflow';
import { pageAfterUpload, uploadThroughForm } from './support/form';
import { writes } from './support/writes';

const ROWS = 200;
const FIRST_LINE = 2;
const COLUMNS = ['serviceProviderId', 'groupId', 'name', 'maxActiveCalls'] as const;

type Row = Record<(typeof COLUMNS)[number], string>;

/** Rows that are refused, by their place, with what their note must say. */
const WRONG: Record<number, [change: Partial<Row>, note: RegExp]> = {
	10: [{ name: 'longer than thirty characters are' }, /^'Name' .*30/],
	50: [{ name: 'sheet-3' }, /^'Name' asks a second time .*, which row 5 asks for already$/],
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

export function spreadsheetToTrunkGroups(server: () => RealN8n): void {
	const upload = async () =>
		await uploadThroughForm(`${server().url}/form/odin-spreadsheet`, sheet);

	beforeAll(async () => await publishExample(server(), 'spreadsheet-to-trunk-groups.json'));

	function expectLines(content: string, outcome: string): void {
		const lines = readCsv(content);
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

	it('becomes trunk groups, and the result has a line for each row', async () => {
		const { page, fileName, content } = await upload();
		expect(fileName).toBe('result.csv');
		expect(page).toContain('200 rows, 6 of them refused');
		expectLines(content, 'created');
		expect(writes(server().simulator)).toHaveLength(ROWS - Object.keys(WRONG).length);
	});

	it('uploaded again writes nothing', async () => {
		const { content } = await upload();
		expectLines(content, 'unchanged');
		expect(writes(server().simulator)).toEqual([]);
	});

	it.each([
		['the line of the columns alone', `${COLUMNS.join(',')}\n`],
		['nothing at all', ''],
	])('with %s ends with a page that says so', async (_, content) => {
		const page = await pageAfterUpload(`${server().url}/form/odin-spreadsheet`, content);
		expect(page).toContain('The sheet has no rows');
		expect(writes(server().simulator)).toEqual([]);
	});

	it('with other values says in the result what was changed', async () => {
		const changed = [COLUMNS, ['acme-ent', 'acme-hq', 'sheet-0', '2']].join('\n');
		const { content } = await uploadThroughForm(`${server().url}/form/odin-spreadsheet`, changed);
		expect(readCsv(content)).toMatchObject([{ outcome: 'updated', note: 'maxActiveCalls: 1 → 2' }]);
	});
}
