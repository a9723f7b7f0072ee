import type { IDataObject, IExecutePaginationFunctions, INodeExecutionData } from 'n8n-workflow';

import { completionToItem, rawItem } from '../minimax/reply/completionToItem';
import { answerAsJson, type Answer, type Ask } from './answerAsJson';
import { asksForJson } from './buildBody';
import type { PreparedItem } from './chatItem';
import type { ChatSettings } from './readSettings';
import { requestCompletion } from './requestCompletion';

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
	const { settings, body } = prepared;
	const access = await run.readAccess(context);
	const ask: Ask = async (request, read) =>
		await requestCompletion(context, item, access, request, read);
	const answer = asksForJson(settings)
		? await answerAsJson(ask, item, [access.apiKey])
		: await ask(body, (completion): Answer => ({ completion }));
	const json = showItem(answer, settings);
	// Streamed, the chat has the answer already.
	if (run.answersChat && live === undefined) json.output = answer.completion.content;
	return { json, pairedItem: { item: index } };
}

/** Simplified, or the API's own object. */
function showItem({ completion, parsed }: Answer, { simplify }: ChatSettings): IDataObject {
	// Everything in it came out of JSON.
	return (simplify ? completionToItem(completion, parsed) : rawItem(completion)) as IDataObject;
}
