import type { IExecuteFunctions } from 'n8n-workflow';

const MAX_ITEMS = 10;

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
		const hints = [...this.items].map(([message, indexes]) => ({
			message: `${message} (${itemsText(indexes)}).`,
			type: 'warning' as const,
			location: 'outputPane' as const,
		}));
		if (hints.length > 0) context.addExecutionHints(...hints);
	}
}

/** "item 3" or "items 0, 1, 2 and 5 more". */
export function itemsText(indexes: number[]): string {
	const sorted = [...indexes].sort((one, other) => one - other);
	const named = sorted.slice(0, MAX_ITEMS).join(', ');
	const more = sorted.length - MAX_ITEMS;
	return `${sorted.length === 1 ? 'item' : 'items'} ${named}${more > 0 ? ` and ${more} more` : ''}`;
}
