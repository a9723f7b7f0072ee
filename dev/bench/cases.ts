import type { ScriptedReply, SimulatorSettings } from '../simulator/settings.ts';
import type { ContenderName } from './contenders.ts';
import { median } from './median.ts';
import type { Sample } from './runContender.ts';

/** All rounds by contender; a contender that a case does not run has none. */
export type CaseResults = Record<ContenderName, Sample[]>;

export interface Aim {
	text: string;
	/** What is compared with `most` or `least`. */
	value: (results: CaseResults) => number;
	most?: number;
	least?: number;
}

export interface BenchCase {
	name: string;
	title: string;
	items: number;
	/** Length of each item's text; short where left out. */
	characters?: number;
	settings: Partial<SimulatorSettings>;
	/** How often each contender runs; they take turns. */
	rounds: Partial<Record<ContenderName, number>>;
	/** The node has n8n's Retry On Fail, with three tries. */
	retryOnFail?: boolean;
	/** What becomes of the contender's first requests, in their order. */
	script?: (name: ContenderName) => ScriptedReply[];
	/** A new n8n for each run: what an earlier one left on the heap would count as memory. */
	freshServer?: boolean;
	/** Milliseconds that a client needs that knows the limit, for rows with a rate limit. */
	idealMs?: number;
	aims: Aim[];
}

const latencyMs = 300;

const medianOf = (samples: Sample[], field: keyof Sample): number =>
	median(samples.map((sample) => sample[field]));

/**
 * The median of the ratios of each round: what else runs on the machine slows both sides of one round,
 * but hardly two rounds alike.
 */
const ratioTo = (
	other: 'http' | 'floor',
	field: 'wallMs' | 'cpuMs' | 'peakMb',
	most: number,
): Aim => ({
	text:
		`${{ wallMs: 'time', cpuMs: 'CPU', peakMb: 'peak memory' }[field]} / ` +
		{ http: 'HTTP Request', floor: 'empty declarative node' }[other],
	value: ({ ours, [other]: others }) =>
		median(ours.map((sample, round) => sample[field] / (others[round]?.[field] ?? NaN))),
	most,
});

const allSucceed = (items: number): Aim => ({
	text: `all ${items} items succeed`,
	// One round that loses something is enough.
	value: ({ ours }) => Math.min(...ours.map(({ succeeded }) => succeeded)),
	least: items,
});

/** A limited batch. Its ideal is the time in which the limit admits so many requests. */
function limited(
	name: string,
	title: string,
	items: number,
	rateLimit: NonNullable<SimulatorSettings['rateLimit']>,
	most: number,
): BenchCase {
	const idealMs = (items * rateLimit.windowMs) / rateLimit.requests;
	return {
		name,
		title,
		items,
		settings: { latencyMs, rateLimit },
		rounds: { ours: 3, http: 1 },
		idealMs,
		aims: [
			allSucceed(items),
			{
				text: 'time / ideal time',
				value: ({ ours }) => medianOf(ours, 'wallMs') / idealMs,
				most,
			},
		],
	};
}

/**
 * The API refuses the 101st request of the first two tries. The built-in node sends one row after the other
 * and stops there, HTTP Request sends all of them each time.
 */
function refuseTwice(name: ContenderName): ScriptedReply[] {
	const answered = (count: number): ScriptedReply[] =>
		Array.from({ length: count }, () => ({ latencyMs: 50 }));
	const refused: ScriptedReply = { fault: { code: 1026 } };
	const firstTry = [...answered(100), refused];
	if (name === 'builtIn') return [...firstTry, ...firstTry];
	return name === 'ours'
		? [...firstTry, ...answered(99), refused]
		: [...firstTry, ...answered(99), ...firstTry];
}

/**
 * Several rows in one request, beside one row a request at its ideal: rows divided by the limit.
 *
 * @param least how many times as fast
 */
function rowsTogether(
	name: string,
	what: string,
	rowFaults: SimulatorSettings['rowFaults'],
	least: number,
): BenchCase {
	const items = 1000;
	const rateLimit = { kind: 'sliding', requests: 60, windowMs: 3000 } as const;
	const idealMs = (items * rateLimit.windowMs) / rateLimit.requests;
	return {
		name,
		title: `${items} items under 60 requests in 3 s (60 a minute, scaled), 20 rows a request${what}`,
		items,
		settings: { reply: null, latencyMs: 50, rateLimit, rowFaults, seed: 7 },
		rounds: { alone: 1, together: 3, http: 1 },
		idealMs,
		aims: [
			{
				text: `rows that are right, 20 a request`,
				value: ({ together }) => Math.min(...together.map(({ right }) => right)),
				least: items,
			},
			{
				text: 'ideal time of one row a request / time',
				value: ({ together }) => idealMs / medianOf(together, 'wallMs'),
				least,
			},
			{
				text: 'requests of one row a request / of 20 rows a request',
				value: ({ together }) => items / medianOf(together, 'answered'),
				least: rowFaults.leaveOut === undefined ? 19 : 14,
			},
			{
				text: 'tokens of one row a request / of 20 rows a request',
				value: ({ alone, together }) => medianOf(alone, 'tokens') / medianOf(together, 'tokens'),
				least: 1,
			},
		],
	};
}

/** The rows of the benchmark and what each has to reach. */
export const benchCases: BenchCase[] = [
	{
		name: 'fifty',
		title: '50 items, 200 ms each, no limit',
		items: 50,
		settings: { latencyMs: 200 },
		rounds: { ours: 9, http: 9, builtIn: 1 },
		aims: [
			ratioTo('http', 'wallMs', 1.2),
			{
				text: 'built-in MiniMax node / time',
				value: ({ ours, builtIn }) => medianOf(builtIn, 'wallMs') / medianOf(ours, 'wallMs'),
				least: 15,
			},
		],
	},
	limited(
		'fixed',
		'200 items, 300 ms each, limit 30 requests a second, fixed window',
		200,
		{ kind: 'fixed', requests: 30, windowMs: 1000 },
		1.1,
	),
	limited(
		'sliding',
		'200 items, 300 ms each, limit 30 requests a second, sliding window',
		200,
		{ kind: 'sliding', requests: 30, windowMs: 1000 },
		1.1,
	),
	limited(
		'scaled',
		'100 items, 300 ms each, limit 20 requests in 3 s (20 a minute, scaled), sliding window',
		100,
		{ kind: 'sliding', requests: 20, windowMs: 3000 },
		1.4,
	),
	{
		name: 'faults',
		title: '500 items, 50 ms each, 5 % HTTP 500, 2 % resets, 1 % HTTP 529',
		items: 500,
		settings: {
			latencyMs: 50,
			seed: 4,
			faultRates: { status500: 0.05, reset: 0.02, status529: 0.01 },
		},
		rounds: { ours: 3, http: 1 },
		aims: [allSucceed(500)],
	},
	{
		name: 'tries',
		title: '200 items, 50 ms each, one refused twice, Retry On Fail with three tries',
		items: 200,
		settings: { latencyMs: 50 },
		retryOnFail: true,
		script: refuseTwice,
		rounds: { ours: 1, http: 1, builtIn: 1 },
		aims: [
			allSucceed(200),
			{
				text: 'answers paid for',
				value: ({ ours }) => Math.max(...ours.map(({ answered }) => answered)),
				most: 200,
			},
			{
				text: 'answers paid for by HTTP Request / by MiniMax Chat',
				value: ({ ours, http }) => medianOf(http, 'answered') / medianOf(ours, 'answered'),
				least: 2.9,
			},
		],
	},
	rowsTogether('together', '', {}, 15),
	rowsTogether(
		'togetherFaults',
		', of the rows 3 % each are left out, doubled, renamed and of another shape, 3 % of the answers cut',
		{ leaveOut: 0.03, double: 0.03, rename: 0.03, spoil: 0.03, cut: 0.03, shuffle: 1, words: 0.03 },
		15,
	),
	{
		name: 'thousand',
		title: '1000 items, 50 ms each',
		items: 1000,
		settings: { latencyMs: 50 },
		rounds: { ours: 9, http: 9, floor: 9 },
		aims: [
			ratioTo('http', 'wallMs', 1),
			ratioTo('http', 'cpuMs', 1),
			ratioTo('floor', 'wallMs', 1.1),
		],
	},
	{
		name: 'memory',
		title: '1000 items of 20 kB, answers of 20 kB, 50 ms each',
		items: 1000,
		characters: 20_000,
		settings: { latencyMs: 50, replyCharacters: 20_000 },
		rounds: { ours: 5, http: 5 },
		freshServer: true,
		aims: [ratioTo('http', 'peakMb', 1.2)],
	},
];
