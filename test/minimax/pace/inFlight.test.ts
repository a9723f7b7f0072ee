import { InFlight, type Departure } from '../../../nodes/minimax/pace/inFlight';

/** Requests that leave at that time, whatever the bound says. */
function sendAt(inFlight: InFlight, at: number, count: number): Departure[] {
	return Array.from({ length: count }, () => inFlight.depart(at));
}

/** How many more may leave at once, long after the first. */
function room(inFlight: InFlight): number {
	let more = 0;
	const { count } = inFlight;
	for (; !inFlight.isFull; more += 1) inFlight.count += 1;
	inFlight.count = count;
	return more;
}

/** The request ends, without being refused. */
function end(inFlight: InFlight) {
	inFlight.count -= 1;
}

test('the first fifty leave apart, and slower if more wait than that', () => {
	const inFlight = new InFlight();
	sendAt(inFlight, 100, 10);
	expect([inFlight.waitMs(100, 40), inFlight.waitMs(100, 41)]).toEqual([1, 4]);
	sendAt(inFlight, 100, 39);
	expect([inFlight.waitMs(100, 1), inFlight.waitMs(100, 2)]).toEqual([40, 160]);
	sendAt(inFlight, 300, 1);
	expect(inFlight.waitMs(300, 1)).toBe(Infinity);
	end(inFlight);
	expect(inFlight.waitMs(300, 1)).toBe(0);
});

test('grows by two with each acceptance, to a thousand', () => {
	const inFlight = new InFlight();
	inFlight.grow();
	expect(room(inFlight)).toBe(52);
	for (let times = 0; times < 1000; times += 1) inFlight.grow();
	expect(room(inFlight)).toBe(1000);
});

describe('told that too many are in flight', () => {
	/** Five are accepted, and the sixth is refused. */
	function refuseSixth(): InFlight {
		const inFlight = new InFlight();
		const sixth = sendAt(inFlight, 0, 6)[5];
		if (sixth) inFlight.refuse(sixth, true);
		end(inFlight);
		return inFlight;
	}

	test('it keeps to the number that was ahead of the refused one', () => {
		expect(room(refuseSixth())).toBe(0);
	});

	test('those that had been refused by then do not count as ahead', () => {
		const inFlight = new InFlight();
		const all = sendAt(inFlight, 0, 8);
		const explained = all.slice(5).map((each) => inFlight.refuse(each, true));
		inFlight.count -= 3;
		expect([explained, room(inFlight)]).toEqual([[true, true, true], 0]);
	});

	test('those refused after it say nothing new', () => {
		const inFlight = new InFlight();
		for (const each of sendAt(inFlight, 0, 8).slice(5)) {
			inFlight.refuse(each, true);
			end(inFlight);
		}
		for (let times = 0; times < 5; times += 1) inFlight.grow();
		expect(room(inFlight)).toBe(1);
	});

	test('one may be the most', () => {
		const inFlight = new InFlight();
		const second = sendAt(inFlight, 0, 2)[1];
		expect(second && inFlight.refuse(second, true)).toBe(true);
		end(inFlight);
		expect(room(inFlight)).toBe(0);
	});

	test('during a trial, one that was refused with fewer ahead is no trial', () => {
		const inFlight = refuseSixth();
		for (let times = 0; times < 5; times += 1) inFlight.grow();
		inFlight.count = 2;
		const third = inFlight.depart(100);
		expect(inFlight.refuse(third, false)).toBe(false);
		end(inFlight);
		expect(room(inFlight)).toBe(4);
	});

	test('one that was alone says nothing about a number', () => {
		const inFlight = new InFlight();
		const only = inFlight.depart(0);
		expect(inFlight.refuse(only, true)).toBe(false);
		end(inFlight);
		expect(room(inFlight)).toBe(50);
	});

	test('one more is tried after as many acceptances as are allowed, and kept if it is fine', () => {
		const inFlight = refuseSixth();
		for (let times = 0; times < 4; times += 1) inFlight.grow();
		expect(room(inFlight)).toBe(0);
		inFlight.grow();
		expect(room(inFlight)).toBe(1);
		// The next one after six more: then six are proven.
		for (let times = 0; times < 5; times += 1) inFlight.grow();
		expect(room(inFlight)).toBe(2);
		for (let times = 0; times < 5; times += 1) inFlight.grow();
		expect(room(inFlight)).toBe(2);
		inFlight.grow();
		expect(room(inFlight)).toBe(3);
	});

	test('a trial that is refused, for whatever reason, doubles the time to the next', () => {
		const inFlight = refuseSixth();
		for (let times = 0; times < 5; times += 1) inFlight.grow();
		const trial = inFlight.depart(100);
		expect(inFlight.refuse(trial, false)).toBe(true);
		end(inFlight);
		for (let times = 0; times < 9; times += 1) inFlight.grow();
		expect(room(inFlight)).toBe(0);
		for (let times = 0; times < 2; times += 1) inFlight.grow();
		expect(room(inFlight)).toBe(1);
	});
});

test('a trial is made after sixteen rounds at the latest', () => {
	const inFlight = new InFlight();
	const third = sendAt(inFlight, 0, 3)[2];
	if (third) inFlight.refuse(third, true);
	end(inFlight);
	for (let trials = 0; trials < 6; trials += 1) {
		while (inFlight.isFull) inFlight.grow();
		inFlight.refuse(inFlight.depart(100), true);
		end(inFlight);
	}
	let acceptances = 0;
	for (; inFlight.isFull; acceptances += 1) inFlight.grow();
	expect(acceptances).toBe(16 * 2);
});

test('a plain refusal does not say that too many are in flight', () => {
	const inFlight = new InFlight();
	const sixth = sendAt(inFlight, 0, 6)[5];
	expect(sixth && inFlight.refuse(sixth, false)).toBe(false);
	end(inFlight);
	expect(room(inFlight)).toBe(45);
});

describe('a plain refusal while no rate is known', () => {
	/** Eight leave, two are refused: six may be the most. */
	function refuseTwo(): InFlight {
		const inFlight = new InFlight();
		const all = sendAt(inFlight, 0, 8);
		all.slice(6).forEach((each, index) => {
			inFlight.refuse(each, false);
			inFlight.suspect(each, index === 0, false);
			end(inFlight);
		});
		return inFlight;
	}

	test('means a ceiling if the end of a request made room for the next', () => {
		const inFlight = refuseTwo();
		end(inFlight);
		const next = inFlight.depart(200);
		expect([inFlight.settle(next), room(inFlight)]).toEqual([true, 0]);
	});

	test('means a ceiling also if one asked in vain before that end', () => {
		const inFlight = refuseTwo();
		const probe = inFlight.depart(200);
		inFlight.refuse(probe, false);
		inFlight.suspect(probe, false, true);
		end(inFlight);
		end(inFlight);
		expect([inFlight.settle(inFlight.depart(400)), room(inFlight)]).toEqual([true, 0]);
	});

	test('means none if room came without an end', () => {
		const inFlight = refuseTwo();
		const next = inFlight.depart(200);
		expect([inFlight.settle(next), room(inFlight)]).toEqual([false, 43]);
	});

	test('means none if the end of one made no room', () => {
		const inFlight = refuseTwo();
		end(inFlight);
		end(inFlight);
		const probe = inFlight.depart(200);
		inFlight.refuse(probe, false);
		inFlight.suspect(probe, false, true);
		end(inFlight);
		const next = inFlight.depart(400);
		expect([inFlight.settle(next), room(inFlight)]).toEqual([false, 45]);
	});

	test('means none if one that had left before any end is accepted', () => {
		const inFlight = new InFlight();
		const [refused, , , later] = sendAt(inFlight, 0, 20);
		if (!refused || !later) throw new Error('Twenty have left.');
		inFlight.refuse(refused, false);
		inFlight.suspect(refused, true, false);
		end(inFlight);
		expect([inFlight.settle(later), room(inFlight)]).toEqual([false, 31]);
	});

	test('is forgotten once the gate has opened', () => {
		const inFlight = refuseTwo();
		inFlight.settle(inFlight.depart(200));
		end(inFlight);
		end(inFlight);
		end(inFlight);
		expect(inFlight.settle(inFlight.depart(300))).toBe(false);
	});
});

test('under overload the number is halved, down to four', () => {
	const inFlight = new InFlight();
	const numbers = [1, 2, 3, 4, 5].map(() => {
		inFlight.halve();
		return room(inFlight);
	});
	expect(numbers).toEqual([25, 13, 7, 4, 4]);
});

test('a ceiling below four is not raised by an overload', () => {
	const inFlight = new InFlight();
	const third = sendAt(inFlight, 0, 3)[2];
	if (third) inFlight.refuse(third, true);
	inFlight.halve();
	inFlight.count = 0;
	expect(room(inFlight)).toBe(2);
});
