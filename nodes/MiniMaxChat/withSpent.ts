import type { TokenUsage } from '../minimax/completion';
import { FailureError, withPartial } from '../minimax/failure/failure';

/**
 * The failure of a row with what the row has cost in all, so that the sums over all items are those of the API.
 *
 * @param spent in place of what the failure says; null leaves it as it is
 */
export function withSpent(error: unknown, spent: TokenUsage | null): unknown {
	if (!(error instanceof FailureError) || spent === null) return error;
	const nothing = { content: '', reasoning: null, id: null, model: null };
	return withPartial(error, { ...(error.failure.partial ?? nothing), usage: spent });
}
