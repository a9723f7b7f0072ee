import type { TokenUsage } from '../../nodes/minimax/completion';

/** The usage of a server that reports only the total. */
export const totalUsage = (totalTokens: number): TokenUsage => ({
	promptTokens: null,
	completionTokens: null,
	reasoningTokens: null,
	cachedTokens: null,
	totalTokens,
});
