import { FailureError, type Failure } from '../../nodes/minimax/failure/failure';
import type { Clock } from '../../nodes/minimax/pace/pace';

interface Timer {
	at: number;
	order: number;
	wake: () => void;
}

/** A clock that jumps to the next timer as soon as nothing else is left to do. Seeded chance. */
export class VirtualClock implements Clock {
	timersSet = 0;
	private time = 0;
	private order = 0;
	private state: number;
	private readonly timers: Timer[] = [];

	constructor(seed = 1) {
		this.state = seed;
	}

	now(): number {
		return this.time;
	}

	get pending(): number {
		return this.timers.length;
	}

	/** mulberry32 */
	random(): number {
		this.state = (this.state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	}

	sleep(ms: number, signal?: AbortSignal): Promise<void> {
		return new Promise((resolve, reject) => {
			if (signal?.aborted) return reject(signal.reason);
			this.timersSet += 1;
			this.order += 1;
			const timer = { at: this.time + ms, order: this.order, wake: () => undefined as void };
			const abort = () => {
				const index = this.timers.indexOf(timer);
				if (index >= 0) this.timers.splice(index, 1);
				reject(signal?.reason);
			};
			timer.wake = () => {
				signal?.removeEventListener('abort', abort);
				resolve();
			};
			signal?.addEventListener('abort', abort, { once: true });
			this.insert(timer);
		});
	}

	/** Runs until no timer is left, or until the given time. */
	async run(until = Infinity): Promise<void> {
		await settle();
		for (let next = this.timers[0]; next !== undefined && next.at <= until; next = this.timers[0]) {
			this.timers.shift();
			this.time = Math.max(this.time, next.at);
			next.wake();
			if (this.timers[0]?.at !== this.time) await settle();
		}
		if (until !== Infinity) this.time = until;
	}

	/** Sorted by time, then by the order of setting; found by halving. */
	private insert(timer: Timer): void {
		let low = 0;
		let high = this.timers.length;
		while (low < high) {
			const middle = (low + high) >> 1;
			const other = this.timers[middle];
			if (other !== undefined && other.at <= timer.at) low = middle + 1;
			else high = middle;
		}
		this.timers.splice(low, 0, timer);
	}
}

/** Lets every promise that can go on go on. */
function settle(): Promise<void> {
	return new Promise((resolve) => setImmediate(resolve));
}

/** Says at which times a request is refused; told of each one that arrives, accepted or not. */
export interface Limit {
	/** Whether the request arriving now is taken; `inFlight` are being worked on. */
	takes(now: number, inFlight: number): boolean;
}

/** At most so many in each window; windows start at `phaseMs`, or with the first request. */
export function fixedWindow(most: number, windowMs: number, phaseMs?: number): Limit {
	let phase = phaseMs;
	let window = -Infinity;
	let taken = 0;
	return {
		takes(now) {
			phase ??= now;
			const current = Math.floor((now - phase) / windowMs);
			if (current !== window) taken = 0;
			window = current;
			if (taken >= most) return false;
			taken += 1;
			return true;
		},
	};
}

/** At most so many in any stretch of the length. */
export function slidingWindow(most: number, windowMs: number): Limit {
	const taken: number[] = [];
	return {
		takes(now) {
			while (taken[0] !== undefined && taken[0] <= now - windowMs) taken.shift();
			if (taken.length >= most) return false;
			taken.push(now);
			return true;
		},
	};
}

/** A bucket that holds so many and fills at so many a second. */
export function tokenBucket(size: number, perSecond: number): Limit {
	let tokens = size;
	let filledAt = 0;
	return {
		takes(now) {
			tokens = Math.min(size, tokens + ((now - filledAt) * perSecond) / 1000);
			filledAt = now;
			if (tokens < 1) return false;
			tokens -= 1;
			return true;
		},
	};
}

export function atMostInFlight(most: number): Limit {
	return { takes: (_now, inFlight) => inFlight < most };
}

/** MiniMax 2045: no second may bring more than so many times the one before; a few always may. */
export function growthLimit(factor: number, always: number): Limit {
	let second = 0;
	let before = 0;
	let taken = 0;
	return {
		takes(now) {
			const current = Math.floor(now / 1000);
			if (current !== second) {
				before = current === second + 1 ? taken : 0;
				taken = 0;
				second = current;
			}
			if (taken >= Math.max(always, before * factor)) return false;
			taken += 1;
			return true;
		},
	};
}

/** The limit holds only between the two times. */
export function between(fromMs: number, toMs: number, limit: Limit): Limit {
	return {
		takes: (now, inFlight) => now < fromMs || now >= toMs || limit.takes(now, inFlight),
	};
}

export const nothingPasses: Limit = { takes: () => false };

export interface ApiModel {
	limits?: Limit[];
	latencyMs?: (random: () => number) => number;
	/** How long a refusal takes; 5 ms by default. */
	refusalMs?: (random: () => number) => number;
	/** The same for requests refused for a limit, which is what the API says. */
	retryAfterMs?: (now: number) => number | null;
	/** Chances of failures other than those of the limits. */
	faults?: Array<{ chance: number; failure: Partial<Failure> }>;
	refusal?: Partial<Failure>;
	/** Ways through the network take up to so long, so requests overtake each other. */
	jitterMs?: number;
}

/** An API in virtual time that counts what it answers. */
export class VirtualApi {
	accepted = 0;
	refusedAt: number[] = [];
	sentAt: number[] = [];
	mostInFlight = 0;
	private inFlight = 0;

	constructor(
		private readonly clock: VirtualClock,
		private readonly model: ApiModel,
	) {}

	/** @param accepted called when the answer begins, right after the request was taken */
	async send(accepted?: () => void): Promise<string> {
		const { clock, model } = this;
		const random = () => clock.random();
		this.sentAt.push(clock.now());
		if (model.jitterMs) await clock.sleep(random() * model.jitterMs);
		const taken = (model.limits ?? []).every((limit) => limit.takes(clock.now(), this.inFlight));
		if (!taken) {
			this.refusedAt.push(clock.now());
			const retryAfterMs = model.retryAfterMs?.(clock.now()) ?? null;
			await clock.sleep(model.refusalMs?.(random) ?? 5);
			throw failureOf({ ...rateLimited, retryAfterMs, ...model.refusal });
		}
		let drawn = random();
		for (const { chance, failure } of model.faults ?? []) {
			drawn -= chance;
			if (drawn >= 0) continue;
			await clock.sleep(5);
			throw failureOf(failure);
		}
		accepted?.();
		this.inFlight += 1;
		this.mostInFlight = Math.max(this.mostInFlight, this.inFlight);
		await clock.sleep(model.latencyMs?.(random) ?? 300);
		this.inFlight -= 1;
		this.accepted += 1;
		return 'answer';
	}
}

export const rateLimited: Partial<Failure> = {
	kind: 'rate-limited',
	message: 'Too many requests',
	httpStatus: 429,
	retryable: true,
};

export const overloaded: Partial<Failure> = {
	kind: 'overloaded',
	message: 'Overloaded',
	httpStatus: 529,
	retryable: true,
};

export const serverFault: Partial<Failure> = {
	kind: 'server-fault',
	message: 'Internal fault',
	httpStatus: 500,
	retryable: true,
};

export const connectionLost: Partial<Failure> = {
	kind: 'connection-lost',
	message: 'Connection reset',
	retryable: true,
};

export function failureOf(failure: Partial<Failure>): FailureError {
	return new FailureError({
		kind: 'server-fault',
		message: 'It failed',
		description: 'Run it again.',
		httpStatus: null,
		code: null,
		apiMessage: null,
		requestId: null,
		retryable: false,
		retryAfterMs: null,
		hopeless: false,
		partial: null,
		...failure,
	});
}
