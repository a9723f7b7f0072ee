import type { Completion } from '../../nodes/minimax/completion';
import type { Verdict } from '../../nodes/minimax/failure/failure';
import {
	readCompletion,
	type ReadOptions,
	type Reply,
} from '../../nodes/minimax/reply/readCompletion';

/** The completion of a reply that has to be one. */
export async function completionOf(reply: Reply, options: ReadOptions): Promise<Completion> {
	const result = await readCompletion(reply, options);
	if ('completion' in result) return result.completion;
	throw new Error(`no completion but ${JSON.stringify(result.failure)}`);
}

/** The failure of a reply that has to be one. */
export async function verdictOf(reply: Reply, options: ReadOptions): Promise<Verdict> {
	const result = await readCompletion(reply, options);
	if ('failure' in result) return result.failure;
	throw new Error(`no failure but ${JSON.stringify(result.completion)}`);
}
