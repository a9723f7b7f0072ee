import type { IncomingMessage, ServerResponse } from 'node:http';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ReceivedRequest } from './recordRequests.ts';

/** A piece of a stream that goes out in a write of its own. */
export interface Cut {
	bytes: number;
	/** How long the next piece is held back. */
	pauseMs: number;
}

/** One request and its reply, with an end that everybody who waits hears of. */
export class Exchange {
	readonly request: IncomingMessage;
	readonly response: ServerResponse;
	/** Milliseconds since 1970. */
	readonly arrivedAt: number;
	record: ReceivedRequest | undefined;
	closed = false;
	readonly #now: () => number;
	readonly #waiting = new Set<() => void>();
	#brokenOffHere = false;

	constructor(request: IncomingMessage, response: ServerResponse, now: () => number) {
		this.request = request;
		this.response = response;
		this.#now = now;
		this.arrivedAt = now();
		response.once('close', () => this.#close());
	}

	#close(): void {
		this.closed = true;
		if (this.record) {
			this.record.closedAt = this.#now();
			this.record.closedByClient = !this.response.writableFinished && !this.#brokenOffHere;
		}
		for (const wake of this.#waiting) wake();
		this.#waiting.clear();
	}

	/** Waits; false as soon as the connection is gone. Infinity waits for just that. */
	async wait(ms: number): Promise<boolean> {
		if (this.closed) return false;
		if (ms <= 0) return true;
		await new Promise<void>((resolve) => {
			const timer = Number.isFinite(ms) ? setTimeout(() => done(), ms) : undefined;
			const done = () => {
				clearTimeout(timer);
				this.#waiting.delete(done);
				resolve();
			};
			this.#waiting.add(done);
		});
		return !this.closed;
	}

	start(status: number, headers: Record<string, string | number>): void {
		if (this.closed) return;
		this.response.writeHead(status, headers);
		if (this.record) {
			this.record.status = status;
			this.record.startedAt = this.#now();
		}
	}

	/** Writes and lets the client keep up. With a `nextCut` the bytes go out in such pieces. */
	async write(text: string, nextCut?: () => Cut): Promise<boolean> {
		if (this.closed) return false;
		if (!nextCut) return this.#writeBytes(text);
		const bytes = Buffer.from(text);
		for (let at = 0; at < bytes.length; ) {
			const cut = nextCut();
			const end = at + Math.max(1, cut.bytes);
			if (!(await this.#writeBytes(bytes.subarray(at, end)))) return false;
			at = end;
			await nextTurn();
			if (!(await this.wait(cut.pauseMs))) return false;
		}
		return !this.closed;
	}

	async #writeBytes(bytes: string | Buffer): Promise<boolean> {
		if (this.closed) return false;
		if (!this.response.write(bytes)) {
			await new Promise<void>((resolve) => {
				const done = () => {
					this.#waiting.delete(done);
					this.response.off('drain', done);
					resolve();
				};
				this.#waiting.add(done);
				this.response.once('drain', done);
			});
		}
		return !this.closed;
	}

	end(text?: string): void {
		if (this.closed) return;
		if (text === undefined) this.response.end();
		else this.response.end(text);
	}

	/** RST instead of FIN, so that the client sees ECONNRESET. */
	reset(): void {
		this.#brokenOffHere = true;
		this.request.socket.resetAndDestroy();
	}
}
