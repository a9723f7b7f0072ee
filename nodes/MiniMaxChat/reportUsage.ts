import type { IExecuteFunctions, IExecutePaginationFunctions } from 'n8n-workflow';

import type { ChatRun } from './chatRun';

/** There on every execution context from n8n 2.20 on; the types of single-item ones do not list it. */
type MeteredContext = IExecutePaginationFunctions & Partial<Pick<IExecuteFunctions, 'setMetadata'>>;

/**
 * Reports to n8n what the node has used so far: the editor's logs show the tokens, and the rest goes with the
 * execution and into its traces (OpenTelemetry).
 */
export function reportUsage(context: MeteredContext, { tokens, reused }: ChatRun): void {
	if (tokens.total === 0 && reused === 0) return;
	context.setMetadata?.({
		tokenUsage: { inputTokens: tokens.prompt, outputTokens: tokens.completion },
		tracing: {
			'minimax.tokens.input': tokens.prompt,
			'minimax.tokens.output': tokens.completion,
			'minimax.tokens.reasoning': tokens.reasoning,
			'minimax.tokens.cached': tokens.cached,
			'minimax.rows.reused': reused,
		},
	});
}
