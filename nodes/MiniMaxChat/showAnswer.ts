import type { IDataObject } from 'n8n-workflow';

import { isRecord } from '../minimax/json/isRecord';
import { completionToItem, rawItem } from '../minimax/reply/completionToItem';
import { hintOn } from '../n8n/words/hintOn';
import type { Answer } from './answer';
import type { Prepared } from './chatItem';

/** The JSON of an output item: the answer and what is known of it, or the API's own object. */
export function showAnswer(answer: Answer, prepared: Prepared): IDataObject {
	const { completion } = answer;
	const item = prepared.settings.simplify
		? completionToItem(completion, answerFields(answer, prepared), hintOn(completion))
		: rawItem(completion);
	// Everything in it came out of JSON.
	return item as IDataObject;
}

/**
 * What an agent gets: the answer, or why there is none. The model's thinking, which can be many times as
 * long, and the counts would fill the agent's context.
 */
export function answerOnly(answer: Answer, prepared: Prepared): IDataObject {
	const { parsed, completion } = answer;
	const isJson = parsed !== undefined && prepared.columns === undefined;
	const { toolCalls } = completionToItem(completion);
	const hint = hintOn(completion);
	return {
		...(isJson ? parsed : answerFields(answer, prepared)),
		...(toolCalls !== undefined && { toolCalls }),
		...(hint !== undefined && { hint }),
	} as IDataObject;
}

/** What the answer itself comes to: the columns, or the JSON and its text, or the text alone. */
function answerFields(
	{ completion: { content }, parsed }: Answer,
	{ columns }: Prepared,
): Record<string, unknown> {
	if (parsed === undefined) return { content };
	const { json } = parsed;
	return columns !== undefined && isRecord(json) ? json : { json, content: withoutFence(content) };
}

/** The text inside of the code fence that makes up a whole answer; any other as it is. */
function withoutFence(text: string): string {
	const inner = /^\s*```[\w-]*[ \t]*\n([^]*?)\n?```\s*$/.exec(text)?.[1];
	return inner === undefined || inner.includes('```') ? text : inner;
}
