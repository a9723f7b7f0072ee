import type { TokenUsage } from '../../nodes/minimax/completion';
import { TokenCount } from '../../nodes/minimax/tokenCount';
import { noUsage } from '../support/noUsage';

function count(...usages: Array<Partial<TokenUsage>>) {
	const tokens = new TokenCount();
	for (const usage of usages) tokens.add({ ...noUsage, ...usage });
	return { ...tokens };
}

const whole: TokenUsage = {
	promptTokens: 10,
	completionTokens: 7,
	reasoningTokens: 3,
	cachedTokens: 4,
	totalTokens: 18,
};

it('begins at nothing', () => {
	expect(count()).toEqual({ prompt: 0, completion: 0, reasoning: 0, cached: 0, total: 0 });
});

it('adds up what the API counts, each kind by itself', () => {
	expect(count(whole, { ...whole, reasoningTokens: 1 })).toEqual({
		prompt: 20,
		completion: 14,
		reasoning: 4,
		cached: 8,
		total: 36,
	});
});

it('adds nothing for what the API does not say', () => {
	expect(count(whole, {})).toEqual(count(whole));
});

it.each([
	[{ promptTokens: 10, completionTokens: 7 }, 17],
	[{ promptTokens: 10 }, 10],
	[{ completionTokens: 7 }, 7],
	[{ promptTokens: 10, completionTokens: 7, totalTokens: 0 }, 0],
])('%j makes %d in total', (usage, total) => {
	expect(count(usage).total).toBe(total);
});

it.each([
	[19, false],
	[18, true],
	[17, true],
	[1, true],
	[0, false],
])('a budget of %d is reached by 18: %s', (budget, reached) => {
	const tokens = new TokenCount();
	tokens.add(whole);
	expect(tokens.hasReached(budget)).toBe(reached);
});
