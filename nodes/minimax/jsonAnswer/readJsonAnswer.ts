import { fitToSchema } from './fitToSchema';
import { readAnswerAs, type AnswerReading } from './readAnswerAs';
import type { AnswerSchema } from './readSchema';

export type JsonAnswer = AnswerReading<unknown>;

/**
 * The value that a model meant, checked against the schema where there is one, or the reasons why there is
 * none that is sure to be meant. Never throws; takes time that grows with the length only.
 *
 * @param text what the model wrote, thinking, words and fences around the JSON included
 * @param finishReason as the API gave it; `length` says that the end is missing
 */
export function readJsonAnswer(
	text: string,
	schema?: AnswerSchema,
	finishReason: string | null = null,
): JsonAnswer {
	return readAnswerAs(text, finishReason, (node) => fitToSchema(node, schema), schema?.json);
}
