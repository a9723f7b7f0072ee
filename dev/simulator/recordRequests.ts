import type { IncomingHttpHeaders } from 'node:http';
import type { JsonValue } from './json.ts';

/** What the simulator received and how it went. Times are milliseconds since 1970. */
export interface ReceivedRequest {
	id: number;
	at: number;
	method: string;
	path: string;
	headers: IncomingHttpHeaders;
	/** Parsed JSON; undefined when there was none. */
	body: JsonValue | undefined;
	rawBody: string;
	/** HTTP status answered; null while there is none (hanging, or reset before a reply). */
	status: number | null;
	/** First byte of the reply. */
	startedAt?: number;
	/** The client went away before the reply was complete. */
	closedByClient: boolean;
	/** The reply is complete, or the connection is gone. */
	closedAt?: number;
}

/** Keeps the latest requests, bounded in number and in characters of their bodies. */
export class RequestLog {
	readonly entries: ReceivedRequest[] = [];
	readonly byStatus: Record<string, number> = {};
	readonly #maxEntries: number;
	readonly #maxCharacters: number;
	#characters = 0;
	#nextId = 1;

	constructor(maxEntries = 10_000, maxCharacters = 200_000_000) {
		this.#maxEntries = maxEntries;
		this.#maxCharacters = maxCharacters;
	}

	add(request: Omit<ReceivedRequest, 'id'>): ReceivedRequest {
		const entry: ReceivedRequest = { id: this.#nextId, ...request };
		this.#nextId += 1;
		this.entries.push(entry);
		this.#characters += entry.rawBody.length;
		while (
			this.entries.length > this.#maxEntries ||
			(this.#characters > this.#maxCharacters && this.entries.length > 1)
		) {
			this.#characters -= this.entries.shift()?.rawBody.length ?? 0;
		}
		return entry;
	}

	count(status: number | null): void {
		const name = status === null ? 'none' : String(status);
		this.byStatus[name] = (this.byStatus[name] ?? 0) + 1;
	}

	/** Empties the array in place: callers may hold it. */
	clear(): void {
		this.entries.length = 0;
		this.#characters = 0;
		this.#nextId = 1;
		for (const name of Object.keys(this.byStatus)) delete this.byStatus[name];
	}
}
