import {
	NodeOperationError,
	type IExecutePaginationFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';

import { InvalidInput, type Failure } from '../minimax/failure';
import {
	describe,
	failureFacts,
	failureToNodeError,
	invalidInputToNodeError,
	withRemark,
} from '../n8n/toNodeError';
import type { ChatItem } from './chatRun';

/**
 * An item n8n takes for a failed one. `error` and `details` are the only keys for which it adds the
 * input item on the error output; an `error` on the item itself would have it drop the rest
 * (n8n-core, workflow-execute.js, handleNodeErrorOutput and normalizeNodeErrors).
 */
function errorItem({ index }: ChatItem, message: string, details: object): INodeExecutionData {
	return {
		json: { error: message, details: { ...details, itemIndex: index } },
		pairedItem: { item: index },
	};
}

/** Input that cannot be sent, or anything else that is no failed request (a stopped execution, say). */
export function reportInvalid(
	context: IExecutePaginationFunctions,
	item: ChatItem,
	problem: unknown,
	stopsAtFailure: boolean,
): INodeExecutionData[] {
	if (context.getExecutionCancelSignal()?.aborted === true) {
		// By this word n8n tells a stopped execution (n8n-core, workflow-execute.js, processSuccessExecution).
		throw new NodeOperationError(context.getNode(), 'The execution was canceled');
	}
	if (!(problem instanceof InvalidInput)) throw problem;
	const remark = `item ${item.index}`;
	if (stopsAtFailure) {
		throw invalidInputToNodeError(context.getNode(), problem, { itemIndex: item.index, remark });
	}
	const { message, description } = problem;
	return [errorItem(item, withRemark(message, remark), { description })];
}

/**
 * A request that failed for good. Where that ends the workflow, the error waits for the other items,
 * since n8n does so too, and says what became of them.
 */
export async function reportFailure(
	context: IExecutePaginationFunctions,
	item: ChatItem,
	failure: Failure,
	stopsAtFailure: boolean,
): Promise<INodeExecutionData[]> {
	const { run, index } = item;
	const isOne = run.itemCount === 1;
	if (!stopsAtFailure) {
		const message = withRemark(failure.message, isOne ? undefined : `item ${index}`);
		return [errorItem(item, message, { description: describe(failure), ...failureFacts(failure) })];
	}
	await run.whenIdle();
	if (isOne) throw failureToNodeError(context.getNode(), failure, { itemIndex: index });
	throw failureToNodeError(context.getNode(), failure, {
		itemIndex: index,
		remark: `item ${index}; ${run.succeeded} of ${run.itemCount} items had succeeded`,
		advice:
			"To keep the items that succeed, set 'On Error' in the node's settings to 'Continue' or 'Continue (using error output)'.",
	});
}
