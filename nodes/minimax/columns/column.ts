export const COLUMN_TYPES = [
	'text',
	'number',
	'integer',
	'boolean',
	'date',
	'choice',
	'list',
] as const;

export type ColumnType = (typeof COLUMN_TYPES)[number];

/** One value that the model is to give for each row. */
export interface Column {
	/** The field of the item. */
	name: string;
	type: ColumnType;
	/** What a `choice` is made from; empty for all other types. */
	choices: string[];
	/** What the column holds, for the model; may be empty. */
	description: string;
	/** Whether the row fails without a value. Else the value is null then. */
	required: boolean;
}
