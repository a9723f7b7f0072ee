import type { IExecutePaginationFunctions } from 'n8n-workflow';

import type { Completion } from '../minimax/completion';
import type { Failure } from '../minimax/failure/failure';
import { sendPatiently } from '../minimax/pace/sendPatiently';
import type { WireRequest } from '../minimax/wireTypes';
import { clock } from '../n8n/clock';
import { exchange } from '../n8n/exchange';
import { paceFor } from '../n8n/paceFor';
import type { Access } from '../n8n/readAccess';
import { meter } from '../n8n/tokenBudget';
import { attachMedia } from './attachMedia';
import type { PreparedItem } from './chatItem';
import { stopAtInvalid } from './stopAtInvalid';

/**
 * One completion: at the credential's pace, with retries. A failure that ends the run, or makes its key
 * useless, stops the sending before the next request gets its turn.
 *
 * @param body without its files, which are loaded when the request has its turn
 * @param read makes the result out of the completion; where it throws a FailureError, the request has failed
 * @param goesOn whether the rows of a request with this failure are asked for in other requests, so that the
 * run does not end
 * @throws FailureError, InvalidInput, or what n8n throws for a stopped execution
 */
export async function requestCompletion<T>(
	context: IExecutePaginationFunctions,
	{ run, index, requestOptions, live, prepared }: PreparedItem,
	access: Access,
	body: WireRequest,
	read: (completion: Completion) => T,
	goesOn: (failure: Failure) => boolean = () => false,
): Promise<T> {
	const { settings, media } = prepared;
	const signal = context.getExecutionCancelSignal();
	// Earlier tries of Retry On Fail count as well.
	run.checkBudget(settings.tokenBudget);
	return await sendPatiently({
		pace: paceFor(access.paceKey),
		model: body.model,
		owner: run,
		maxConcurrency: settings.maxConcurrency,
		maxRetries: settings.maxRetries,
		clock,
		signal,
		mayRetry: () => live?.hasWritten !== true,
		isOutage: () => run.isOutage,
		shouldStop: () => run.whyStopped(access),
		endsRun: (failure) => !goesOn(failure) && run.endsAt(failure, access),
		async attempt(_attempt, accepted) {
			live?.restart();
			const whole = await attachMedia(context, body, media).catch((error: unknown) => {
				// A file that cannot be sent: no other request gets its turn either.
				stopAtInvalid(run, error);
				return Promise.reject(error);
			});
			const reply = exchange(context, {
				access,
				body: whole,
				requestOptions,
				signal,
				accepted,
				onConnection: (state) => run.noteConnection(index, state),
				onAnswer: live && ((text) => live.write(text)),
			});
			const completion = await meter(reply, (usage) => run.spend(usage, settings.tokenBudget));
			return read(completion);
		},
	});
}
