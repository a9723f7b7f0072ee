import { toValue, type JsonMember, type JsonNode } from '../json/jsonNode';
import { findLoss } from '../jsonAnswer/findLoss';
import type { Column } from './column';
import { readDay } from './readDay';

export type ColumnValues =
	| { ok: true; values: Record<string, unknown> }
	/** Sentences without a final period, each naming its column and what came. */
	| { ok: false; reasons: string[] };

/** `why` goes on behind the column's name. */
type Reading = { ok: true; value: unknown } | { ok: false; why: string };

const MOST_REASONS = 5;
const LONGEST_QUOTE = 80;
/** Named in a reason. */
const MOST_CHOICES = 20;

/** The type's own words. */
const YES_OR_NO: ReadonlyMap<string, boolean> = new Map([
	['yes', true],
	['no', false],
]);

/**
 * The values of the columns, in their order, out of the JSON a model gave. Members that no column asks for
 * are left out; a column that is not required is null where there is no value.
 */
export function readColumnValues(answer: JsonNode, columns: readonly Column[]): ColumnValues {
	if (answer.type !== 'object') {
		const came = quoteValue(toValue(answer));
		return {
			ok: false,
			reasons: [`An object with the columns was asked for, but ${came} came`],
		};
	}
	const members = new Map<string, JsonMember[]>();
	for (const member of answer.members) {
		const others = members.get(member.name);
		if (others === undefined) members.set(member.name, [member]);
		else others.push(member);
	}
	const entries: Array<[string, unknown]> = [];
	const reasons: string[] = [];
	for (const column of columns) {
		const reading = readColumn(members.get(column.name) ?? [], column);
		if (reading.ok) entries.push([column.name, reading.value]);
		else reasons.push(`Column '${column.name}' ${reading.why}`);
	}
	return reasons.length === 0
		? { ok: true, values: Object.fromEntries(entries) }
		: { ok: false, reasons: reasons.slice(0, MOST_REASONS) };
}

function readColumn([first, ...others]: readonly JsonMember[], column: Column): Reading {
	const { type, required } = column;
	const given = first === undefined ? undefined : toValue(first.node);
	const came = quoteValue(given);
	const other = others.map(({ node }) => quoteValue(toValue(node))).find((text) => text !== came);
	if (other !== undefined) return { ok: false, why: `came twice, as ${came} and ${other}` };
	const loss = first === undefined ? null : findLoss(first.node);
	if (loss !== null)
		return { ok: false, why: `cannot be read: ${loss.charAt(0).toLowerCase()}${loss.slice(1)}` };
	if (given === undefined || given === null || (type !== 'text' && isBlank(given))) {
		if (!required) return { ok: true, value: null };
		return { ok: false, why: `has no value${given === undefined ? '' : ` (${came} came)`}` };
	}
	const value = readValue(given, column);
	if (value === undefined) {
		return { ok: false, why: `is to be ${describeType(column)}, but ${came} came` };
	}
	return { ok: true, value };
}

/** Some models write an empty text where there is no number or date. */
function isBlank(value: unknown): boolean {
	return typeof value === 'string' && value.trim() === '';
}

/** Undefined where it is none of the type. */
function readValue(given: unknown, { type, choices }: Column): unknown {
	switch (type) {
		case 'text':
			return typeof given === 'string' ? given : undefined;
		case 'number':
			return typeof given === 'number' ? given : undefined;
		case 'integer':
			return Number.isInteger(given) ? given : undefined;
		case 'boolean':
			if (typeof given === 'boolean') return given;
			return typeof given === 'string' ? YES_OR_NO.get(given.trim().toLowerCase()) : undefined;
		case 'choice':
			return choices.find((choice) => choice === given);
		case 'list':
			return isListOfTexts(given) ? given : undefined;
		case 'date':
			return typeof given === 'string' ? readDay(given) : undefined;
	}
}

function describeType({ type, choices }: Column): string {
	switch (type) {
		case 'text':
			return 'a text';
		case 'number':
			return 'a number';
		case 'integer':
			return 'a whole number';
		case 'boolean':
			return 'true or false';
		case 'choice': {
			const named = choices.slice(0, MOST_CHOICES).map((choice) => `"${choice}"`);
			const more = choices.length - named.length;
			return `one of ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
		}
		case 'list':
			return 'a list of texts';
		case 'date':
			return 'a date such as 2026-01-31';
	}
}

function isListOfTexts(value: unknown): boolean {
	return Array.isArray(value) && value.every((entry) => typeof entry === 'string');
}

function quoteValue(value: unknown): string {
	const text = JSON.stringify(value) ?? String(value);
	return text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text;
}
