import type { Account } from './simulatorMessages';
import type { Measured } from './workflow';

/** What a process is to run, with nothing else in it. */
export interface MemoryTask {
	account: Account;
	n8nNodesBase: string;
	node: Measured;
	items: number;
}

/** Highest memory in bytes, above the idle engine with the items in front of the node. */
export interface MemoryUse {
	/** Resident set, in an engine that has done next to nothing before */
	first: number;
	/** Resident set, in an engine that did as much before */
	again: number;
	/** What can't be freed: heap and external memory after a garbage collection */
	live: number;
}
