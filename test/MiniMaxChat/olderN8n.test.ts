import type { IExecuteFunctions, IExecutePaginationFunctions } from 'n8n-workflow';

import { TokenCount } from '../../nodes/minimax/tokenCount';
import { answersChat } from '../../nodes/MiniMaxChat/answersChat';
import type { ChatRun } from '../../nodes/MiniMaxChat/chatRun';
import { reportUsage } from '../../nodes/MiniMaxChat/reportUsage';
import { partly } from '../support/partly';

/** Methods that only some versions of n8n have on the contexts of single items. */
describe('a Chat Trigger', () => {
	const context = (parts: Partial<IExecuteFunctions>) =>
		partly<Parameters<typeof answersChat>[0]>(parts);

	it.each<[string, object, boolean]>([
		['is there', { getChatTrigger: () => ({ name: 'Chat' }) }, true],
		['is not there', { getChatTrigger: () => null }, false],
		['is not known', { getChatTrigger: () => undefined }, false],
		['cannot be asked for', {}, false],
	])('%s', (_what, parts, answers) => {
		expect(answersChat(context(parts))).toBe(answers);
	});
});

describe('the usage of a run', () => {
	const run = (reused: number, ...totals: number[]) => {
		const tokens = new TokenCount();
		for (const total of totals) {
			tokens.add({
				promptTokens: total - 1,
				completionTokens: 1,
				reasoningTokens: null,
				cachedTokens: 0,
				totalTokens: total,
			});
		}
		return { tokens, reused } as ChatRun;
	};
	function report(of: ChatRun): unknown[] {
		const reported: unknown[] = [];
		const context = { setMetadata: (metadata: unknown) => reported.push(metadata) };
		reportUsage(partly<IExecutePaginationFunctions>(context), of);
		return reported;
	}
	const metadata = (input: number, output: number, reused: number) => ({
		tokenUsage: { inputTokens: input, outputTokens: output },
		tracing: {
			'minimax.tokens.input': input,
			'minimax.tokens.output': output,
			'minimax.tokens.reasoning': 0,
			'minimax.tokens.cached': 0,
			'minimax.rows.reused': reused,
		},
	});

	it('is reported where there is any', () => {
		expect(report(run(0, 5, 7))).toEqual([metadata(10, 2, 0)]);
		expect(report(run(3, 5))).toEqual([metadata(4, 1, 3)]);
		expect(report(run(3))).toEqual([metadata(0, 0, 3)]);
	});

	it('is not reported where there is none', () => {
		expect(report(run(0))).toEqual([]);
	});

	it('is reported to nobody where n8n does not ask', () => {
		const context = {} as IExecutePaginationFunctions;
		expect(() => reportUsage(context, run(0, 5))).not.toThrow();
	});
});
