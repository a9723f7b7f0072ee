import type { ToolCall } from './chatRequest.ts';
import type { JsonObject } from './json.ts';
import type { Model } from './models.ts';
import type { SimulatorSettings } from './settings.ts';

/** What is said, before anything is decided about its shape. */
export interface Reply {
	answer: string;
	/** Empty when the model does not think. */
	reasoning: string;
	toolCalls: ToolCall[];
	finishReason: string;
}

/** How the thinking is delivered: what `content` holds, and which fields hold the thinking. */
export interface Delivery {
	content: string;
	/** The part of `content` that is the think block; the answer follows it. */
	thinkBlock: string;
	/** Text for the reasoning fields; empty when there are none. */
	reasoning: string;
	fields: ReadonlyArray<'reasoning_content' | 'reasoning_details' | 'reasoning'>;
}

export interface Usage {
	promptTokens: number;
	completionTokens: number;
	reasoningTokens: number;
	cachedTokens: number;
}

/** A reply with all that the dialects need to write it, whole or in chunks. */
export interface Draft {
	id: string;
	/** Seconds since 1970. */
	created: number;
	model: Model;
	reply: Reply;
	delivery: Delivery;
	usage: Usage;
	serviceTier: string;
	settings: SimulatorSettings;
}

/** What one chunk adds. */
export interface Piece {
	content?: string;
	reasoning?: string;
	toolCall?: ToolCallPiece;
}

export interface ToolCallPiece {
	index: number;
	/** Only in the first piece of a call. */
	id?: string;
	name?: string;
	arguments: string;
}

/** The JSON of one kind of server. */
export interface Dialect {
	newToolCallId(index: number): string;
	completion(draft: Draft): JsonObject;
	/** A chunk before the first text, where the server sends one. */
	opening(draft: Draft): JsonObject | undefined;
	chunk(draft: Draft, piece: Piece | null, finishReason: string | null): JsonObject;
	usageChunk(draft: Draft): JsonObject;
	/** What a stream without further settings ends with. */
	endsWithDone: boolean;
	/** Whether the finish reason comes in the same chunk as the last text. */
	finishesWithText: boolean;
}
