import type { TokenUsage } from '../completion';

/**
 * The tokens of one request for each of its rows: whole numbers, as equal as can be, whose sums are exactly
 * those of the request. What the API does not say stays null.
 */
export function splitUsage(usage: TokenUsage, rows: number): TokenUsage[] {
	const share = (tokens: number | null, row: number): number | null =>
		tokens === null ? null : Math.floor(tokens / rows) + (row < tokens % rows ? 1 : 0);
	return Array.from({ length: rows }, (_, row) => ({
		promptTokens: share(usage.promptTokens, row),
		completionTokens: share(usage.completionTokens, row),
		reasoningTokens: share(usage.reasoningTokens, row),
		cachedTokens: share(usage.cachedTokens, row),
		totalTokens: share(usage.totalTokens, row),
	}));
}
