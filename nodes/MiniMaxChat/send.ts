import type {
	DeclarativeRestApiSettings,
	IExecutePaginationFunctions,
	INodeExecutionData,
} from 'n8n-workflow';

import { FailureError, type Failure } from '../minimax/failure/failure';
import { NotSentError } from '../minimax/pace/sendPatiently';
import { answerItem } from './answerItem';
import { itemOf, type ChatItem } from './chatRun';
import { reportFailure, reportInvalid } from './reportItem';
import { dismissUnsent } from './requestCompletion';
import { reportUsage } from './reportUsage';

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
	const stopsAtFailure = !this.continueOnFail();
	const outcome = await settle(this, item, stopsAtFailure);
	item.live?.leave();
	await item.run.live.flush();
	item.run.leave();
	reportUsage(this, item.run);

	switch (outcome.type) {
		case 'completed':
			return [outcome.output];
		case 'invalid':
			return reportInvalid(this, item, outcome.problem, stopsAtFailure);
		case 'failed':
			return await reportFailure(this, item, outcome.failure, stopsAtFailure);
		case 'unsent':
			return [];
	}
}

/** Never throws: what went wrong is part of the outcome. */
async function settle(
	context: IExecutePaginationFunctions,
	item: ChatItem,
	stopsAtFailure: boolean,
): Promise<Outcome> {
	const { run, live } = item;
	if (stopsAtFailure && run.wasCutShort) return { type: 'unsent' };
	if (item.problem !== undefined) return { type: 'invalid', problem: item.problem };
	// Nothing is spent on a run that cannot succeed.
	if (stopsAtFailure && run.hasInvalidItem) return { type: 'unsent' };
	try {
		const output = await answerItem(context, item);
		live?.end();
		run.succeeded += 1;
		return { type: 'completed', output };
	} catch (error) {
		// The one whose failure ended the run has said so.
		if (!(error instanceof NotSentError)) live?.fail(toWords(error));
		if (!(error instanceof FailureError)) return { type: 'invalid', problem: error };
		const { failure } = error;
		if (error instanceof NotSentError && stopsAtFailure) return { type: 'unsent' };
		if (failure.hopeless || stopsAtFailure) {
			run.stopped ??= failure;
			dismissUnsent(item, failure);
		}
		return { type: 'failed', failure };
	}
}

function toWords(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
