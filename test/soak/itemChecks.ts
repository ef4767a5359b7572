import type { IDataObject } from 'n8n-workflow';

import { claimOf, claimsUntouched, readStopped, takenOff } from './claims';
import type { Executed } from './execution';
import type { Ledger } from './ledger';
import { itemIndex } from './paired';
import { HOME, type Task } from './work';

/** One item that did not work out. */
export interface Failed {
	task: Task;
	message: string;
}

interface Checked {
	violations: string[];
	/** To be run again */
	failed: Failed[];
}

/** Whether Odin holds what a task wants in the end. */
export function holds({ name, newName, wantedCalls }: Task, ledger: Ledger): boolean {
	const isMoved = name !== newName;
	if (isMoved && ledger.profile(name)) return false;
	return ledger.profile(newName)?.maxActiveCalls === wantedCalls;
}

/** Holds what an execution says about each of its items against what Odin has. */
export function checkItems(executed: Executed, ledger: Ledger): Checked {
	const { run } = executed;
	return run.error ? checkStopped(executed, ledger) : checkOutput(executed, ledger);
}

function checkOutput({ tasks, run, ...executed }: Executed, ledger: Ledger): Checked {
	const violations: string[] = [];
	const failed: Failed[] = [];
	const [done = [], errors = []] = run.output;
	for (const items of [done, errors]) {
		const order = items.map(itemIndex);
		if (order.some((index, place) => place > 0 && index <= order[place - 1]!)) {
			violations.push(`The output is not in input order: ${order.join(' ')}`);
		}
	}
	const indexes = [...done, ...errors].map(itemIndex).sort((one, other) => one - other);
	if (indexes.join(' ') !== [...tasks.keys()].join(' ')) {
		violations.push(`${tasks.length} items went in, and these came out: ${indexes.join(' ')}`);
	}
	for (const item of done) {
		const task = tasks[itemIndex(item)];
		const wrong = task && wrongSuccess(task, item.json, { tasks, run, ...executed }, ledger);
		if (wrong) violations.push(`${task.name}: ${wrong} in ${JSON.stringify(item.json)}`);
	}
	for (const item of errors) {
		const index = itemIndex(item);
		const task = tasks[index];
		if (!task) continue;
		const { error, details } = item.json as { error?: string; details?: IDataObject };
		const prefix = tasks.length === 1 ? '' : `Item ${index}: `;
		if (!error?.startsWith(prefix) || item.json.name !== task.name) {
			violations.push(`${task.name}: the error item is that of another: ${String(error)}`);
			continue;
		}
		const message = error.slice(prefix.length);
		failed.push({ task, message });
		violations.push(
			...untrue(task, message, { tasks, run, ...executed }, ledger, String(details?.description)),
		);
		// Who was taken off must be able to be put back.
		const before = JSON.stringify(details?.before ?? {});
		const lost = takenOff(message).filter((one) => !before.includes(one.split(' ').at(-1)!));
		if (lost.length > 0) violations.push(`${task.name}: ${lost.join('; ')} can't be given back`);
	}
	return { violations, failed };
}

/** What is wrong with an output item. */
function wrongSuccess(
	task: Task,
	json: IDataObject,
	{ creationsBefore, requests }: Executed,
	ledger: Ledger,
): string | undefined {
	if (!holds(task, ledger)) return 'It is not as it should be, and a success is told';
	const created = ledger.creations(task.name) - creationsBefore.get(task.name)!;
	switch (task.share) {
		case 'delete':
		case 'retriedDelete':
			return json.deleted === true ? undefined : 'It was deleted';
		case 'upsert':
		case 'retriedUpsert': {
			const profile = sameProfile(task, json.trunkGroup as IDataObject, ledger);
			const isRight = (json.outcome === 'created') === (created === 1);
			return isRight || (json.outcome !== 'created' && metConflict(task, requests))
				? profile
				: 'The outcome is wrong';
		}
		default:
			return sameProfile(task, json, ledger);
	}
}

/** Whose the trunk group is that Odin refused to create with a conflict, and did create, nobody can tell. */
const metConflict = ({ name }: Task, requests: Executed['requests']): boolean =>
	requests.some(
		({ method, status, body }) =>
			method === 'POST' && status === 409 && (body as IDataObject).name === name,
	);

const sameProfile = ({ newName }: Task, json: IDataObject, ledger: Ledger): string | undefined =>
	JSON.stringify(json) === JSON.stringify({ ...HOME, name: newName, ...ledger.profile(newName) })
		? undefined
		: 'Another profile than that of Odin is';

/** Where a message says something about a trunk group that is not so. */
function untrue(
	task: Task,
	message: string,
	{ before, after, creationsBefore, requests }: Executed,
	ledger: Ledger,
	description = '',
): string[] {
	const { name, newName } = task;
	const told = (what: string) => [`${name}: ${what}: ${message} | ${description}`];
	const isThere = ledger.profile(name) !== undefined;
	const isUntouched =
		[name, newName].every((one) => before.get(one) === after.get(one)) &&
		ledger.creations(name) === creationsBefore.get(name);
	const claim = claimOf(message);
	if (claim === undefined) return told('These checks do not know the message');
	const isThereAsNew = ledger.profile(newName) !== undefined;
	if (['there', 'taken'].includes(claim) && !isThere) return told('It is not there');
	if (['renamed', 'taken'].includes(claim) && !isThereAsNew) return told('It has another name');
	if (claim === 'absent' && (isThere || isThereAsNew)) return told('It is there');
	if (claim === 'undone' && holds(task, ledger)) return told('It was done');
	if (claim === 'cleared' && takenOff(message).some((one) => isOn(one, task, ledger))) {
		return told('Not all of them were taken off');
	}
	const saysUntouched = claim === 'untouched' || claimsUntouched(description);
	if (saysUntouched && !isUntouched && !metConflict(task, requests)) {
		return told('Something was written');
	}
	return [];
}

/** Whether somebody is on the trunk group who is named as taken off. */
function isOn(named: string, { name }: Task, ledger: Ledger): boolean {
	const profile = ledger.profile(name);
	if (named.startsWith('pilot user ')) return (profile?.pilotUserId ?? null) !== null;
	if (named.startsWith('hosted users ')) return ((profile?.users ?? []) as unknown[]).length > 0;
	return ledger.isOnTrunk(named.replace(/^user /, ''), name);
}

function checkStopped(executed: Executed, ledger: Ledger): Checked {
	const { tasks, run } = executed;
	const { message = '', description } = run.error ?? {};
	const stopped = readStopped(message, description ?? '');
	const violations: string[] = [];
	if (run.output.flat().length > 0) violations.push('A node that failed has an output');
	if (stopped.failures.length === 0) violations.push(`No item is named: ${message}`);
	const failed = stopped.failures.map((failure) => {
		const task = tasks[failure.item]!;
		violations.push(...untrue(task, failure.message, executed, ledger));
		return { task, message: failure.message };
	});
	const byName = new Map(tasks.map((task) => [task.name, task]));
	for (const name of stopped.done) {
		const task = byName.get(name);
		if (!task || !holds(task, ledger)) violations.push(`${name} is told as done: ${message}`);
	}
	for (const index of stopped.untried) {
		const { name } = tasks[index]!;
		if (executed.before.get(name) !== executed.after.get(name) && !stopped.done.includes(name)) {
			violations.push(`${name} is told as not tried, and something was written: ${message}`);
		}
	}
	return { violations, failed };
}
