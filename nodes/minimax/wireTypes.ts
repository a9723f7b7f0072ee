/**
 * The API's own JSON, only the fields that are read here.
 *
 * Everything is optional and nullable on purpose: backends leave fields out (M2.5 omits `name`,
 * self-hosted servers omit `base_resp`), and a reply that misses an unread field must not fail.
 * Shapes: https://platform.minimax.io/docs/api-reference/text-chat-openai
 */

export interface WireReasoningDetail {
	type?: string | null;
	id?: string | null;
	format?: string | null;
	index?: number | null;
	text?: string | null;
}

export interface WireToolCall {
	id?: string | null;
	type?: string | null;
	index?: number | null;
	function?: { name?: string | null; arguments?: string | null } | null;
}

/** An assistant message of a reply, or the delta of a streamed one. */
export interface WireAssistantMessage {
	role?: string | null;
	name?: string | null;
	content?: string | null;
	/** Thinking, when the request asked for `reasoning_split`. Same text as `reasoning_details`. */
	reasoning_content?: string | null;
	reasoning_details?: WireReasoningDetail[] | null;
	/** Thinking as vLLM names it. */
	reasoning?: string | null;
	tool_calls?: WireToolCall[] | null;
	audio_content?: string | null;
	/** Why there is no answer, as OpenAI's API and gateways to it say it. */
	refusal?: string | null;
}

export interface WireUsage {
	total_tokens?: number | null;
	total_characters?: number | null;
	prompt_tokens?: number | null;
	completion_tokens?: number | null;
	completion_tokens_details?: { reasoning_tokens?: number | null } | null;
	prompt_tokens_details?: { cached_tokens?: number | null } | null;
}

export interface WireBaseResponse {
	status_code?: number | null;
	status_msg?: string | null;
}

/** What a whole reply and a chunk of a stream have in common. */
export interface WireEnvelope {
	id?: string | null;
	object?: string | null;
	created?: number | null;
	model?: string | null;
	usage?: WireUsage | null;
	service_tier?: string | null;
	input_sensitive?: boolean | null;
	output_sensitive?: boolean | null;
	input_sensitive_type?: number | null;
	output_sensitive_type?: number | null;
	output_sensitive_int?: number | null;
	base_resp?: WireBaseResponse | null;
	/** The error envelope; an error can also arrive inside a stream. */
	error?: WireError | string | null;
	request_id?: string | null;
}

export interface WireChoice {
	index?: number | null;
	finish_reason?: string | null;
	/** What the provider behind a gateway said. */
	native_finish_reason?: string | null;
	/** OpenRouter reports an error of one choice here. */
	error?: unknown;
	message?: WireAssistantMessage | null;
}

/** A whole `chat.completion`. */
export interface WireCompletion extends WireEnvelope {
	choices?: WireChoice[] | null;
}

export interface WireChunkChoice extends WireChoice {
	delta?: WireAssistantMessage | null;
}

/** One `chat.completion.chunk`; some backends end with a whole `chat.completion` frame instead. */
export interface WireChunk extends WireEnvelope {
	choices?: WireChunkChoice[] | null;
}

export interface WireError {
	type?: string | null;
	/** Ends in the MiniMax code in parentheses: `login fail: … (1004)`. */
	message?: string | null;
	/** A string on this API. */
	http_code?: string | number | null;
	code?: string | number | null;
}

/** A part of a user message. */
export type WireContentPart =
	| { type: 'text'; text: string }
	| { type: 'image_url'; image_url: { url: string; detail?: string } }
	| { type: 'video_url'; video_url: { url: string; detail?: string; fps?: number } };

/** One message of a request. Messages given as JSON may carry further fields; they pass through. */
export interface WireRequestMessage {
	role: string;
	content?: string | WireContentPart[] | null;
	name?: string;
	tool_calls?: WireToolCall[];
	tool_call_id?: string;
	reasoning_content?: string;
	reasoning_details?: WireReasoningDetail[];
	[field: string]: unknown;
}

/** The body of POST /chat/completions. */
export interface WireRequest {
	model: string;
	messages: WireRequestMessage[];
	temperature?: number;
	top_p?: number;
	max_completion_tokens?: number;
	stream?: boolean;
	stream_options?: { include_usage: boolean };
	reasoning_split?: boolean;
	thinking?: { type: string };
	tools?: unknown[];
	tool_choice?: unknown;
	response_format?: unknown;
	service_tier?: string;
	[field: string]: unknown;
}
