import type { IDataObject, IExecutePaginationFunctions, INodeExecutionData } from 'n8n-workflow';

import { askForRepair } from '../minimax/askForJson';
import type { Completion } from '../minimax/completion';
import { completionToItem, rawItem } from '../minimax/completionToItem';
import { FailureError } from '../minimax/failure';
import { addUsage, notTheJsonAskedFor, readJsonAnswer } from '../minimax/readJsonAnswer';
import type { WireRequest } from '../minimax/wireTypes';
import { attachMedia } from './attachMedia';
import { asksForJson, schemaOf } from './buildBody';
import type { ChatItem } from './chatRun';
import type { ChatSettings } from './readSettings';
import { requestCompletion } from './requestCompletion';

/**
 * The output item of one input item.
 *
 * @throws FailureError, InvalidInput, or what ended a stopped execution
 */
export async function answerItem(
	context: IExecutePaginationFunctions,
	item: ChatItem,
): Promise<INodeExecutionData> {
	const { body, settings, media, run, index } = item;
	if (body === undefined || settings === undefined) throw new TypeError('send ran before prepare');
	item.access = await run.readAccess(context);
	item.live = run.live.open(index);

	const ask = async (request: WireRequest): Promise<Completion> => {
		const load = async () => await attachMedia(context, request, media ?? []);
		const completion = await requestCompletion(context, item, load);
		run.countUsage(completion.usage);
		return completion;
	};
	const completion = await ask(body);
	const json = asksForJson(settings)
		? await toJsonItem(
				completion,
				settings,
				item,
				async (answer, reasons) => await ask(askForRepair(body, answer, reasons)),
			)
		: showItem(completion, settings);
	// Streamed, the chat has the answer already.
	if (run.answersChat && item.live === undefined) json.output = completion.content;
	return { json, pairedItem: { item: index } };
}

async function toJsonItem(
	completion: Completion,
	settings: ChatSettings,
	item: ChatItem,
	repair: (answer: string, reasons: string[]) => Promise<Completion>,
): Promise<IDataObject> {
	const schema = schemaOf(settings);
	const answer = readJsonAnswer(completion.content, schema);
	if (answer.ok) return showItem(completion, settings, { json: answer.value });

	// A listener has seen the first answer; a second one behind it would confuse more than help.
	const mayRepair = settings.options.repairJson === true && item.live?.hasWritten !== true;
	if (!mayRepair) throw new FailureError(notTheJsonAskedFor(completion, answer.reasons));
	const second = await repair(completion.content, answer.reasons);
	const repaired = { ...second, usage: addUsage(completion.usage, second.usage) };
	const secondAnswer = readJsonAnswer(repaired.content, schema);
	if (!secondAnswer.ok) throw new FailureError(notTheJsonAskedFor(repaired, secondAnswer.reasons));
	return showItem(repaired, settings, { json: secondAnswer.value });
}

/** Simplified, or the API's own object. */
function showItem(
	completion: Completion,
	settings: ChatSettings,
	parsed?: { json: unknown },
): IDataObject {
	const item = settings.simplify ? completionToItem(completion, parsed) : rawItem(completion);
	// Everything in it came out of JSON.
	return item as IDataObject;
}
