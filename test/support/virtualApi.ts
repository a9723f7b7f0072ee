import { FailureError, type Failure } from '../../nodes/minimax/failure/failure';
import type { Limit } from './virtualLimits';
import type { VirtualClock } from './virtualTime';

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

/** What is particular to one request. */
export interface VirtualRequest {
	/** Called when the answer begins. */
	accepted?: () => void;
	/** Milliseconds after which it begins; at once where left out. */
	firstTokenMs?: number;
	latencyMs?: number;
	tokens?: number;
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

	async send(request: VirtualRequest = {}): Promise<string> {
		const { clock, model } = this;
		const { random } = clock;
		this.sentAt.push(clock.passed);
		if (model.jitterMs) await clock.sleep(random() * model.jitterMs);
		const arrival = { inFlight: this.inFlight, tokens: request.tokens ?? 1 };
		const { limits = [] } = model;
		const refusing = limits.find((limit) => !limit.admits(clock.passed, arrival));
		if (refusing !== undefined) {
			for (const limit of limits) limit.refuse?.(clock.passed);
			this.refusedAt.push(clock.passed);
			const retryAfterMs = model.retryAfterMs?.(clock.passed) ?? null;
			await clock.sleep(model.refusalMs?.(random) ?? 5);
			throw failureOf({ ...rateLimited, retryAfterMs, ...model.refusal, ...refusing.refusal });
		}
		for (const limit of limits) limit.take?.(clock.passed, arrival);
		let drawn = random();
		for (const { chance, failure } of model.faults ?? []) {
			drawn -= chance;
			if (drawn >= 0) continue;
			await clock.sleep(5);
			throw failureOf(failure);
		}
		this.inFlight += 1;
		this.mostInFlight = Math.max(this.mostInFlight, this.inFlight);
		const { firstTokenMs = 0 } = request;
		if (firstTokenMs > 0) await clock.sleep(firstTokenMs);
		request.accepted?.();
		const latencyMs = request.latencyMs ?? model.latencyMs?.(random) ?? 300;
		await clock.sleep(latencyMs - firstTokenMs);
		this.inFlight -= 1;
		for (const limit of limits) limit.end?.(clock.passed, arrival);
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

/** MiniMax 1041, `conn limit`. */
export const tooManyInFlight: Partial<Failure> = { ...rateLimited, code: 1041 };

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
