import { readJsonAnswer, type JsonAnswer } from '../jsonAnswer/readJsonAnswer';
import type { ColumnPlan } from './compileColumns';
import { readColumnValues } from './readColumnValues';

/**
 * The values of the columns out of what a model wrote, or why they cannot be had, by column where the JSON
 * itself can be read.
 *
 * @param finishReason as the API gave it
 */
export function readColumnsAnswer(
	text: string,
	{ columns, schema }: ColumnPlan,
	finishReason: string | null,
): JsonAnswer {
	const answer = readJsonAnswer(text, schema, finishReason);
	if (answer.ok) {
		const read = readColumnValues(answer.value, columns);
		return read.ok
			? { ok: true, value: read.values }
			: { ok: false, reasons: read.reasons, isCut: false };
	}
	const loose = readJsonAnswer(text, undefined, finishReason);
	const read = loose.ok ? readColumnValues(loose.value, columns) : undefined;
	return {
		...answer,
		reasons: read?.ok === false ? read.reasons : answer.reasons.map(saysOfColumns),
	};
}

function saysOfColumns(reason: string): string {
	return `No column can be read: ${reason.charAt(0).toLowerCase()}${reason.slice(1)}`;
}
