import { FailureError, type Failure } from '../failure/failure';
import { abortReason, type Clock, type Pace, type Slot, type SlotOutcome } from './pace';
import type { ThrottleCause } from './paceRate';
import { retryDelay } from './retryDelay';

/**
 * How long one request is repeated while its connections are lost. An API that is restarted is back
 * within two minutes; what has been lost for five is rather lost on the way, or by the request itself.
 */
const OUTAGE_PATIENCE_MS = 5 * 60_000;

export interface SendPatientlyOptions<T> {
	pace: Pace;
	/** The node run. */
	owner: object;
	/** Most requests of the node run in flight; 0 leaves it to the pace. */
	maxConcurrency: number;
	/** How often a request is repeated after a fault; being refused for the rate does not count. */
	maxRetries: number;
	clock: Clock;
	signal?: AbortSignal;
	/**
	 * Sends once. Throws a FailureError where the API or the connection failed.
	 * @param attemptNumber from 1
	 * @param accepted may be called as soon as the API has begun to answer
	 */
	attempt: (attemptNumber: number, accepted: () => void) => Promise<T>;
	/** False once tokens went out live. */
	mayRetry?: () => boolean;
	/** Milliseconds to wait while the API refuses everybody; 30 minutes by default. */
	patienceMs?: number;
	/**
	 * Whether a lost connection is one of many at an API that was there before. Then everybody waits for it
	 * as for an overload, or a short outage would use up the retries of a whole batch. A request whose
	 * connections have been lost for five minutes fails.
	 */
	isOutage?: () => boolean;
	/**
	 * Whether the failure of this request, which will not be repeated, ends the node run: then what the
	 * run has not sent is turned away, as after a hopeless failure. It is called before the slot is
	 * given back, so that what it notes for `shouldStop` comes before any other request is sent.
	 */
	endsRun?: (failure: Failure) => boolean;
	/** What to reject with instead of sending, e.g. a sibling's hopeless failure; undefined to go on. */
	shouldStop?: () => unknown;
}

/** A request was not sent, as another one of its node run met this failure. */
export class NotSentError extends FailureError {
	constructor(failure: Failure) {
		super(failure);
		this.name = 'NotSentError';
	}
}

/** What one request has been through. Times are in milliseconds. */
interface Progress {
	attempts: number;
	faults: number;
	/** The beginning of the wait for its slot: its own, or that of the refusals. */
	since: number;
	/** It was refused. */
	again: boolean;
	/** The first of the connections lost in a row, null when none was. */
	lostSince: number | null;
	lastError: FailureError | null;
}

/**
 * Waits for a slot, sends, and repeats what is worth repeating. A failure that hopelessly meets all, or
 * that `endsRun`, also turns away what the same node run has not sent yet.
 *
 * @throws FailureError with the last failure, which says how often the request was sent; NotSentError;
 * what else `attempt` threw; or the signal's reason
 */
export async function sendPatiently<T>(options: SendPatientlyOptions<T>): Promise<T> {
	const { clock, signal } = options;
	const progress: Progress = {
		attempts: 0,
		faults: 0,
		since: clock.now(),
		again: false,
		lostSince: null,
		lastError: null,
	};
	for (;;) {
		stopIfAsked(options);
		const slot = await acquireSlot(options, progress);
		const sent = await sendOnce(options, slot, progress);
		if ('value' in sent) return sent.value;
		if (signal?.aborted) throw abortReason(signal);
		if ('error' in sent) throw sent.error;
		if (sent.delayMs > 0) await clock.sleep(sent.delayMs, signal);
	}
}

async function acquireSlot(
	options: SendPatientlyOptions<unknown>,
	progress: Progress,
): Promise<Slot> {
	const { pace, owner, maxConcurrency, patienceMs, signal } = options;
	const { again, since, lostSince } = progress;
	const patience =
		lostSince === null
			? { since, patienceMs }
			: { since: lostSince, patienceMs: Math.min(patienceMs ?? Infinity, OUTAGE_PATIENCE_MS) };
	try {
		return await pace.acquire({ maxConcurrency, owner, signal, again, ...patience });
	} catch (reason) {
		const error = ownReason(reason, progress);
		if (isRefusal(error)) turnAwaySiblings(error.failure, options);
		return await Promise.reject(error);
	}
}

/** Out of patience the pace names the last refusal of all; a request that met one itself names that. */
function ownReason(reason: unknown, progress: Progress): unknown {
	return isRefusal(reason) && progress.lastError
		? withAttempts(progress.lastError, progress)
		: reason;
}

function isRefusal(reason: unknown): reason is FailureError {
	return reason instanceof FailureError && !(reason instanceof NotSentError);
}

type Sent<T> = { value: T } | { error: unknown } | { delayMs: number };

/** One attempt as data; the slot is given back whatever happens. */
async function sendOnce<T>(
	options: SendPatientlyOptions<T>,
	slot: Slot,
	progress: Progress,
): Promise<Sent<T>> {
	let outcome: SlotOutcome = 'unsent';
	try {
		stopIfAsked(options);
		outcome = 'failed';
		progress.attempts += 1;
		const value = await options.attempt(progress.attempts, () => slot.accepted());
		outcome = 'succeeded';
		return { value };
	} catch (error) {
		if (outcome === 'unsent') return { error };
		if (options.signal?.aborted) outcome = 'abandoned';
		if (!(error instanceof FailureError)) return { error };
		const { retryAfterMs } = error.failure;
		const throttled = throttleCause(error.failure, options);
		if (throttled) outcome = { throttled, retryAfterMs, reason: error };
		const next = decide(error, throttled, options, progress);
		// Before the slot is free, or the next one would still be sent.
		if ('error' in next) turnAwaySiblings(next.error.failure, options);
		return next;
	} finally {
		slot.release(outcome);
	}
}

/** What follows on a failure: an error that is final, or another attempt after a delay. */
function decide(
	error: FailureError,
	throttled: ThrottleCause | null,
	{ clock, maxRetries, mayRetry }: SendPatientlyOptions<unknown>,
	progress: Progress,
): { error: FailureError } | { delayMs: number } {
	const { failure } = error;
	const now = clock.now();
	progress.lastError = error;
	if (!throttled) progress.faults += 1;
	const isLost = throttled !== null && failure.kind === 'connection-lost';
	progress.lostSince = isLost ? (progress.lostSince ?? now) : null;

	const isGone = progress.lostSince !== null && now - progress.lostSince >= OUTAGE_PATIENCE_MS;
	const isRepeatable = failure.retryable && (mayRetry?.() ?? true);
	if (!isRepeatable || isGone || progress.faults > maxRetries) {
		return { error: withAttempts(error, progress) };
	}
	if (!throttled) {
		return { delayMs: retryDelay(progress.faults, failure.retryAfterMs, () => clock.random()) };
	}
	if (!progress.again) progress.since = now;
	progress.again = true;
	return { delayMs: 0 };
}

function turnAwaySiblings(failure: Failure, options: SendPatientlyOptions<unknown>): void {
	if (options.signal?.aborted) return;
	const ends = options.endsRun?.(failure) ?? false;
	if (ends || failure.hopeless) options.pace.dismiss(options.owner, new NotSentError(failure));
}

function stopIfAsked({ signal, shouldStop }: SendPatientlyOptions<unknown>): void {
	if (signal?.aborted) throw abortReason(signal);
	const reason = shouldStop?.();
	if (reason !== undefined) throw reason;
}

function throttleCause(
	failure: Failure,
	{ isOutage }: SendPatientlyOptions<unknown>,
): ThrottleCause | null {
	if (!failure.retryable) return null;
	if (failure.kind === 'rate-limited') return 'rate';
	if (failure.kind === 'connection-lost' && isOutage?.() === true) return 'overload';
	return failure.kind === 'overloaded' ? 'overload' : null;
}

function withAttempts(error: FailureError, { attempts }: Progress): FailureError {
	if (attempts < 2) return error;
	const { failure } = error;
	const description = `${failure.description} The request was sent ${attempts} times.`.trim();
	return new FailureError({ ...failure, description, attempts });
}
