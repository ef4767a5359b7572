import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { Network, RecordedRequest } from '../../../simulator';
import type { RunResult } from '../../engine/harness';
import { claimOf } from '../claims';
import { itemIndex } from '../paired';
import type { Row } from './rows';
import { isSame, lacks, leftOf, snapshot, stepsOf } from './state';

/** One execution of the node. */
export interface ExecutedRows {
	rows: Row[];
	run: RunResult;
	/** What Odin had of each row before */
	before: unknown[][];
	/** Whether another execution was about the same rows at the same time */
	isTwice: boolean;
	/** What reached Odin meanwhile, of other executions too */
	requests: RecordedRequest[];
	isTakeDown: boolean;
}

interface Step {
	step: string;
	subject: string;
	outcome: string;
	reason?: string;
}

const DONE = ['created', 'updated'];

/** Odin did what it then refused as a conflict: nobody can tell whose that is. */
export const metConflict = ({ requests }: Pick<ExecutedRows, 'requests'>, row: Row): boolean =>
	requests.some(({ method, status, body }) => {
		const { name, deviceName, userId } = (body ?? {}) as Record<string, unknown>;
		const ids = [row.name, row.deviceName, ...row.users.map((user) => user.userId)];
		const isOfRow = [name, deviceName, userId].some(
			(id) => id !== undefined && ids.includes(id as string),
		);
		return method === 'POST' && status === 409 && isOfRow;
	});

/** Holds what an execution says of its rows against what Odin has. `again`: the rows that did not work out. */
export function checkRows(
	executed: ExecutedRows,
	network: Network,
): { violations: string[]; again: Row[] } {
	const { rows, run } = executed;
	const violations: string[] = [];
	const again: Row[] = [];
	const [done = [], errors = []] = run.output;
	const indexes = [...done, ...errors].map(itemIndex).sort((one, other) => one - other);
	if (indexes.join(' ') !== [...rows.keys()].join(' ')) {
		violations.push(`${rows.length} rows went in, and these came out: ${indexes.join(' ')}`);
	}
	const check = (item: INodeExecutionData, wrongs: (at: number, row: Row) => string[]): void => {
		const at = itemIndex(item);
		const row = rows[at];
		if (!row) return;
		for (const wrong of wrongs(at, row)) {
			violations.push(`row ${row.index}: ${wrong} in ${JSON.stringify(item.json)}`);
		}
	};
	for (const item of done) {
		check(item, (at, row) =>
			executed.isTakeDown
				? leftOf(network, row).map((left) => `${left} is left`)
				: wrongSuccess(executed, network, { at, row }, item.json),
		);
	}
	for (const item of errors) {
		const row = rows[itemIndex(item)];
		if (row) again.push(row);
		check(item, (at, row) =>
			executed.isTakeDown
				? wrongTakeDown(executed, network, { at, row }, item.json)
				: wrongFailure(executed, network, { at, row }, item.json),
		);
	}
	return { violations, again };
}

interface Place {
	at: number;
	row: Row;
}

/** Steps in another order or number than a row has. */
function wrongSteps(row: Row, steps: Step[]): string[] {
	const names = steps.map(({ step }) => step).join(' ');
	const expected = stepsOf(row)
		.map(({ step }) => step)
		.join(' ');
	return names === expected ? [] : [`the steps are not ${expected}`];
}

function wrongSuccess(
	{ before, isTwice, requests }: ExecutedRows,
	network: Network,
	{ at, row }: Place,
	json: IDataObject,
): string[] {
	const steps = (json.steps ?? []) as unknown as Step[];
	const wrong = wrongSteps(row, steps);
	if (wrong.length > 0) return wrong;
	const missing = lacks(network, row).filter((step) => !SHARED.includes(step));
	if (missing.length > 0) wrong.push(`it lacks ${missing.join(' ')}`);
	const after = snapshot(network, row);
	for (const [index, { step, outcome, subject }] of steps.entries()) {
		if (stepsOf(row)[index]!.isShared || isTwice) continue;
		const isUntouched = isSame(before[at]![index], after[index]);
		if (outcome === 'unchanged' && metConflict({ requests }, row)) continue;
		if ((outcome === 'unchanged') !== isUntouched) {
			wrong.push(`${step} of ${subject} is told as ${outcome}`);
		}
	}
	const { users = [], pilotUserId } = json.trunk as { users?: IDataObject[]; pilotUserId?: string };
	const isTold = new Set(users.map(({ userId }) => userId));
	if (!row.users.every(({ userId }) => isTold.has(userId))) wrong.push('trunk lacks users');
	if (row.users[0] && pilotUserId !== row.users[0].userId) wrong.push('trunk has another pilot');
	for (const { userId, sipAuthenticationPassword: told } of users) {
		const stored = network.user(String(userId))?.sipPassword;
		if (told !== undefined && told !== stored && !isTwice)
			wrong.push('another SIP password is told');
		const isSet = steps.some(
			({ step, outcome, subject }) =>
				step === 'userSipAuthentication' &&
				outcome === 'updated' &&
				subject.includes(`'${String(userId)}'`),
		);
		if (isSet && told === undefined) wrong.push('a SIP password is lost');
	}
	return wrong;
}

const SHARED = ['serviceProviderCapacity', 'groupService', 'groupCapacity'];

function wrongFailure(
	executed: ExecutedRows,
	network: Network,
	{ at, row }: Place,
	json: IDataObject,
): string[] {
	const { before, isTwice, rows } = executed;
	const details = (json.details ?? {}) as unknown as {
		steps?: Step[];
		undone?: Step[];
		stays?: Step[];
	};
	const message = String(json.error).slice(rows.length === 1 ? 0 : `Item ${at}: `.length);
	if (json.index !== row.index) return ['the error item is that of another'];
	const after = snapshot(network, row);
	const expected = stepsOf(row);
	const isUntouched = (index: number): boolean => isSame(before[at]![index], after[index]);
	const own = expected.flatMap(({ isShared }, index) => (isShared ? [] : [index]));
	// Before there was a plan.
	if (!details.steps) {
		return isTwice || own.every(isUntouched) ? [] : ['something was written, and no step is told'];
	}
	const { steps, undone, stays = [] } = details;
	const wrong = wrongSteps(row, steps);
	if (wrong.length > 0) return wrong;
	const done = steps.filter(({ outcome }) => DONE.includes(outcome)).length;
	const told = countTold(message);
	if (told !== undefined && told !== done) wrong.push(`${done} steps were done`);
	const isBlocked = steps.some(({ outcome }) => outcome === 'blocked');
	const saysAllBack = undone !== undefined && stays.length === 0;
	for (const index of own) {
		const { step, outcome, subject, reason = '' } = steps[index]!;
		const mustBeSame =
			isBlocked || saysAllBack || outcome === 'unchanged' || reason.startsWith('a step before');
		const isExcused =
			isTwice || ((saysAllBack || outcome === 'unchanged') && metConflict(executed, row));
		if (mustBeSame && !isUntouched(index) && !isExcused) {
			wrong.push(`${step} of ${subject} is not as before`);
		}
		const isDone = !undone && DONE.includes(outcome);
		if (isDone && !expected[index]!.holds(network)) wrong.push(`${step} of ${subject} is not done`);
		const isTheOne = outcome === 'skipped' && !isBlocked && !reason.startsWith('a step before');
		if (isTheOne && !isTwice) {
			const claim = claimOf(reason);
			if (claim === 'untouched' && !undone && !isUntouched(index) && !metConflict(executed, row)) {
				wrong.push(`${step} of ${subject} is told as untouched`);
			}
			if (claim === 'undone' && !undone && expected[index]!.holds(network)) {
				wrong.push(`${step} of ${subject} was done`);
			}
			if (claim === undefined) wrong.push('these checks do not know the message');
		}
	}
	const isOnly = row.isAlone && !isTwice;
	if (saysAllBack && isOnly && !metConflict(executed, row)) {
		const left = expected.filter(
			({ step }, index) => step !== 'serviceProviderCapacity' && !isUntouched(index),
		);
		if (left.length > 0) wrong.push(`left over: ${left.map(({ step }) => step).join(' ')}`);
	}
	// The service provider is that of many rows.
	const ownStays = stays.filter(({ step }) => step !== 'serviceProviderCapacity');
	if (isOnly && ownStays.length > 0 && !metConflict(executed, row)) {
		const texts = ownStays.map(({ step, reason }) => `${step} ${String(reason)}`);
		wrong.push(`stays: ${texts.join('; ')}`);
	}
	return wrong;
}

const countTold = (message: string): number | undefined => {
	const [, told] = /(\d+) steps? had already been carried out/.exec(message) ?? [];
	if (told !== undefined) return Number(told);
	return message.includes('No step had been carried out') ? 0 : undefined;
};

/** A take-down that did not work out: what it tells as removed is gone. */
function wrongTakeDown(
	{ isTwice }: ExecutedRows,
	network: Network,
	{ row }: Place,
	json: IDataObject,
): string[] {
	if (json.index !== row.index) return ['the error item is that of another'];
	const { steps = [] } = (json.details ?? {}) as unknown as { steps?: Step[] };
	const done = steps.filter(({ outcome }) => [...DONE, 'removed'].includes(outcome));
	const told = countTold(String(json.error));
	const wrong =
		told !== undefined && told !== done.length ? [`${done.length} steps were done`] : [];
	const left = leftOf(network, row);
	for (const { step, subject, outcome } of done) {
		if (outcome !== 'removed' || isTwice) continue;
		const isThere =
			step === 'user'
				? left.some((one) => subject.includes(`'${one}'`))
				: left.includes(NOUNS[step]!);
		if (isThere) wrong.push(`${subject} is told as removed`);
	}
	return wrong;
}

const NOUNS: Record<string, string> = { trunkGroup: 'trunk group', device: 'device' };

/** Passwords and tokens where nobody asked for them. */
export function leaksOf({ run, requests }: ExecutedRows, odinPassword: string): string[] {
	const secrets = new Set([odinPassword]);
	for (const { headers, body } of requests) {
		secrets.add(headers.authorization?.replace(/^Bearer /, '') ?? odinPassword);
		const { password, newPassword } = (body ?? {}) as Record<string, unknown>;
		for (const one of [password, newPassword]) if (typeof one === 'string') secrets.add(one);
	}
	const [done = [], errors = []] = run.output;
	const asked = done.map(({ json }) => {
		const { trunk, ...rest } = json as { trunk: { users: IDataObject[] } | null };
		if (!trunk) return json;
		const users = trunk.users.map((user) => ({ ...user, sipAuthenticationPassword: undefined }));
		return { ...rest, trunk: { ...trunk, users } };
	});
	const shown = JSON.stringify([asked, errors, run.error, run.hints, run.logs]);
	return [...secrets].flatMap((secret) => (shown.includes(secret) ? [`Shown: ${secret}`] : []));
}
