import type { Completion } from '../minimax/completion';
import { readColumnsAnswer } from '../minimax/columns/readColumnsAnswer';
import { readJsonAnswer, type JsonAnswer } from '../minimax/jsonAnswer/readJsonAnswer';
import type { Prepared } from './chatItem';

/** The value that a whole answer was asked for: the JSON, or the values of the columns by their names. */
export function readValue(
	{ content, finishReason }: Completion,
	{ columns, schema }: Prepared,
): JsonAnswer {
	return columns === undefined
		? readJsonAnswer(content, schema, finishReason)
		: readColumnsAnswer(content, columns, finishReason);
}
