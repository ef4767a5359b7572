import { NodeApiError, NodeOperationError, type IDataObject, type INode } from 'n8n-workflow';
import { sentences, type OdinError } from '../transport/odinError';
import type { ItemResult, Step } from './operation';
import { itemsText } from './hints';

const MAX_NAMED = 10;

type Results = Array<ItemResult | undefined>;

const withItem = (failure: OdinError, item: number): string => `Item ${item}: ${failure.message}`;

/** The json of an error item. n8n routes it to the error branch only with no other keys than these two. */
export const failedItem = (failure: OdinError, item: number): IDataObject => ({
	error: withItem(failure, item),
	details: { itemIndex: item, ...failure.details() },
});

/** The error that ends the node: n8n's own class, with our words and nothing of what caused it. */
function nodeError(
	node: INode,
	failure: OdinError,
	text: { message: string; description: string; itemIndex: number },
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

function listed(lines: string[]): string {
	const more = lines.length - MAX_NAMED;
	return lines.slice(0, MAX_NAMED).join('; ') + (more > 0 ? `; and ${more} more` : '');
}

/** Ends the node before anything was sent, naming every item that can't be sent. */
export function refusedBatch(node: INode, steps: Step[]): NodeApiError | NodeOperationError {
	const wrong = steps.flatMap((step, item) => ('failure' in step ? [{ ...step, item }] : []));
	const { failure, item } = wrong[0]!;
	const lines = listed(wrong.map((step) => withItem(step.failure, step.item)));
	const message =
		wrong.length === 1 ? lines : `${wrong.length} of ${steps.length} items can't be sent. ${lines}`;
	return nodeError(node, failure, {
		message,
		description: `Nothing was sent to Odin${steps.length > 1 ? ', also not for the other items' : ''}. Correct the values in the node or in the data that reaches it`,
		itemIndex: item,
	});
}

/**
 * Ends the node after a failed item, saying what was done before and what was not tried. Whatever was done stands there
 * by name: nothing of the batch reaches the output.
 */
export function stoppedBatch(
	node: INode,
	steps: Step[],
	results: Results,
): NodeApiError | NodeOperationError {
	const failed = results.flatMap((result, item) =>
		result && 'failure' in result ? [{ failure: result.failure, item }] : [],
	);
	const { failure, item } = failed[0]!;
	const lines = listed(failed.map((result) => withItem(result.failure, result.item)));
	const done = subjectsOf(steps, results, isDone);
	const unknown = subjectsOf(steps, results, isUnknown);
	const message =
		steps.length === 1 ? lines : sentences(lines, progress(steps, results, listed(done)));
	// That nothing was done is true of this item, and not of a batch of which something was.
	const isUntouched = done.length === 0 && unknown.length === 0;
	const description = [
		done.length > MAX_NAMED ? `Done before: ${done.join('; ')}` : '',
		failed.length > MAX_NAMED && unknown.length > 0
			? `Not known whether done: ${unknown.join('; ')}`
			: '',
	].reduce(
		(text, list) => [text, list].filter(Boolean).join('. '),
		isUntouched ? failure.explanation : failure.description,
	);
	return nodeError(node, failure, { message, description, itemIndex: item });
}

function progress(steps: Step[], results: Results, done: string): string {
	const untried = steps.flatMap((_, item) => (wasTried(results[item]) ? [] : [item]));
	return [
		done === '' ? 'No other item was done' : `Done before: ${done}`,
		untried.length === 0 ? 'Every item was tried' : `Not tried: ${itemsText(untried)}`,
	].join('. ');
}

const isDone = (result: ItemResult | undefined): boolean =>
	result !== undefined && 'json' in result;

const isUnknown = (result: ItemResult | undefined): boolean =>
	result !== undefined && 'failure' in result && result.failure.kind === 'lost';

const wasTried = (result: ItemResult | undefined): boolean =>
	result !== undefined && !('failure' in result && result.failure.kind === 'stopped');

const subjectsOf = (
	steps: Step[],
	results: Results,
	isMeant: (result: ItemResult | undefined) => boolean,
): string[] =>
	steps.flatMap((step, item) =>
		'prepared' in step && isMeant(results[item]) ? [`${step.prepared.subject} (item ${item})`] : [],
	);

/** For the log: n8n keeps nothing of a node that somebody stopped. All are named, since there is no other place. */
export function stoppedByUser(node: INode, steps: Step[], results: Results): string {
	const unknown = subjectsOf(steps, results, isUnknown);
	const done = subjectsOf(steps, results, isDone);
	const untried = results.filter((result) => !wasTried(result)).length;
	return [
		`Node '${node.name}' was stopped`,
		unknown.length === 0
			? 'Nothing was under way'
			: `Under way, so not known whether done: ${unknown.join('; ')}`,
		done.length === 0 ? 'Nothing was done before' : `Done before: ${done.join('; ')}`,
		`${untried} of ${steps.length} items not tried`,
	].join('. ');
}
