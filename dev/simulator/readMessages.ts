import type { ChatMessage, ToolCall } from './chatRequest.ts';
import { isObject, type JsonObject, type JsonValue } from './json.ts';
import type { Model } from './models.ts';
import { invalidParams } from './rejection.ts';

const roles = new Set(['system', 'user', 'assistant', 'tool']);
const rolePlayRoles = new Set(['user_system', 'group', 'sample_message_user', 'sample_message_ai']);

/** At most so many tokens an image, by `detail`; per second of video is not played. */
const tokensByDetail: Record<string, number> = { low: 600, default: 5_000, high: 15_000 };

/**
 * Checks `messages` as the API does and reduces them to what a reply is made of.
 * @throws Rejection 2013, in the API's words where they are known
 */
export function readMessages(value: unknown, model: Model, strict: boolean): ChatMessage[] {
	if (!Array.isArray(value) || value.length === 0) throw invalidParams('messages is empty');
	const messages = value.map((message: unknown) => readMessage(message, model, strict));
	if (strict && messages.filter(({ role }) => role === 'system').length > 1) {
		throw invalidParams('invalid chat setting');
	}
	checkToolIds(messages);
	return messages;
}

function readMessage(value: unknown, model: Model, strict: boolean): ChatMessage {
	if (!isObject(value)) throw invalidParams('messages must hold objects');
	const role = value.role;
	const roleKnown =
		typeof role === 'string' &&
		(roles.has(role) ||
			(rolePlayRoles.has(role) && model.id === 'M2-her') ||
			(!strict && role === 'developer'));
	if (!roleKnown) throw invalidParams(`chat content has invalid message role: ${String(role)}`);
	const toolCalls = role === 'assistant' ? readToolCalls(value.tool_calls) : [];
	const content = readContent(value.content, model);
	if (
		role === 'user' &&
		content.text.trim() === '' &&
		content.pictures.length + content.videos === 0
	) {
		throw invalidParams('chat content is empty');
	}
	const toolCallId = value.tool_call_id;
	if (role === 'tool' && (typeof toolCallId !== 'string' || toolCallId === '')) {
		throw invalidParams('tool_call_id is empty');
	}
	return {
		role,
		...content,
		toolCalls,
		toolCallId: typeof toolCallId === 'string' ? toolCallId : undefined,
		reasoning: readReasoning(value),
	};
}

type Content = Pick<ChatMessage, 'text' | 'pictures' | 'videos' | 'mediaTokens'>;

function readContent(value: unknown, model: Model): Content {
	const content: Content = { text: '', pictures: [], videos: 0, mediaTokens: 0 };
	if (value === undefined || value === null) return content;
	if (typeof value === 'string') return { ...content, text: value };
	if (!Array.isArray(value)) throw invalidParams('content must be a string or an array');
	const texts: string[] = [];
	for (const part of value as unknown[]) {
		if (!isObject(part)) throw invalidParams('content parts must be objects');
		if (part.type === 'text') {
			if (typeof part.text !== 'string') throw invalidParams('text part without text');
			texts.push(part.text);
			continue;
		}
		if (part.type !== 'image_url' && part.type !== 'video_url') {
			throw invalidParams(`invalid content type: ${String(part.type)}`);
		}
		const media = part[part.type];
		if (!isObject(media) || typeof media.url !== 'string' || media.url === '') {
			throw invalidParams(`${part.type} without url`);
		}
		const detail = media.detail ?? 'default';
		const tokens = typeof detail === 'string' ? tokensByDetail[detail] : undefined;
		if (tokens === undefined) throw invalidParams(`invalid detail: ${String(detail)}`);
		// M2.7 drops what it cannot see without a word.
		if (!model.seesMedia) continue;
		if (part.type === 'image_url') content.pictures.push(media.url);
		else content.videos += 1;
		content.mediaTokens += tokens;
	}
	content.text = texts.join('\n');
	return content;
}

function readToolCalls(value: unknown): ToolCall[] {
	if (value === undefined || value === null) return [];
	if (!Array.isArray(value)) throw invalidParams('tool_calls must be an array');
	return value.map((call: unknown) => {
		if (!isObject(call) || !isObject(call.function)) throw invalidParams('invalid tool_calls');
		const { name, arguments: argumentText } = call.function;
		if (typeof call.id !== 'string' || call.id === '') throw invalidParams('tool call without id');
		if (typeof name !== 'string' || name === '' || typeof argumentText !== 'string') {
			throw invalidParams('function name or parameters is empty');
		}
		return { id: call.id, name, arguments: argumentText };
	});
}

function readReasoning(message: JsonObject): string | undefined {
	const details = message.reasoning_details;
	if (Array.isArray(details)) return details.map(textOfDetail).join('');
	for (const text of [message.reasoning_content, message.reasoning]) {
		if (typeof text === 'string') return text;
	}
	return undefined;
}

function textOfDetail(detail: JsonValue): string {
	return isObject(detail) && typeof detail.text === 'string' ? detail.text : '';
}

/** Each call is answered once, right behind the turn that made it; no id is used twice. */
function checkToolIds(messages: ChatMessage[]): void {
	const seen = new Set<string>();
	let open = new Set<string>();
	for (const message of messages) {
		if (message.role === 'tool') {
			if (!open.delete(message.toolCallId ?? '')) {
				throw invalidParams(`tool result's tool id(${message.toolCallId}) not found`);
			}
			continue;
		}
		if (open.size > 0) throw unanswered(open);
		open = new Set();
		for (const { id } of message.toolCalls) {
			if (seen.has(id)) throw invalidParams(`duplicate tool call id(${id})`);
			seen.add(id);
			open.add(id);
		}
	}
	if (open.size > 0) throw unanswered(open);
}

function unanswered(ids: Set<string>): Error {
	return invalidParams(`tool call result does not follow tool call: ${[...ids].join(', ')}`);
}
