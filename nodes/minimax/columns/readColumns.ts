import { inside, InvalidInput, type Place } from '../failure/invalidInput';
import { isRecord } from '../json/isRecord';
import { textOf } from '../json/textOf';
import { COLUMN_TYPES, type Column, type ColumnType } from './column';
import { readChoices } from './readChoices';

/** What an item has besides the columns, what n8n reads out of items, and what no object can hold. */
const RESERVED: readonly string[] = [
	'error',
	'reasoning',
	'usage',
	'finishReason',
	'model',
	'id',
	'toolCalls',
	'moderation',
	'hint',
	'reused',
	'rowsInRequest',
	'output',
	'pairedItem',
	'__proto__',
];

const IN_ROWS: Place = { input: 'columns' };

/** Long enough for any field of a table; more would only be paid for. */
const MOST_COLUMNS = 200;

/**
 * The columns that rows of name, type, choices and description ask for; their values may be of any kind.
 *
 * @param field the rows, or an object with them as its `values`
 * @param place the field that an error names
 * @throws InvalidInput naming the row, counted from 1
 */
export function readColumns(field: unknown, place = IN_ROWS): Column[] {
	const values: unknown = isRecord(field) ? field.values : field;
	const rows = (Array.isArray(values) ? values : []).filter(isRecord);
	const columns = rows.map((row, index) => readColumn(row, index + 1, place));
	if (columns.length === 0) {
		throw new InvalidInput(
			'holds no column',
			'Add one and give it a name, or ask for text instead of columns.',
			place,
		);
	}
	if (columns.length > MOST_COLUMNS) {
		throw new InvalidInput(
			`holds ${columns.length} columns, but at most ${MOST_COLUMNS} can be asked for at once`,
			'Spread them over several steps.',
			place,
		);
	}
	const names = columns.map(({ name }) => name);
	const double = names.find((name, index) => names.indexOf(name) !== index);
	if (double !== undefined) {
		throw new InvalidInput(
			`holds the name '${double}' twice`,
			'Give each column a name of its own.',
			place,
		);
	}
	return columns;
}

function readColumn(row: Record<string, unknown>, position: number, place: Place): Column {
	const name = readName(row.name);
	if (name === '') {
		throw new InvalidInput(
			'has no name',
			'Give it the name that the new field of the item is to have, for example label.',
			inside(place, `row ${position}`),
			true,
		);
	}
	if (RESERVED.includes(name)) {
		throw new InvalidInput(
			`cannot hold a column called '${name}'`,
			`The item has a field of that name for something else. Choose another one, for example 'my_${name.replaceAll('_', '')}'.`,
			place,
		);
	}
	const type = readType(row.type, name, place);
	return {
		name,
		type,
		choices: type === 'choice' ? choicesOf(row.choices, name, place) : [],
		description: textOf(row.description).trim(),
		required: row.required !== false && row.required !== 'false',
	};
}

/** From the first to the last character that is no blank, end of line or mark of no width. */
const VISIBLE = /[^\s\p{Cf}](?:[^]*[^\s\p{Cf}])?/u;

/**
 * In the composed form, which keyboards write: names that were copied from a Mac's files hold the other one,
 * and an expression with the same letters would not find the field.
 */
function readName(value: unknown): string {
	const [name = ''] = VISIBLE.exec(textOf(value).toWellFormed().normalize('NFC')) ?? [];
	return name.replace(/\r\n|\s/g, ' ');
}

function readType(value: unknown, name: string, place: Place): ColumnType {
	if (value === undefined || value === null || value === '') return 'text';
	const type = COLUMN_TYPES.find((known) => known === value);
	if (type !== undefined) return type;
	throw new InvalidInput(
		`gives the column '${name}' the type '${textOf(value).slice(0, 50)}', which is none`,
		`A type is ${COLUMN_TYPES.slice(0, -1).join(', ')} or ${COLUMN_TYPES.at(-1)}.`,
		place,
	);
}

function choicesOf(value: unknown, name: string, place: Place): string[] {
	const choices = readChoices(value);
	if (choices.length > 0) return choices;
	throw new InvalidInput(
		`leaves the column '${name}' nothing to choose from`,
		"Write its choices, one a line or separated by commas, for example 'billing, bug, wish'.",
		place,
	);
}
