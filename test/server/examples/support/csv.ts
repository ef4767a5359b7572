const BYTE_ORDER_MARK = /^\uFEFF/;
const CELL = /(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g;

const cells = (line: string): string[] =>
	[...line.matchAll(CELL)].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '');

/** The rows of a CSV file by its column names; no cell of the examples has a line break. */
export function readCsv(text: string): Array<Record<string, string>> {
	const [head = '', ...lines] = text.replace(BYTE_ORDER_MARK, '').trimEnd().split(/\r?\n/);
	const names = cells(head);
	return lines.map((line) => {
		const row = cells(line);
		return Object.fromEntries(names.map((name, index) => [name, row[index] ?? '']));
	});
}
