import { collectReasoningDetails } from './collectReasoningDetails';
import { collectToolCalls } from './collectToolCalls';
import { readContent } from './normalizeCompletion';
import { readIndex } from './readLabel';
import { isPlaceholder } from './readUsage';
import type {
	WireAssistantMessage,
	WireChunk,
	WireChunkChoice,
	WireCompletion,
	WireEnvelope,
	WireUsage,
} from '../wireTypes';

/** What one chunk adds; '' where it adds nothing. */
export interface Delta {
	content: string;
	reasoning: string;
}

export interface StreamAssembler {
	accept(chunk: WireChunk): Delta;
	/** Whether the model said that it is done; usage may follow. */
	isFinished(): boolean;
	/** The `chat.completion` that a reply in one piece would have been. */
	finish(): WireCompletion;
}

/**
 * Puts the chunks of a stream together. Some backends end with a whole `chat.completion` frame that
 * repeats the answer (https://github.com/GCWing/OpenBitFun/pull/792): its usage and finish reason
 * count, its message only when nothing else came.
 */
export function createStreamAssembler(): StreamAssembler {
	const envelope: Record<string, unknown> = {};
	const message: WireAssistantMessage = {};
	// Strings and no lists of parts: V8 puts a string together when it is read, and `wire` seldom is.
	const texts = { content: '', reasoning_content: '', reasoning: '' };
	const details = collectReasoningDetails();
	const toolCalls = collectToolCalls();
	let choiceIndex: number | null = null;
	let finishReason: string | null = null;
	let usage: WireUsage | null | undefined;
	let wholeMessage: WireAssistantMessage | null = null;
	let anythingStreamed = false;

	function mergeEnvelope(chunk: WireEnvelope): void {
		for (const [field, value] of Object.entries(chunk)) {
			if (field === 'choices' || field === 'usage' || field === 'object') continue;
			if (value === null || value === undefined) {
				if (!(field in envelope)) envelope[field] = value;
			} else if (!(field.includes('_sensitive') && !value && envelope[field])) {
				// A flag that was raised stays raised.
				envelope[field] = value;
			}
		}
		if (chunk.usage && !isPlaceholder(chunk.usage)) usage = chunk.usage;
		else if (chunk.usage !== undefined) usage ??= null;
	}

	function findChoice(chunk: WireChunk): WireChunkChoice | null {
		if (!Array.isArray(chunk.choices)) return null;
		for (const choice of chunk.choices) {
			if (!isObject(choice)) continue;
			const index = readIndex(choice.index) ?? 0;
			choiceIndex ??= index;
			if (index === choiceIndex) return choice;
		}
		return null;
	}

	function append(field: keyof typeof texts, text: unknown): string {
		if (typeof text !== 'string' || text === '') return '';
		texts[field] += text;
		anythingStreamed = true;
		return text;
	}

	function acceptDelta(delta: WireAssistantMessage): Delta {
		if (typeof delta.role === 'string' && delta.role !== '') message.role = delta.role;
		if (typeof delta.name === 'string') message.name = delta.name;
		if (typeof delta.audio_content === 'string') {
			message.audio_content = (message.audio_content ?? '') + delta.audio_content;
		}
		const detailsText = details.accept(delta.reasoning_details);
		if (toolCalls.accept(delta.tool_calls) || detailsText !== '') anythingStreamed = true;
		const text = append('content', readContent(delta));
		const reasoningContentText = append('reasoning_content', delta.reasoning_content);
		const reasoningText = append('reasoning', delta.reasoning);
		return { content: text, reasoning: reasoningContentText || detailsText || reasoningText };
	}

	return {
		accept(chunk) {
			mergeEnvelope(chunk);
			const choice = findChoice(chunk);
			if (choice?.finish_reason) finishReason = choice.finish_reason;
			if (isObject(choice?.delta)) return acceptDelta(choice.delta);
			if (isObject(choice?.message) && !anythingStreamed) wholeMessage = choice.message;
			return { content: '', reasoning: '' };
		},
		isFinished: () => finishReason !== null,
		finish() {
			const streamed: WireAssistantMessage = {
				role: 'assistant',
				...message,
				content: texts.content,
			};
			if (texts.reasoning_content) streamed.reasoning_content = texts.reasoning_content;
			if (texts.reasoning) streamed.reasoning = texts.reasoning;
			if (details.list().length > 0) streamed.reasoning_details = details.list();
			if (toolCalls.list().length > 0) streamed.tool_calls = toolCalls.list();
			return {
				...envelope,
				object: 'chat.completion',
				choices: [
					{
						finish_reason: finishReason,
						index: choiceIndex ?? 0,
						message: wholeMessage !== null && !anythingStreamed ? wholeMessage : streamed,
					},
				],
				...(usage !== undefined && { usage }),
			};
		},
	};
}

function isObject<Value>(value: Value): value is NonNullable<Value> & object {
	return typeof value === 'object' && value !== null;
}
