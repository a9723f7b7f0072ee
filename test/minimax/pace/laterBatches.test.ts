import { LearnedPace } from '../../../nodes/minimax/pace/pace';
import { sendPatiently } from '../../../nodes/minimax/pace/sendPatiently';
import { VirtualApi } from '../../support/virtualApi';
import { fixedWindow, slidingWindow, tokenBucket, type Limit } from '../../support/virtualLimits';
import { VirtualClock } from '../../support/virtualTime';

const limits: Array<{ name: string; limit: () => Limit }> = [
	{ name: '20/s fixed', limit: () => fixedWindow(20, 1000, -200) },
	{ name: '20/s sliding', limit: () => slidingWindow(20, 1000) },
	{ name: 'a bucket of 20, 20/s', limit: () => tokenBucket(20, 20) },
];
const seeds = [1, 2, 3, 4, 5];
const rounds = 8;
const items = 50;

/** Each worker sends a batch, then all pause for 0.3 to 2.3 s, and so on; what each round took. */
async function play(limit: Limit, workers: number, seed: number): Promise<number[]> {
	const clock = new VirtualClock(seed * 7919);
	const api = new VirtualApi(clock, { limits: [limit], latencyMs: () => 5, jitterMs: 5 });
	const paces = Array.from({ length: workers }, () => new LearnedPace(clock));
	const sendBatch = async (pace: LearnedPace) => {
		await clock.sleep(300 * clock.random());
		const bounds = { owner: {}, maxConcurrency: 0, maxRetries: 0 };
		const attempt = async () => await api.send();
		await Promise.all(
			Array.from(
				{ length: items },
				async () => await sendPatiently({ pace, clock, attempt, ...bounds }),
			),
		);
	};
	const tookMs: number[] = [];
	const play = async () => {
		for (let round = 0; round < rounds; round += 1) {
			const startedAt = clock.now();
			await Promise.all(paces.map(sendBatch));
			tookMs.push(clock.now() - startedAt);
			await clock.sleep(300 + 2000 * clock.random());
		}
	};
	const playing = play();
	await clock.run();
	await playing;
	return tookMs;
}

describe.each(limits)('batch after batch under $name', ({ limit }) => {
	test.each([
		{ workers: 1, most: 1.5, mostInMean: 1.25 },
		{ workers: 2, most: 2, mostInMean: 1.35 },
	])('$workers at a time become no slower', async ({ workers, most, mostInMean }) => {
		const idealMs = (workers * items * 1000) / 20;
		for (const seed of seeds) {
			const ratios = (await play(limit(), workers, seed)).map((ms) => ms / idealMs);

			expect(ratios).toHaveLength(rounds);
			expect(Math.max(...ratios)).toBeLessThanOrEqual(most);
			expect(ratios.reduce((sum, ratio) => sum + ratio) / rounds).toBeLessThanOrEqual(mostInMean);
		}
	});
});
