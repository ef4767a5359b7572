/** Prettier aligns the columns. */
export function table(head: readonly string[], rows: ReadonlyArray<readonly string[]>): string {
	const line = (cells: readonly string[]): string =>
		`| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
	return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

export const code = (value: unknown): string =>
	`\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;

export const page = (...blocks: string[]): string => `${blocks.join('\n\n')}\n`;
