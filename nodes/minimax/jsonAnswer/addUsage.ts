import type { TokenUsage } from '../completion';

/** The tokens of two requests that make up one answer; null where neither says. */
export function addUsage(first: TokenUsage, second: TokenUsage): TokenUsage {
	const add = (name: keyof TokenUsage): number | null =>
		first[name] === null && second[name] === null ? null : (first[name] ?? 0) + (second[name] ?? 0);
	return {
		promptTokens: add('promptTokens'),
		completionTokens: add('completionTokens'),
		reasoningTokens: add('reasoningTokens'),
		cachedTokens: add('cachedTokens'),
		totalTokens: add('totalTokens'),
	};
}
