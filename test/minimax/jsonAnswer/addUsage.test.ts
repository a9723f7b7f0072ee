import type { TokenUsage } from '../../../nodes/minimax/completion';
import { addUsage } from '../../../nodes/minimax/jsonAnswer/addUsage';

const usage = (...tokens: Array<number | null>): TokenUsage => {
	const [prompt = null, completion = null, reasoning = null, cached = null, total = null] = tokens;
	return {
		promptTokens: prompt,
		completionTokens: completion,
		reasoningTokens: reasoning,
		cachedTokens: cached,
		totalTokens: total,
	};
};

it('adds each kind of tokens by itself', () => {
	expect(addUsage(usage(1, 2, 3, 4, 5), usage(10, 20, 30, 40, 50))).toEqual(
		usage(11, 22, 33, 44, 55),
	);
});

it('what one does not say counts as nothing, and what none says stays unsaid', () => {
	expect(addUsage(usage(1, null, 0, null), usage(null, 2, null, null))).toEqual(
		usage(1, 2, 0, null),
	);
});
