import fc from '../../support/fastCheck';

import type { TokenUsage } from '../../../nodes/minimax/completion';
import { splitUsage } from '../../../nodes/minimax/rows/splitUsage';

it('gives whole shares that differ by one at most and add up exactly; null stays null', () => {
	const tokens = fc.option(fc.nat(1_000_000), { nil: null });
	const usages = fc.record<TokenUsage>({
		promptTokens: tokens,
		completionTokens: tokens,
		reasoningTokens: tokens,
		cachedTokens: tokens,
		totalTokens: tokens,
	});
	fc.assert(
		fc.property(usages, fc.integer({ min: 1, max: 50 }), (usage, rows) => {
			const shares = splitUsage(usage, rows);
			expect(shares).toHaveLength(rows);
			for (const name of Object.keys(usage) as Array<keyof TokenUsage>) {
				const parts = shares.map((share) => share[name]);
				const whole = usage[name];
				if (whole === null) {
					expect(parts.every((part) => part === null)).toBe(true);
					continue;
				}
				const numbers = parts.map(Number);
				expect(numbers.reduce((sum, part) => sum + part, 0)).toBe(whole);
				expect(Math.max(...numbers) - Math.min(...numbers)).toBeLessThanOrEqual(1);
			}
		}),
	);
});
