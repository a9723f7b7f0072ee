import { checkContent } from './checkContent';
import { checkRole } from './checkRole';
import { checkToolTurns } from './checkToolTurns';
import { InvalidInput } from '../failure/failure';
import { isRecord } from '../json/isRecord';
import { isBlank, mergeSystemMessages } from './mergeSystemMessages';
import { normalizeToolCalls } from './normalizeToolCalls';
import { parseJsonField } from '../json/parseJsonField';
import { isDeep } from '../json/parseShallowJson';
import { textOf } from '../json/textOf';
import type { WireRequestMessage } from '../wireTypes';

/** A row of the 'Messages' field; expressions can put a value of any kind into it. */
export interface MessageRow {
	role?: unknown;
	content?: unknown;
	name?: unknown;
}

const FIELDS = 'Messages';
const JSON_FIELD = 'Messages (JSON)';
const RIGHT_JSON =
	'Give an array of messages, for example [{"role": "user", "content": "Hello"}], as text or from an expression.';

/**
 * The rows of the 'Messages' field as the API takes them. Values of expressions become text: numbers and
 * booleans as they read, dates as ISO text, other objects and lists as JSON. Empty rows are left out, so
 * that an optional one can stay in the panel. Throws InvalidInput.
 */
export function messagesFromFields(
	rows: readonly MessageRow[],
	model: string,
): WireRequestMessage[] {
	const messages: WireRequestMessage[] = [];
	rows.forEach((row, index) => {
		if (isDeep(row.content)) {
			throw new InvalidInput(
				`'${FIELDS}', message ${index + 1}: the content is nested too deeply to be written as text`,
				'Give a text, or a smaller part of the data, in the expression.',
			);
		}
		const content = textOf(row.content);
		if (content.trim() === '') return;
		const role = checkRole(row.role, model, `'${FIELDS}', message ${index + 1}`);
		const name = textOf(row.name).trim();
		messages.push(name === '' ? { role, content } : { role, content, name });
	});
	return finish(messages, FIELDS);
}

/**
 * Messages given in the API's own shape, as an array or as its JSON text. Fields that are not known here
 * pass through. Content may be text, a list of parts, or a number or boolean, which become text; a tool's
 * result may be any JSON. Throws InvalidInput.
 */
export function messagesFromJson(value: unknown, model: string): WireRequestMessage[] {
	const entries = readEntries(value);
	const messages = entries.map((entry, index): WireRequestMessage => {
		const where = `'${JSON_FIELD}', entry ${index + 1}`;
		if (!isRecord(entry)) {
			throw new InvalidInput(`${where} is not a message`, RIGHT_JSON);
		}
		const role = checkRole(entry.role, model, where);
		const content = checkContent(entry, role, model, where);
		const { tool_calls: toolCalls, ...rest } = entry;
		// Replies of other hosts carry `tool_calls: null`.
		return toolCalls === undefined || toolCalls === null
			? { ...rest, role, content }
			: { ...rest, role, content, tool_calls: normalizeToolCalls(toolCalls, where) };
	});
	checkToolTurns(messages, JSON_FIELD);
	return finish(messages, JSON_FIELD);
}

function finish(messages: readonly WireRequestMessage[], field: string): WireRequestMessage[] {
	const says = (message: WireRequestMessage): boolean =>
		!isBlank(message.content) || message.tool_calls !== undefined;
	if (!messages.some(says)) {
		throw new InvalidInput(
			messages.length === 0
				? `'${field}' holds no message with a text`
				: `'${field}' holds only empty messages`,
			'Add at least one message with a text. If the text comes from an expression, check that it gives a value for this item.',
		);
	}
	if (!messages.some((message) => message.role !== 'system' && says(message))) {
		throw new InvalidInput(
			`'${field}' holds nothing for the model to answer, only a system message`,
			'Add a message with the role User. If its text comes from an expression, check that it gives a value for this item.',
		);
	}
	return mergeSystemMessages(messages);
}

function readEntries(value: unknown): unknown[] {
	if (typeof value === 'string' && value.trim() === '') {
		throw new InvalidInput(`'${JSON_FIELD}' is empty`, RIGHT_JSON);
	}
	const parsed = parseJsonField(value);
	if (!parsed.ok) {
		throw new InvalidInput(`'${JSON_FIELD}' is not valid JSON`, `${parsed.reason}. ${RIGHT_JSON}`);
	}
	if (!Array.isArray(parsed.value)) {
		throw new InvalidInput(`'${JSON_FIELD}' is not an array of messages`, RIGHT_JSON);
	}
	return parsed.value;
}
