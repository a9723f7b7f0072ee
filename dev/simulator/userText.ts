import type { ChatMessage } from './chatRequest.ts';
import { isObject, type JsonValue } from './json.ts';

/** Text of the last user message of an unchecked body; empty when there is none. */
export function lastUserText(body: JsonValue | undefined): string {
	const messages = readMessages(body);
	const content = messages.findLast((message) => roleOf(message) === 'user');
	return isObject(content) ? textOf(content.content) : '';
}

/** How many times the model has spoken since: the number of the turn in a tool loop. */
export function turnsSinceUser(body: JsonValue | undefined): number {
	const messages = readMessages(body);
	const start = messages.findLastIndex((message) => roleOf(message) === 'user');
	return messages.slice(start + 1).filter((message) => roleOf(message) === 'assistant').length;
}

export function replaceLastUserText(messages: ChatMessage[], text: string): void {
	const message = messages.findLast(({ role }) => role === 'user');
	if (message) message.text = text;
}

function readMessages(body: JsonValue | undefined): JsonValue[] {
	return isObject(body) && Array.isArray(body.messages) ? body.messages : [];
}

function roleOf(message: JsonValue): unknown {
	return isObject(message) ? message.role : undefined;
}

function textOf(content: JsonValue | undefined): string {
	if (typeof content === 'string') return content;
	if (!Array.isArray(content)) return '';
	return content
		.map((part) => (isObject(part) && typeof part.text === 'string' ? part.text : ''))
		.filter((text) => text !== '')
		.join('\n');
}
