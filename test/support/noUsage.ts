import type { TokenUsage } from '../../nodes/minimax/completion';

/** The usage of a server that reports none. */
export const noUsage: TokenUsage = {
	promptTokens: null,
	completionTokens: null,
	reasoningTokens: null,
	cachedTokens: null,
	totalTokens: null,
};
