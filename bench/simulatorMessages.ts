import type { IDataObject } from 'n8n-workflow';

/** Between a request and its answer, as over a WAN. */
export const LATENCY_MS = 20;

export interface Account extends IDataObject {
	baseUrl: string;
	username: string;
	password: string;
}

/** What reached the simulator since it was cleared. */
export interface Traffic {
	requests: number;
	/** How many of them created a trunk group */
	created: number;
	peakInFlight: number;
	/** From the arrival of the first request to the last answer */
	sendingMs: number;
}

export type ToSimulator = 'clear' | 'traffic';

export type FromSimulator =
	| { kind: 'started'; account: Account }
	| { kind: 'cleared' }
	| ({ kind: 'traffic' } & Traffic);
