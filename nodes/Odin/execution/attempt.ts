import type { IDataObject } from 'n8n-workflow';
import { redactOutput } from '../secrets/output';
import type { OdinClient } from '../transport/odinClient';
import { CHECK_FIRST, leavesOpen, OdinError } from '../transport/odinError';
import type { EventLoop } from './eventLoop';
import type { ItemResult, PreparedItem } from './operation';

/** The items of which a write may have reached Odin, in this try of the node or an earlier one. */
const writers = new WeakSet<PreparedItem>();

/** Carries out an item. Whatever Odin answers, the secrets that this item has to do with do not reach the output. */
export async function attempt(
	prepared: PreparedItem,
	client: OdinClient,
	eventLoop: EventLoop,
): Promise<ItemResult> {
	const hints: string[] = [];
	try {
		const rows = await prepared.run(client, (message) => hints.push(message));
		const json: IDataObject[] = [];
		for (const row of rows) {
			if (json.length > 0) await eventLoop.giveWay();
			json.push(redactOutput(row, client.secrets));
		}
		return { json, hints };
	} catch (error) {
		if (client.mayHaveWritten) writers.add(prepared);
		const mayHaveWritten = writers.has(prepared);
		if (!(error instanceof OdinError)) {
			const failure = unreadable(error as Error, prepared.subject, mayHaveWritten);
			return { failure, isUnknown: mayHaveWritten, isFinal: mayHaveWritten };
		}
		return { failure: error, isUnknown: mayHaveWritten && leavesOpen(error) };
	}
}

/** An answer that nobody foresaw: what it is about has perhaps been done. */
const unreadable = ({ name }: Error, subject: string, mayHaveWritten: boolean): OdinError =>
	new OdinError({
		kind: 'lost',
		message: mayHaveWritten
			? `The outcome is unknown: a write for ${subject} was sent, and the answer can't be read (${name})`
			: `Odin's answer about ${subject} can't be read (${name})`,
		effect: mayHaveWritten ? '' : 'Nothing was written',
		description: mayHaveWritten
			? CHECK_FIRST
			: "Check that the 'Base URL' of the credential is the one of the Odin API",
	});
