import type { IDataObject, IExecutePaginationFunctions, INodeExecutionData } from 'n8n-workflow';

import { askForRepair } from '../minimax/request/askForJson';
import type { Completion } from '../minimax/completion';
import { completionToItem, rawItem } from '../minimax/reply/completionToItem';
import { FailureError, type Failure } from '../minimax/failure/failure';
import { addUsage, notTheJsonAskedFor, readJsonAnswer } from '../minimax/jsonAnswer/readJsonAnswer';
import { NotSentError } from '../minimax/pace/sendPatiently';
import type { WireRequest } from '../minimax/wireTypes';
import { attachMedia } from './attachMedia';
import { asksForJson } from './buildBody';
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

	const ask = async (request: WireRequest): Promise<Completion> => {
		const load = async () => await attachMedia(context, request, media ?? []);
		const completion = await requestCompletion(context, item, load);
		run.countUsage(completion.usage);
		return completion;
	};
	const answer = await ask(body);
	const { completion, parsed } = asksForJson(settings)
		? await readAsJson(
				answer,
				settings,
				item,
				async (text, reasons) => await ask(askForRepair(body, text, reasons)),
			)
		: { completion: answer, parsed: undefined };
	const json = showItem(completion, settings, parsed);
	// Streamed, the chat has the answer already.
	if (run.answersChat && item.live === undefined) json.output = completion.content;
	return { json, pairedItem: { item: index } };
}

interface JsonCompletion {
	completion: Completion;
	parsed: { json: unknown };
}

/** @throws FailureError when the answer is not the JSON asked for, and could not be repaired */
async function readAsJson(
	completion: Completion,
	settings: ChatSettings,
	{ live, access, schema }: ChatItem,
	repair: (text: string, reasons: string[]) => Promise<Completion>,
): Promise<JsonCompletion> {
	const secrets = access === undefined ? [] : [access.apiKey];
	const answer = readJsonAnswer(completion.content, schema);
	if (answer.ok) return { completion, parsed: { json: answer.value } };

	// A listener has seen the first answer; a second one behind it would confuse more than help. One that
	// was cut off would be again.
	const mayRepair =
		settings.options.repairJson === true &&
		completion.finishReason !== 'length' &&
		live?.hasWritten !== true;
	const failure = notTheJsonAskedFor(completion, answer.reasons, secrets);
	if (!mayRepair) throw new FailureError(failure);
	live?.restart();
	const second = await repair(completion.content, answer.reasons).catch((error: unknown) =>
		Promise.reject(keepFirstAnswer(error, failure)),
	);
	const repaired = { ...second, usage: addUsage(completion.usage, second.usage) };
	const secondAnswer = readJsonAnswer(repaired.content, schema);
	if (!secondAnswer.ok) {
		throw new FailureError(notTheJsonAskedFor(repaired, secondAnswer.reasons, secrets));
	}
	return { completion: repaired, parsed: { json: secondAnswer.value } };
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

/** The first answer has been paid for, also where asking for a better one came to nothing. */
function keepFirstAnswer(error: unknown, { partial }: Failure): unknown {
	if (!(error instanceof FailureError) || error.failure.partial !== null) return error;
	const failure = { ...error.failure, partial };
	return error instanceof NotSentError ? new NotSentError(failure) : new FailureError(failure);
}
