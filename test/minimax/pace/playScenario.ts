import { LearnedPace } from '../../../nodes/minimax/pace/pace';
import { sendPatiently } from '../../../nodes/minimax/pace/sendPatiently';
import { VirtualApi } from '../../support/virtualApi';
import { seededRandom, VirtualClock } from '../../support/virtualTime';
import type { Scenario } from './scenarios';

/** What a run came to. */
export interface Outcome {
	/** When the last row was done, in milliseconds. */
	ms: number;
	/** The same of a client that knows the limits and is told for nothing when they let it in. */
	idealMs: number;
	answered: number;
	refused: number;
	lost: number;
	/** The share of the slowest worker when the fastest was done, beside an equal one. */
	worstShare: number;
	timersLeft: number;
}

/** Rows of the same number have the same length in each run with the seed. */
function lengthsOf({ rows, workers, answerMs }: Scenario, seed: number): number[] {
	const random = seededRandom(seed * 104_729);
	return Array.from({ length: rows * workers }, () => answerMs(random));
}

/** Ways through the network take up to so long, and no two the same. */
const NETWORK_MS = 10;

export async function playScenario(scenario: Scenario, seed: number): Promise<Outcome> {
	const { rows, workers, streamed, arrivesAt, clockSet, connectMs = 0 } = scenario;
	const lengths = lengthsOf(scenario, seed);
	const clock = new VirtualClock(seed * 7919);
	const api = new VirtualApi(clock, {
		limits: scenario.limits(seededRandom(seed)),
		refusalMs: scenario.refusalMs,
		retryAfterMs: scenario.retryAfterMs,
		jitterMs: NETWORK_MS,
	});
	const doneBy = Array.from({ length: workers }, () => 0);
	let firstShares: number[] | null = null;
	let lost = 0;
	let ms = 0;
	const work = async (worker: number) => {
		const pace = new LearnedPace(clock);
		const owner = {};
		let inUse = 0;
		let connections = 0;
		const sendRow = async (row: number) => {
			const at = arrivesAt?.(row) ?? 0;
			if (at > 0) await clock.sleep(at);
			const latencyMs = lengths[worker * rows + row] ?? 0;
			const firstTokenMs = streamed ? latencyMs / 10 : latencyMs;
			await sendPatiently({
				pace,
				owner,
				maxConcurrency: 0,
				maxRetries: 5,
				clock,
				attempt: async (_attempt, accepted) => {
					inUse += 1;
					const isNew = inUse > connections;
					if (isNew) connections += 1;
					if (isNew && connectMs > 0) await clock.sleep(connectMs);
					return await api
						.send(streamed ? { accepted, firstTokenMs, latencyMs } : { latencyMs })
						.finally(() => (inUse -= 1));
				},
			}).then(
				() => {
					doneBy[worker] = (doneBy[worker] ?? 0) + 1;
					ms = clock.passed;
				},
				() => {
					lost += 1;
					ms = clock.passed;
				},
			);
		};
		await Promise.all(Array.from({ length: rows }, (_, row) => sendRow(row)));
		firstShares ??= [...doneBy];
	};
	if (clockSet) void clock.sleep(clockSet.afterMs).then(() => clock.set(clockSet.byMs));
	const working = Promise.all(doneBy.map((_, worker) => work(worker)));
	await clock.run();
	await working;
	const shares: number[] = firstShares ?? [];
	return {
		ms,
		idealMs: idealMs(scenario, seed),
		answered: api.accepted,
		refused: api.refusedAt.length,
		lost,
		worstShare: (Math.min(...shares) * workers) / shares.reduce((sum, share) => sum + share, 0),
		timersLeft: clock.pending,
	};
}

/**
 * When the last answer is there if each row is sent in the millisecond in which the limits admit it, in
 * the order in which rows come in. Asking costs nothing.
 */
function idealMs(scenario: Scenario, seed: number): number {
	const { rows, workers, arrivesAt, limits: all, idealLimits = all } = scenario;
	const limits = idealLimits(seededRandom(seed));
	const lengths = lengthsOf(scenario, seed);
	const endsAt: number[] = [];
	let now = 0;
	let last = 0;
	for (let index = 0; index < rows * workers; ) {
		const row = Math.floor(index / workers);
		now = Math.max(now, arrivesAt?.(row) ?? 0);
		for (let end = endsAt.at(-1); end !== undefined && end <= now; end = endsAt.at(-1)) {
			endsAt.pop();
			for (const limit of limits) limit.end?.(now, { inFlight: endsAt.length, tokens: 1 });
		}
		const arrival = { inFlight: endsAt.length, tokens: 1 };
		if (!limits.every((limit) => limit.admits(now, arrival))) {
			now += 1;
			continue;
		}
		for (const limit of limits) limit.take?.(now, arrival);
		const end = now + (lengths[(index % workers) * rows + row] ?? 0);
		last = Math.max(last, end);
		index += 1;
		const place = endsAt.findLastIndex((other) => other >= end) + 1;
		endsAt.splice(place, 0, end);
	}
	return last;
}
