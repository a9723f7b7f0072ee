import { readCall } from './collectToolCalls';
import type { Completion, ToolCall } from '../completion';
import { isRecord } from '../json/isRecord';
import { mapModeration } from './mapModeration';
import { readLabel } from './readLabel';
import { readUsage } from './readUsage';
import { createThinkingSplitter, type SplitText, type ThinkingOptions } from './splitThinking';
import { LEADING_OPENER, TRAILING_CLOSER } from '../thinkTags';
import type { WireAssistantMessage, WireCompletion } from '../wireTypes';

/** Makes the API's own completion object the one shape that everything behind looks at. */
export function normalizeCompletion(wire: WireCompletion, options: ThinkingOptions): Completion {
	const message = readMessage(wire);
	const splitter = createThinkingSplitter({
		openerMayBeMissing: options.openerMayBeMissing && readReasoning(message) === null,
	});
	const pushed = splitter.push(readContent(message));
	const rest = splitter.finish();
	return composeCompletion(wire, {
		answer: pushed.answer + rest.answer,
		reasoning: pushed.reasoning + rest.reasoning,
	});
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

/** The assistant message; one without content where a reply has none. */
export function readMessage(wire: WireCompletion): WireAssistantMessage {
	const message: unknown = wire.choices?.[0]?.message;
	if (!isRecord(message)) return { role: 'assistant', content: '' };
	const { tool_calls: calls } = message;
	// What is no tool call is left out, so that the calls of message and completion stay paired.
	const isSound = !Array.isArray(calls) || calls.every(isRecord);
	return isSound ? message : { ...message, tool_calls: calls.filter(isRecord) };
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
		: '';
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
