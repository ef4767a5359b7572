import type { RecordedRequest } from '../../simulator';
import type { Executed } from './execution';

const nameOf = ({ query, body }: RecordedRequest): string | undefined =>
	query.name ?? (body as { name?: string } | undefined)?.name;

/** Whether the answer says by itself that nothing was created. */
const saysNo = ({ status }: RecordedRequest): boolean =>
	status !== null && ((status >= 300 && status < 500) || status === 503);

const isCreation = ({ method, path }: RecordedRequest): boolean =>
	method === 'POST' && path === '/groups/trunk-groups';

/** Whether Odin has told that there is no such trunk group. */
const foundNothing = ({ method, path, status }: RecordedRequest): boolean =>
	method === 'GET' && path === '/groups/trunk-groups' && status === 404;

/** A POST that was sent again though the one before may have happened and nobody looked whether it had. */
export function blindRepeats({ tasks, requests }: Executed): string[] {
	const names = new Set(tasks.map(({ name }) => name));
	/** By name, the answer to the last POST that still has to be settled */
	const open = new Map<string, RecordedRequest>();
	const violations: string[] = [];
	for (const request of requests) {
		const name = nameOf(request);
		if (name === undefined || !names.has(name)) continue;
		if (foundNothing(request)) open.delete(name);
		if (!isCreation(request)) continue;
		const earlier = open.get(name);
		if (earlier) {
			violations.push(`${name}: POST is sent again after one that was answered ${earlier.status}`);
		}
		if (saysNo(request)) open.delete(name);
		else open.set(name, request);
	}
	return violations;
}

/** Passwords and tokens in what n8n shows or stores of an execution. */
export function leaks({ tasks, run, requests }: Executed, password: string): string[] {
	const shown = JSON.stringify([run.output, run.error, run.hints, run.logs]);
	const tokens = requests.map(({ headers }) => headers.authorization?.replace(/^Bearer /, ''));
	const secrets = new Set([password, ...tokens]);
	const violations = [...secrets].filter((secret) => secret && shown.includes(secret));
	// n8n itself merges the input item, with its payload, into the error item.
	const own = run.output.flat().map(({ json }) => ({ ...json, payload: undefined }));
	const told = JSON.stringify([own, run.error, run.hints, run.logs]);
	for (const { name, sipPassword } of tasks) {
		if (sipPassword && told.includes(sipPassword)) violations.push(`the SIP password of ${name}`);
	}
	return violations.map((secret) => `Shown or logged: ${secret}`);
}
