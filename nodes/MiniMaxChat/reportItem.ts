import {
	NodeOperationError,
	type IExecutePaginationFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';

import type { Failure } from '../minimax/failure/failure';
import { InvalidInput } from '../minimax/failure/invalidInput';
import {
	adviceOn,
	errorDetails,
	failureToNodeError,
	invalidInputToNodeError,
	withRemark,
} from '../n8n/toNodeError';
import { nameCredential } from '../n8n/nameCredential';
import { putInputIntoWords } from '../n8n/words/putInputIntoWords';
import type { ChatItem } from './chatItem';
import type { ChatRun } from './chatRun';
import { includeInput } from './includeInput';
import { nameArguments } from './nameArguments';

/**
 * An item that n8n takes for a failed one; on the error output n8n adds the input item to it (n8n-core,
 * workflow-execute.js, handleNodeErrorOutput). n8n 2.41 knows such an item by the keys of its `json`, earlier
 * versions only by an `error` on the item itself. But every version drops the `details` of an item that still
 * has such an `error` on the error output (normalizeNodeErrors). So here it is not enumerable: earlier
 * versions find it, and no version copies it there.
 */
function errorItem(
	context: IExecutePaginationFunctions,
	item: ChatItem,
	message: string,
	details: object,
): INodeExecutionData {
	const { index } = item;
	const json = { error: message, details: { ...details, itemIndex: index } };
	const pairedItem = { item: index };
	if (context.getNode().onError === 'continueErrorOutput') {
		const failed: INodeExecutionData = { json, pairedItem };
		return Object.defineProperty(failed, 'error', { value: { message }, enumerable: false });
	}
	const included = 'prepared' in item ? item.prepared.settings.includedInput : 'none';
	return { json: includeInput(context.getInputData().json, included, json), pairedItem };
}

/** Input that cannot be sent, or anything else that is no failed request (a stopped execution, say). */
export async function reportInvalid(
	context: IExecutePaginationFunctions,
	item: ChatItem,
	problem: unknown,
): Promise<INodeExecutionData[]> {
	if (context.getExecutionCancelSignal()?.aborted === true) {
		await item.run.whenIdle();
		// By this word n8n knows a stopped execution (n8n-core, workflow-execute.js, processSuccessExecution).
		throw new NodeOperationError(context.getNode(), 'The execution was canceled');
	}
	if (!(problem instanceof InvalidInput)) throw problem;
	const remark = item.run.isTool ? nameArguments(context) || undefined : placeOf(item);
	const { message, ...words } = putInputIntoWords(problem);
	const description = nameCredential(words.description, context.getNode());
	const { run, index: itemIndex } = item;
	if (run.stopsAtFailure) {
		await run.whenIdle();
		const invalid = new InvalidInput(message, [description, sayKept(run)].join(' ').trim());
		throw invalidInputToNodeError(context.getNode(), invalid, { itemIndex, remark });
	}
	return [errorItem(context, item, withRemark(message, remark), { description })];
}

/**
 * A request that failed for good. Where that ends the workflow, the error waits for the other items,
 * since n8n does so too, and says what became of them.
 */
export async function reportFailure(
	context: IExecutePaginationFunctions,
	item: ChatItem,
	failure: Failure,
): Promise<INodeExecutionData[]> {
	const { run, index } = item;
	const isOne = run.itemCount === 1;
	if (!run.stopsAtFailure) {
		const message = withRemark(failure.message, isOne ? undefined : placeOf(item));
		const description = nameCredential(adviceOn(failure), context.getNode());
		const details = { description, ...errorDetails(failure) };
		return [errorItem(context, item, message, details)];
	}
	await run.whenIdle();
	if (isOne) throw failureToNodeError(context.getNode(), failure, { itemIndex: index });
	throw failureToNodeError(context.getNode(), failure, {
		itemIndex: index,
		remark: `${placeOf(item)}; ${run.succeeded} of ${run.itemCount} items had succeeded`,
		advice: adviseOnOthers(run),
	});
}

/** Rows are counted from 1 by people and from 0 by n8n, which shows the index beside the error. */
function placeOf({ index }: ChatItem): string {
	return `row ${index + 1}, item ${index} in n8n`;
}

/** What becomes of the items that had succeeded. */
function adviseOnOthers(run: ChatRun): string {
	const keeping = run.kept.count === 0 ? 'To keep' : `${sayKept(run)} To pass on`;
	return `${keeping} the items that succeed, set 'On Error' in the node's settings to 'Continue' or 'Continue (using error output)'.`;
}

/** Empty where nothing is kept. */
function sayKept({ kept, itemCount }: ChatRun): string {
	return kept.count === 0
		? ''
		: `${kept.count} of ${itemCount} answers are kept: run the step again, or press Retry, and only the rest is asked for.`;
}
