import type { TokenUsage } from '../completion';
import { isRecord } from '../json/isRecord';
import type { WireUsage } from '../wireTypes';

/** Total over whatever was sent: a number that is missing or no number becomes null. */
export function readUsage(usage: WireUsage | null | undefined): TokenUsage {
	const sent: WireUsage = isRecord(usage) && !isPlaceholder(usage) ? usage : {};
	return {
		promptTokens: count(sent.prompt_tokens),
		completionTokens: count(sent.completion_tokens),
		reasoningTokens: count(sent.completion_tokens_details?.reasoning_tokens),
		cachedTokens: count(sent.prompt_tokens_details?.cached_tokens),
		totalTokens: count(sent.total_tokens),
	};
}

/**
 * Without `include_usage` chunks carry `{total_tokens: 0, total_characters: 0}`, which says nothing:
 * https://github.com/MiniMax-AI/MiniMax-M2.5/issues/2
 */
export function isPlaceholder(usage: WireUsage): boolean {
	return !usage.total_tokens && !usage.prompt_tokens && !usage.completion_tokens;
}

function count(value: unknown): number | null {
	return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : null;
}
