import { FailureError, failureOf } from '../minimax/failure/failure';
import { sendPatiently, type SendPatientlyOptions } from '../minimax/pace/sendPatiently';

/**
 * Timers may ring a millisecond early, so the pace may give up shortly before the time is over by the clock.
 * A request that has waited for this part of the time counts as given up for its time.
 */
const NEARLY_ALL = 0.95;

/**
 * Sends as `sendPatiently` does, but gives up where there was no success in time, because somebody waits or
 * a fallback model stands ready. An attempt that is under way at that moment may still succeed, but is not
 * repeated. The pace goes on as if the request had not come.
 *
 * @param patienceMs from now on, waiting for a turn included
 * @throws FailureError that says in `waitedMs` how long it was tried; else as `sendPatiently`
 */
export async function sendInTime<T>(
	options: SendPatientlyOptions<T>,
	patienceMs: number,
): Promise<T> {
	const { clock, signal } = options;
	const startedAt = clock.now();
	const leave = new AbortController();
	const arrived = new AbortController();
	let lastError: unknown;
	void clock.sleep(patienceMs, arrived.signal).then(
		() => leave.abort(),
		// It arrived.
		() => {},
	);
	const signals = signal === undefined ? [leave.signal] : [leave.signal, signal];
	try {
		return await sendPatiently({
			...options,
			signal: AbortSignal.any(signals),
			patienceMs,
			mayRetry: () => !leave.signal.aborted && options.mayRetry?.() !== false,
			async attempt(number, accepted) {
				return await options.attempt(number, accepted).catch((error: unknown) => {
					lastError = error;
					return Promise.reject(error);
				});
			},
		}).catch((error: unknown) => {
			const isLate = leave.signal.aborted;
			const isOver = isLate || clock.now() - startedAt >= patienceMs * NEARLY_ALL;
			if (!isOver || signal?.aborted) return Promise.reject(error);
			return Promise.reject(tooLate(isLate ? lastError : error));
		});
	} finally {
		arrived.abort();
	}

	function tooLate(error: unknown): unknown {
		const waitedMs = clock.now() - startedAt;
		if (error === undefined) return new FailureError({ ...NEVER_SENT, waitedMs });
		const isFailure = error instanceof FailureError && error.failure.retryable;
		return isFailure ? new FailureError({ ...error.failure, waitedMs }) : error;
	}
}

/** The failure of a request that never got its turn. */
const NEVER_SENT = failureOf({
	kind: 'rate-limited',
	message: 'The request did not get its turn, as the API takes no more requests with this key',
	description: 'Run the workflow again in a minute, or let fewer executions run at the same time.',
	retryable: true,
});
