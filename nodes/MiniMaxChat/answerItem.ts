import type { IDataObject, IExecutePaginationFunctions, INodeExecutionData } from 'n8n-workflow';

import { completionToItem, rawItem } from '../minimax/reply/completionToItem';
import type { Answer } from './answer';
import type { PreparedItem } from './chatItem';
import { obtainAnswer } from './obtainAnswer';
import type { ChatSettings } from './readSettings';

/**
 * The output item of one input item.
 *
 * @throws FailureError, InvalidInput, or what ended a stopped execution
 */
export async function answerItem(
	context: IExecutePaginationFunctions,
	item: PreparedItem,
): Promise<INodeExecutionData> {
	const { run, index, live, prepared } = item;
	const access = await run.readAccess(context);
	const { answer, isReused } = await obtainAnswer(context, item, access);
	const shown = showItem(answer, prepared.settings);
	// Several items may have the same answer.
	const json = isReused ? { ...structuredClone(shown), reused: true } : shown;
	// Streamed, the chat has the answer already.
	if (run.answersChat && live === undefined) json.output = answer.completion.content;
	return { json, pairedItem: { item: index } };
}

/** Simplified, or the API's own object. */
function showItem({ completion, parsed }: Answer, { simplify }: ChatSettings): IDataObject {
	// Everything in it came out of JSON.
	return (simplify ? completionToItem(completion, parsed) : rawItem(completion)) as IDataObject;
}
