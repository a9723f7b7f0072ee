import { coerceToSchema } from '../jsonAnswer/fitToSchema';
import { readAnswerAs } from '../jsonAnswer/readAnswerAs';
import type { JsonAnswer } from '../jsonAnswer/readJsonAnswer';
import type { JsonNode } from '../json/jsonNode';
import type { Column } from './column';
import type { ColumnPlan } from './compileColumns';
import { nameAsColumns } from './nameAsColumns';
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
	const ofColumns = new Set<string>();
	const answer = readAnswerAs(
		text,
		finishReason,
		(node) => {
			const coerced = coerceToSchema(rowOf(node, columns), schema);
			if (!coerced.ok) return coerced;
			const read = readColumnValues(coerced.value, columns);
			if (read.ok) return { ok: true, value: read.values };
			for (const reason of read.reasons) ofColumns.add(reason);
			return { ok: false, problems: read.reasons };
		},
		schema.json,
	);
	if (answer.ok) return answer;
	const reasons = answer.reasons.map((reason) =>
		ofColumns.has(reason) ? reason : saysOfColumns(reason),
	);
	return { ...answer, reasons };
}

/** The object with the columns, also out of a list of one row, with its members named as the columns are. */
function rowOf(node: JsonNode, columns: readonly Column[]): JsonNode {
	const [only, ...others] = node.type === 'array' ? node.items : [];
	const row = only !== undefined && others.length === 0 ? only : node;
	return row.type === 'object' ? { ...row, members: nameAsColumns(row.members, columns) } : row;
}

function saysOfColumns(reason: string): string {
	return `No column can be read: ${reason.charAt(0).toLowerCase()}${reason.slice(1)}`;
}
