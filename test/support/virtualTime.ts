import type { Clock } from '../../nodes/minimax/clock';

interface Timer {
	at: number;
	wake: () => void;
}

/** mulberry32: numbers from 0 up to 1, the same ones for the same seed. */
export function seededRandom(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	};
}

/** A clock that jumps to the next timer as soon as nothing else is left to do. Seeded chance. */
export class VirtualClock implements Clock {
	readonly random: () => number;
	timersSet = 0;
	private time = 0;
	/** How far what the clock shows is ahead of the time that has passed. */
	private ahead = 0;
	/** The soonest last, so that taking it out moves nothing. */
	private readonly timers: Timer[] = [];

	constructor(seed = 1) {
		this.random = seededRandom(seed);
	}

	/** What the clock shows. */
	now(): number {
		return this.time + this.ahead;
	}

	/** Milliseconds that have passed, whatever the clock shows. */
	get passed(): number {
		return this.time;
	}

	get pending(): number {
		return this.timers.length;
	}

	/** Sets the clock forward, or back; timers run on, as those of a computer do. */
	set(byMs: number): void {
		this.ahead += byMs;
	}

	sleep(ms: number, signal?: AbortSignal): Promise<void> {
		return new Promise((resolve, reject) => {
			if (signal?.aborted) return reject(signal.reason);
			this.timersSet += 1;
			const timer = { at: this.time + ms, wake: () => undefined as void };
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

	/** Runs until no timer is left, or until the given time has passed. */
	async run(until = Infinity): Promise<void> {
		await settle();
		for (let next = this.timers.at(-1); next && next.at <= until; next = this.timers.at(-1)) {
			this.timers.pop();
			this.time = Math.max(this.time, next.at);
			next.wake();
			if (this.timers.at(-1)?.at !== this.time) await settle();
		}
		if (until !== Infinity) this.time = until;
	}

	/** Behind those of the same time that were set before; found by halving. */
	private insert(timer: Timer): void {
		let low = 0;
		let high = this.timers.length;
		while (low < high) {
			const middle = (low + high) >> 1;
			const other = this.timers[middle];
			if (other !== undefined && other.at > timer.at) low = middle + 1;
			else high = middle;
		}
		this.timers.splice(low, 0, timer);
	}
}

/** Lets every promise that can go on go on. */
function settle(): Promise<void> {
	return new Promise((resolve) => setImmediate(resolve));
}
