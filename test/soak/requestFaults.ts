import type { Fault, FaultCandidate } from '../../simulator';
import { Dice } from './dice';
import type { FaultRow, Role } from './faultKinds';
import { MetFaults } from './metFaults';

/** Faults in a row that pass while the node still sends again. */
const MOST_PASSING = 2;

const READS_BY_POST = ['/groups/devices/users', '/password/generate', '/sip-password/generate'];

/** Read only to take something back, which a refusal would leave there. */
const isReadToUndo = ({ method, path, query }: FaultCandidate): boolean =>
	method === 'GET' && path === '/groups/trunk-groups' && query.name === undefined;

/** What a request is for. Numbers and services are changed by whatever method: each is read back. */
function roleOf({ method, path }: FaultCandidate): Role {
	if (method === 'GET' || READS_BY_POST.includes(path)) return 'read';
	if (path === '/groups/dns') return 'change';
	return ({ POST: 'create', DELETE: 'remove' } as const)[method as 'POST'] ?? 'change';
}

/** Whether it takes something back: what is refused then has to stay. */
function takesBack({ method, path, body }: FaultCandidate): boolean {
	if (method === 'DELETE') return true;
	const text = JSON.stringify(body ?? null);
	return (
		/"(pilotUserId|trunkAddressing)":null|"assigned":false|"authorized":false/.test(text) ||
		(path === '/groups/dns' && text.includes('"activated":false'))
	);
}

function keyOf(role: Role, { method, path, query, body }: FaultCandidate): string {
	if (role === 'read') return JSON.stringify([path, query, method === 'POST' ? body : '']);
	const { userId, name, deviceName, dns, groupId, serviceProviderId } = (body ?? query) as Record<
		string,
		unknown
	>;
	const about = userId ?? query.userId ?? name ?? query.name ?? deviceName ?? query.deviceName;
	return JSON.stringify([method, path, about ?? dns ?? groupId ?? serviceProviderId]);
}

interface Phase {
	/** Also what takes something back is refused, and the lists that are read for it: somebody runs it again */
	refusesTakingBack?: boolean;
	/** How likely a read is refused. Default 0.015. */
	refusedReads?: number;
}

/** Which request meets which fault, by the seed, by what it is about and by the how-manieth of its kind it is. */
export class RequestFaults extends MetFaults {
	private readonly schedules = new Map<string, Fault[]>();

	private phase: Phase & { name: string } = { name: '' };

	constructor(
		private readonly seed: number,
		otherHost: string,
	) {
		super(otherHost);
	}

	/** From now on the same requests meet other faults. */
	enter(name: string, phase: Phase = {}): void {
		this.phase = { name, ...phase };
		this.schedules.clear();
	}

	protected requestFault(request: FaultCandidate): Fault | undefined {
		if (request.path.startsWith('/auth/') || !request.hasSession()) return undefined;
		const role = roleOf(request);
		const key = keyOf(role, request);
		let schedule = this.schedules.get(key);
		if (!schedule) {
			const isPassing =
				!this.phase.refusesTakingBack && (takesBack(request) || isReadToUndo(request));
			schedule = this.scheduleFor(role, key, isPassing);
			this.schedules.set(key, schedule);
		}
		return schedule.shift();
	}

	/** What ends an item comes first, so that nothing is left of it for taking back. */
	private scheduleFor(role: Role, key: string, isPassing: boolean): Fault[] {
		const dice = new Dice(this.seed, this.phase.name, role, key);
		const rows = this.kinds.filter(({ notFor }) => !notFor?.includes(role));
		const schedule: Fault[] = [];
		const { refusedReads = 0.015 } = this.phase;
		const [ends, passes] = role === 'read' ? [refusedReads, 0.08] : [0.06, 0.2];
		const meet = ({ fault, ends: times = 1 }: FaultRow): void => {
			for (let time = 0; time < times; time += 1) schedule.push(fault);
		};
		if (!isPassing && dice.chance(ends)) {
			meet(dice.weighted(rows.filter((row) => row.ends !== undefined)));
		}
		if (dice.chance(passes)) {
			const passing = rows.filter((row) => row.ends === undefined);
			// A session that ends in between costs a try as well.
			const most = isPassing ? 1 : MOST_PASSING;
			for (let count = dice.between(1, most); count > 0; count -= 1) {
				meet(dice.weighted(passing));
			}
		}
		return schedule;
	}
}
