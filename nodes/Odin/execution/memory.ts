import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { ItemResult, PreparedItem, Step } from './operation';

/** What earlier tries of one run of the node left behind, by item. */
interface Tries {
	runIndex: number;
	done: Map<number, IDataObject[]>;
	/** Items of which it is not known whether they were carried out */
	doubtful: Map<number, PreparedItem>;
}

/**
 * n8n's Retry On Fail calls the node again with all items. Its context object of the node stays the same in these tries,
 * so it can stand for them; what is remembered is held beside it, in memory: n8n stores the object itself with the
 * execution, where passwords that were asked for have no place.
 */
const triesOf = new WeakMap<IDataObject, Tries>();

/** The items that earlier tries of this run finished, so that they are not sent again. */
export class Memory {
	private constructor(private readonly tries: Tries | undefined) {}

	static of(context: IExecuteFunctions): Memory {
		if (context.getNode().retryOnFail !== true) return new Memory(undefined);
		const runIndex = Number(context.getWorkflowDataProxy(0).$runIndex);
		const key = context.getContext('node');
		let tries = triesOf.get(key);
		// In a loop the node runs again with other items.
		if (tries?.runIndex !== runIndex) {
			tries = { runIndex, done: new Map(), doubtful: new Map() };
			triesOf.set(key, tries);
		}
		return new Memory(tries);
	}

	/** What an earlier try of the item gave. */
	resultOf(item: number): ItemResult | undefined {
		const json = this.tries?.done.get(item);
		return json && { json };
	}

	/** An item of doubtful outcome goes on from where it was: it knows what it sent. */
	stepOf(item: number, step: Step): Step {
		const prepared = this.tries?.doubtful.get(item);
		return prepared && 'prepared' in step ? { prepared } : step;
	}

	keep(item: number, { prepared }: { prepared: PreparedItem }, result: ItemResult): void {
		if (!this.tries) return;
		if ('json' in result) this.tries.done.set(item, result.json);
		else if (result.failure.kind === 'lost' || result.failure.isDoubtful) {
			this.tries.doubtful.set(item, prepared);
		}
	}
}
