import type { JsonObject } from './json.ts';
import type { Model } from './models.ts';

export interface ToolCall {
	id: string;
	name: string;
	/** JSON text, byte for byte. */
	arguments: string;
}

export interface ToolDefinition {
	name: string;
	description: string;
	parameters: JsonObject;
}

/** A message as the checks leave it: parts joined to text, videos only counted. */
export interface ChatMessage {
	role: string;
	text: string;
	/** Addresses as they came. */
	pictures: string[];
	videos: number;
	/** What images and videos cost as prompt tokens. */
	mediaTokens: number;
	toolCalls: ToolCall[];
	toolCallId: string | undefined;
	/** Thinking that came back in fields of its own (not inside the text). */
	reasoning: string | undefined;
}

/** POST /chat/completions after the checks. */
export interface ChatRequest {
	model: Model;
	messages: ChatMessage[];
	stream: boolean;
	includeUsage: boolean;
	reasoningSplit: boolean;
	thinks: boolean;
	maxTokens: number | undefined;
	tools: ToolDefinition[];
	toolChoice: string | undefined;
	wantsJson: boolean;
	jsonSchema: JsonObject | undefined;
	serviceTier: 'standard' | 'priority';
	promptTokens: number;
}
