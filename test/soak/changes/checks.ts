import type { IDataObject } from 'n8n-workflow';

import { mask, secretsIn } from '../../../nodes/Odin/secrets/redact';
import type { JsonObject } from '../../../nodes/Odin/values/json';
import type { Network, RecordedRequest } from '../../../simulator';
import type { RunResult } from '../../engine/harness';
import { claimOf } from '../claims';
import { metConflict } from '../sipTrunks/checks';
import {
	changedFields,
	changedParts,
	copyOf,
	fieldIn,
	hasSame,
	isSame,
	type Json,
	type State,
} from './state';
import type { Change, Part, Task } from './tasks';

/** What somebody else changed, and what Odin had of it then. */
export interface Meddled extends Change {
	left: unknown;
}

/** A plan that was approved, and what Odin had when it was made. */
export interface Approval {
	planId: string;
	preview: Json;
	seen: State;
	/** What somebody else has changed since */
	meddled?: Meddled;
}

/** One task in one execution. */
export interface Attempt {
	task: Task;
	/** What is asked: the write itself, or that it is undone */
	isUndo: boolean;
	approval: Approval | undefined;
	/** What Odin had before and after the execution */
	start: State;
	end: State;
	/** All that reached Odin meanwhile */
	requests: readonly RecordedRequest[];
	/** Of an undo: what Odin had before the write, and its output item */
	write?: { before: State; item: Json };
}

const READS_BY_POST = /^\/(auth\/.*|groups\/devices\/users|(sip-)?password\/generate)$/;

export const isWrite = ({ method, path }: { method: string; path: string }): boolean =>
	method !== 'GET' && !READS_BY_POST.test(path);

const writesOf = ({ task, requests }: Pick<Attempt, 'task' | 'requests'>): RecordedRequest[] =>
	requests.filter((request) => isWrite(request) && task.isAbout(request));

const stepsIn = (json: Json): Json[] => (Array.isArray(json.steps) ? (json.steps as Json[]) : []);

/** The requests of a preview, or of its steps. */
const approvedRequests = ({ preview }: Approval): unknown[] =>
	[preview, ...stepsIn(preview)].flatMap(({ request }) => (request ? [request] : []));

/** Whether Odin did what it then refused as a conflict: nobody can tell whose that is. */
export const metOwnConflict = ({ task, requests }: Pick<Attempt, 'task' | 'requests'>): boolean =>
	task.row
		? metConflict({ requests: [...requests] }, task.row)
		: writesOf({ task, requests }).some(
				({ method, status }) => method === 'POST' && status === 409,
			);

/** The fields of a record that decide whether a plan is still the approved one; undefined: all of them. */
function relevantFields({ task, isUndo, write }: Attempt): string[] | undefined {
	if (!isUndo) return Object.keys(task.wanted ?? {});
	const { outcome } = write!.item;
	return outcome === 'created'
		? undefined
		: changesIn(write!.item).map(({ field }) => String(field));
}

const changesIn = (json: Json): Json[] =>
	Array.isArray(json.changes) ? (json.changes as Json[]) : [];

const stepOf = (json: Json, { name, userId }: Pick<Part, 'name' | 'userId'>): Json | undefined =>
	stepsIn(json).find(
		({ step, subject }) =>
			step === name && (userId === undefined || String(subject).includes(`'${userId}'`)),
	);

/** Whether a plan can't be the approved one any more, or must be. */
function validity(attempt: Attempt, approval: Approval): 'holds' | 'broken' | 'open' {
	const { task, start, isUndo, write } = attempt;
	const isUntouched = changedParts(approval.seen, start).length === 0;
	const { meddled } = approval;
	if (meddled && !task.parts.includes(meddled.part)) {
		// Somebody uses what may have to go.
		const plan = task.row ? stepOf(approval.preview, { name: 'trunkGroup' }) : approval.preview;
		return plan?.outcome === 'deleted' ? 'broken' : 'open';
	}
	if (task.row) {
		const step = meddled && stepOf(approval.preview, meddled.part);
		const isTouched = changesIn(step ?? {}).some(({ field }) =>
			meddled?.fields?.includes(String(field)),
		);
		const isBroken = step?.outcome === 'deleted' || isTouched;
		if (isBroken) return 'broken';
		return isUntouched && task.row.isAlone ? 'holds' : 'open';
	}
	const part = task.parts[0]!;
	const [seen, now] = [approval.seen.get(part), start.get(part)];
	const fields = relevantFields(attempt);
	const aim = isUndo ? write!.before.get(part) : task.wanted;
	if (hasSame(seen, now, fields) || hasSame(aim, now, fields)) return 'holds';
	return 'broken';
}

/** What the node sends in several requests: one after the other, and without what is done already. */
const IN_PARTS = /services|dns/;

/** Whether a request is an approved one, or a part of it. */
const isWithin = (request: Json, approved: Json): boolean =>
	isSame(request, approved) || (IN_PARTS.test(String(request.path)) && isPartOf(request, approved));

function isPartOf(one: unknown, whole: unknown): boolean {
	if (typeof one !== 'object' || one === null) return isSame(one, whole);
	if (Array.isArray(one)) {
		return one.every(
			(part) => Array.isArray(whole) && whole.some((other) => isPartOf(part, other)),
		);
	}
	return Object.entries(one).every(([name, part]) => isPartOf(part, fieldIn(whole, name)));
}

/** Writes beside the plan that was approved, and writes of a preview. */
export function wrongWrites(attempt: Attempt, isPreview: boolean): string[] {
	const { task, approval } = attempt;
	const writes = writesOf(attempt);
	const sent = ({ method, path }: RecordedRequest): string => `${method} ${path}`;
	// Of rows that share a group, nobody can tell whose a request is.
	if (task.row && !task.row.isAlone) return [];
	if (isPreview) return writes.map((one) => `a preview sends ${sent(one)}`);
	if (!approval) return [];
	if (validity(attempt, approval) === 'broken') {
		return writes.map((one) => `${sent(one)} is sent although the plan is another by now`);
	}
	const approved = approvedRequests(approval);
	return writes
		.map(({ method, path, body }) => ({
			...{ method, path },
			body: body ? mask(body as JsonObject) : null,
		}))
		.filter((request) => !approved.some((one) => isWithin(request, one as Json)))
		.map((request) => `was not approved: ${JSON.stringify(request)}`);
}

export const isRefusedPlan = (message: string): boolean =>
	message.startsWith('The state in Odin has changed since the preview of ');

/** What is not so in the message of a task that did not work out. */
export function untrueFailure(attempt: Attempt, message: string): string[] {
	const { approval, start, end } = attempt;
	const changed = changedParts(start, end);
	if (isRefusedPlan(message)) {
		const isUntrue = approval && validity(attempt, approval) === 'holds';
		return [
			...(isUntrue ? ['the plan is told to be another'] : []),
			...(changed.length > 0 ? ['something was written, and the plan is told to be another'] : []),
		];
	}
	const claim = claimOf(message);
	if (claim === undefined) return ['these checks do not know the message'];
	if (attempt.task.row) return [];
	const saysUntouched = claim === 'untouched' && !metOwnConflict(attempt);
	return saysUntouched && changed.length > 0 ? ['it is told as untouched'] : [];
}

/** The fields that are not as they were, but for those that somebody else has changed. */
function changedByRun(
	part: Part,
	before: State,
	end: State,
	meddled: Meddled | undefined,
): string[] {
	const theirs = meddled?.part === part ? meddled : undefined;
	if (theirs && !theirs.fields) return [];
	return changedFields(before.get(part), end.get(part)).filter(
		(field) => !theirs?.fields?.includes(field),
	);
}

/** What an undo that did not work out tells as taken back, and is not. */
export function untrueSteps(
	{ task, isUndo, end, write }: Attempt,
	json: Json,
	meddled: Meddled | undefined,
): string[] {
	const { undone, stays = [] } = (json.details ?? {}) as { undone?: Json[]; stays?: Json[] };
	if (!isUndo || !undone) return [];
	const done = undone.filter(({ outcome }) => outcome !== 'unchanged');
	const [, told] = /(\d+) of \d+ steps were taken back/.exec(String(json.error)) ?? [];
	const steps: Json = { steps: done };
	const untrue = task.parts.filter(
		(part) =>
			!part.isShared &&
			stepOf(steps, part) &&
			!stepOf({ steps: stays }, part) &&
			changedByRun(part, write!.before, end, meddled).length > 0,
	);
	return [
		...(Number(told) === done.length ? [] : [`${done.length} steps were taken back`]),
		...untrue.map(({ name }) => `${name} is told as taken back`),
	];
}

/** What is not so in the item of a task that was written. */
export function untrueSuccess(attempt: Attempt, json: Json): string[] {
	const { task, start, end } = attempt;
	const isUntouched = changedParts(start, end).length === 0;
	const wrong: string[] = [];
	if (!task.row && !attempt.isUndo) {
		const now = end.get(task.parts[0]!);
		const isAsWanted = task.wanted
			? hasSame(task.wanted, now, Object.keys(task.wanted))
			: now === undefined;
		if (!isAsWanted) wrong.push('it is not as asked');
	}
	const saysUntouched = json.outcome === 'unchanged' || json.deleted === false;
	const isExact = 'outcome' in json || 'deleted' in json;
	if (isExact && !metOwnConflict(attempt) && (!task.row || task.row.isAlone)) {
		if (saysUntouched && !isUntouched) wrong.push('something was written');
		if (!saysUntouched && isUntouched && !task.row) wrong.push('nothing was written');
	}
	return wrong;
}

/** Why something is left where nobody has changed it since. */
const STAYS_ANYWAY =
	/can't be cleared|is or has a password|no way to remove a SIP password|without the service 'Trunk Group'|its outcome was unknown|^\S+ is used by user/;

/** What an undo has not given back and does not tell, and what it took from somebody else. */
export function wrongUndo(
	attempt: Attempt,
	json: Json,
	meddled: Meddled | undefined,
	network: Network,
): string[] {
	const { task, end, write } = attempt;
	const stays = (json.stays ?? []) as Json[];
	const wrong: string[] = [];
	if (meddled && !hasSame(meddled.left, copyOf(meddled.part.find(network)), meddled.fields)) {
		wrong.push(`what somebody else did to ${meddled.part.name} is gone`);
	}
	for (const part of task.parts) {
		if (part.isShared) continue;
		const left = changedByRun(part, write!.before, end, meddled).filter(
			(field) => !isTold(stays, part, field, write!.before.get(part)),
		);
		if (left.length > 0) wrong.push(`${part.name} keeps ${left.join(', ')}`);
	}
	if (!meddled && (!task.row || task.row.isAlone)) {
		for (const { field, reason } of stays) {
			if (!STAYS_ANYWAY.test([field, reason].join(' '))) {
				wrong.push(`stays: ${String(field)} ${String(reason)}`);
			}
		}
	}
	return wrong;
}

/** Whether an undo says that it leaves this. */
function isTold(
	stays: readonly Json[],
	{ name, userId }: Part,
	field: string,
	before: unknown,
): boolean {
	return stays.some((stay) => {
		if (stay.step === undefined)
			return before === undefined || [undefined, field].includes(stay.field as string);
		// What a user has goes, or stays, with the user.
		const isOfUser = userId !== undefined && stay.step === 'user';
		const isStep = stay.step === name || isOfUser;
		return isStep && (userId === undefined || String(stay.subject).includes(`'${userId}'`));
	});
}

/** What takes the place of a password is shorter. */
const SHORTEST_SECRET = 6;

/** Passwords and tokens in what n8n shows or stores of an execution, but for those that an item asks for. */
export function leaks(
	tasks: readonly Task[],
	{
		run,
		items,
		requests,
	}: { run: RunResult; items: readonly IDataObject[]; requests: readonly RecordedRequest[] },
	{ odinPassword, mayShow }: { odinPassword: string; mayShow: boolean },
): string[] {
	const secrets = new Set([
		odinPassword,
		...tasks.flatMap((task) => task.secrets),
		...secretsIn(items),
	]);
	for (const { headers, body } of requests) {
		secrets.add(headers.authorization?.replace(/^Bearer /, '') ?? odinPassword);
		const { password, newPassword } = (body ?? {}) as Json;
		for (const one of [password, ...(mayShow ? [] : [newPassword])]) {
			if (typeof one === 'string') secrets.add(one);
		}
	}
	// n8n itself merges the input item into the error item.
	const own = run.output.flat().map(({ json, pairedItem }) => {
		const given = items[(pairedItem as { item: number }).item] ?? {};
		return Object.fromEntries(
			Object.entries(json).filter(([name]) => !(name in given) || name === 'outcome'),
		);
	});
	const shown = JSON.stringify([own, run.error, run.hints, run.logs]);
	return [...secrets]
		.filter((secret) => secret.length >= SHORTEST_SECRET)
		.flatMap((secret) => (shown.includes(secret) ? [`Shown: ${secret}`] : []));
}
