import type { IExecuteFunctions, IExecutePaginationFunctions } from 'n8n-workflow';

import type { ChatRun } from './chatRun';

/** There on every execution context from n8n 2.20 on; the types of single-item ones do not list it. */
type MeteredContext = IExecutePaginationFunctions & Partial<Pick<IExecuteFunctions, 'setMetadata'>>;

/** Tells n8n how many tokens the node run has used so far. */
export function reportUsage(context: MeteredContext, { inputTokens, outputTokens }: ChatRun): void {
	if (inputTokens === 0 && outputTokens === 0) return;
	context.setMetadata?.({ tokenUsage: { inputTokens, outputTokens } });
}
