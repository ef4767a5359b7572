import { CHECKS } from './checks';
import type { Missing } from './tryVersion';

/** What a version lacks, or why it could not be tried. */
export type Outcome = Missing | string;

const row = (cells: string[], widths: number[]): string =>
	cells
		.map((cell, column) => cell.padEnd(widths[column] ?? 0))
		.join('  ')
		.trimEnd();

/** A line for each version, and below it the reasons for every "no". */
export function describeOutcomes(outcomes: ReadonlyMap<string, Outcome>): string {
	const titles = CHECKS.map(({ title }) => title);
	const header = ['n8n', 'loads', ...titles];
	const rows = [...outcomes].map(([version, outcome]) =>
		typeof outcome === 'string'
			? [version, 'no', ...titles.map(() => '-')]
			: [version, 'yes', ...titles.map((title) => (outcome.has(title) ? 'no' : 'yes'))],
	);
	const widths = header.map((title, column) =>
		Math.max(title.length, ...rows.map((cells) => cells[column]?.length ?? 0)),
	);
	const reasons = [...outcomes].flatMap(([version, outcome]) =>
		typeof outcome === 'string'
			? [`${version}: ${outcome}`]
			: [...outcome].map(([title, reason]) => `${version}, ${title}: ${reason}`),
	);
	const lines = [header, ...rows].map((cells) => row(cells, widths));
	return [...lines, ...(reasons.length > 0 ? ['', ...reasons] : [])].join('\n');
}
