import { FaultCounter } from './chooseFault.ts';
import { PromptCache } from './promptCache.ts';
import { seededRandom } from './random.ts';
import { RateLimiter } from './rateLimit.ts';
import { RequestLog } from './recordRequests.ts';
import { TurnMemory } from './rememberTurns.ts';
import {
	defaultSettings,
	readSettings,
	type ScriptedReply,
	type SimulatorSettings,
} from './settings.ts';

/** Everything a running simulator knows, apart from its sockets. */
export class Simulation {
	readonly now: () => number;
	readonly apiKeys: ReadonlySet<string>;
	readonly log = new RequestLog();
	readonly limiter = new RateLimiter();
	readonly faults = new FaultCounter();
	readonly turns = new TurnMemory();
	readonly prompts = new PromptCache();
	readonly inFlight = new InFlight();
	readonly scripted: ScriptedReply[] = [];
	/** Of all answers: what a real API would have charged. */
	tokens = 0;
	/** Settles at once unless requests are held back. */
	gate: Promise<void> = Promise.resolve();
	settings: SimulatorSettings;
	random: () => number;
	readonly #initial: SimulatorSettings;
	#openGate = (): void => {};

	constructor(apiKeys: string[], now: () => number, settings: Partial<SimulatorSettings>) {
		this.apiKeys = new Set(apiKeys);
		this.now = now;
		this.#initial = { ...defaultSettings, ...readSettings(settings) };
		this.settings = this.#initial;
		this.random = seededRandom(this.settings.seed);
	}

	set(patch: Partial<SimulatorSettings>): void {
		this.settings = { ...this.settings, ...readSettings(patch) };
		if ('fault' in patch) this.faults.reset();
		if ('seed' in patch || 'faultRates' in patch) this.random = seededRandom(this.settings.seed);
		if ('rateLimit' in patch) this.limiter.reset();
	}

	script(replies: ScriptedReply[]): void {
		this.scripted.push(...replies.map(readSettings));
	}

	/** Requests that arrive from now on wait. Returns what lets them and all later ones go on. */
	hold(): () => void {
		this.#openGate();
		this.gate = new Promise((resolve) => (this.#openGate = resolve));
		return this.#openGate;
	}

	reset(): void {
		this.#openGate();
		this.settings = this.#initial;
		this.random = seededRandom(this.settings.seed);
		this.scripted.length = 0;
		this.tokens = 0;
		this.log.clear();
		this.limiter.reset();
		this.faults.reset();
		this.turns.reset();
		this.prompts.reset();
		this.inFlight.resetPeak();
	}
}

/** Counts the chat requests that are being answered, in all and by key. */
class InFlight {
	total = 0;
	peak = 0;
	readonly #byKey = new Map<string, number>();

	/** Counts one more; returns how many the key has in flight now. */
	enter(key: string): number {
		this.total += 1;
		this.peak = Math.max(this.peak, this.total);
		const count = (this.#byKey.get(key) ?? 0) + 1;
		this.#byKey.set(key, count);
		return count;
	}

	leave(key: string): void {
		this.total -= 1;
		const count = (this.#byKey.get(key) ?? 1) - 1;
		if (count > 0) this.#byKey.set(key, count);
		else this.#byKey.delete(key);
	}

	resetPeak(): void {
		this.peak = this.total;
	}
}
