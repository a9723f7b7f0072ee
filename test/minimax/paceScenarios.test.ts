import { LearnedPace } from '../../nodes/minimax/pace';
import { sendPatiently } from '../../nodes/minimax/sendPatiently';
import {
	atMostInFlight,
	between,
	connectionLost,
	fixedWindow,
	growthLimit,
	nothingPasses,
	overloaded,
	serverFault,
	slidingWindow,
	tokenBucket,
	VirtualApi,
	VirtualClock,
	type ApiModel,
} from '../support/virtualTime';

interface Scenario {
	name: string;
	items: number;
	model: () => ApiModel;
	idealMs: number;
	/** Most that the time may be of the ideal one. */
	ratio: number;
	/** Most refusals for each success. */
	refusals: number;
	/** The API says that it has begun to answer, as it does in streams. */
	streaming?: boolean;
}

const between50msAnd60s = (random: () => number) => 50 * 1200 ** random();

const scenarios: Scenario[] = [
	{ name: 'no limit, 50 × 200 ms', items: 50, model: () => ({ latencyMs: () => 200 }), idealMs: 200, ratio: 1.01, refusals: 0 },
	{ name: 'no limit, 1000 × 50 ms', items: 1000, model: () => ({ latencyMs: () => 50 }), idealMs: 50, ratio: 6, refusals: 0 },
	{ name: '30/s fixed from the first', items: 200, model: () => ({ limits: [fixedWindow(30, 1000)] }), idealMs: 6300, ratio: 1.25, refusals: 0.25 },
	{ name: '30/s fixed, phase .3', items: 200, model: () => ({ limits: [fixedWindow(30, 1000, -700)] }), idealMs: 6300, ratio: 1.25, refusals: 0.25 },
	{ name: '30/s fixed, phase .8', items: 200, model: () => ({ limits: [fixedWindow(30, 1000, -200)] }), idealMs: 6300, ratio: 1.25, refusals: 0.25 },
	{ name: '30/s fixed, slow 429', items: 200, model: () => ({ limits: [fixedWindow(30, 1000)], refusalMs: () => 300 }), idealMs: 6300, ratio: 1.25, refusals: 0.25 },
	{ name: '30/s fixed, jitter', items: 200, model: () => ({ limits: [fixedWindow(30, 1000)], jitterMs: 20 }), idealMs: 6300, ratio: 1.25, refusals: 0.25 },
	{ name: '30/s fixed, Retry-After 1', items: 200, model: () => ({ limits: [fixedWindow(30, 1000, -300)], retryAfterMs: () => 1000 }), idealMs: 6300, ratio: 1.4, refusals: 0.25 },
	{ name: '30/s fixed 0, Retry-After 1', items: 200, model: () => ({ limits: [fixedWindow(30, 1000)], retryAfterMs: () => 1000 }), idealMs: 6300, ratio: 1.4, refusals: 0.25 },
	{ name: '30/s fixed .8, Retry-After 1', items: 200, model: () => ({ limits: [fixedWindow(30, 1000, -800)], retryAfterMs: () => 1000 }), idealMs: 6300, ratio: 1.4, refusals: 0.25 },
	{ name: '30/s sliding, Retry-After 1', items: 200, model: () => ({ limits: [slidingWindow(30, 1000)], retryAfterMs: () => 1000, jitterMs: 10 }), idealMs: 6300, ratio: 1.4, refusals: 0.25 },
	{ name: '30/s fixed, exact Retry-After', items: 200, model: () => ({ limits: [fixedWindow(30, 1000, -800)], retryAfterMs: (now) => 1000 - ((now + 800) % 1000), jitterMs: 10 }), idealMs: 6300, ratio: 1.4, refusals: 0.25 },
	{ name: '20/min fixed, Retry-After ', items: 200, model: () => ({ limits: [fixedWindow(20, 60000, -30000)], retryAfterMs: (now) => Math.ceil((60000 - ((now + 30000) % 60000))/1000)*1000, jitterMs: 10 }), idealMs: 510300, ratio: 1.4, refusals: 0.25 },
	{ name: '30/s sliding', items: 200, model: () => ({ limits: [slidingWindow(30, 1000)] }), idealMs: 6300, ratio: 1.4, refusals: 0.25 },
	{ name: '30/s sliding, slow 429', items: 200, model: () => ({ limits: [slidingWindow(30, 1000)], refusalMs: () => 300 }), idealMs: 6300, ratio: 1.4, refusals: 0.25 },
	{ name: '30/s sliding, jitter', items: 200, model: () => ({ limits: [slidingWindow(30, 1000)], jitterMs: 20 }), idealMs: 6300, ratio: 1.4, refusals: 0.25 },
	{ name: '30/s sliding, 1000 items', items: 1000, model: () => ({ limits: [slidingWindow(30, 1000)], jitterMs: 20 }), idealMs: 33300, ratio: 1.2, refusals: 0.1 },
	{ name: '30/s fixed, 1000 items', items: 1000, model: () => ({ limits: [fixedWindow(30, 1000, -400)], jitterMs: 20 }), idealMs: 33300, ratio: 1.2, refusals: 0.1 },
	{ name: '30/s bucket', items: 200, model: () => ({ limits: [tokenBucket(30, 30)], jitterMs: 20 }), idealMs: 6000, ratio: 1.4, refusals: 0.25 },
	{ name: '20/2s sliding', items: 100, model: () => ({ limits: [slidingWindow(20, 2000)] }), idealMs: 8300, ratio: 1.4, refusals: 0.5 },
	{ name: '20/2s fixed', items: 100, model: () => ({ limits: [fixedWindow(20, 2000)] }), idealMs: 8300, ratio: 1.4, refusals: 0.5 },
	{ name: '20/min sliding', items: 200, model: () => ({ limits: [slidingWindow(20, 60000)] }), idealMs: 540300, ratio: 1.4, refusals: 0.5 },
	{ name: '20/min fixed', items: 200, model: () => ({ limits: [fixedWindow(20, 60000)] }), idealMs: 540300, ratio: 1.4, refusals: 0.5 },
	{ name: '20/min fixed phase', items: 200, model: () => ({ limits: [fixedWindow(20, 60000, -40000)] }), idealMs: 540300, ratio: 1.4, refusals: 0.5 },
	{ name: '10 at a time', items: 200, model: () => ({ limits: [atMostInFlight(10)] }), idealMs: 6000, ratio: 1.25, refusals: 0.3 },
	{ name: '10 at a time, latency varied', items: 400, model: () => ({ limits: [atMostInFlight(10)], latencyMs: between50msAnd60s }), idealMs: 400 * 8450 / 10, ratio: 1.25, refusals: 0.25 },
	{ name: '30/s fixed, latency varied', items: 1000, model: () => ({ limits: [fixedWindow(30, 1000)], latencyMs: between50msAnd60s }), idealMs: 33000+60000, ratio: 1.4, refusals: 0.25 },
	{ name: 'faults', items: 500, model: () => ({ latencyMs: () => 200, faults: [{ chance: 0.05, failure: serverFault }, { chance: 0.02, failure: connectionLost }, { chance: 0.01, failure: overloaded }] }), idealMs: 2000, ratio: 2, refusals: 0 },
	{ name: 'limit from 2 s on', items: 1000, model: () => ({ latencyMs: () => 1000, limits: [between(2000, Infinity, slidingWindow(30, 1000))] }), idealMs: 2000 + 850/30*1000, ratio: 1.25, refusals: 0.25 },
	{ name: 'limit until 10 s', items: 1000, model: () => ({ limits: [between(0, 10000, slidingWindow(30, 1000))] }), idealMs: 12000, ratio: 1.6, refusals: 0.25 },
	{ name: 'overload for 3 min', items: 500, model: () => ({ latencyMs: () => 1000, limits: [between(1500, 181500, nothingPasses)], refusal: overloaded }), idealMs: 185000, ratio: 1.25, refusals: 0.2 },
	{ name: 'rate growth', items: 1000, model: () => ({ limits: [growthLimit(1.5, 10)] }), idealMs: 10000, ratio: 4, refusals: 0.25 },
	{ name: '500 RPM sliding, 30 s', items: 3000, model: () => ({ latencyMs: () => 30000, limits: [slidingWindow(500, 60000)] }), idealMs: 330000, ratio: 1.4, refusals: 0.1 },
	{ name: '500 RPM fixed, 30 s', items: 3000, model: () => ({ latencyMs: () => 30000, limits: [fixedWindow(500, 60000)] }), idealMs: 330000, ratio: 1.4, refusals: 0.1 },
	{ name: '500 RPM sliding, 30 s streaming', streaming: true, items: 3000, model: () => ({ latencyMs: () => 30000, limits: [slidingWindow(500, 60000)] }), idealMs: 330000, ratio: 1.4, refusals: 0.1 },
	{ name: '200 RPM sliding, 30 s', items: 1000, model: () => ({ latencyMs: () => 30000, limits: [slidingWindow(200, 60000)] }), idealMs: 270000, ratio: 1.4, refusals: 0.1 },
	{ name: '200 RPM fixed, 30 s', items: 1000, model: () => ({ latencyMs: () => 30000, limits: [fixedWindow(200, 60000)] }), idealMs: 270000, ratio: 1.4, refusals: 0.1 },
	{ name: '200 RPM fixed, 30 s streaming', streaming: true, items: 1000, model: () => ({ latencyMs: () => 30000, limits: [fixedWindow(200, 60000)] }), idealMs: 270000, ratio: 1.4, refusals: 0.1 },
	{ name: '200 RPM sliding, 30 s, slow 429', items: 1000, model: () => ({ latencyMs: () => 30000, refusalMs: () => 30000, limits: [slidingWindow(200, 60000)] }), idealMs: 270000, ratio: 2, refusals: 0.5 },
];

async function play(scenario: Scenario, seed: number) {
	const clock = new VirtualClock(seed);
	const api = new VirtualApi(clock, scenario.model());
	const pace = new LearnedPace(clock);
	const owner = {};
	const started = performance.now();
	const sending = Promise.allSettled(
		Array.from({ length: scenario.items }, () =>
			sendPatiently({
				pace,
				owner,
				maxConcurrency: 0,
				maxRetries: 5,
				clock,
				attempt: async (_n, accepted) => api.send(scenario.streaming ? accepted : undefined),
			}),
		),
	);
	await clock.run();
	const results = await sending;
	const ok = results.filter((r) => r.status === 'fulfilled').length;
	return { ok, ms: clock.now(), refused: api.refusedAt.length, at: api.refusedAt, cpu: performance.now() - started, timers: clock.timersSet, most: api.mostInFlight };
}

test('table', async () => {
	const lines: string[] = [];
	for (const s of scenarios) {
		if (process.env.DBG && s.name !== process.env.DBG) continue;
		const runs = [];
		for (let seed = 1; seed <= Number(process.env.SEEDS ?? 3); seed += 1) runs.push(await play(s, seed));
		const ratios = runs.map((r) => (r.ms / s.idealMs).toFixed(2)).join(' ');
		const r = runs[0]!;
		lines.push(`${s.name.padEnd(34)} ok ${runs.map((x) => x.ok).join('/')}/${s.items}  ratio ${ratios}  429s ${runs.map((x) => x.refused).join(' ')} cpu ${r.cpu.toFixed(0)} timers ${r.timers} most ${r.most}`);
		if (process.env.SHOW && s.name.includes(process.env.SHOW)) lines.push(r.at.map((x) => (x / 1000).toFixed(2)).join(' '));
	}
	process.stdout.write(lines.join('\n') + '\n');
}, 600000);
