import type { Fault } from './settings.ts';

const namedFaults: Record<string, Fault> = {
	reset: { connection: 'reset' },
	hang: { connection: 'hang' },
	html: { status: 502, body: 'html' },
	empty: { status: 502, body: 'empty' },
	streamReset: { stream: 'reset' },
	streamEnd: { stream: 'end' },
	streamStall: { stream: 'stall' },
	streamError: { stream: 'error' },
	streamBaseResp: { stream: 'base-resp' },
	streamMalformed: { stream: 'malformed' },
};

/**
 * Draws at most one fault; one random number per request, so that a seed decides which requests
 * fail, whatever the rates are.
 * @throws TypeError for a kind that does not exist
 */
export function drawFault(rates: Record<string, number>, random: () => number): Fault | null {
	const kinds = Object.entries(rates);
	if (kinds.length === 0) return null;
	let left = random();
	for (const [kind, rate] of kinds) {
		if (left < rate) return faultOfKind(kind);
		left -= rate;
	}
	return null;
}

function faultOfKind(kind: string): Fault {
	const [, status] = /^status(\d{3})$/.exec(kind) ?? [];
	if (status) return { status: Number(status) };
	const [, code] = /^baseResp(\d+)$/.exec(kind) ?? [];
	if (code) return { baseResp: Number(code) };
	const fault = namedFaults[kind];
	if (!fault) throw new TypeError(`unknown fault kind ${kind}`);
	return fault;
}

/** Counts how often a fault with `times` has struck, per place where it was written. */
export class FaultCounter {
	readonly #struck = new Map<string, number>();

	/** The fault, or null once it has struck `times` times. */
	take(fault: Fault | null, place: string): Fault | null {
		if (fault?.times === undefined) return fault;
		const struck = this.#struck.get(place) ?? 0;
		if (struck >= fault.times) return null;
		this.#struck.set(place, struck + 1);
		return fault;
	}

	reset(): void {
		this.#struck.clear();
	}
}
