/** Time and chance, given by the caller: the core may not use timers. */
export interface Clock {
	/** Milliseconds since any fixed moment. */
	now(): number;
	/** Rejects when the signal aborts, and takes its listener away in any case. */
	sleep(ms: number, signal?: AbortSignal): Promise<void>;
	/** From 0 up to 1. */
	random(): number;
}

/** A timer that seems later than this is not late: the clock was set, or the computer slept. */
const LATEST_RING_MS = 2000;
/** A timer may ring early by as long as Node's event loop was busy; if it seems earlier, the clock was set back. */
const EARLIEST_RING_MS = 100;

/**
 * The time of a clock without its jumps, and one alarm in it. It does not go back, and it does not pass the
 * moment at which the alarm ought to have rung: a laptop that slept for an hour has not waited for an hour.
 */
export class SteadyTime {
	private offset = 0;
	private last = -Infinity;
	private alarm: { at: number; cancel: AbortController } | null = null;

	/** @param ring called when the alarm's time has come */
	constructor(
		private readonly clock: Clock,
		private readonly ring: () => void,
	) {}

	now(): number {
		const dueAt = this.alarm?.at ?? Infinity;
		const shown = this.clock.now() + this.offset;
		let steady = Math.max(shown, this.last);
		if (steady > dueAt + LATEST_RING_MS) steady = Math.max(dueAt, this.last);
		this.offset += steady - shown;
		this.last = steady;
		return steady;
	}

	/** Rings at that time, in this time; an alarm that is set to an earlier one stays as it is. */
	setAlarm(at: number): void {
		if (at >= (this.alarm?.at ?? Infinity)) return;
		this.cancelAlarm();
		const alarm = { at, cancel: new AbortController() };
		this.alarm = alarm;
		void this.clock.sleep(at - this.now(), alarm.cancel.signal).then(
			() => {
				if (this.alarm !== alarm) return;
				const now = this.now();
				this.alarm = null;
				// Moving on to the alarm's time instead, by a millisecond each, made this clock run 5 % fast.
				if (now < at && at <= now + EARLIEST_RING_MS) return this.setAlarm(at);
				this.last = Math.max(at, now);
				this.ring();
			},
			// It was cancelled.
			() => {},
		);
	}

	cancelAlarm(): void {
		this.alarm?.cancel.abort();
		this.alarm = null;
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
