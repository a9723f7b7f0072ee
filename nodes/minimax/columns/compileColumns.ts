import { readSchema, type AnswerSchema } from '../jsonAnswer/readSchema';
import type { Column } from './column';
import { columnsToSchema } from './columnsToSchema';
import { readColumns } from './readColumns';
import { readQuickColumns } from './readQuickColumns';

/** What the columns ask of an answer. */
export interface ColumnPlan {
	columns: Column[];
	schema: AnswerSchema;
}

/** Most callers give the same object for every item of a run. */
const plans = new WeakMap<object, ColumnPlan>();
/** The same for quick columns, which are a text. */
let latest: { text: string; plan: ColumnPlan } | undefined;

/**
 * @param field the rows of columns, as `readColumns` takes them
 * @throws InvalidInput
 */
export function compileColumns(field: unknown): ColumnPlan {
	// The object itself; of a value that is none, which holds no columns, a new one.
	const rows: object = Object(field);
	const plan = plans.get(rows) ?? planFor(readColumns(field));
	plans.set(rows, plan);
	return plan;
}

/**
 * @param text the columns as `readQuickColumns` takes them
 * @throws InvalidInput
 */
export function compileQuickColumns(text: string): ColumnPlan {
	if (latest?.text !== text) latest = { text, plan: planFor(readQuickColumns(text)) };
	return latest.plan;
}

function planFor(columns: Column[]): ColumnPlan {
	// Dates are read by readColumnValues, in more ways than their format allows.
	const checked = readSchema(columnsToSchema(columns.filter(({ type }) => type !== 'date')));
	if (checked === undefined) throw new TypeError('Columns make no schema');
	return { columns, schema: { ...checked, json: columnsToSchema(columns) } };
}
