import type { TokenUsage } from './completion';

/** The tokens of several requests, as the API counts them; what it does not say counts as none. */
export class TokenCount {
	prompt = 0;
	completion = 0;
	/** Part of the completion tokens. */
	reasoning = 0;
	/** Part of the prompt tokens. */
	cached = 0;
	total = 0;

	add(usage: TokenUsage): void {
		const { promptTokens, completionTokens, reasoningTokens, cachedTokens, totalTokens } = usage;
		this.prompt += promptTokens ?? 0;
		this.completion += completionTokens ?? 0;
		this.reasoning += reasoningTokens ?? 0;
		this.cached += cachedTokens ?? 0;
		this.total += totalTokens ?? (promptTokens ?? 0) + (completionTokens ?? 0);
	}

	/** @param budget most tokens; 0 is no limit */
	hasReached(budget: number): boolean {
		return budget > 0 && this.total >= budget;
	}
}
