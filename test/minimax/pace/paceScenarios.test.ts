import { LearnedPace } from '../../../nodes/minimax/pace/pace';
import { sendPatiently } from '../../../nodes/minimax/pace/sendPatiently';
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
} from '../../support/virtualTime';

interface Scenario {
	name: string;
	items: number;
	api: () => ApiModel;
	/** What no client could do better, knowing the limit from the start. */
	idealMs: number;
	mostRatio: number;
	mostRefusals: number;
	/** The API begins to answer at once, as it does in streams. */
	streaming?: boolean;
}

const from50msTo60s = (random: () => number) => 50 * 1200 ** random();
const after30s = () => 30_000;
const fixed30 = (phaseMs?: number) => [fixedWindow(30, 1000, phaseMs)];
const sliding30 = () => [slidingWindow(30, 1000)];
const someFaults = [
	{ chance: 0.05, failure: serverFault },
	{ chance: 0.02, failure: connectionLost },
	{ chance: 0.01, failure: overloaded },
];

/** Refusals of the first burst are among them: 20 where 30 a second are taken, 30 where 20 are. */
const scenarios: Scenario[] = [
	{
		name: 'no limit, 200 ms',
		items: 50,
		api: () => ({ latencyMs: () => 200 }),
		idealMs: 200,
		mostRatio: 1,
		mostRefusals: 0,
	},
	{
		name: 'no limit, 50 ms',
		items: 1000,
		api: () => ({ latencyMs: () => 50 }),
		idealMs: 2400,
		mostRatio: 0.5,
		mostRefusals: 0,
	},
	{
		name: '30/s fixed, from the first request',
		items: 200,
		api: () => ({ limits: fixed30() }),
		idealMs: 6670,
		mostRatio: 1.15,
		mostRefusals: 32,
	},
	{
		name: '30/s fixed, opens after 0.3 s',
		items: 200,
		api: () => ({ limits: fixed30(-700) }),
		idealMs: 6670,
		mostRatio: 1.1,
		mostRefusals: 42,
	},
	{
		name: '30/s fixed, opens after 0.8 s',
		items: 200,
		api: () => ({ limits: fixed30(-200) }),
		idealMs: 6670,
		mostRatio: 1.15,
		mostRefusals: 38,
	},
	{
		name: '30/s fixed, requests overtake',
		items: 200,
		api: () => ({ limits: fixed30(), jitterMs: 20 }),
		idealMs: 6670,
		mostRatio: 1.2,
		mostRefusals: 35,
	},
	{
		name: '30/s fixed, refusals take 300 ms',
		items: 200,
		api: () => ({ limits: fixed30(), refusalMs: () => 300 }),
		idealMs: 6670,
		mostRatio: 1.15,
		mostRefusals: 70,
	},
	{
		name: '30/s fixed, Retry-After: 1',
		items: 200,
		api: () => ({ limits: fixed30(-300), retryAfterMs: () => 1000 }),
		idealMs: 6670,
		mostRatio: 1.2,
		mostRefusals: 25,
	},
	{
		name: '30/s fixed, 1000 items',
		items: 1000,
		api: () => ({ limits: fixed30(-400), jitterMs: 20 }),
		idealMs: 33_300,
		mostRatio: 1.05,
		mostRefusals: 90,
	},
	{
		name: '30/s sliding',
		items: 200,
		api: () => ({ limits: sliding30() }),
		idealMs: 6670,
		mostRatio: 1.2,
		mostRefusals: 35,
	},
	{
		name: '30/s sliding, requests overtake',
		items: 200,
		api: () => ({ limits: sliding30(), jitterMs: 20 }),
		idealMs: 6670,
		mostRatio: 1.25,
		mostRefusals: 35,
	},
	{
		name: '30/s sliding, refusals take 300 ms',
		items: 200,
		api: () => ({ limits: sliding30(), refusalMs: () => 300 }),
		idealMs: 6670,
		mostRatio: 1.3,
		mostRefusals: 70,
	},
	{
		name: '30/s sliding, Retry-After: 1',
		items: 200,
		api: () => ({ limits: sliding30(), retryAfterMs: () => 1000 }),
		idealMs: 6670,
		mostRatio: 1.3,
		mostRefusals: 25,
	},
	{
		name: '30/s sliding, 1000 items',
		items: 1000,
		api: () => ({ limits: sliding30(), jitterMs: 20 }),
		idealMs: 33_300,
		mostRatio: 1.1,
		mostRefusals: 55,
	},
	{
		name: '30/s bucket of 30',
		items: 200,
		api: () => ({ limits: [tokenBucket(30, 30)], jitterMs: 20 }),
		idealMs: 6000,
		mostRatio: 1.1,
		mostRefusals: 120,
	},
	{
		name: '20 per 2 s sliding',
		items: 100,
		api: () => ({ limits: [slidingWindow(20, 2000)] }),
		idealMs: 10_000,
		mostRatio: 1.2,
		mostRefusals: 40,
	},
	{
		name: '20 per 2 s fixed',
		items: 100,
		api: () => ({ limits: [fixedWindow(20, 2000)] }),
		idealMs: 10_000,
		mostRatio: 1.2,
		mostRefusals: 45,
	},
	{
		name: '20/min sliding',
		items: 200,
		api: () => ({ limits: [slidingWindow(20, 60_000)] }),
		idealMs: 600_000,
		mostRatio: 1.1,
		mostRefusals: 55,
	},
	{
		name: '20/min fixed',
		items: 200,
		api: () => ({ limits: [fixedWindow(20, 60_000)] }),
		idealMs: 600_000,
		mostRatio: 1.1,
		mostRefusals: 55,
	},
	{
		name: '20/min fixed, opens after 20 s',
		items: 200,
		api: () => ({ limits: [fixedWindow(20, 60_000, -40_000)] }),
		idealMs: 600_000,
		mostRatio: 1.1,
		mostRefusals: 70,
	},
	{
		name: '10 at a time',
		items: 200,
		api: () => ({ limits: [atMostInFlight(10)] }),
		idealMs: 6000,
		mostRatio: 1.15,
		mostRefusals: 50,
	},
	{
		name: '10 at a time, 50 ms to 60 s',
		items: 400,
		api: () => ({ limits: [atMostInFlight(10)], latencyMs: from50msTo60s }),
		idealMs: 338_000,
		mostRatio: 1.3,
		mostRefusals: 70,
	},
	{
		name: '30/s fixed, 50 ms to 60 s',
		items: 1000,
		api: () => ({ limits: fixed30(), latencyMs: from50msTo60s }),
		idealMs: 93_000,
		mostRatio: 1.5,
		mostRefusals: 55,
	},
	{
		name: '5 % 500, 2 % resets, 1 % 529',
		items: 500,
		api: () => ({ latencyMs: () => 200, faults: someFaults }),
		idealMs: 2000,
		mostRatio: 3.5,
		mostRefusals: 0,
	},
	{
		name: '30/s from 2 s on',
		items: 1000,
		api: () => ({
			latencyMs: () => 1000,
			limits: [between(2000, Infinity, slidingWindow(30, 1000))],
		}),
		idealMs: 30_300,
		mostRatio: 1.15,
		mostRefusals: 50,
	},
	{
		name: '30/s until 10 s',
		items: 1000,
		api: () => ({ limits: [between(0, 10_000, slidingWindow(30, 1000))] }),
		idealMs: 12_000,
		mostRatio: 1.7,
		mostRefusals: 40,
	},
	{
		name: 'overload for 3 min',
		items: 500,
		api: () => ({
			latencyMs: () => 1000,
			limits: [between(1500, 181_500, nothingPasses)],
			refusal: overloaded,
		}),
		idealMs: 185_000,
		mostRatio: 1.2,
		mostRefusals: 20,
	},
	{
		name: 'growth by half a second',
		items: 1000,
		api: () => ({ limits: [growthLimit(1.5, 10)] }),
		idealMs: 9300,
		mostRatio: 1.9,
		mostRefusals: 70,
	},
	{
		name: '500/min sliding, 30 s',
		items: 3000,
		api: () => ({ latencyMs: after30s, limits: [slidingWindow(500, 60_000)] }),
		idealMs: 330_000,
		mostRatio: 1.4,
		mostRefusals: 60,
	},
	{
		name: '500/min sliding, 30 s, streaming',
		streaming: true,
		items: 3000,
		api: () => ({ latencyMs: after30s, limits: [slidingWindow(500, 60_000)] }),
		idealMs: 330_000,
		mostRatio: 1.3,
		mostRefusals: 75,
	},
	{
		name: '500/min fixed, 30 s',
		items: 3000,
		api: () => ({ latencyMs: after30s, limits: [fixedWindow(500, 60_000)] }),
		idealMs: 330_000,
		mostRatio: 1.4,
		mostRefusals: 80,
	},
	{
		name: '200/min sliding, 30 s',
		items: 1000,
		api: () => ({ latencyMs: after30s, limits: [slidingWindow(200, 60_000)] }),
		idealMs: 270_000,
		mostRatio: 1.8,
		mostRefusals: 80,
	},
	{
		name: '200/min fixed, 30 s',
		items: 1000,
		api: () => ({ latencyMs: after30s, limits: [fixedWindow(200, 60_000)] }),
		idealMs: 270_000,
		mostRatio: 1.3,
		mostRefusals: 45,
	},
	{
		name: '200/min fixed, 30 s, streaming',
		streaming: true,
		items: 1000,
		api: () => ({ latencyMs: after30s, limits: [fixedWindow(200, 60_000)] }),
		idealMs: 270_000,
		mostRatio: 1.4,
		mostRefusals: 30,
	},
	{
		name: '200/min, answers and refusals 30 s',
		items: 1000,
		api: () => ({ latencyMs: after30s, refusalMs: after30s, limits: [slidingWindow(200, 60_000)] }),
		idealMs: 270_000,
		mostRatio: 2,
		mostRefusals: 1000,
	},
];

async function play({ items, api: model, streaming }: Scenario, seed: number) {
	const clock = new VirtualClock(seed);
	const api = new VirtualApi(clock, model());
	const pace = new LearnedPace(clock);
	const owner = {};
	const answers = Promise.all(
		Array.from({ length: items }, () =>
			sendPatiently({
				pace,
				owner,
				maxConcurrency: 0,
				maxRetries: 5,
				clock,
				attempt: (_attempt, accepted) => api.send(streaming ? accepted : undefined),
			}),
		),
	);
	await clock.run();
	return {
		answers: (await answers).length,
		ms: Math.round(clock.now()),
		refused: api.refusedAt.length,
		timersLeft: clock.pending,
	};
}

/** `PACE_TABLE=1` prints what was reached. */
const table: string[] = [];

afterAll(() => {
	if (process.env.PACE_TABLE) process.stdout.write(`${table.join('\n')}\n`);
});

describe.each(scenarios)('$name', (scenario) => {
	test.each([1, 2])(
		'all are answered in time without a storm of refusals (seed %i)',
		async (seed) => {
			const { answers, ms, refused, timersLeft } = await play(scenario, seed);
			const ratio = ms / scenario.idealMs;
			table.push(`| ${scenario.name} | ${scenario.items} | ${ratio.toFixed(2)} | ${refused} |`);

			expect({ answers, timersLeft }).toEqual({ answers: scenario.items, timersLeft: 0 });
			expect(ratio).toBeLessThanOrEqual(scenario.mostRatio);
			expect(refused).toBeLessThanOrEqual(scenario.mostRefusals);
		},
	);
});
