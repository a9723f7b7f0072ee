import type { Completion, TokenUsage } from '../minimax/completion';
import { FailureError, failureOf, type Failure } from '../minimax/failure/failure';
import { TokenCount } from '../minimax/tokenCount';

/** Executions whose tokens are remembered. */
const MOST_EXECUTIONS = 10_000;

const executions = new Map<string, TokenCount>();

/**
 * What a node has used in an execution so far, in this process. A model is supplied anew for each item and
 * each round of a loop, so the count cannot live with it.
 *
 * @param nodeId of the node that has the budget
 */
export function tokensOfExecution(executionId: string, nodeId: string): TokenCount {
	const key = `${executionId} ${nodeId}`;
	const count = executions.get(key) ?? new TokenCount();
	executions.delete(key);
	executions.set(key, count);
	for (const oldest of executions.keys()) {
		if (executions.size <= MOST_EXECUTIONS) break;
		executions.delete(oldest);
	}
	return count;
}

/** Passes on what a request comes to, and reports what it has cost, also where it failed on the way. */
export async function meter(
	exchange: Promise<Completion>,
	spend: (usage: TokenUsage) => void,
): Promise<Completion> {
	const completion = await exchange.catch((error: unknown) => {
		const partial = error instanceof FailureError ? error.failure.partial : null;
		if (partial !== null) spend(partial.usage);
		return Promise.reject(error);
	});
	spend(completion.usage);
	return completion;
}

/** The failure of what is not sent any more. */
export function budgetReached(
	budget: number,
	{ total }: TokenCount,
	unit: 'run of the node' | 'execution',
): Failure {
	return failureOf({
		kind: 'budget-reached',
		message: `The token budget is reached: this ${unit} has used ${total} tokens, and 'Token Budget' allows ${budget}`,
		description: `Nothing more was sent. Raise 'Token Budget' in the options, or set it to 0 for no limit.`,
	});
}
