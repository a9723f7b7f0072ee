/** Time and chance, given by the caller: the core may not use timers. */
export interface Clock {
	/** Milliseconds since any fixed moment. */
	now(): number;
	/** Rejects when the signal aborts, and takes its listener away in any case. */
	sleep(ms: number, signal?: AbortSignal): Promise<void>;
	/** From 0 up to 1. */
	random(): number;
}

/** A timer that is later than this did not ring because the clock was set, or the computer slept. */
const LATEST_RING_MS = 2000;

/**
 * The time of a clock without its jumps. It does not go back, and it does not pass the moment at which
 * a timer ought to have rung: a laptop that slept for an hour has not waited for an hour.
 */
export class SteadyTime {
	private offset = 0;
	private last = -Infinity;

	constructor(private readonly clock: Clock) {}

	/** @param dueAt when the timer that is running will ring, in this time */
	now(dueAt = Infinity): number {
		const shown = this.clock.now() + this.offset;
		let steady = Math.max(shown, this.last);
		if (steady > dueAt + LATEST_RING_MS) steady = Math.max(dueAt, this.last);
		this.offset += steady - shown;
		this.last = steady;
		return steady;
	}

	/** A timer has rung: it is not earlier than that. */
	reach(at: number): void {
		const early = Math.max(0, at - this.now(at));
		this.offset += early;
		this.last += early;
	}
}

/** What an aborted wait rejects with: the signal's own reason, an AbortError where that is no object. */
export function abortReason(signal: AbortSignal): unknown {
	const reason: unknown = signal.reason;
	if (typeof reason === 'object' && reason !== null) return reason;
	const error = new Error('The execution was stopped');
	error.name = 'AbortError';
	return error;
}
