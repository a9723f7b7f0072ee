import { LearnedPace } from '../../../nodes/minimax/pace/pace';
import { sendPatiently } from '../../../nodes/minimax/pace/sendPatiently';
import { VirtualApi, type ApiModel } from '../../support/virtualApi';
import { fixedWindow, slidingWindow, tokenBucket } from '../../support/virtualLimits';
import { VirtualClock } from '../../support/virtualTime';

/** A worker with one batch; its pace knows nothing of the other workers. */
interface Batch {
	items: number;
	startsAt?: number;
	diesAt?: number;
}

interface SharedLimit {
	name: string;
	api: () => ApiModel;
	most: number;
	windowMs: number;
}

const jitterMs = 10;
const limits: SharedLimit[] = [
	{
		name: '30/s fixed',
		api: () => ({ limits: [fixedWindow(30, 1000)], jitterMs }),
		most: 30,
		windowMs: 1000,
	},
	{
		name: '20/s fixed, opens after 0.8 s',
		api: () => ({ limits: [fixedWindow(20, 1000, -200)], jitterMs }),
		most: 20,
		windowMs: 1000,
	},
	{
		name: '30/s sliding',
		api: () => ({ limits: [slidingWindow(30, 1000)], jitterMs }),
		most: 30,
		windowMs: 1000,
	},
	{
		name: '20/s sliding, answers in 5 ms',
		api: () => ({ limits: [slidingWindow(20, 1000)], latencyMs: () => 5 }),
		most: 20,
		windowMs: 1000,
	},
	{
		name: '30/s bucket of 30',
		api: () => ({ limits: [tokenBucket(30, 30)], jitterMs }),
		most: 30,
		windowMs: 1000,
	},
	{
		name: '20/min fixed',
		api: () => ({ limits: [fixedWindow(20, 60_000)], jitterMs }),
		most: 20,
		windowMs: 60_000,
	},
];
const seeds = Array.from({ length: 10 }, (_, index) => index + 1);

/** Ends and pauses in windows. */
async function play({ api: model, most, windowMs }: SharedLimit, batches: Batch[], seed: number) {
	const clock = new VirtualClock(seed * 7919);
	const api = new VirtualApi(clock, model());
	const workers = batches.map(async ({ items, startsAt = 0, diesAt }) => {
		await clock.sleep(startsAt * windowMs);
		const pace = new LearnedPace(clock);
		const owner = {};
		const death = new AbortController();
		if (diesAt !== undefined) void clock.sleep(diesAt * windowMs).then(() => death.abort());
		const answeredAt: number[] = [];
		const rows = Array.from({ length: items }, async () => {
			const { signal } = death;
			const attempt = async (_attempt: number, accepted: () => void) =>
				await api.send({ accepted });
			const bounds = { maxConcurrency: 0, maxRetries: 5 };
			await sendPatiently({ pace, owner, ...bounds, clock, signal, attempt });
			answeredAt.push(clock.now() / windowMs);
		});
		await Promise.allSettled(rows);
		const pauses = answeredAt.map((time, row) => time - (answeredAt[row - 1] ?? startsAt));
		return { answeredAt, longestPause: Math.max(...pauses) };
	});
	await clock.run();
	const done = await Promise.all(workers);
	const answeredAt = done.flatMap((worker) => worker.answeredAt);
	return {
		done,
		/** How many windows the answers take at best. */
		ideal: answeredAt.length / most,
		/** The same for those after a time. */
		idealAfter: (time: number) => answeredAt.filter((at) => at > time).length / most,
		end: Math.max(...answeredAt),
		answers: done.map((worker) => worker.answeredAt.length),
		longestPause: Math.max(...done.map((worker) => worker.longestPause)),
	};
}

/** `PACE_TABLE=1` prints what was reached. */
const table: string[] = [];

afterAll(() => {
	if (process.env.PACE_TABLE) process.stdout.write(`${table.join('\n')}\n`);
});

function note(scene: string, { name }: SharedLimit, ratios: number[]) {
	const [least, most] = [Math.min(...ratios), Math.max(...ratios)];
	const middle = [...ratios].sort((a, b) => a - b)[ratios.length >> 1] ?? 0;
	const row = [scene, name, ...[least, middle, most].map((ratio) => ratio.toFixed(2))];
	table.push(`| ${row.join(' | ')} |`);
}

describe.each(limits)('two workers under $name', (limit) => {
	test.each([
		{ scene: 'with 50 rows each', items: 50, startsAt: 0.05, most: 1.6 },
		{ scene: 'at once', items: 100, startsAt: 0, most: 1.6 },
		{ scene: 'one after the other', items: 100, startsAt: 0.3, most: 1.6 },
	])('that begin $scene are done almost in time, and neither starves', async (begin) => {
		const { scene, items, startsAt, most } = begin;
		const ratios: number[] = [];
		for (const seed of seeds) {
			const { answers, end, ideal, longestPause } = await play(
				limit,
				[{ items }, { items, startsAt }],
				seed,
			);
			ratios.push(end / ideal);

			expect(answers).toEqual([items, items]);
			expect(longestPause).toBeLessThan(3);
		}
		note(scene, limit, ratios);
		expect(Math.max(...ratios)).toBeLessThanOrEqual(most);
	});

	test('get their share of a limit that the other one fills', async () => {
		const ratios: number[] = [];
		for (const seed of seeds) {
			const batches = [{ items: 300 }, { items: 50, startsAt: 3.3 }];
			const { answers, end, ideal, done } = await play(limit, batches, seed);
			ratios.push(end / ideal);

			expect(answers).toEqual([300, 50]);
			expect(done[1]?.longestPause).toBeLessThan(3);
		}
		note('one is late', limit, ratios);
		expect(Math.max(...ratios)).toBeLessThanOrEqual(1.5);
	});

	test('take over the share of one that dies', async () => {
		const ratios: number[] = [];
		for (const seed of seeds) {
			const diesAt = 4;
			const batches = [{ items: 1000, diesAt }, { items: 200 }];
			const { end, idealAfter, answers } = await play(limit, batches, seed);
			ratios.push((end - diesAt) / idealAfter(diesAt));

			expect(answers[1]).toBe(200);
		}
		note('one dies', limit, ratios);
		expect(Math.max(...ratios)).toBeLessThanOrEqual(1.6);
	});
});
