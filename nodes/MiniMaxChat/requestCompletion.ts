import type { IExecutePaginationFunctions } from 'n8n-workflow';

import type { Completion } from '../minimax/completion';
import type { Failure } from '../minimax/failure/failure';
import { paceFor } from '../minimax/pace/pace';
import { NotSentError, sendPatiently } from '../minimax/pace/sendPatiently';
import type { WireRequest } from '../minimax/wireTypes';
import { asFailure } from '../n8n/asFailure';
import { clock } from '../n8n/clock';
import { receive } from '../n8n/receive';
import { withSignal } from '../n8n/withSignal';
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
	loadBody: () => Promise<WireRequest>,
): Promise<Completion> {
	const { run, access, settings, live } = item;
	if (access === undefined || settings === undefined) throw new TypeError('Nothing was prepared');
	const { baseUrl: baseURL, credentialsDecrypted } = access;
	const { maxConcurrency, maxRetries } = settings;
	const signal = context.getExecutionCancelSignal();
	return await sendPatiently({
		pace: paceFor(access.paceKey, clock),
		owner: run,
		maxConcurrency,
		maxRetries,
		clock,
		signal,
		mayRetry: () => live?.hasWritten !== true,
		isOutage: () => run.isOutage,
		shouldStop: () => run.stopped && new NotSentError(run.stopped),
		endsRun: (failure) => {
			if (context.continueOnFail()) return false;
			run.stopped ??= failure;
			return true;
		},
		async attempt(_attempt, accepted) {
			live?.restart();
			const body = await loadBody();
			const connection = new AbortController();
			const signals = [connection.signal, ...(signal === undefined ? [] : [signal])];
			// What makeRoutingRequest does, but with the credential that has been read already.
			const response = await context.helpers.httpRequestWithAuthentication
				.call(
					withSignal(context, AbortSignal.any(signals)),
					credentialsDecrypted.type,
					// A copy: n8n writes headers and flags into the options it sends.
					{ ...item.requestOptions, baseURL, body, returnFullResponse: true },
					{ credentialsDecrypted },
				)
				.catch((error: unknown) => {
					run.noteLost(item.index);
					return Promise.reject(asFailure(error, access, body.model, signal));
				});
			run.noteAnswered();
			return await receive(response, {
				access,
				request: body,
				timeoutMs: item.timeoutMs,
				accepted,
				hangUp: () => connection.abort(),
				onAnswer: live && ((text) => live.write(text)),
			});
		},
	});
}

/** Turns away what the run has not sent yet. */
export function dismissUnsent({ run, access }: ChatItem, failure: Failure): void {
	if (access !== undefined) paceFor(access.paceKey, clock).dismiss(run, new NotSentError(failure));
}
