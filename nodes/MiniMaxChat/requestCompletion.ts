import type { DeclarativeRestApiSettings, IExecutePaginationFunctions } from 'n8n-workflow';

import type { Completion } from '../minimax/completion';
import { describeConnectionFailure } from '../minimax/describeConnectionFailure';
import { FailureError, InvalidInput, type Failure } from '../minimax/failure';
import { paceFor } from '../minimax/pace';
import { NotSentError, sendPatiently } from '../minimax/sendPatiently';
import type { WireRequest } from '../minimax/wireTypes';
import { clock } from '../n8n/clock';
import type { ChatItem } from './chatRun';

/**
 * One completion: at the credential's pace, with retries, by n8n's HTTP helper.
 *
 * @param loadBody called when the request has its turn, each time it is sent
 * @throws FailureError, or what n8n throws for a stopped execution
 */
export async function requestCompletion(
	context: IExecutePaginationFunctions,
	item: ChatItem,
	requestData: DeclarativeRestApiSettings.ResultOptions,
	loadBody: () => Promise<WireRequest>,
): Promise<Completion> {
	const { run, access, live } = item;
	if (access === undefined) throw new TypeError('The credential has not been read');
	const options = item.settings?.options ?? {};
	const signal = context.getExecutionCancelSignal();
	return await sendPatiently({
		pace: paceFor(access.paceKey, clock),
		owner: run,
		maxConcurrency: readCount(options.maxConcurrency, 0),
		maxRetries: readCount(options.maxRetries, 5),
		clock,
		signal,
		mayRetry: () => live?.hasWritten !== true,
		shouldStop: () => run.stopped && new NotSentError(run.stopped),
		async attempt(_attempt, accepted) {
			live?.restart();
			item.accepted = accepted;
			item.completion = undefined;
			const body = await loadBody();
			await context
				.makeRoutingRequest({
					...requestData,
					// A copy: n8n writes headers and flags into the options it sends.
					options: { ...requestData.options, baseURL: access.baseUrl, body },
				})
				.catch((error: unknown) => Promise.reject(asFailure(error, item, signal)));
			const { completion } = item;
			if (completion === undefined) throw new TypeError('n8n did not run receive');
			return completion;
		},
	});
}

/** Turns away what the run has not sent yet. */
export function dismissUnsent({ run, access }: ChatItem, failure: Failure): void {
	if (access !== undefined) paceFor(access.paceKey, clock).dismiss(run, new NotSentError(failure));
}

/** n8n wraps what its HTTP client throws; what `receive` throws comes through as it is. */
function asFailure(error: unknown, item: ChatItem, signal: AbortSignal | undefined): unknown {
	const isOurs = error instanceof FailureError || error instanceof InvalidInput;
	if (isOurs || signal?.aborted === true || !(error instanceof Error)) return error;
	const { access, body } = item;
	return new FailureError(
		describeConnectionFailure(error, {
			region: access?.region ?? 'international',
			model: body?.model ?? '',
			secrets: access === undefined ? [] : [access.apiKey],
		}),
	);
}

function readCount(value: unknown, fallback: number): number {
	return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : fallback;
}
