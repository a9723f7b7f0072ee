import type { BaseChatModel } from '@langchain/core/language_models/chat_models';

export {
	AIMessage,
	HumanMessage,
	mapChatMessagesToStoredMessages,
	mapStoredMessagesToChatMessages,
	SystemMessage,
	ToolMessage,
} from '@langchain/core/messages';
export type { AIMessageChunk, BaseMessage } from '@langchain/core/messages';

/** The model as agents and chains get it. */
export type ChatModel = BaseChatModel & { bindTools: NonNullable<BaseChatModel['bindTools']> };
