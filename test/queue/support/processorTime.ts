/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { readdir, readFile } from 'node:fs/promises';

/** Linux counts processor time in hundredths of a second. */
const TICK_MS = 10;

interface Usage {
	pid: number;
	parent: number;
	group: number;
	milliseconds: number;
}

async function usageOf(pid: string): Promise<Usage | undefined> {
	const line = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
	// After the name, which may contain anything, in brackets: state, parent, group, … user and system time.
	const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
	if (fields.length < 15) return undefined;
	const [user, system, endedUser, endedSystem] = fields.slice(11, 15).map(Number);
	const ticks = (user ?? 0) + (system ?? 0) + (endedUser ?? 0) + (endedSystem ?? 0);
	return {
		pid: Number(pid),
		parent: Number(fields[1]),
		group: Number(fields[2]),
		milliseconds: ticks * TICK_MS,
	};
}

/** What the processes, their groups and their children have used so far, in milliseconds of one core. Linux only. */
export async function processorTime(pids: readonly number[]): Promise<number> {
	const numbers = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
	const usages = (await Promise.all(numbers.map(usageOf))).filter((usage) => usage !== undefined);
	return usages
		.filter(({ pid, parent, group }) => [pid, parent, group].some((id) => pids.includes(id)))
		.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
}
