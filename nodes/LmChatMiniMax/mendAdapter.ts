import type { Completion } from '../minimax/completion';
import { isRecord } from '../minimax/json/isRecord';
import type { CallOptions } from './createChatModel';

/** What is used here of LangChain's messages; LangChain itself must not be imported a second time. */
interface Message {
	content: unknown;
	additional_kwargs?: Record<string, unknown>;
	tool_calls?: unknown[];
	tool_call_chunks?: Array<{ index?: number }>;
	usage_metadata?: Record<string, unknown>;
}

interface Generation {
	message: Message;
	generationInfo?: Record<string, unknown>;
}

/** The SDK's LangChain model. */
interface Adapter {
	_generate(
		messages: Message[],
		options: CallOptions,
		manager?: unknown,
	): Promise<{ generations: Generation[] }>;
	_streamResponseChunks(
		messages: Message[],
		options: CallOptions,
		manager?: unknown,
	): AsyncIterable<Generation>;
	bindTools(tools: unknown[]): unknown;
	getNumTokens?(content: unknown): Promise<number>;
	callbacks?: unknown;
}

/**
 * Gives the LangChain model of n8n's SDK what its conversion drops (@n8n/ai-utilities 0.34.1,
 * adapters/langchain-chat-model.js and converters/message.js):
 * - thinking, as `additional_kwargs.reasoning_content`: the one form n8n's agent (2.33 and later) carries
 *   through a tool loop, so that another process can go on with it
 * - text as a string: LangChain's output parsers take a list of blocks for JSON text
 * - images: agents send `image_url` blocks, which the conversion leaves out
 * - token usage of streamed replies, with its details
 * - a token count for splitting texts that asks nobody: LangChain fetches GPT-2's tokens from a web site
 *   for it, which without access to the internet takes 100 s
 *
 * Anything else than that model comes back as it is.
 */
export function mendAdapter(response: unknown): unknown {
	if (!isAdapter(response)) return response;
	const generate = response._generate.bind(response);
	const stream = response._streamResponseChunks.bind(response);
	const bindTools = response.bindTools.bind(response);

	response._generate = async (messages, options, manager) => {
		const seen = watchCompletion(options);
		const result = await generate(messages.map(mendMessage), seen.options, manager);
		for (const generation of result.generations) mendGeneration(generation, seen.completion());
		return result;
	};
	response._streamResponseChunks = async function* (messages, options, manager) {
		const seen = watchCompletion(options);
		let toolCalls = 0;
		for await (const chunk of stream(messages.map(mendMessage), seen.options, manager)) {
			const isLast = chunk.generationInfo?.finish_reason !== undefined;
			mendGeneration(chunk, isLast ? seen.completion() : undefined);
			for (const part of chunk.message.tool_call_chunks ?? []) {
				part.index = toolCalls;
				toolCalls += 1;
			}
			yield chunk;
		}
	};
	response.bindTools = (tools) => mendAdapter(bindTools(tools));
	response.getNumTokens = async (content) => estimateTokens(toText(content));
	mendTracing(response.callbacks);
	return response;
}

function isAdapter(response: unknown): response is Adapter {
	if (typeof response !== 'object' || response === null) return false;
	return ['_generate', '_streamResponseChunks', 'bindTools'].every(
		(name) => typeof Reflect.get(response, name) === 'function',
	);
}

function watchCompletion(options: CallOptions) {
	let completion: Completion | undefined;
	return {
		options: { ...options, onCompletion: (received: Completion) => (completion = received) },
		completion: () => completion,
	};
}

/** @param completion given with a whole reply or the last chunk of one */
function mendGeneration(generation: Generation, completion: Completion | undefined): void {
	const { message } = generation;
	message.content = toText(message.content);
	if (completion === undefined) return;
	generation.generationInfo = {
		...generation.generationInfo,
		finish_reason: completion.finishReason,
	};
	if (completion.reasoning !== null) {
		message.additional_kwargs = {
			...message.additional_kwargs,
			reasoning_content: completion.reasoning,
		};
	}
	const { promptTokens, completionTokens, totalTokens, cachedTokens, reasoningTokens } =
		completion.usage;
	if (message.usage_metadata === undefined || promptTokens === null) return;
	message.usage_metadata = {
		...message.usage_metadata,
		...(cachedTokens !== null && { input_token_details: { cache_read: cachedTokens } }),
		...(reasoningTokens !== null && { output_token_details: { reasoning: reasoningTokens } }),
	};
	generation.generationInfo = {
		...generation.generationInfo,
		tokenUsage: {
			promptTokens,
			completionTokens: completionTokens ?? 0,
			totalTokens: totalTokens ?? promptTokens + (completionTokens ?? 0),
			...(cachedTokens !== null && { cachedTokens }),
			...(reasoningTokens !== null && { reasoningTokens }),
		},
	};
}

/** Content that is nothing but text, as a string. */
function toText(content: unknown): unknown {
	if (!Array.isArray(content)) return content;
	const texts = content.map((block: unknown) =>
		isRecord(block) && block.type === 'text' ? block.text : undefined,
	);
	return texts.every((text) => typeof text === 'string') ? texts.join('') : content;
}

/** A copy with blocks the conversion knows, or the message itself where nothing has to change. */
function mendMessage(message: Message): Message {
	const reasoning = message.additional_kwargs?.reasoning_content;
	const callsTools = (message.tool_calls?.length ?? 0) > 0;
	const isThought = callsTools && typeof reasoning === 'string' && reasoning !== '';
	const { content } = message;
	if (!isThought && !Array.isArray(content)) return message;

	const blocks: unknown[] = Array.isArray(content) ? content : [{ type: 'text', text: content }];
	const copy: Message = Object.create(
		Object.getPrototypeOf(message),
		Object.getOwnPropertyDescriptors(message),
	);
	copy.content = [
		...(isThought ? [{ type: 'reasoning', reasoning }] : []),
		...blocks.map(mendBlock),
	];
	return copy;
}

function mendBlock(block: unknown): unknown {
	if (!isRecord(block)) return block;
	if (block.type === 'image_url') {
		const { image_url: image } = block;
		const { url, detail } = isRecord(image) ? image : { url: image, detail: undefined };
		return { type: 'image', url, ...(detail !== undefined && { metadata: { detail } }) };
	}
	// LangChain's older spelling, which n8n's agent uses for files.
	return typeof block.mime_type === 'string' ? { mimeType: block.mime_type, ...block } : block;
}

/** About four bytes of UTF-8 are a token. */
function estimateTokens(content: unknown): number {
	const text = typeof content === 'string' ? content : JSON.stringify(content ?? '');
	return Math.ceil(new TextEncoder().encode(text).length / 4);
}

/** n8n shows an estimate when its own parser finds no usage, as in every streamed reply. */
function mendTracing(callbacks: unknown): void {
	for (const callback of Array.isArray(callbacks) ? callbacks : []) {
		if (!isRecord(callback) || !isRecord(callback.options)) continue;
		const { options } = callback;
		const parse = options.tokensUsageParser;
		if (typeof parse !== 'function') continue;
		options.tokensUsageParser = (result: { generations?: Generation[][] }): unknown =>
			result.generations?.[0]?.[0]?.generationInfo?.tokenUsage ?? parse(result);
	}
}
