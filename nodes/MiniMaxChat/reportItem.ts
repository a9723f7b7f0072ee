import {
	NodeOperationError,
	type IExecutePaginationFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';

import { InvalidInput, type Failure } from '../minimax/failure/failure';
import {
	adviceOn,
	errorDetails,
	failureToNodeError,
	invalidInputToNodeError,
	withRemark,
} from '../n8n/toNodeError';
import type { ChatItem } from './chatItem';

/**
 * An item n8n takes for a failed one, to which it adds the input item on the error output (n8n-core,
 * workflow-execute.js, handleNodeErrorOutput). n8n 2.41 knows it by its keys, earlier versions only by
 * an `error` on the item itself; but for that all of them drop the `details` (normalizeNodeErrors).
 * They move a copy to the error output, so a mark that is not copied is seen there and then gone.
 */
function errorItem(
	context: IExecutePaginationFunctions,
	{ index }: ChatItem,
	message: string,
	details: object,
): INodeExecutionData {
	const item: INodeExecutionData = {
		json: { error: message, details: { ...details, itemIndex: index } },
		pairedItem: { item: index },
	};
	if (context.getNode().onError === 'continueErrorOutput') {
		Object.defineProperty(item, 'error', { value: { message }, enumerable: false });
	}
	return item;
}

/** Input that cannot be sent, or anything else that is no failed request (a stopped execution, say). */
export function reportInvalid(
	context: IExecutePaginationFunctions,
	item: ChatItem,
	problem: unknown,
): INodeExecutionData[] {
	if (context.getExecutionCancelSignal()?.aborted === true) {
		// By this word n8n tells a stopped execution (n8n-core, workflow-execute.js, processSuccessExecution).
		throw new NodeOperationError(context.getNode(), 'The execution was canceled');
	}
	if (!(problem instanceof InvalidInput)) throw problem;
	const remark = `item ${item.index}`;
	if (item.run.stopsAtFailure) {
		throw invalidInputToNodeError(context.getNode(), problem, { itemIndex: item.index, remark });
	}
	const { message, description } = problem;
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
		const message = withRemark(failure.message, isOne ? undefined : `item ${index}`);
		const details = { description: adviceOn(failure), ...errorDetails(failure) };
		return [errorItem(context, item, message, details)];
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
