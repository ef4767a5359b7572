import { NodeApiError, NodeOperationError, type IDataObject, type INode } from 'n8n-workflow';
import { OdinFailure } from '../transport/failure';
import type { ItemResult, Step } from './operation';
import { itemsText } from './hints';

const MAX_NAMED = 10;

const withItem = (failure: OdinFailure, item: number): string => `Item ${item}: ${failure.message}`;

/** The json of an error item. n8n routes it to the error branch only with no other keys than these two. */
export const failedItem = (failure: OdinFailure, item: number): IDataObject => ({
	error: withItem(failure, item),
	details: { itemIndex: item, ...failure.details() },
});

/** The error that ends the node: n8n's own class, with our words and nothing of what caused it. */
function nodeError(
	node: INode,
	failure: OdinFailure,
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

/** Ends the node after a failed item, saying what was done before and what was not tried. */
export function stoppedBatch(
	node: INode,
	steps: Step[],
	results: Array<ItemResult | undefined>,
): NodeApiError | NodeOperationError {
	const failed = results.flatMap((result, item) =>
		result && 'failure' in result ? [{ failure: result.failure, item }] : [],
	);
	const { failure, item } = failed[0]!;
	const message = listed(failed.map((result) => withItem(result.failure, result.item)));
	const description = [failure.description, ...progress(steps, results)].join('. ');
	return nodeError(node, failure, { message, description, itemIndex: item });
}

function progress(steps: Step[], results: Array<ItemResult | undefined>): string[] {
	if (steps.length === 1) return [];
	const done = results.flatMap((result, item) => (result && 'json' in result ? [item] : []));
	const untried = results.flatMap((result, item) => (result ? [] : [item]));
	const subjects = done.flatMap((item) => {
		const step = steps[item]!;
		return 'prepared' in step ? [`${step.prepared.subject} (item ${item})`] : [];
	});
	return [
		done.length === 0 ? 'No other item was done' : `Done before: ${listed(subjects)}`,
		untried.length === 0 ? 'Every item was tried' : `Not tried: ${itemsText(untried)}`,
	];
}
