import { readSchema, type AnswerSchema } from '../jsonAnswer/readSchema';
import type { Column } from './column';
import { columnsToSchema } from './columnsToSchema';
import { readColumns } from './readColumns';

/** What the columns ask of an answer. */
export interface ColumnPlan {
	columns: Column[];
	schema: AnswerSchema;
}

/** Most callers give the same object for every item of a run. */
const plans = new WeakMap<object, ColumnPlan>();

/**
 * @param field the rows of columns, as `readColumns` takes them
 * @throws InvalidInput
 */
export function compileColumns(field: unknown): ColumnPlan {
	const known = typeof field === 'object' && field !== null ? plans.get(field) : undefined;
	if (known !== undefined) return known;
	const columns = readColumns(field);
	// Dates are read by readColumnValues, in more ways than their format allows.
	const checked = readSchema(columnsToSchema(columns.filter(({ type }) => type !== 'date')));
	if (checked === undefined) throw new TypeError('Columns make no schema');
	const plan = { columns, schema: { ...checked, json: columnsToSchema(columns) } };
	if (typeof field === 'object' && field !== null) plans.set(field, plan);
	return plan;
}
