import type {
	DeclarativeRestApiSettings,
	IExecutePaginationFunctions,
	INodeExecutionData,
} from 'n8n-workflow';

import type { Completion } from '../minimax/completion';
import { describeConnectionFailure } from '../minimax/describeConnectionFailure';
import { FailureError, type Failure } from '../minimax/failure';
import { paceFor } from '../minimax/pace';
import { sendPatiently } from '../minimax/sendPatiently';
import { clock } from '../n8n/clock';
import type { Access } from '../n8n/readAccess';
import { itemOf, type ChatItem } from './chatRun';
import { reportFailure, reportInvalid } from './reportItem';
import { toItem } from './toItem';

type RequestData = DeclarativeRestApiSettings.ResultOptions;

/**
 * The pagination seam: n8n calls it once per item, all items at once. Waits for the item's turn, sends,
 * repeats what is worth repeating, and makes the output item or the error of it.
 */
export async function send(
	this: IExecutePaginationFunctions,
	requestData: RequestData,
): Promise<INodeExecutionData[]> {
	const item = itemOf(requestData.options);
	const { run } = item;
	const stopsAtFailure = !this.continueOnFail();
	// Nothing is spent where the run cannot succeed; the item at fault reports it.
	const turnedAway = stopsAtFailure && run.hasInvalidItem && item.problem === undefined;
	const outcome = turnedAway ? turnAway(item) : await complete(this, item, requestData);
	run.leave();

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

type Outcome =
	| { type: 'completed'; output: INodeExecutionData }
	| { type: 'invalid'; problem: unknown }
	| { type: 'failed'; failure: Failure }
	| { type: 'unsent' };

function turnAway({ run, index }: ChatItem): Outcome {
	run.live.skip(index);
	return { type: 'unsent' };
}

/** Never throws: what went wrong is part of the outcome. */
async function complete(
	context: IExecutePaginationFunctions,
	item: ChatItem,
	requestData: RequestData,
): Promise<Outcome> {
	const { run, index } = item;
	try {
		if (item.problem !== undefined) throwProblem(item.problem);
		item.access = await run.readAccess(context);
		item.live = run.live.open(index);
		const completion = await request(context, item, item.access, requestData);
		run.succeeded += 1;
		await item.live?.end();
		return { type: 'completed', output: toItem(item, completion) };
	} catch (error) {
		if (!(error instanceof FailureError)) {
			run.live.skip(index);
			return { type: 'invalid', problem: error };
		}
		const { failure } = error;
		const isEcho = run.stopped !== undefined && run.stopped === failure;
		if (failure.hopeless || !context.continueOnFail()) run.stopped ??= failure;
		if (item.live === undefined) run.live.skip(index);
		else await item.live.fail(failure.message);
		return isEcho && !context.continueOnFail() ? { type: 'unsent' } : { type: 'failed', failure };
	}
}

function throwProblem(problem: unknown): never {
	throw problem;
}

async function request(
	context: IExecutePaginationFunctions,
	item: ChatItem,
	access: Access,
	requestData: RequestData,
): Promise<Completion> {
	const { run, body, live } = item;
	const options = item.settings?.options ?? {};
	return await sendPatiently({
		pace: paceFor(access.paceKey, clock),
		owner: run,
		maxConcurrency: readCount(options.maxConcurrency, 0),
		maxRetries: readCount(options.maxRetries, 5),
		clock,
		signal: context.getExecutionCancelSignal(),
		mayRetry: () => live?.hasWritten !== true,
		shouldStop: () => run.stopped && new FailureError(run.stopped),
		async attempt(_attempt, accepted) {
			live?.restart();
			item.accepted = accepted;
			await context
				.makeRoutingRequest({
					...requestData,
					// A copy: n8n writes headers and flags into the options it sends.
					options: { ...requestData.options, baseURL: access.baseUrl, body },
				})
				.catch((error: unknown) => Promise.reject(asFailure(error, access, item)));
			if (item.completion === undefined) throw new TypeError('n8n did not run receive');
			return item.completion;
		},
	});
}

/** n8n wraps what its HTTP client throws; what `receive` throws comes through as it is. */
function asFailure(error: unknown, access: Access, { body }: ChatItem): unknown {
	if (error instanceof FailureError || !(error instanceof Error)) return error;
	const { region, apiKey } = access;
	return new FailureError(
		describeConnectionFailure(error, { region, model: body?.model ?? '', secrets: [apiKey] }),
	);
}

function readCount(value: unknown, fallback: number): number {
	return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : fallback;
}
