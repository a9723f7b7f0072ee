import { readCall } from './collectToolCalls';
import type { Completion, ToolCall } from '../completion';
import { isRecord } from '../json/isRecord';
import { mapModeration } from './mapModeration';
import { readLabel } from '../json/readLabel';
import { readUsage } from './readUsage';
import { createThinkingSplitter, type SplitText, type ThinkingOptions } from './splitThinking';
import { LEADING_OPENER, TRAILING_CLOSER } from '../thinkTags';
import type { WireAssistantMessage, WireCompletion, WireToolCall } from '../wireTypes';

/** Makes the API's own completion object the one shape that everything behind looks at. */
export function normalizeCompletion(wire: WireCompletion, options: ThinkingOptions): Completion {
	const message = readMessage(wire);
	const splitter = createThinkingSplitter({
		openerMayBeMissing: options.openerMayBeMissing && readReasoning(message) === null,
	});
	const pushed = splitter.push(readContent(message));
	const rest = splitter.finish(wasCutInThought(wire, options));
	return composeCompletion(wire, {
		answer: pushed.answer + rest.answer,
		reasoning: pushed.reasoning + rest.reasoning,
	});
}

/** Whether text without any tag is thinking that was cut off, and not an answer. */
export function wasCutInThought(
	wire: WireCompletion,
	{ openerMayBeMissing, alwaysThinks = false }: ThinkingOptions,
): boolean {
	return openerMayBeMissing && alwaysThinks && wire.choices?.[0]?.finish_reason === 'length';
}

/** @param inline the content as a thinking splitter told it apart */
export function composeCompletion(wire: WireCompletion, inline: SplitText): Completion {
	const message = readMessage(wire);
	return {
		id: readLabel(wire.id),
		model: readLabel(wire.model),
		content: inline.answer,
		// Never from two: without `reasoning_split` some M3 replies hold the same thinking twice,
		// https://github.com/can1357/oh-my-pi/issues/2433
		reasoning: readReasoning(message) ?? (inline.reasoning === '' ? null : inline.reasoning),
		finishReason: readLabel(wire.choices?.[0]?.finish_reason) || null,
		toolCalls: readToolCalls(message),
		usage: readUsage(wire.usage),
		moderation: mapModeration(wire),
		message,
		wire,
	};
}

/**
 * The assistant message as it can go back in the next request; one without content where a reply has
 * none. Its tool calls have an id each and JSON for their arguments.
 */
export function readMessage(wire: WireCompletion): WireAssistantMessage {
	const sent: unknown = wire.choices?.[0]?.message;
	if (!isRecord(sent)) return { role: 'assistant', content: '' };
	const { tool_calls: calls, reasoning_details: details } = sent;
	const hasCalls = Array.isArray(calls);
	if ((calls === undefined || calls === null) && typeof details !== 'string') return sent;
	const complete = hasCalls
		? completeCalls(calls.filter(isRecord), (readLabel(wire.id) ?? '').replace(/[^\w-]/g, ''))
		: [];
	const message = { ...sent };
	delete message.tool_calls;
	if (complete.length > 0) message.tool_calls = complete;
	// LiteLLM's proxies sent a text in place of the list.
	if (typeof details === 'string') message.reasoning_details = [{ text: details }];
	return message;
}

/** Leaves out what is no call, and makes up the ids that are missing, the same ones each time. */
function completeCalls(
	calls: Array<Record<string, unknown>>,
	completionId: string,
): WireToolCall[] {
	const read = calls
		.map((call) => ({ call, ...readCall(call) }))
		.filter(({ name, arguments: text }) => name !== '' || text.trim() !== '');
	const sentIds = new Set(read.map(({ id }) => id));
	const taken = new Set<string>();
	let made = 0;
	function makeId(): string {
		made += 1;
		const id = ['call', completionId, made].filter(Boolean).join('_');
		return sentIds.has(id) ? makeId() : id;
	}

	return read.map(({ call, id: sentId, name, arguments: text }) => {
		const id = sentId === '' || taken.has(sentId) ? makeId() : sentId;
		taken.add(id);
		const called = isRecord(call.function) ? call.function : {};
		const written = text.trim() === '' ? '{}' : text;
		return { ...call, id, function: { ...called, name, arguments: written } };
	});
}

/** The text of a message; gateways may send it in parts. */
export function readContent(message: WireAssistantMessage): string {
	const content: unknown = message.content;
	if (typeof content === 'string') return content;
	if (!Array.isArray(content)) return '';
	return content
		.map((part: { text?: unknown } | null) => part?.text)
		.filter(isString)
		.join('');
}

/** Thinking that came in a field of its own; null when there is none. */
export function readReasoning(message: WireAssistantMessage): string | null {
	const details: unknown = message.reasoning_details;
	const detailed = Array.isArray(details)
		? details
				.map((detail: { text?: unknown } | null) => detail?.text)
				.filter(isString)
				.join('')
		: details;
	for (const sent of [message.reasoning_content, detailed, message.reasoning]) {
		const text = typeof sent === 'string' ? trimThinking(sent) : '';
		if (text !== '') return text;
	}
	return null;
}

/** With `reasoning_split` a leftover tag may stand at the edge of the thinking. */
function trimThinking(text: string): string {
	return text.trim().replace(LEADING_OPENER, '').replace(TRAILING_CLOSER, '').trim();
}

function readToolCalls(message: WireAssistantMessage): ToolCall[] {
	const calls: unknown = message.tool_calls;
	return Array.isArray(calls) ? calls.map(readCall) : [];
}

function isString(value: unknown): value is string {
	return typeof value === 'string';
}
