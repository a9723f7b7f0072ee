import { parseShallowJson } from '../json/parseShallowJson';
import { textOf } from '../json/textOf';

/** The commas of other scripts separate as well; without any of them a semicolon does. */
const COMMA = /[,，、،]/;
const SEMICOLON = /[;；]/;

/** By the quote a choice begins with, the one it ends with. */
const CLOSING: Readonly<Record<string, string>> = {
	'"': '"',
	"'": "'",
	'“': '”',
	'„': '“',
	'‘': '’',
	'«': '»',
	'「': '」',
};

/**
 * The choices of a column, each once, in their order: one a line, or in a single line separated by commas.
 * Quotes around a choice are taken off, and what separates choices counts for nothing inside of them. An
 * expression may give a list, whose entries are taken as they are; so may a JSON list that was typed.
 */
export function readChoices(value: unknown): string[] {
	const list = Array.isArray(value) ? value.map(textOf) : splitText(textOf(value).trim());
	return [...new Set(list.map((choice) => choice.trim()).filter((choice) => choice !== ''))];
}

function splitText(text: string): string[] {
	const parsed = parseShallowJson(text);
	if (parsed.ok && Array.isArray(parsed.value)) return parsed.value.map(textOf);
	const lines = text.split(/[\r\n]/);
	if (lines.length > 1) return lines.map(readLine);
	return splitLine(text, COMMA.test(text) ? COMMA : SEMICOLON);
}

/** A list that was copied may have a comma at the end of each line. */
function readLine(line: string): string {
	const choice = line.trim();
	const end = choice.length - 1;
	return unquote(COMMA.test(choice.charAt(end)) ? choice.slice(0, end).trim() : choice);
}

function unquote(choice: string): string {
	const closing = CLOSING[choice.charAt(0)];
	const isQuoted = closing !== undefined && choice.indexOf(closing, 1) === choice.length - 1;
	return isQuoted ? choice.slice(1, -1) : choice;
}

function splitLine(line: string, separator: RegExp): string[] {
	const choices: string[] = [];
	for (let rest = line; rest !== ''; ) {
		const end = endOfChoice(rest, separator);
		choices.push(unquote(rest.slice(0, end).trim()));
		rest = rest.slice(end + 1).trimStart();
	}
	return choices;
}

/** Where the choice at the beginning of a text ends, and one of quotes only behind them. */
function endOfChoice(text: string, separator: RegExp): number {
	const closing = CLOSING[text.charAt(0)];
	const quoted = closing === undefined ? -1 : text.indexOf(closing, 1);
	if (quoted > 0) {
		const rest = text.slice(quoted + 1);
		const behind = rest.trimStart();
		if (behind === '' || separator.test(behind.charAt(0))) {
			return quoted + 1 + rest.length - behind.length;
		}
	}
	const end = text.search(separator);
	return end < 0 ? text.length : end;
}
