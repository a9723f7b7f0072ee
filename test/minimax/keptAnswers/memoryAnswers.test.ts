import fc from '../../support/fastCheck';

import { AnswerMemory } from '../../../nodes/minimax/keptAnswers/memoryAnswers';

let now = 0;
const clock = () => now;
beforeEach(() => {
	now = 0;
});

it('gives the answers to a request in their order, each once', () => {
	const place = new AnswerMemory().placeOf('node', clock);
	place.put('a', 'first');
	place.put('a', 'second');
	place.put('b', 'other');

	expect(place.isEmpty()).toBe(false);
	expect([place.take('a'), place.take('a'), place.take('a')]).toEqual([
		'first',
		'second',
		undefined,
	]);
	expect(place.take('b')).toBe('other');
	expect(place.isEmpty()).toBe(true);
});

it('takes out the very answer that another place has given', () => {
	const place = new AnswerMemory().placeOf('node', clock);
	place.put('a', 'first');
	place.put('a', 'second');

	expect(place.take('a', 'third')).toBeUndefined();
	expect(place.take('a', 'second')).toBe('second');
	expect(place.take('a')).toBe('first');
});

it('keeps the answers of owners apart, also as one forgets', () => {
	const memory = new AnswerMemory();
	const [one, other] = ['one', 'other'].map((owner) => memory.placeOf(owner, clock));
	one?.put('a', 'mine');
	other?.put('a', 'theirs');
	one?.clear();

	expect(one?.isEmpty()).toBe(true);
	expect(other?.take('a')).toBe('theirs');
});

it('forgets after an hour', () => {
	const place = new AnswerMemory().placeOf('node', clock);
	place.put('a', 'first');
	now = 30 * 60_000;
	place.put('b', 'second');
	now = 60 * 60_000 - 1;
	expect(place.take('a')).toBe('first');
	place.put('a', 'first');
	now = 90 * 60_000;

	expect(place.take('b')).toBeUndefined();
	expect(place.take('a')).toBe('first');
	now = 200 * 60_000;
	expect(place.isEmpty()).toBe(true);
});

it('lets the oldest of others go where it is full, and refuses rather than lose its own', () => {
	const memory = new AnswerMemory({ mostCharacters: 10, mostMs: 1000 });
	const [one, other] = ['one', 'other'].map((owner) => memory.placeOf(owner, clock));
	one?.put('a', '1234');
	one?.put('b', '5678');

	expect(other?.put('a', '12345')).toBe(true);
	expect(one?.take('a')).toBeUndefined();
	expect(one?.take('b', '5678')).toBe('5678');
	expect(other?.put('b', '123456')).toBe(false);
	expect(other?.put('b', '12345')).toBe(true);
	expect(other?.put('c', '1')).toBe(false);
	expect(one?.put('a', '12345678901')).toBe(false);
});

it('an owner whose answers are too old holds nothing, and nothing of them is given', () => {
	const memory = new AnswerMemory({ mostCharacters: 100, mostMs: 1000 });
	const place = memory.placeOf('node', clock);
	place.put('a', 'first');
	now = 1000;
	expect(place.isEmpty()).toBe(true);
	place.put('a', 'second');
	now = 2000;
	expect(place.take('a')).toBeUndefined();
});

it('what is too old makes room for its owner', () => {
	const place = new AnswerMemory({ mostCharacters: 10, mostMs: 1000 }).placeOf('node', clock);
	place.put('a', '1234567890');
	expect(place.put('b', '1')).toBe(false);
	now = 1000;
	expect(place.put('b', '1')).toBe(true);
	expect(place.take('a')).toBeUndefined();
});

it('takes nothing of others where there is room', () => {
	const memory = new AnswerMemory({ mostCharacters: 10, mostMs: 1000 });
	const [one, other] = ['one', 'other'].map((owner) => memory.placeOf(owner, clock));
	one?.put('a', '12345');
	expect(other?.put('a', '12345')).toBe(true);
	expect(one?.take('a')).toBe('12345');
});

it('never holds more than its bound, and gives nothing twice', () => {
	const owners = fc.constantFrom('x', 'y', 'z');
	const step = fc.record({
		kind: fc.constantFrom('put', 'take', 'clear', 'wait'),
		owner: owners,
		request: fc.constantFrom('a', 'b', 'c'),
		length: fc.integer({ min: 0, max: 30 }),
	});
	fc.assert(
		fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
			now = 0;
			const memory = new AnswerMemory({ mostCharacters: 50, mostMs: 100 });
			const given = new Set<string>();
			let count = 0;
			for (const { kind, owner, request, length } of steps) {
				const place = memory.placeOf(owner, clock);
				if (kind === 'put') place.put(request, `${owner}${request}${++count}`.padEnd(length, '.'));
				else if (kind === 'clear') place.clear();
				else if (kind === 'wait') now += length;
				else {
					const answer = place.take(request);
					if (answer === undefined) continue;
					expect(answer.startsWith(owner + request)).toBe(true);
					expect(given.has(answer)).toBe(false);
					given.add(answer);
				}
			}
			const left = ['x', 'y', 'z'].flatMap((owner) =>
				['a', 'b', 'c'].flatMap((request) => {
					const place = memory.placeOf(owner, clock);
					const answers: string[] = [];
					for (let one = place.take(request); one !== undefined; one = place.take(request))
						answers.push(one);
					return answers;
				}),
			);
			expect(left.join('').length).toBeLessThanOrEqual(50);
		}),
		{ seed: 1, numRuns: 300 },
	);
});
