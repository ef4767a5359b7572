import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../trunkGroup/json';
import { readAnswer, type Answer } from './answer';
import { restrictionIn } from './connection';
import type { OdinLoginError } from './session';

/** What came of one request over HTTP. */
export type Reply =
	| { answer: Answer }
	/** There is no session, so it was not sent */
	| { login: OdinLoginError }
	/** Why n8n does not let the credential reach this Odin, so it was not sent */
	| { restricted: string }
	/** The code of a network failure, as Node.js or axios name it */
	| { networkCode: string | undefined }
	/** The execution was stopped: before it was sent, or while it was under way */
	| { stopped: 'before' | 'underWay' };

/** What n8n gave back or threw, read once. */
export function replyOf(
	response: unknown,
	{ isLate, isStopped }: { isLate: boolean; isStopped: 'before' | 'underWay' | undefined },
): Reply {
	const { statusCode, body, headers, cause, code } = response as IDataObject;
	if (statusCode !== undefined) {
		const answer = readAnswer(
			Number(statusCode),
			String(body ?? ''),
			(headers ?? {}) as Record<string, string>,
		);
		return { answer };
	}
	if (isLoginError(cause)) return { login: cause };
	const restricted = restrictionIn(response);
	if (restricted !== undefined) return { restricted };
	if (isStopped) return { stopped: isStopped };
	if (isLate) return { networkCode: 'ETIMEDOUT' };
	const causeCode =
		isObject(cause) || cause instanceof Error ? (cause as { code?: unknown }).code : undefined;
	const networkCode = [causeCode, code].find((given) => typeof given === 'string');
	return { networkCode: networkCode as string | undefined };
}

/** By name: the credential may have been loaded as another copy of the module. */
const isLoginError = (cause: unknown): cause is OdinLoginError =>
	cause instanceof Error && cause.name === 'OdinLoginError';
