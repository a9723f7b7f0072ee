import type { IExecutePaginationFunctions, INodeExecutionData } from 'n8n-workflow';

import type { PreparedItem } from './chatItem';
import { includeInput } from './includeInput';
import { obtainAnswer } from './obtainAnswer';
import { answerOnly, showAnswer } from './showAnswer';

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
	const access = await run.access.read(context);
	const { answer, isReused } = await obtainAnswer(context, item, access);
	const shown = run.isTool ? answerOnly(answer, prepared) : showAnswer(answer, prepared);
	// Several items may have the same answer.
	const own = isReused ? structuredClone(shown) : shown;
	if (run.isTool) return { json: own, pairedItem: { item: index } };
	if (isReused) own.reused = true;
	const { rowsInRequest } = answer.completion;
	if (rowsInRequest !== undefined) own.rowsInRequest ??= rowsInRequest;
	const json = includeInput(context.getInputData().json, prepared.settings.includedInput, own);
	// Streamed, the chat has the answer already.
	if (run.answersChat && live === undefined) json.output = answer.completion.content;
	return { json, pairedItem: { item: index } };
}
