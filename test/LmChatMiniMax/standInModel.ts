import type { Message, StreamChunk } from '@n8n/ai-node-sdk';
import { LangchainChatModelAdapter } from '@n8n/ai-utilities';

import { closeSdkGaps } from '../../nodes/LmChatMiniMax/sdkGaps/closeSdkGaps';
import type { CallOptions, MiniMaxModel } from '../../nodes/LmChatMiniMax/sdkGaps/model';
import type { Completion } from '../../nodes/minimax/completion';
import type { ChatModel } from './langChain';

/** The SDK's LangChain model with its gaps closed, around a model that gives these chunks. */
export function standInModel(chunks: StreamChunk[], completion?: Completion) {
	const heard: Message[][] = [];
	const options: Array<CallOptions | undefined> = [];
	function note(messages: Message[], config: CallOptions | undefined): void {
		heard.push(messages);
		options.push(config);
		if (completion !== undefined) config?.onCompletion?.(completion);
	}
	const inner: MiniMaxModel = {
		provider: 'stand-in',
		modelId: 'stand-in-1',
		parameters: { model: 'stand-in-1', temperature: 0.3, max_completion_tokens: 100 },
		async generate(messages, config) {
			note(messages, config);
			return { message: { role: 'assistant', content: [{ type: 'text', text: 'Nine.' }] } };
		},
		async *stream(messages, config) {
			note(messages, config);
			yield* chunks;
		},
		withTools: () => inner,
	};
	const model = closeSdkGaps(new LangchainChatModelAdapter(inner)) as ChatModel;
	return { model, heard, options };
}
