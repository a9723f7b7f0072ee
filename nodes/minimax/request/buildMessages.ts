import { checkContent } from './checkContent';
import { checkRole } from './checkRole';
import { checkToolTurns } from './checkToolTurns';
import { inside, InvalidInput, type Place } from '../failure/invalidInput';
import { isRecord } from '../json/isRecord';
import { isBlank, mergeSystemMessages } from './mergeSystemMessages';
import { normalizeToolCalls } from './normalizeToolCalls';
import { parseJsonField } from '../json/parseJsonField';
import { isDeep } from '../json/parseShallowJson';
import { textOf } from '../json/textOf';
import type { WireRequestMessage } from '../wireTypes';

/** A message whose values may be of any kind. */
export interface MessageRow {
	role?: unknown;
	content?: unknown;
	name?: unknown;
}

const ROWS: Place = { input: 'messages' };
const JSON_TEXT: Place = { input: 'messagesJson' };
const RIGHT_JSON = 'Give an array of messages, for example [{"role": "user", "content": "Hello"}].';

/**
 * Rows of messages as the API takes them. Values become text: numbers and booleans as they read, dates as
 * ISO text, other objects and lists as JSON. Empty rows are left out, as some are meant for some items only.
 *
 * @throws InvalidInput
 */
export function messagesFromFields(
	rows: readonly MessageRow[],
	model: string,
): WireRequestMessage[] {
	const messages: WireRequestMessage[] = [];
	rows.forEach((row, index) => {
		const place = inside(ROWS, `message ${index + 1}`);
		if (isDeep(row.content)) {
			throw new InvalidInput(
				'is nested too deeply to be written as text',
				'Give a text, or a smaller part of the data.',
				place,
			);
		}
		const content = textOf(row.content);
		if (content.trim() === '') return;
		const role = checkRole(row.role, model, place);
		const name = textOf(row.name).trim();
		messages.push(name === '' ? { role, content } : { role, content, name });
	});
	return finish(messages, ROWS);
}

/**
 * Messages given in the API's own shape, as an array or as its JSON text. Fields that are not known here
 * pass through. Content may be text, a list of parts, or a number or boolean, which become text; a tool's
 * result may be any JSON.
 *
 * @throws InvalidInput
 */
export function messagesFromJson(value: unknown, model: string): WireRequestMessage[] {
	const entries = readEntries(value);
	const messages = entries.map((entry, index): WireRequestMessage => {
		const place = inside(JSON_TEXT, `entry ${index + 1}`);
		if (!isRecord(entry)) throw new InvalidInput('is not a message', RIGHT_JSON, place);
		const role = checkRole(entry.role, model, place);
		const content = checkContent(entry, role, model, place);
		const { tool_calls: toolCalls, ...rest } = entry;
		// Replies of other hosts carry `tool_calls: null`.
		return toolCalls === undefined || toolCalls === null
			? { ...rest, role, content }
			: { ...rest, role, content, tool_calls: normalizeToolCalls(toolCalls, place) };
	});
	checkToolTurns(messages, JSON_TEXT);
	return finish(messages, JSON_TEXT);
}

function finish(messages: readonly WireRequestMessage[], place: Place): WireRequestMessage[] {
	const says = (message: WireRequestMessage): boolean =>
		!isBlank(message.content) || message.tool_calls !== undefined;
	if (!messages.some(says)) {
		throw new InvalidInput(
			messages.length === 0 ? 'holds no message with a text' : 'holds only empty messages',
			'Add at least one message with a text.',
			place,
			true,
		);
	}
	if (!messages.some((message) => message.role !== 'system' && says(message))) {
		throw new InvalidInput(
			'holds nothing for the model to answer, only a system message',
			'Add a message with the role user.',
			place,
			true,
		);
	}
	return mergeSystemMessages(messages);
}

function readEntries(value: unknown): unknown[] {
	if (typeof value === 'string' && value.trim() === '') {
		throw new InvalidInput('is empty', RIGHT_JSON, JSON_TEXT, true);
	}
	const parsed = parseJsonField(value);
	if (!parsed.ok) {
		throw new InvalidInput('is not valid JSON', `${parsed.reason}. ${RIGHT_JSON}`, JSON_TEXT);
	}
	if (!Array.isArray(parsed.value)) {
		throw new InvalidInput('is not an array of messages', RIGHT_JSON, JSON_TEXT);
	}
	return parsed.value;
}
