import type { Account } from './simulatorMessages';
import type { Measured } from './workflow';

/** What a process is to run once, with nothing else in it. */
export interface MemoryTask {
	account: Account;
	n8nNodesBase: string;
	node: Measured;
	items: number;
}

/** In bytes, above the idle engine with the items in front of the node. */
export interface MemoryUse {
	/** Highest resident set */
	peak: number;
	/** What is still held when the node is done, output included, after a garbage collection */
	held: number;
}
