import { Rate } from '../../../nodes/minimax/pace/rate';

/** Requests that leave at these times. */
function sendAt(rate: Rate, times: number[]) {
	for (const time of times) rate.depart(time);
}

/** So many times, so far apart. */
function every(ms: number, from: number, count: number): number[] {
	return Array.from({ length: count }, (_, index) => from + index * ms);
}

/** When requests leave from then on that go as soon as they may. */
function nextTimes(rate: Rate, from: number, count: number): number[] {
	const times: number[] = [];
	for (let now = from; times.length < count; ) {
		const wait = rate.waitMs(now);
		now += wait;
		if (wait > 0) continue;
		rate.depart(now);
		times.push(now);
	}
	return times;
}

/** Twenty a second, in a window that began with the first request. */
function learnTwentyASecond(): Rate {
	const rate = new Rate();
	sendAt(rate, every(1, 0, 20));
	rate.depart(20);
	rate.uncount(20);
	rate.depart(1000);
	rate.learn(60, 20, 1000, 1000);
	return rate;
}

test('while nothing is learned, nothing waits', () => {
	const rate = new Rate();
	sendAt(rate, every(0, 0, 1000));
	expect([rate.isNew, rate.waitMs(0), rate.fullUntil(0)]).toEqual([true, 0, 0]);
});

test('what was accepted until the gate opened is the rate, spread over six tenths of a window', () => {
	const rate = learnTwentyASecond();
	// One left as the gate opened. Twenty in 600 ms are 30 ms apart; the next window begins 15 ms late.
	expect(nextTimes(rate, 1000, 20)).toEqual([...every(30, 1030, 19), 2015]);
});

test('a limit a minute is told from its whole minutes', () => {
	const rate = new Rate();
	sendAt(rate, every(100, 0, 200));
	rate.depart(61_300);
	rate.learn(20_040, 19_950, 61_300, 61_300);
	expect(rate.waitMs(61_300)).toBeCloseTo((0.6 * 60_000) / 200, 9);
});

test('two to five seconds are taken for windows of a second that others had filled', () => {
	const rate = new Rate();
	sendAt(rate, every(10, 0, 90));
	rate.depart(3000);
	rate.learn(950, 900, 3000, 3000);
	expect(rate.waitMs(3000)).toBeCloseTo((0.6 * 1000) / 30, 9);
});

test('a time in which nobody had anything to send does not count', () => {
	const rate = learnTwentyASecond();
	// After ten idle seconds twenty leave at once, and the gate opens a second later.
	sendAt(rate, every(1, 11_000, 20));
	rate.learn(11_060, 11_019, 12_300, 12_300);
	expect(rate.waitMs(12_300)).toBe(0);
	rate.depart(12_300);
	expect(rate.waitMs(12_300)).toBeCloseTo((0.6 * 1000) / 20, 9);
});

test('after a long wait, what came before an opening by chance counts too', () => {
	const rate = new Rate();
	// Two hundred a minute: a refusal by chance after 150 of them, then the true one.
	sendAt(rate, every(10, 0, 150));
	rate.learn(1500, 1495, 1600, 1600);
	sendAt(rate, every(10, 1600, 50));
	rate.depart(60_000);
	rate.learn(2200, 2150, 60_000, 60_000);
	expect(rate.waitMs(60_000)).toBeCloseTo((0.6 * 60_000) / 200, 9);
});

test('after a short wait, only what came since the last opening counts', () => {
	const rate = new Rate();
	sendAt(rate, every(1, 0, 100));
	rate.depart(1000);
	rate.learn(150, 110, 1000, 1000);
	sendAt(rate, every(1, 1001, 19));
	rate.depart(4000);
	rate.learn(1100, 1050, 4000, 4000);
	// Twenty in three seconds, told as a third of them in one.
	expect(rate.waitMs(4000)).toBeCloseTo((0.6 * 1000) / (20 / 3), 9);
});

test('what left after the last refused one counts, but nothing is measured from there on', () => {
	const rate = new Rate();
	sendAt(rate, every(1, 0, 20));
	sendAt(rate, every(1, 990, 5));
	rate.depart(1000);
	rate.learn(60, 20, 1000, 1000);
	expect(rate.waitMs(1000)).toBeCloseTo((0.6 * 1000) / 25, 9);
});

test('nothing is learned of a wait before which nothing was accepted', () => {
	const rate = new Rate();
	rate.learn(60, 20, 1000, 1000);
	expect([rate.isNew, rate.waitMs(1000)]).toEqual([true, 0]);
});

test('one that left with the refused one is no reason to divide by nothing', () => {
	const rate = new Rate();
	rate.depart(20);
	rate.depart(170);
	rate.learn(60, 20, 170, 170);
	// One in 150 ms, and a fiftieth of that for ways through the network that are not alike.
	expect(rate.waitMs(170)).toBe(153);
});

describe('a rate that is known', () => {
	/** How many leave in a second, from the time between two. */
	const rateAt = (rate: Rate, now: number) => {
		rate.depart(now);
		return 600 / rate.waitMs(now);
	};

	test('is raised once a window by 5, 15, 45 and then 100 %', () => {
		const rate = learnTwentyASecond();
		const rates = [1500, 2000, 3000, 4000, 5000, 6000].map((now) => rateAt(rate, now));
		const expected = [20, 21, 24.15, 35.0175, 70.035, 140.07];
		rates.forEach((each, index) => expect(each).toBeCloseTo(expected[index] ?? 0, 6));
	});

	test('loses a raise that is refused, and the next one comes after twice the time', () => {
		const rate = learnTwentyASecond();
		rateAt(rate, 2000);
		rate.learn(2100, 2050, 2200, 2200);
		const rates = [2300, 4199, 4200].map((now) => rateAt(rate, now));
		[20, 20, 21].forEach((expected, index) => expect(rates[index]).toBeCloseTo(expected, 6));
	});

	test('is raised after four windows at the latest', () => {
		const rate = learnTwentyASecond();
		let now = 2000;
		for (const windows of [2, 4, 4, 4]) {
			rateAt(rate, now);
			rate.learn(now + 50, now, now + 100, now + 100);
			now += 100 + windows * 1000;
			expect(rateAt(rate, now - 1)).toBeCloseTo(20, 6);
			expect(rateAt(rate, now)).toBeCloseTo(21, 6);
		}
	});

	test('is doubled no more once that was refused', () => {
		const rate = learnTwentyASecond();
		for (const now of [2000, 3000, 4000, 5000]) rateAt(rate, now);
		rate.learn(5100, 5050, 5200, 5200);
		// 5, 15, 45 and then 50 %.
		const rates = [7200, 8200, 9200, 10_200].map((now) => rateAt(rate, now));
		const proven = 35.0175;
		const expected = [1.05, 1.2075, 1.750875, 2.6263125].map((factor) => factor * proven);
		rates.forEach((each, index) => expect(each).toBeCloseTo(expected[index] ?? 0, 6));
	});

	test('is doubled again where less than a doubling was refused', () => {
		const rate = learnTwentyASecond();
		for (const now of [2000, 3000, 4000]) rateAt(rate, now);
		rate.learn(4100, 4050, 4200, 4200);
		const rates = [6200, 7200, 8200, 9200].map((now) => rateAt(rate, now));
		const proven = 24.15;
		const expected = [1.05, 1.2075, 1.750875, 3.50175].map((factor) => factor * proven);
		rates.forEach((each, index) => expect(each).toBeCloseTo(expected[index] ?? 0, 6));
	});

	test('is cut by an eighth if nothing was raised, twice a window at most, then raised by a quarter', () => {
		const rate = learnTwentyASecond();
		const cuts = [1200, 1600, 1700].map((now) => {
			rate.learn(now - 100, now - 100, now, now);
			return rateAt(rate, now);
		});
		const cut = 0.88 * 20;
		[cut, cut, 0.88 * cut].forEach((expected, index) =>
			expect(cuts[index]).toBeCloseTo(expected, 6),
		);
		expect(rateAt(rate, 2699)).toBeCloseTo(0.88 * cut, 6);
		expect(rateAt(rate, 2700)).toBeCloseTo(1.25 * 0.88 * cut, 6);
	});

	test('is measured anew after a wait that is longer than its window', () => {
		const rate = learnTwentyASecond();
		sendAt(rate, every(10, 1001, 24));
		rate.depart(61_000);
		rate.learn(1350, 1300, 61_000, 61_000);
		expect(rate.waitMs(61_000)).toBeCloseTo((0.6 * 60_000) / 25, 6);
	});

	test('never falls below one in ten seconds', () => {
		const rate = learnTwentyASecond();
		for (let now = 1200; now < 120_000; now += 501) rate.learn(now - 100, now - 100, now, now);
		rate.depart(120_000);
		// In a window of a second that is a tenth of a request.
		expect(rate.waitMs(120_000)).toBeGreaterThan(6000);
		expect(rate.waitMs(120_000)).toBeLessThan(10_500);
	});

	test('explains a refusal once three quarters of a window are used, until its first request leaves it', () => {
		const rate = learnTwentyASecond();
		sendAt(rate, every(10, 1010, 13));
		expect(rate.fullUntil(1200)).toBe(0);
		rate.depart(1200);
		expect(rate.fullUntil(1200)).toBe(2015);
		expect(rate.fullUntil(2015)).toBe(0);
	});

	test('what was not sent or refused takes no room', () => {
		const rate = learnTwentyASecond();
		sendAt(rate, every(10, 1010, 14));
		rate.uncount(1140);
		rate.uncount(777);
		expect(rate.fullUntil(1200)).toBe(0);
	});

	test('a burst ends with the window that began with it', () => {
		const rate = learnTwentyASecond();
		sendAt(rate, [1500, 1600]);
		expect([rate.burstUntil(1600), rate.burstUntil(2100), rate.burstUntil(2300)]).toEqual([
			2015,
			2515,
			-Infinity,
		]);
	});

	test('windows below a second have no bursts worth to wait for', () => {
		const rate = new Rate();
		sendAt(rate, [0, 10]);
		rate.learn(60, 50, 210, 210);
		expect(rate.burstUntil(215)).toBe(0);
	});
});
