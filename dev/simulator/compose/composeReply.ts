import type { ChatRequest } from '../chatRequest.ts';
import { answer } from './answer.ts';
import { callTools, type PlannedCall } from './callTools.ts';
import { readRowsRequest, requestForRow, writeRows } from './answerRows.ts';
import type { RowFaults } from '../settings.ts';
import { readTask } from './task.ts';
import { keywords } from './words.ts';

export interface ComposedReply {
	answer: string;
	reasoning: string;
	toolCalls: PlannedCall[];
	/** Whether the answer lacks its end, as if the tokens had not sufficed. */
	isCut?: boolean;
}

/** A sensible reply made of nothing but the request: the same request gets the same reply. */
export function composeReply(
	request: ChatRequest,
	faults: RowFaults = {},
	random: () => number = () => 1,
): ComposedReply {
	const together = readRowsRequest(request);
	if (together !== undefined) {
		const answers = together.rows.map(([id, text]): [string, string] => [
			id,
			composeReply(requestForRow(request, together.schema, text), faults, random).answer,
		]);
		return {
			...writeRows(answers, faults, random),
			reasoning: `There are ${answers.length} rows. I answer one after the other.`,
			toolCalls: [],
		};
	}
	const task = readTask(request);
	const about = keywords(task.material, 3).join(', ');
	const opening =
		about === '' ? 'The user sent a short message.' : `The user writes about ${about}.`;
	const toolCalls = request.toolChoice === 'none' ? [] : callTools(request.tools, task);
	if (toolCalls.length > 0) {
		const names = [...new Set(toolCalls.map(({ name }) => name))].join(', ');
		const reasoning = `${opening} I do not know this by myself, but ${names} can tell. I call it with what the message gives me.`;
		return { answer: '', reasoning, toolCalls };
	}
	const { text, because } = answer(task, request.wantsJson, request.jsonSchema);
	return { answer: text, reasoning: `${opening} ${because}`, toolCalls: [] };
}
