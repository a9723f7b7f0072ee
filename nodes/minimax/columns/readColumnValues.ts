import { isRecord } from '../json/isRecord';
import type { Column } from './column';

export type ColumnValues =
	| { ok: true; values: Record<string, unknown> }
	/** Sentences without a final period, each naming its column and what came. */
	| { ok: false; reasons: string[] };

type Reading = { ok: true; value: unknown } | { ok: false; wanted: string };

const MOST_REASONS = 5;
const LONGEST_QUOTE = 80;

/**
 * The values of the columns, in their order, out of the JSON a model gave. Members that no column asks for
 * are left out; a column that is not required is null where there is no value.
 */
export function readColumnValues(json: unknown, columns: readonly Column[]): ColumnValues {
	if (!isRecord(json)) {
		return {
			ok: false,
			reasons: [`An object with the columns was asked for, but ${quoteValue(json)} came`],
		};
	}
	const entries: Array<[string, unknown]> = [];
	const reasons: string[] = [];
	for (const column of columns) {
		const { name, required } = column;
		const given: unknown = Object.hasOwn(json, name) ? json[name] : undefined;
		if (given === undefined || given === null) {
			entries.push([name, null]);
			if (required)
				reasons.push(`Column '${name}' has no value${given === null ? ' (null came)' : ''}`);
			continue;
		}
		const reading = readValue(given, column);
		if (reading.ok) entries.push([name, reading.value]);
		else reasons.push(`Column '${name}' is to be ${reading.wanted}, but ${quoteValue(given)} came`);
	}
	return reasons.length === 0
		? { ok: true, values: Object.fromEntries(entries) }
		: { ok: false, reasons: reasons.slice(0, MOST_REASONS) };
}

function readValue(given: unknown, { type, choices }: Column): Reading {
	const as = (isRight: boolean, wanted: string): Reading =>
		isRight ? { ok: true, value: given } : { ok: false, wanted };
	switch (type) {
		case 'text':
			return as(typeof given === 'string', 'a text');
		case 'number':
			return as(typeof given === 'number', 'a number');
		case 'integer':
			return as(Number.isInteger(given), 'a whole number');
		case 'boolean':
			return as(typeof given === 'boolean', 'true or false');
		case 'choice':
			return as(
				typeof given === 'string' && choices.includes(given),
				`one of ${choices.map((choice) => `"${choice}"`).join(', ')}`,
			);
		case 'list':
			return as(
				Array.isArray(given) && given.every((entry) => typeof entry === 'string'),
				'a list of texts',
			);
		case 'date':
			return readDate(given);
	}
}

/** `2026-01-31`, also with a time that says no more than the day. */
const DAY = /^(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00(?::00(?:\.0+)?)?(?:Z|[+-]00:?00)?)?$/;

/** A day of the calendar as ISO text. */
function readDate(given: unknown): Reading {
	const wanted = 'a date such as 2026-01-31';
	const match = typeof given === 'string' ? DAY.exec(given.trim()) : null;
	if (match === null) return { ok: false, wanted };
	const day = match.slice(1, 4).join('-');
	const date = new Date(`${day}T00:00:00Z`);
	// February 30 becomes March 2.
	const isDay = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
	return isDay ? { ok: true, value: day } : { ok: false, wanted };
}

function quoteValue(value: unknown): string {
	const text = JSON.stringify(value) ?? String(value);
	return text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text;
}
