import { createStreamAssembler } from './assembleStream';
import type { Completion } from '../completion';
import type { PartialReply } from '../failure/failure';
import { reportsFailure } from '../failure/reportsFailure';
import {
	composeCompletion,
	readContent,
	readMessage,
	wasCutInThought,
} from './normalizeCompletion';
import { createChunkParser } from './parseChunks';
import {
	createThinkingSplitter,
	type SplitText,
	type ThinkingOptions,
	type ThinkingSplitter,
} from './splitThinking';

/**
 * Characters of text and thinking that a reply may have. The longest answer a model gives is 524,288
 * tokens, about 3 million characters. Ten replies at once of this length cost n8n some 600 MB.
 */
const LONGEST_REPLY = 8 * 1024 * 1024;

export interface ReceiverOptions extends ThinkingOptions {
	onAnswer?: (text: string) => Promise<void> | void;
}

export interface StreamReceiver {
	/** Gives whether the stream goes on. */
	onData(data: string, isCut: boolean, saysError: boolean): boolean;
	/** Passes on what of the answer is new; a promise when the listener wants to be waited for. */
	onPause(): Promise<void> | void;
	/** Whether the model said that it is done. */
	isFinished(): boolean;
	/** Whether nothing of an answer has come. */
	isEmpty(): boolean;
	/** Characters that are kept, which grow with all that moves the answer on. */
	size(): number;
	/** Why the stream does not go on; null as long as it may. */
	trouble(): StreamTrouble | null;
	finish(): Promise<Completion>;
	/** What had arrived, null when no text had. Only for streams that go on no further. */
	partial(): PartialReply | null;
}

/** An event that is no chunk, one that reports a failure, or an answer that its server gave up or never ends. */
export type StreamTrouble =
	| { type: 'malformed' }
	| { type: 'reported'; data: string }
	| { type: 'gave up'; finishReason: string }
	| { type: 'too long' };

/** Events of a stream → one completion, and the answer's text to a listener on the way. */
export function createStreamReceiver(options: ReceiverOptions): StreamReceiver {
	const assembler = createStreamAssembler();
	let answer = '';
	let inlineReasoning = '';
	let splitter: ThinkingSplitter | null = null;
	/** What of the answer the listener has not got yet. */
	let fresh = '';
	let trouble: StreamTrouble | null = null;

	function size(): number {
		return assembler.size() + chunks.collected();
	}

	function keep(split: SplitText): void {
		if (split.reasoning !== '') inlineReasoning += split.reasoning;
		if (split.answer === '') return;
		answer += split.answer;
		if (options.onAnswer !== undefined) fresh += split.answer;
	}

	function receiveContent(text: string): void {
		splitter ??= createThinkingSplitter({
			openerMayBeMissing: options.openerMayBeMissing && !assembler.hasReasoning(),
		});
		keep(splitter.push(text));
	}

	const chunks = createChunkParser({
		onChunk(chunk, data) {
			// Whatever follows a finished answer, the answer counts.
			const mayFail = !assembler.isFinished();
			const isReport = reportsFailure(chunk);
			if (isReport && !mayFail) return;
			const content = assembler.accept(chunk, data.length);
			if (isReport) trouble = { type: 'reported', data };
			else if (content !== '') receiveContent(content);
			const reason = mayFail ? assembler.gaveUp() : null;
			if (reason !== null) trouble ??= { type: 'gave up', finishReason: reason };
		},
		onRepeats(chunk) {
			const content = assembler.accept(chunk);
			if (content !== '') receiveContent(content);
		},
	});

	function compose(): Completion {
		const wire = assembler.finish();
		const message = readMessage(wire);
		// Nothing came in deltas, so what there is came in a whole frame.
		if (splitter === null) {
			receiveContent(readContent(message));
		}
		if (splitter !== null) keep(splitter.finish(wasCutInThought(wire, options)));
		return composeCompletion(wire, { answer, reasoning: inlineReasoning });
	}

	function passOn(): Promise<void> | void {
		if (fresh === '') return;
		const text = fresh;
		fresh = '';
		return options.onAnswer?.(text);
	}

	return {
		onData(data, isCut, saysError) {
			if (saysError) {
				if (!assembler.isFinished()) trouble = { type: 'reported', data };
				return trouble === null;
			}
			const isChunk = chunks.push(data, isCut);
			if (!isChunk && !assembler.isFinished()) trouble = { type: 'malformed' };
			if (size() > LONGEST_REPLY) trouble = { type: 'too long' };
			// The usage of what had arrived may be to come.
			return trouble === null || (trouble.type === 'gave up' && size() > 0);
		},
		onPause() {
			if (options.onAnswer === undefined) return;
			chunks.flush();
			return passOn();
		},
		isFinished: assembler.isFinished,
		isEmpty: assembler.isEmpty,
		size,
		trouble: () => trouble,
		async finish() {
			chunks.flush();
			const completion = compose();
			await passOn();
			return completion;
		},
		partial() {
			chunks.flush();
			return partialOf(compose());
		},
	};
}

/** What of a completion goes along with a failure; null when it holds no text. */
export function partialOf(completion: Completion): PartialReply | null {
	const { content, reasoning, toolCalls, usage, id, model } = completion;
	if (content === '' && reasoning === null && toolCalls.length === 0) return null;
	return { content, reasoning, usage, id, model };
}
