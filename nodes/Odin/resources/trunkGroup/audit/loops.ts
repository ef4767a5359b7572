import type { Key } from '../../../model/key';
import { trunkGroupId, type Situation } from '../routes';
import type { Loop } from './facts';

/** A trunk group with where it reroutes to. */
export interface Node {
	key: Key;
	steps: ReadonlyArray<{ situation: Situation; to: Key }>;
}

/** Beyond this a way would be no text that anybody reads; so many ways in one net are never looked for. */
const LONGEST_PATH = 20;

/** The trunk groups that reroute to themselves in the end, by their id. Takes linear time. */
export function loopsIn(nodes: ReadonlyMap<string, Node>): Map<string, Loop> {
	const loops = new Map<string, Loop>();
	for (const members of cyclesIn(nodes)) {
		const inside = new Set(members);
		for (const id of members) {
			const { steps } = nodes.get(id)!;
			loops.set(id, {
				size: members.length,
				path: members.length > LONGEST_PATH ? [] : pathFrom(id, nodes, inside),
				situations: steps.flatMap(({ situation, to }) =>
					inside.has(trunkGroupId(to)) ? [situation] : [],
				),
			});
		}
	}
	return loops;
}

/** The shortest way back to where it began. */
function pathFrom(
	start: string,
	nodes: ReadonlyMap<string, Node>,
	inside: ReadonlySet<string>,
): Key[] {
	const before = new Map<string, string>();
	const queue = [start];
	for (const id of queue) {
		for (const { to } of nodes.get(id)!.steps) {
			const next = trunkGroupId(to);
			if (next === start) return wayTo(id, before).map((step) => nodes.get(step)!.key);
			if (!inside.has(next) || before.has(next)) continue;
			before.set(next, id);
			queue.push(next);
		}
	}
	return [];
}

function wayTo(end: string, before: ReadonlyMap<string, string>): string[] {
	const way: string[] = [];
	for (let id: string | undefined = end; id !== undefined; id = before.get(id)) way.unshift(id);
	return way;
}

/** The strongly connected components that hold a cycle (Tarjan's algorithm, without recursion: chains may be long). */
function cyclesIn(nodes: ReadonlyMap<string, Node>): string[][] {
	const index = new Map<string, number>();
	const lowest = new Map<string, number>();
	const open: string[] = [];
	const isOpen = new Set<string>();
	const cycles: string[][] = [];
	const nextOf = (id: string): string[] =>
		nodes
			.get(id)!
			.steps.map(({ to }) => trunkGroupId(to))
			.filter((next) => nodes.has(next));

	const enter = (id: string): { id: string; next: string[] } => {
		index.set(id, index.size);
		lowest.set(id, index.get(id)!);
		open.push(id);
		isOpen.add(id);
		return { id, next: nextOf(id) };
	};
	const lower = (id: string, to: number): void => {
		lowest.set(id, Math.min(lowest.get(id)!, to));
	};
	const leave = (id: string): void => {
		if (lowest.get(id) !== index.get(id)) return;
		const members = open.splice(open.lastIndexOf(id));
		for (const member of members) isOpen.delete(member);
		if (members.length > 1 || nextOf(id).includes(id)) cycles.push(members);
	};

	for (const root of nodes.keys()) {
		if (index.has(root)) continue;
		const visits = [enter(root)];
		for (let visit = visits.at(-1); visit; visit = visits.at(-1)) {
			const next = visit.next.pop();
			if (next === undefined) {
				visits.pop();
				leave(visit.id);
				const parent = visits.at(-1);
				if (parent) lower(parent.id, lowest.get(visit.id)!);
			} else if (!index.has(next)) {
				visits.push(enter(next));
			} else if (isOpen.has(next)) {
				lower(visit.id, index.get(next)!);
			}
		}
	}
	return cycles;
}
