import { InvalidInput, type Place } from '../failure/invalidInput';
import type { Column, ColumnType } from './column';
import { readColumns } from './readColumns';

const QUICK: Place = { input: 'quickColumns' };

/** Commas of other scripts separate as well. */
const BETWEEN_COLUMNS = /[,，、،\r\n]/;
const BEHIND_NAME = /[:：]/;
const BETWEEN_CHOICES = /[|｜]/;

/** What people call the types, also those of n8n's own fields, in lower case. */
const TYPES: ReadonlyMap<string, ColumnType> = new Map([
	['text', 'text'],
	['string', 'text'],
	['number', 'number'],
	['whole number', 'integer'],
	['integer', 'integer'],
	['yes or no', 'boolean'],
	['boolean', 'boolean'],
	['date', 'date'],
	['list', 'list'],
	['array', 'list'],
]);

interface Row {
	name: string;
	type: ColumnType;
	choices?: string[];
}

/**
 * The columns that a text names, separated by commas or one a line: `supplier, due: date, label: billing | bug`.
 * Only what can be meant in one way is read; a name or a choice that holds one of these marks needs rows.
 *
 * @throws InvalidInput
 */
export function readQuickColumns(text: string): Column[] {
	const parts = text.split(BETWEEN_COLUMNS).map((part) => part.trim());
	return readColumns(parts.filter((part) => part !== '').map(readPart), QUICK);
}

function readPart(part: string): Row {
	const colon = part.search(BEHIND_NAME);
	const name = (colon < 0 ? part : part.slice(0, colon)).trim();
	const kind = colon < 0 ? 'text' : part.slice(colon + 1).trim();
	if (name === '' || BETWEEN_CHOICES.test(name)) {
		throw new InvalidInput(
			`gives no name to '${shown(part)}'`,
			"Write the column's name and a colon before it, for example 'label: billing | bug'.",
			QUICK,
		);
	}
	const choices = kind.split(BETWEEN_CHOICES).filter((choice) => choice.trim() !== '');
	if (BETWEEN_CHOICES.test(kind) && choices.length > 0) return { name, type: 'choice', choices };
	const type = TYPES.get(kind.toLowerCase().replace(/\s+/g, ' '));
	if (type !== undefined) return { name, type };
	throw new InvalidInput(
		`gives the column '${shown(name)}' the type '${shown(kind)}', which is none`,
		"A type is text, number, whole number, yes or no, date or list. Choices are separated by |, as in 'label: billing | bug', and columns by commas.",
		QUICK,
	);
}

const shown = (text: string): string => text.slice(0, 50);
