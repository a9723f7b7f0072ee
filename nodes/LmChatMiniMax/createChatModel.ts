import type {
	FinishReason,
	GenerateResult,
	Message,
	StreamChunk,
	TokenUsage,
	Tool,
} from '@n8n/ai-node-sdk';

import type { Completion } from '../minimax/completion';
import { createStopCutter } from './cutAtStop';
import type { ModelSetup } from './readSetup';
import { requestTurn, type ShownTurn } from './requestTurn';
import type { CallOptions, MiniMaxModel } from './sdkGaps/model';
import { createTextChannel } from './textChannel';
import { toWireTools, type ReadParameters } from './toWireTools';

/**
 * A chat model as n8n's SDK wants it. Whole or streamed, a call is one streaming request: a long think
 * would time out otherwise.
 */
export function createChatModel(
	setup: ModelSetup,
	readParameters: ReadParameters,
	tools: readonly Tool[] = [],
): MiniMaxModel {
	const wireTools = toWireTools(tools, readParameters);
	const parameters: Record<string, unknown> = {
		...setup.request,
		...setup.additionalBody,
		...(wireTools.length > 0 && { tools: wireTools }),
	};
	delete parameters.messages;

	async function request(
		messages: Message[],
		options: CallOptions,
		signals: Array<AbortSignal | undefined>,
		onAnswer?: (text: string) => void,
	): Promise<ShownTurn> {
		const cutter = createStopCutter([options.stop ?? []].flat());
		const give = (text: string): void => {
			if (text !== '') onAnswer?.(text);
		};
		const turn = await requestTurn(setup, {
			messages,
			tools: wireTools,
			toolChoice: options.tool_choice,
			signals,
			onAnswer: onAnswer && ((text) => give(cutter.push(text))),
		});
		give(cutter.end());
		const stopped = stopTurn(turn, options.stop);
		options.onCompletion?.(stopped.completion);
		return stopped;
	}

	return {
		provider: 'minimax',
		modelId: setup.request.model,
		parameters,

		async generate(messages, options = {}): Promise<GenerateResult> {
			const turn = await request(messages, options, [options.signal]);
			const { completion, toolCalls } = turn;
			const { content } = completion;
			return {
				id: completion.id ?? undefined,
				finishReason: nameFinish(completion),
				usage: readUsage(completion),
				message: {
					role: 'assistant',
					content: [
						...(content === '' ? [] : [{ type: 'text' as const, text: content }]),
						...toolCalls.map((call) => ({
							type: 'tool-call' as const,
							toolCallId: call.id,
							toolName: call.name,
							input: call.arguments,
						})),
					],
				},
				providerMetadata: { id: completion.id, finish_reason: completion.finishReason },
			};
		},

		async *stream(messages, options = {}): AsyncIterable<StreamChunk> {
			const channel = createTextChannel();
			const leave = new AbortController();
			const { signal, left } = options;
			const running = request(messages, options, [signal, left, leave.signal], channel.push);
			// Awaited below, once the text that came before the failure has been passed on.
			void running.then(channel.close, channel.close);
			try {
				let hasText = false;
				for await (const delta of channel.texts) {
					hasText = true;
					yield { type: 'text-delta', delta };
				}
				if (left?.aborted && hasText) return;
				const { completion, toolCalls } = await running;
				for (const { id, name, arguments: text } of toolCalls) {
					yield { type: 'tool-call-delta', id, name, argumentsDelta: text };
				}
				yield {
					type: 'finish',
					finishReason: nameFinish(completion),
					usage: readUsage(completion),
				};
			} finally {
				leave.abort();
			}
		},

		// LangChain binds tools more than once to force a call; each goes out once, as it was given last.
		withTools: (more) => createChatModel(setup, readParameters, mergeTools(tools, more)),
	};
}

/** The turn up to the first stop word; a call behind it would not have been made. */
function stopTurn(turn: ShownTurn, stop: CallOptions['stop'] = []): ShownTurn {
	const cutter = createStopCutter([stop].flat());
	const content = cutter.push(turn.completion.content);
	if (!cutter.isCut) return turn;
	const completion = { ...turn.completion, content, toolCalls: [], finishReason: 'stop' };
	return { completion, toolCalls: [] };
}

function mergeTools(tools: readonly Tool[], more: readonly Tool[]): Tool[] {
	const byName = new Map([...tools, ...more].map((tool) => [tool.name, tool]));
	return [...byName.values()];
}

const FINISH_REASONS: Record<string, FinishReason> = {
	stop: 'stop',
	length: 'length',
	tool_calls: 'tool-calls',
	content_filter: 'content-filter',
};

/** A V2 backend says `stop` beside tool calls: https://github.com/MiniMax-AI/MiniMax-M2/issues/108 */
function nameFinish({ finishReason, toolCalls }: Completion): FinishReason {
	if (toolCalls.length > 0) return 'tool-calls';
	return FINISH_REASONS[finishReason ?? ''] ?? 'other';
}

/** Undefined when the API reported nothing; n8n then estimates, and says so. */
function readUsage({ usage }: Completion): TokenUsage | undefined {
	const { promptTokens, completionTokens, totalTokens, cachedTokens, reasoningTokens } = usage;
	if (promptTokens === null && completionTokens === null) return undefined;
	const sum = (promptTokens ?? 0) + (completionTokens ?? 0);
	return {
		promptTokens: promptTokens ?? 0,
		completionTokens: completionTokens ?? 0,
		totalTokens: totalTokens ?? sum,
		...(cachedTokens !== null && { inputTokenDetails: { cacheRead: cachedTokens } }),
		...(reasoningTokens !== null && { outputTokenDetails: { reasoning: reasoningTokens } }),
	};
}
