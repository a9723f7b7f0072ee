import type { CallOptions, MiniMaxModel } from './model';

/** What is used here of LangChain's messages; LangChain itself must not be imported a second time. */
export interface Message {
	content: unknown;
	additional_kwargs?: Record<string, unknown>;
	response_metadata?: Record<string, unknown>;
	tool_calls?: unknown[];
	tool_call_chunks?: Array<{ index?: number }>;
	usage_metadata?: Record<string, unknown>;
}

/** One answer of LangChain's, or a piece of a streamed one. */
export interface Generation {
	text: string;
	message: Message;
	generationInfo?: Record<string, unknown>;
	/** Of streamed pieces. */
	concat?(next: Generation): Generation;
}

/** What `bindTools` takes besides the tools, and what LangChain passes on with a call. */
export type LangChainOptions = CallOptions & Record<string, unknown>;

/** A runnable of LangChain's, as far as it is passed on here. */
export interface Runnable {
	withConfig(config: Record<string, unknown>): Runnable;
}

/** The pieces of a streamed answer, as LangChain gives them out: a ReadableStream. */
export interface Pieces {
	getReader(): { cancel(reason?: unknown): Promise<void> };
	cancel(reason?: unknown): Promise<void>;
}

/** The SDK's LangChain model (@n8n/ai-utilities, adapters/langchain-chat-model.js). */
export interface Adapter extends Runnable {
	chatModel: MiniMaxModel;
	_generate(
		messages: Message[],
		options: LangChainOptions,
		manager?: unknown,
	): Promise<{ generations: Generation[]; llmOutput?: unknown }>;
	_streamResponseChunks(
		messages: Message[],
		options: LangChainOptions,
		manager?: unknown,
	): AsyncIterable<Generation>;
	stream(input: unknown, options?: LangChainOptions): Promise<Pieces>;
	bindTools(tools: unknown[], options?: Record<string, unknown>): Adapter;
	withStructuredOutput?(schema: unknown, config?: Record<string, unknown>): unknown;
	getNumTokens?(content: unknown): Promise<number>;
	getLsParams?(options: LangChainOptions): Record<string, unknown>;
	invocationParams?(options: LangChainOptions): Record<string, unknown>;
	_identifyingParams?(): Record<string, unknown>;
	callbacks?: unknown;
}

/** Whether it is the SDK's model with one of ours inside, and not what a later SDK may supply. */
export function isAdapter(response: unknown): response is Adapter {
	if (typeof response !== 'object' || response === null) return false;
	const hasMethods = [
		'_generate',
		'_streamResponseChunks',
		'stream',
		'bindTools',
		'withConfig',
	].every((name) => typeof Reflect.get(response, name) === 'function');
	const model: unknown = Reflect.get(response, 'chatModel');
	return hasMethods && typeof model === 'object' && model !== null && 'parameters' in model;
}
