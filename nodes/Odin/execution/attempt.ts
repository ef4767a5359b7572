import type { IDataObject } from 'n8n-workflow';
import { redactKnownSecrets } from '../secrets/redact';
import type { OdinClient, RequestResult } from '../transport/odinClient';
import type { OdinRequest } from '../transport/httpExchange';
import { LOOK_FIRST, OdinError, type ErrorKind } from '../transport/odinError';
import type { EventLoop } from './eventLoop';
import type { ItemResult, PreparedItem } from './operation';

/** With these nothing reached Odin. */
const UNSENT: ReadonlySet<ErrorKind> = new Set(['login', 'unreachable', 'stopped', 'redirect']);

/** The items of which a write may have reached Odin, in this try of the node or an earlier one. */
const writers = new WeakSet<PreparedItem>();

/** Carries out an item. Whatever Odin answers, the secrets that this item has to do with do not reach the output. */
export async function attempt(
	prepared: PreparedItem,
	client: OdinClient,
	eventLoop: EventLoop,
): Promise<ItemResult> {
	const hints: string[] = [];
	const count = client.secretCount;
	try {
		const rows = await prepared.run(watched(client, prepared), (message) => hints.push(message));
		const secrets = client.secretsSince(count);
		const json: IDataObject[] = [];
		for (const row of rows) {
			if (json.length > 0) await eventLoop.giveWay();
			json.push(redactKnownSecrets(row, secrets));
		}
		return { json, hints };
	} catch (error) {
		const mayHaveWritten = writers.has(prepared);
		if (!(error instanceof OdinError)) {
			const failure = unreadable(error as Error, prepared.subject, mayHaveWritten);
			return { failure, isUnknown: mayHaveWritten, isFinal: mayHaveWritten };
		}
		return { failure: error, isUnknown: mayHaveWritten && error.kind === 'lost' };
	}
}

/** The client in the hands of one item, which notes whether a write of the item may have reached Odin. */
function watched(client: OdinClient, item: PreparedItem): OdinClient {
	const send = async (request: OdinRequest, repeated?: number): Promise<RequestResult> => {
		const isFirstWrite = request.method !== 'GET' && !writers.has(item);
		if (isFirstWrite) writers.add(item);
		const result = await client.send(request, repeated);
		const isUnsent = !result.ok && !result.isDoubtful && UNSENT.has(result.failure.kind);
		if (isFirstWrite && isUnsent) writers.delete(item);
		return result;
	};
	return new Proxy(client, {
		// The client's own `request` finds this `send` too.
		get: (target, key, self): unknown => (key === 'send' ? send : Reflect.get(target, key, self)),
	});
}

/** An answer that nobody foresaw: what it is about has perhaps been done. */
const unreadable = ({ name }: Error, subject: string, mayHaveWritten: boolean): OdinError =>
	new OdinError({
		kind: 'lost',
		message: mayHaveWritten
			? `The outcome is unknown: a write for ${subject} was sent, and what Odin answered can't be handled (${name})`
			: `What Odin answered about ${subject} can't be handled (${name})`,
		effect: mayHaveWritten ? '' : 'Nothing was written',
		description: mayHaveWritten
			? LOOK_FIRST
			: "Check that the 'Base URL' of the credential is the one of the Odin API",
	});
