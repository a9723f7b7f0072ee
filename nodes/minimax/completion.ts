import type { WireAssistantMessage, WireCompletion } from './wireTypes';

/** Tokens of one request; null where the API did not say. Reasoning tokens are part of completion tokens. */
export interface TokenUsage {
	promptTokens: number | null;
	completionTokens: number | null;
	reasoningTokens: number | null;
	cachedTokens: number | null;
	totalTokens: number | null;
}

export interface ToolCall {
	id: string;
	name: string;
	/** JSON text, byte for byte as the model wrote it; `{}` where it wrote none. */
	arguments: string;
}

/** A flag the API raised; labels per https://platform.minimax.io/docs/api-reference/text-chat-openai */
export interface ModerationFlag {
	type: number;
	label: string;
}

export interface Moderation {
	input?: ModerationFlag;
	output?: ModerationFlag;
}

/**
 * One reply, whichever way it came. Everything behind the reader looks at this shape only,
 * so a streamed and a whole reply cannot differ.
 */
export interface Completion {
	id: string | null;
	model: string | null;
	/** The answer, free of thinking. */
	content: string;
	/** The thinking, null when there is none. */
	reasoning: string | null;
	finishReason: string | null;
	toolCalls: ToolCall[];
	usage: TokenUsage;
	moderation: Moderation | null;
	/** The assistant message as it was sent and has to go back in a tool loop. */
	message: WireAssistantMessage;
	/** The API's own `chat.completion` object; put together from the chunks when it was streamed. */
	wire: WireCompletion;
	/** How many rows its request had, where it had several. */
	rowsInRequest?: number;
}
