/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Installation } from '../../../../scripts/n8n/installation';

type Row = Array<string | number | boolean | null>;

/** The part of SheetJS, which n8n reads and writes workbooks with, that the tests use. */
interface SheetJs {
	read(content: Buffer, options: { raw: true }): Workbook;
	write(workbook: Workbook, options: { type: 'buffer'; bookType: string }): Buffer<ArrayBuffer>;
	utils: {
		aoa_to_sheet(rows: Row[]): object;
		sheet_to_json(sheet: object, options: { header: 1; range: 0 }): Row[];
	};
}

interface Workbook {
	SheetNames: string[];
	Sheets: Record<string, object>;
}

const sheetJs = ({ folder }: Installation): SheetJs =>
	createRequire(join(folder, 'package.json'))('@e965/xlsx') as SheetJs;

/** An Excel workbook with one sheet. */
export function workbookOf(
	installation: Installation,
	rows: Row[],
	bookType = 'xlsx',
): Buffer<ArrayBuffer> {
	const { utils, write } = sheetJs(installation);
	const workbook = { SheetNames: ['Sheet'], Sheets: { Sheet: utils.aoa_to_sheet(rows) } };
	return write(workbook, { type: 'buffer', bookType });
}

/** The rows of a CSV file or of the first sheet of a workbook, by the headings in the first one. */
export function linesOf(
	installation: Installation,
	content: Buffer,
): Array<Record<string, string>> {
	const { utils, read } = sheetJs(installation);
	const { SheetNames, Sheets } = read(content, { raw: true });
	const [head = [], ...rows] = utils.sheet_to_json(Sheets[SheetNames[0] ?? ''] ?? {}, {
		header: 1,
		range: 0,
	});
	return rows.map((row) =>
		Object.fromEntries(head.map((name, index) => [String(name), String(row[index] ?? '')])),
	);
}
