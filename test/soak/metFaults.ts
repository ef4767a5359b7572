import type { Fault, FaultCandidate } from '../../simulator';
import { faultKinds, LOGIN_FAULTS, type FaultRow } from './faultKinds';

/** Every so many logins meet a fault. */
const LOGIN_RHYTHM = 3;

/** Decides which request meets a fault, and counts those that were met. */
export abstract class MetFaults {
	/** How often each fault was met, by `kind status` */
	readonly met = new Map<string, number>();

	protected readonly kinds: FaultRow[];

	private logins = 0;

	constructor(otherHost: string) {
		this.kinds = faultKinds(otherHost);
	}

	readonly decide = (request: FaultCandidate): Fault | undefined => {
		const fault = request.path === '/auth/token' ? this.loginFault() : this.requestFault(request);
		if (fault) {
			const label = labelOf(fault);
			this.met.set(label, (this.met.get(label) ?? 0) + 1);
		}
		return fault;
	};

	/** The kinds that are in the tables, as `met` names them. */
	allKinds(): string[] {
		return [...new Set(this.kinds.map(({ fault }) => labelOf(fault)))];
	}

	protected abstract requestFault(request: FaultCandidate): Fault | undefined;

	private loginFault(): Fault | undefined {
		this.logins += 1;
		return this.logins % LOGIN_RHYTHM === 0
			? LOGIN_FAULTS[(this.logins / LOGIN_RHYTHM - 1) % LOGIN_FAULTS.length]
			: undefined;
	}
}

const labelOf = ({ kind, status, paceMs }: Fault): string =>
	[kind, status, paceMs].filter((part) => part !== undefined).join(' ');
