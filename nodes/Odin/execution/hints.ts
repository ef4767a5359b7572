import type { IExecuteFunctions } from 'n8n-workflow';

const MAX_RANGES = 10;

/** More would hide the output that they stand above. */
const MAX_HINTS = 30;

/** What was unusual in a run, each thing said once with the items it concerns. */
export class Hints {
	private readonly items = new Map<string, number[]>();

	add(itemIndex: number, message: string): void {
		const indexes = this.items.get(message) ?? [];
		indexes.push(itemIndex);
		this.items.set(message, indexes);
	}

	/** Shows them above the node's output. */
	show(context: IExecuteFunctions): void {
		const texts = [...this.items].map(
			([message, indexes]) => `${message} (${itemsText(indexes)}).`,
		);
		const more = texts.length - MAX_HINTS;
		const shown = texts.slice(0, MAX_HINTS);
		if (more > 0) shown.push(`${more} more hints are not shown.`);
		const hints = shown.map((message) => ({
			message,
			type: 'warning' as const,
			location: 'outputPane' as const,
		}));
		if (hints.length > 0) context.addExecutionHints(...hints);
	}
}

function rangeText({ from, to }: { from: number; to: number }): string {
	if (from === to) return `${from}`;
	return to === from + 1 ? `${from}, ${to}` : `${from} to ${to}`;
}

/** "item 3" or "items 0 to 4, 7 and 9 more". */
export function itemsText(indexes: number[]): string {
	const ranges: Array<{ from: number; to: number }> = [];
	for (const index of [...indexes].sort((one, other) => one - other)) {
		const range = ranges.at(-1);
		if (range?.to === index - 1) range.to = index;
		else ranges.push({ from: index, to: index });
	}
	const named = ranges.slice(0, MAX_RANGES).map(rangeText).join(', ');
	const more = ranges.slice(MAX_RANGES).reduce((sum, { from, to }) => sum + to - from + 1, 0);
	return `${indexes.length === 1 ? 'item' : 'items'} ${named}${more > 0 ? ` and ${more} more` : ''}`;
}
