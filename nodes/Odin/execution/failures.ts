import { NodeApiError, NodeOperationError, type IDataObject, type INode } from 'n8n-workflow';
import { OdinError, sentences } from '../transport/odinError';
import type { ItemOutcome } from './operation';
import { itemsText } from './hints';

/** n8n's toast cuts a long message in its middle. */
const MAX_IN_MESSAGE = 5;
const MAX_IN_DESCRIPTION = 50;

/** The json of an error item. n8n routes it to the error branch only with no other keys than these two. */
export const failedItem = (
	failure: OdinError,
	{ item, isOnly }: { item: number; isOnly: boolean },
): IDataObject => ({
	error: isOnly ? failure.message : `Item ${item}: ${failure.message}`,
	details: { itemIndex: item, ...failure.details() },
});

/** The error that ends the node: n8n's own class, with our words and nothing of what caused it. */
export function nodeError(
	node: INode,
	failure: OdinError,
	text: { message: string; description: string; itemIndex?: number },
): NodeApiError | NodeOperationError {
	const { message, description, itemIndex } = text;
	const error =
		failure.kind === 'parameter'
			? new NodeOperationError(node, message, { description, itemIndex })
			: new NodeApiError(
					node,
					{ message },
					{ message, description, itemIndex, httpCode: failure.httpStatus?.toString() },
				);
	// n8n replaces a message that happens to contain a word such as ENOENT or EPERM, also inside a name.
	error.message = message;
	error.description = description;
	error.messages = [];
	return error;
}

/** One cause with the items that share it. */
interface Cause {
	text: string;
	/** The cause without the name of what each item is about, where several share it */
	sharedText: string;
	items: number[];
}

interface Failed {
	failure: OdinError;
	subject: string | undefined;
	item: number;
}

/** "trunk group" of "trunk group 'x' in group 'g' of service provider 's'". */
export const nounOf = (subject: string): string => subject.split(" '")[0]!;

function causesOf(failed: Failed[]): Cause[] {
	const causes = new Map<string, Cause>();
	for (const { failure, subject, item } of failed) {
		const text = failure.message;
		const sharedText = subject?.includes("'")
			? text.replaceAll(subject, `${nounOf(subject)} '…'`)
			: text;
		const cause = causes.get(sharedText);
		if (cause) cause.items.push(item);
		else causes.set(sharedText, { text, sharedText, items: [item] });
	}
	return [...causes.values()];
}

function causeText({ text, sharedText, items }: Cause): string {
	const place = itemsText(items);
	return `${place[0]!.toUpperCase()}${place.slice(1)}: ${items.length === 1 ? text : sharedText}`;
}

/** The first causes for the message, and those after them for the description. */
function causeTexts(failed: Failed[]): { first: string; further: string } {
	const texts = causesOf(failed).map(causeText);
	const more = texts.length - MAX_IN_MESSAGE;
	const end = MAX_IN_MESSAGE + MAX_IN_DESCRIPTION;
	return {
		first: texts.slice(0, MAX_IN_MESSAGE).join('; ') + (more > 0 ? `; and ${more} more` : ''),
		further: [
			...texts.slice(MAX_IN_MESSAGE, end),
			...(texts.length > end ? [`and ${texts.length - end} more`] : []),
		].join('; '),
	};
}

/** Those whose name the message leaves out, since their cause is said once for several. */
const unnamedOf = (failed: Failed[]): number[] =>
	causesOf(failed).flatMap(({ items, text, sharedText }) =>
		items.length > 1 && text !== sharedText ? items : [],
	);

const failedOf = (outcomes: ItemOutcome[]): Failed[] =>
	outcomes.flatMap(({ result, subject }, item) =>
		result && 'failure' in result ? [{ failure: result.failure, subject, item }] : [],
	);

/** Ends the node before anything was written, naming every item that can't be carried out. `effect`: what that means for all. */
export function refusedBatch(
	node: INode,
	outcomes: ItemOutcome[],
	effect: string,
): NodeApiError | NodeOperationError {
	const wrong = failedOf(outcomes);
	const { failure, item: itemIndex } = wrong[0]!;
	if (outcomes.length === 1) {
		const { message, explanation: description } = failure;
		return nodeError(node, failure, { message, description, itemIndex });
	}
	const { first, further } = causeTexts(wrong);
	return nodeError(node, failure, {
		message: wrong.length === 1 ? first : `${first} (${wrong.length} of ${outcomes.length} items)`,
		description: paragraph(
			effect,
			failure.description,
			listed('Further', further),
			listed('Not sent', namesOf(outcomes, unnamedOf(wrong))),
		),
		itemIndex,
	});
}

/**
 * Ends the node after a failed item: what went wrong, then which items are done, unknown and untried. Nothing of the batch
 * reaches the output, so the description names all that was done.
 */
export function stoppedBatch(
	node: INode,
	outcomes: ItemOutcome[],
): NodeApiError | NodeOperationError {
	const failed = failedOf(outcomes);
	const { failure, item: itemIndex } = failed[0]!;
	if (outcomes.length === 1) {
		const { message, explanation: description } = failure;
		return nodeError(node, failure, { message, description, itemIndex });
	}
	const { first, further } = causeTexts(failed);
	const { done, unknown, untried } = progressOf(outcomes);
	const isUnknown = new Set(unknown);
	const unnamed = unnamedOf(failed).filter((item) => !isUnknown.has(item));
	const progress = [
		done.length === 0 ? 'No other item was done' : listed('Done', itemsText(done)),
		listed('Outcome unknown', unknown.length === 0 ? '' : itemsText(unknown)),
		untried.length === 0 ? 'Every item was tried' : listed('Not tried', itemsText(untried)),
	];
	// That nothing was done is true of this item, and not of a batch of which something was.
	const isUntouched = done.length === 0 && unknown.length === 0;
	return nodeError(node, failure, {
		message: sentences(first, paragraph(...progress)),
		description: paragraph(
			isUntouched ? failure.explanation : failure.description,
			listed('Further', further),
			listed('Done', namesOf(outcomes, done)),
			listed('Outcome unknown', namesOf(outcomes, unknown)),
			listed('Not done', namesOf(outcomes, unnamed)),
			listed('Not tried', namesOf(outcomes, untried)),
		),
		itemIndex,
	});
}

const listed = (label: string, list: string): string => (list === '' ? '' : `${label}: ${list}`);

const paragraph = (...texts: string[]): string =>
	texts.filter(Boolean).reduce((text, next) => (text === '' ? next : sentences(text, next)), '');

interface Progress {
	done: number[];
	/** Stopped between their steps */
	partial: number[];
	unknown: number[];
	untried: number[];
}

function progressOf(outcomes: ItemOutcome[]): Progress {
	const progress: Progress = { done: [], partial: [], unknown: [], untried: [] };
	outcomes.forEach((outcome, item) => {
		const { result } = outcome;
		if (result === undefined) progress.untried.push(item);
		else if ('json' in result) progress.done.push(item);
		else if (result.failure.kind === 'stopped') {
			progress[stepsOf(outcome).length > 0 ? 'partial' : 'untried'].push(item);
		} else if (result.isUnknown) progress.unknown.push(item);
	});
	return progress;
}

/** "trunk group 'a' (item 0), 'b' (item 1) in group 'g'; …": what items have in common is said once. */
function namesOf(outcomes: ItemOutcome[], items: number[]): string {
	const places: Array<{ noun: string; names: string[]; place: string }> = [];
	for (const item of items) {
		const subject = outcomes[item]!.subject ?? '';
		const noun = nounOf(subject);
		const end = subject.indexOf("' in ", noun.length) + 1;
		const isShort = end > 0;
		const place = isShort ? subject.slice(end) : '';
		const name = isShort ? subject.slice(noun.length, end) : '';
		const before = places.at(-1);
		const names = [`${name} (item ${item})`];
		if (isShort && before?.noun === noun && before.place === place) before.names.push(...names);
		else places.push({ noun: isShort ? noun : subject, names, place });
	}
	return places.map(({ noun, names, place }) => `${noun}${names.join(',')}${place}`).join('; ');
}

const CHANGES = ['created', 'updated', 'removed'];

/** Which steps were carried out of an item that has several, and how: "device 'pbx' … created". */
function stepsOf({ result }: ItemOutcome): string[] {
	const steps = result && 'failure' in result ? result.failure.furtherDetails.steps : undefined;
	return (Array.isArray(steps) ? (steps as IDataObject[]) : [])
		.filter(({ outcome }) => CHANGES.includes(String(outcome)))
		.map(({ subject, outcome }) => `${String(subject)} ${String(outcome)}`);
}

/** For the log: n8n keeps nothing of a node whose execution was cancelled, so there is no other place for the names. */
export function cancelledBatch(node: INode, outcomes: ItemOutcome[]): string {
	const { done, partial, unknown, untried } = progressOf(outcomes);
	const steps = [...partial, ...unknown].flatMap((item) => {
		const texts = stepsOf(outcomes[item]!);
		return texts.length > 0 ? [`Steps of item ${item}: ${texts.join(', ')}`] : [];
	});
	const isDone = done.length + steps.length > 0;
	return paragraph(
		`Node '${node.name}' was cancelled`,
		listed('Outcome unknown', namesOf(outcomes, unknown)) || 'No outcome is unknown',
		listed('Done', namesOf(outcomes, done)) || (isDone ? '' : 'Nothing was done'),
		listed('Done in part', namesOf(outcomes, partial)),
		...steps,
		untried.length === 0
			? 'Every item was tried'
			: `${listed('Not tried', itemsText(untried))} (${untried.length} of ${outcomes.length})`,
	);
}

export const unusableCredential = (error: Error): OdinError =>
	new OdinError({
		kind: 'login',
		message: `The credential can't be used: ${error.message}`,
		effect: 'No request was sent',
		description: "Choose a credential of the type 'Odin API' in the node",
	});
