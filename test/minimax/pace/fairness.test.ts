import { LearnedPace } from '../../../nodes/minimax/pace/pace';
import { sendPatiently } from '../../../nodes/minimax/pace/sendPatiently';
import { VirtualApi } from '../../support/virtualApi';
import {
	atMostInFlight,
	fixedWindow,
	slidingWindow,
	type Limit,
} from '../../support/virtualLimits';
import { seededRandom, VirtualClock } from '../../support/virtualTime';

const MINUTE = 60_000;
/** `laterMs` is what the tiny batch may take longer in the mean than alone. */
const limits: Array<{ name: string; limits: () => Limit[]; laterMs: number }> = [
	{ name: 'no limit', limits: () => [], laterMs: 100 },
	// The window that is used up ends after 30 s, which is found out a few seconds later.
	{ name: '200/min fixed', limits: () => [fixedWindow(200, MINUTE, -20_000)], laterMs: 38_000 },
	{ name: '200/min sliding', limits: () => [slidingWindow(200, MINUTE)], laterMs: 2000 },
	{ name: '30/s sliding', limits: () => [slidingWindow(30, 1000)], laterMs: 200 },
	// A place is left every half second, and the big batch gets every other one.
	{ name: '10 at a time', limits: () => [atMostInFlight(10)], laterMs: 6000 },
];
const TINY = 5;
const BIG = 1000;
const SEEDS = [1, 2, 3, 4, 5];
const IN_THE_MIDDLE_MS = 70_000;

/** How long the tiny batch takes beside one of so many rows, in milliseconds; answers take 2 to 8 s. */
async function play(
	limitsOf: () => Limit[],
	bigRows: number,
	beginsAt: number,
	seed: number,
): Promise<number> {
	const clock = new VirtualClock(seed * 7919);
	const api = new VirtualApi(clock, { limits: limitsOf(), jitterMs: 10 });
	const pace = new LearnedPace(clock);
	const sendBatch = async (rows: number) => {
		const owner = {};
		const random = seededRandom(seed * 104_729 + rows);
		await Promise.all(
			Array.from({ length: rows }, async () => {
				const latencyMs = 2000 + 6000 * random();
				await sendPatiently({
					...{ pace, owner, maxConcurrency: 0, maxRetries: 5, clock },
					attempt: (_attempt, accepted) =>
						api.send({ accepted, firstTokenMs: latencyMs / 10, latencyMs }),
				});
			}),
		);
	};
	let tookMs = 0;
	const working = Promise.all([
		sendBatch(bigRows),
		clock
			.sleep(beginsAt)
			.then(() => sendBatch(TINY))
			.then(() => (tookMs = clock.passed - beginsAt)),
	]);
	await clock.run();
	await working;
	return tookMs;
}

/** `PACE_TABLE=1` prints what was reached. */
const table: string[] = [];

afterAll(() => {
	if (process.env.PACE_TABLE) process.stdout.write(`${table.join('\n')}\n`);
});

async function compare(limitsOf: () => Limit[], beginsAt: number) {
	const mean = async (bigRows: number) => {
		let sum = 0;
		for (const seed of SEEDS) sum += await play(limitsOf, bigRows, beginsAt, seed);
		return sum / SEEDS.length;
	};
	return { aloneMs: await mean(0), besideMs: await mean(BIG) };
}

describe.each(limits)(
	'a tiny batch beside a big one, $name',
	({ name, limits: limitsOf, laterMs }) => {
		const note = (begins: string, { aloneMs, besideMs }: { aloneMs: number; besideMs: number }) =>
			table.push(`| ${name} | ${begins} | ${(besideMs / aloneMs).toFixed(2)} |`);

		test('that begins with it takes no longer than alone', async () => {
			const took = await compare(limitsOf, 0);
			note('with it', took);
			const most = name === '10 at a time' ? 2.2 : 1.02;
			expect(took.besideMs / took.aloneMs).toBeLessThan(most);
		});

		test('that comes in later gets every other place', async () => {
			const took = await compare(limitsOf, IN_THE_MIDDLE_MS);
			note('later', took);
			expect(took.besideMs - took.aloneMs).toBeLessThan(laterMs);
		});
	},
);
