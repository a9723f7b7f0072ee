import type { ChatModel, ChatModelConfig, Tool } from '@n8n/ai-node-sdk';

import type { Completion } from '../../minimax/completion';

/** What LangChain passes on with a call, and what `closeSdkGaps` adds. */
export interface CallOptions extends ChatModelConfig {
	signal?: AbortSignal;
	/** Aborts when the reader of a stream leaves, who wants to hear of no error. */
	left?: AbortSignal;
	/** Words that end the answer. */
	stop?: string | string[];
	tool_choice?: unknown;
	/** Gets what the SDK's adapter has no place for. */
	onCompletion?: (completion: Completion) => void;
}

/** The model as n8n's SDK wants it, and what every request of it holds, for tracers. */
export interface MiniMaxModel extends ChatModel<CallOptions> {
	readonly parameters: Readonly<Record<string, unknown>>;
	withTools(tools: Tool[]): MiniMaxModel;
}
