import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { KnownSecrets } from '../secrets/known';
import type { ItemOutcome, ItemResult, PreparedItem, Step } from './operation';

/** What earlier tries of one run of the node left behind, by item. */
interface Tries {
	runIndex: number;
	done: Map<number, { subject: string; result: ItemResult }>;
	/** Items that were begun: perhaps carried out, perhaps in part */
	begun: Map<number, { prepared: PreparedItem; result: ItemResult }>;
	/** What no message may show: Odin may still quote what an earlier try sent, such as a password made for it */
	secrets: KnownSecrets;
	/** The same by item */
	secretsOf: Map<number, KnownSecrets>;
	/** It was told that somebody stopped the execution */
	stopIsTold: boolean;
}

/**
 * n8n's Retry On Fail calls the node again with all items. Its context object of the node stays the same in these tries,
 * so it can stand for them; what is remembered is held beside it, in memory: n8n stores the object itself with the
 * execution, where passwords that were asked for have no place.
 */
const triesOf = new WeakMap<IDataObject, Tries>();

/** The items that earlier tries of this run finished, so that they are not sent again. */
export class RetryMemory {
	private readonly ownSecrets = new KnownSecrets();

	private constructor(private readonly tries: Tries | undefined) {}

	static of(context: IExecuteFunctions): RetryMemory {
		if (context.getNode().retryOnFail !== true) return new RetryMemory(undefined);
		const runIndex = Number(context.getWorkflowDataProxy(0).$runIndex);
		const key = context.getContext('node');
		let tries = triesOf.get(key);
		// In a loop the node runs again with other items.
		if (tries?.runIndex !== runIndex) {
			tries = {
				runIndex,
				done: new Map(),
				begun: new Map(),
				secrets: new KnownSecrets(),
				secretsOf: new Map(),
				stopIsTold: false,
			};
			triesOf.set(key, tries);
		}
		return new RetryMemory(tries);
	}

	/** Those of the credential, also of earlier tries; what is added stays for later ones. */
	get secrets(): KnownSecrets {
		return this.tries?.secrets ?? this.ownSecrets;
	}

	/** With those of one item, also of its earlier tries. */
	secretsOf(item: number): KnownSecrets {
		const known = this.tries?.secretsOf.get(item) ?? this.secrets.forItem();
		this.tries?.secretsOf.set(item, known);
		return known;
	}

	/**
	 * What an earlier try of the item gave. Only for the same subject: two calls of a tool by an agent are two runs, but
	 * it is for n8n to number them.
	 */
	resultOf(item: number, { subject }: PreparedItem): ItemResult | undefined {
		const done = this.tries?.done.get(item);
		return done?.subject === subject ? done.result : undefined;
	}

	/** An item that was begun goes on from where it was: it knows what it sent, and what of that is in doubt. */
	stepOf(item: number, step: Step): Step {
		const begun = this.tries?.begun.get(item);
		return begun && 'prepared' in step && begun.prepared.subject === step.prepared.subject
			? { prepared: begun.prepared }
			: step;
	}

	/**
	 * What is known of an item after all tries; a skipped retry keeps the earlier result. Without a step: the execution was
	 * cancelled before the item was read again.
	 */
	outcomeOf(item: number, step: Step | undefined, result: ItemResult | undefined): ItemOutcome {
		const begun = this.tries?.begun.get(item);
		if (step && !('prepared' in step)) return { subject: step.subject, result };
		const subject = step?.prepared.subject ?? begun?.prepared.subject;
		const done = this.tries?.done.get(item);
		if (done && (!step || done.subject === subject)) return done;
		const isOfThis = begun && (!step || begun.prepared === step.prepared);
		return { subject, result: isOfThis ? begun.result : result };
	}

	/** Whether it is to be told that the execution was stopped: n8n calls the node again after that (n8n-core 2.40). */
	shouldLogStop(): boolean {
		if (!this.tries) return true;
		const { stopIsTold } = this.tries;
		this.tries.stopIsTold = true;
		return !stopIsTold;
	}

	keep(item: number, prepared: PreparedItem, result: ItemResult): void {
		if (!this.tries) return;
		const { done, begun } = this.tries;
		if ('json' in result || result.isFinal) done.set(item, { subject: prepared.subject, result });
		else if (result.failure.kind !== 'stopped' || !begun.has(item)) {
			begun.set(item, { prepared, result });
		}
	}
}
