import { createStreamAssembler, type Delta } from './assembleStream';
import type { Completion } from '../completion';
import type { PartialReply } from '../failure/failure';
import { composeCompletion, readContent, readMessage, readReasoning } from './normalizeCompletion';
import { createChunkParser } from './parseChunks';
import { reportsFailure } from './reportsFailure';
import {
	createThinkingSplitter,
	type SplitText,
	type ThinkingOptions,
	type ThinkingSplitter,
} from './splitThinking';
import type { WireChunk } from '../wireTypes';

export interface ReceiverOptions extends ThinkingOptions {
	onAnswer?: (text: string) => Promise<void> | void;
}

export interface StreamReceiver {
	/** Gives whether the stream goes on. */
	onData(data: string, isCut: boolean): boolean;
	/** Passes on what of the answer is new; a promise when the listener wants to be waited for. */
	onPause(): Promise<void> | void;
	isFinished(): boolean;
	/** Why the stream does not go on; null as long as it may. */
	trouble(): StreamTrouble | null;
	finish(): Promise<Completion>;
	/** What had arrived, null when no text had. Only for streams that go on no further. */
	partial(): PartialReply | null;
}

/** An event that is no chunk, or one that reports a failure. */
export type StreamTrouble =
	| { type: 'malformed' }
	| { type: 'reported'; chunk: WireChunk; data: string };

/** Events of a stream → one completion, and the answer's text to a listener on the way. */
export function createStreamReceiver(options: ReceiverOptions): StreamReceiver {
	const assembler = createStreamAssembler();
	let answer = '';
	let inlineReasoning = '';
	let splitter: ThinkingSplitter | null = null;
	let reasoningCameApart = false;
	/** What of the answer the listener has not got yet. */
	let fresh = '';
	let trouble: StreamTrouble | null = null;

	function keep(split: SplitText): void {
		if (split.reasoning !== '') inlineReasoning += split.reasoning;
		if (split.answer === '') return;
		answer += split.answer;
		if (options.onAnswer !== undefined) fresh += split.answer;
	}

	function receiveContent(text: string): void {
		splitter ??= createThinkingSplitter({
			openerMayBeMissing: options.openerMayBeMissing && !reasoningCameApart,
		});
		keep(splitter.push(text));
	}

	function receive(delta: Delta): void {
		if (delta.reasoning !== '') reasoningCameApart = true;
		if (delta.content !== '') receiveContent(delta.content);
	}

	const chunks = createChunkParser({
		onChunk(chunk, data) {
			const delta = assembler.accept(chunk);
			if (reportsFailure(chunk)) trouble = { type: 'reported', chunk, data };
			else receive(delta);
		},
		onRepeats(chunk) {
			receive(assembler.accept(chunk));
		},
	});

	function compose(): Completion {
		const wire = assembler.finish();
		const message = readMessage(wire);
		// Nothing came in deltas, so what there is came in a whole frame.
		if (splitter === null) {
			reasoningCameApart = readReasoning(message) !== null;
			receiveContent(readContent(message));
		}
		if (splitter !== null) keep(splitter.finish());
		return composeCompletion(wire, { answer, reasoning: inlineReasoning });
	}

	function passOn(): Promise<void> | void {
		if (fresh === '') return;
		const text = fresh;
		fresh = '';
		return options.onAnswer?.(text);
	}

	return {
		onData(data, isCut) {
			if (!chunks.push(data, isCut)) trouble = { type: 'malformed' };
			return trouble === null;
		},
		onPause() {
			if (options.onAnswer === undefined) return;
			chunks.flush();
			return passOn();
		},
		isFinished: assembler.isFinished,
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
