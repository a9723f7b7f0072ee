import { collectReasoningDetails } from './collectReasoningDetails';
import { collectToolCalls } from './collectToolCalls';
import { abnormalFinish } from './abnormalFinish';
import { readContent, readReasoning } from './normalizeCompletion';
import { readIndex } from '../json/readLabel';
import { isPlaceholder } from './readUsage';
import type {
	WireAssistantMessage,
	WireChunk,
	WireChunkChoice,
	WireCompletion,
	WireEnvelope,
	WireUsage,
} from '../wireTypes';

/** Longer chunks that bring less text than this are counted as something that is kept. */
const USUAL_ENVELOPE = 4096;

export interface StreamAssembler {
	/**
	 * Gives what the chunk adds to the content; '' where it adds nothing.
	 * @param length characters of its JSON, as far as it says more than the chunk before
	 */
	accept(chunk: WireChunk, length?: number): string;
	/** Whether the model said that it is done; usage may follow. */
	isFinished(): boolean;
	/** The finish reason of an answer that its server gave up; null for any other. */
	gaveUp(): string | null;
	/** Characters that are kept, which grow with all that moves the answer on. */
	size(): number;
	/** Whether nothing of an answer has come. */
	isEmpty(): boolean;
	/** Whether thinking has come in a field of its own. */
	hasReasoning(): boolean;
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
	// Strings and no lists of parts: V8 joins them only when the string is read, and `wire` seldom is.
	const texts = { content: '', reasoning_content: '', reasoning: '', refusal: '' };
	const details = collectReasoningDetails();
	const toolCalls = collectToolCalls();
	let choiceIndex: number | null = null;
	let finishReason: string | null = null;
	let usage: WireUsage | null | undefined;
	let wholeMessage: WireAssistantMessage | null = null;
	let anythingStreamed = false;
	let gaveUp: string | null = null;
	let textLength = 0;
	let envelopeFields = 0;
	/** Characters that are kept and are not text. */
	let besides = 0;

	function countCharacters(): number {
		return textLength + toolCalls.characters() + details.characters();
	}

	function countParts(): number {
		return envelopeFields + toolCalls.parts() + details.parts();
	}

	function mergeEnvelope(chunk: WireEnvelope): void {
		for (const [field, value] of Object.entries(chunk)) {
			if (field === 'choices' || field === 'usage' || field === 'object') continue;
			if (!(field in envelope)) envelopeFields += 1;
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
		textLength += text.length;
		anythingStreamed = true;
		return text;
	}

	function acceptDelta(delta: WireAssistantMessage): string {
		if (typeof delta.role === 'string' && delta.role !== '') message.role = delta.role;
		if (typeof delta.name === 'string') message.name = delta.name;
		if (typeof delta.audio_content === 'string') {
			message.audio_content = (message.audio_content ?? '') + delta.audio_content;
			textLength += delta.audio_content.length;
		}
		const detailsText = details.accept(delta.reasoning_details);
		if (toolCalls.accept(delta.tool_calls) || detailsText !== '') anythingStreamed = true;
		append('reasoning_content', delta.reasoning_content);
		append('reasoning', delta.reasoning);
		append('refusal', delta.refusal);
		return append('content', readContent(delta));
	}

	return {
		accept(chunk, length = 0) {
			const characters = countCharacters();
			const parts = countParts();
			mergeEnvelope(chunk);
			const choice = findChoice(chunk);
			const abnormal = choice === null ? null : abnormalFinish(choice);
			if (finishReason === null) gaveUp ??= abnormal;
			if (choice?.finish_reason && abnormal === null) finishReason = choice.finish_reason;
			let content = '';
			if (isObject(choice?.delta)) content = acceptDelta(choice.delta);
			else if (isObject(choice?.message) && !anythingStreamed) wholeMessage = choice.message;
			const added = countCharacters() - characters;
			// What a chunk says besides its text replaces what the one before said, as long as it is short.
			const replaced = countParts() > parts ? 0 : USUAL_ENVELOPE + added;
			besides += Math.max(0, length - replaced);
			return content;
		},
		size: () => countCharacters() + besides,
		isFinished: () => finishReason !== null,
		gaveUp: () => gaveUp,
		isEmpty: () => !anythingStreamed && wholeMessage === null,
		hasReasoning: () => readReasoning({ ...texts, reasoning_details: details.list() }) !== null,
		finish() {
			const streamed: WireAssistantMessage = {
				role: 'assistant',
				...message,
				content: texts.content,
			};
			if (texts.reasoning_content) streamed.reasoning_content = texts.reasoning_content;
			if (texts.reasoning) streamed.reasoning = texts.reasoning;
			if (texts.refusal) streamed.refusal = texts.refusal;
			if (details.list().length > 0) streamed.reasoning_details = details.list();
			const calls = toolCalls.list();
			if (calls.length > 0) streamed.tool_calls = calls;
			return {
				...envelope,
				object: 'chat.completion',
				choices: [
					{
						finish_reason: finishReason ?? gaveUp,
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
