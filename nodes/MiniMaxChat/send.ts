import type {
	DeclarativeRestApiSettings,
	IExecutePaginationFunctions,
	INodeExecutionData,
} from 'n8n-workflow';

import { FailureError, NotSentError, type Failure } from '../minimax/failure/failure';
import { InvalidInput } from '../minimax/failure/invalidInput';
import { putInputIntoWords } from '../n8n/words/putInputIntoWords';
import { answerItem } from './answerItem';
import { itemOf, type ChatItem } from './chatItem';
import { reportFailure, reportInvalid } from './reportItem';
import { reportUsage } from './reportUsage';
import { groupsOf } from './rowGroups';
import { stopAtInvalid } from './stopAtInvalid';

/** What became of one item. */
type Outcome =
	| { type: 'completed'; output: INodeExecutionData }
	| { type: 'invalid'; problem: unknown }
	| { type: 'failed'; failure: Failure }
	/** Another item ends the run and reports why. */
	| { type: 'unsent' };

/**
 * The pagination seam: n8n calls it once per item, all items at once. Waits for the item's turn, sends,
 * repeats what is worth repeating, and makes the output item or the error of it.
 */
export async function send(
	this: IExecutePaginationFunctions,
	requestData: DeclarativeRestApiSettings.ResultOptions,
): Promise<INodeExecutionData[]> {
	const item = itemOf(requestData.options);
	const { run, live } = item;
	const outcome = await settle(this, item);
	// Other rows may still be waiting for this one to join their request.
	groupsOf(run).excuse(item.index);
	live?.leave();
	await run.live.flush();
	await run.leave(outcome.type === 'completed' ? 'completed' : 'failed');
	reportUsage(this, run);

	switch (outcome.type) {
		case 'completed':
			return [outcome.output];
		case 'invalid':
			return await reportInvalid(this, item, outcome.problem);
		case 'failed':
			return await reportFailure(this, item, outcome.failure);
		case 'unsent':
			return [];
	}
}

/** Never throws: what went wrong is part of the outcome. */
async function settle(context: IExecutePaginationFunctions, item: ChatItem): Promise<Outcome> {
	const { run, live } = item;
	if (run.stopsAtFailure && run.wasCutShort) return { type: 'unsent' };
	if ('problem' in item) return { type: 'invalid', problem: item.problem };
	// Nothing is spent on a run that cannot succeed.
	if (run.stopsAtFailure && run.hasInvalidItem) return { type: 'unsent' };
	try {
		const output = await answerItem(context, item);
		live?.end();
		run.succeeded += 1;
		return { type: 'completed', output };
	} catch (error) {
		// The listener hears of the failure that ended the run, not of the requests that were not sent for it.
		if (!(error instanceof NotSentError)) live?.fail(toWords(error));
		if (!(error instanceof FailureError)) {
			// Found late, e.g. in what n8n had to decrypt: the rest is not paid for either.
			stopAtInvalid(run, error);
			return { type: 'invalid', problem: error };
		}
		const { failure } = error;
		const isReported = error instanceof NotSentError && failure.kind !== 'budget-reached';
		if (isReported && run.stopsAtFailure) return { type: 'unsent' };
		return { type: 'failed', failure };
	}
}

function toWords(error: unknown): string {
	if (error instanceof InvalidInput) return putInputIntoWords(error).message;
	return error instanceof Error ? error.message : String(error);
}
