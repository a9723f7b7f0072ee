import { parseJson } from './json.ts';
import { invalidParams } from './rejection.ts';
import { readSettings, type ScriptedReply } from './settings.ts';

/** A line of its own, so that it can stand under any prompt in any client. */
const directiveLine = /^[ \t]*#sim[ \t]+(\{.*\})[ \t]*$/gm;

export interface Directive {
	settings: ScriptedReply;
	/** The text without the `#sim` lines: what the reply is made of. */
	text: string;
}

/**
 * Settings written into the text of a message: `#sim {"latencyMs":200}`.
 * @throws Rejection 2013 when a line is no JSON or names an unknown setting
 */
export function readDirective(text: string): Directive | undefined {
	if (!text.includes('#sim')) return undefined;
	const lines = [...text.matchAll(directiveLine)];
	if (lines.length === 0) return undefined;
	const settings: ScriptedReply = {};
	for (const [, json] of lines) Object.assign(settings, readLine(json ?? ''));
	return { settings, text: text.replace(directiveLine, '').trim() };
}

function readLine(json: string): ScriptedReply {
	const value = parseJson(json);
	if (value === undefined) throw invalidParams(`#sim line is not valid JSON: ${json}`);
	try {
		return readSettings(value);
	} catch (error) {
		throw invalidParams(`#sim line: ${error instanceof Error ? error.message : String(error)}`);
	}
}
