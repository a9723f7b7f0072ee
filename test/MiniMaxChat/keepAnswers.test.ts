import type { Completion } from '../../nodes/minimax/completion';
import type { AnswerPlace } from '../../nodes/minimax/keptAnswers/answerPlace';
import { MOST_CHARACTERS } from '../../nodes/minimax/keptAnswers/memoryAnswers';
import { packCompletion } from '../../nodes/minimax/keptAnswers/packCompletion';
import { normalizeCompletion } from '../../nodes/minimax/reply/normalizeCompletion';
import { KeptAnswers } from '../../nodes/MiniMaxChat/keptAnswers';

function answer(content: string, more: object = {}): Completion {
	const message = { role: 'assistant', content, ...more };
	return normalizeCompletion({ choices: [{ message }] }, { openerMayBeMissing: false });
}

/** A place for so many answers. */
function place(room = Infinity) {
	const held: Array<[request: string, text: string]> = [];
	const answers: AnswerPlace = {
		isEmpty: () => held.length === 0,
		take(request, text) {
			const index = held.findIndex(
				([key, value]) => key === request && (text === undefined || text === value),
			);
			return index === -1 ? undefined : held.splice(index, 1)[0]?.[1];
		},
		put(request, text) {
			if (held.length >= room) return false;
			held.push([request, text]);
			return true;
		},
		clear: () => void held.splice(0),
	};
	return { held, answers };
}

const requestsOf = ({ held }: ReturnType<typeof place>) => held.map(([request]) => request);
const hashed = (request: string) => async () => request;

describe('taking', () => {
	it('is possible as long as any place holds something', () => {
		const [first, second] = [place(), place()];
		const kept = new KeptAnswers([first.answers, second.answers]);
		expect(kept.isEmpty).toBe(true);
		second.held.push(['a', 'x']);
		expect(kept.isEmpty).toBe(false);
		first.held.push(['a', 'x']);
		expect(kept.isEmpty).toBe(false);
		second.answers.clear();
		expect(kept.isEmpty).toBe(false);
	});

	it('takes an answer out of all places that have it, and leaves equal requests their own', () => {
		const [first, second] = [place(), place()];
		const [one, other] = [packCompletion(answer('One')), packCompletion(answer('Other'))];
		first.held.push(['a', other], ['b', one]);
		second.held.push(['a', one], ['a', other], ['b', one]);
		const kept = new KeptAnswers([first.answers, second.answers]);

		expect(kept.take('a')?.content).toBe('Other');
		expect(first.held).toEqual([['b', one]]);
		expect(second.held).toEqual([
			['a', one],
			['b', one],
		]);
		expect(kept.take('a')?.content).toBe('One');
		expect(kept.take('a')).toBeUndefined();
	});

	it('takes one of two answers that are alike', () => {
		const [first, second] = [place(), place()];
		const text = packCompletion(answer('One'));
		for (const { held } of [first, second]) held.push(['a', text], ['a', text]);
		const kept = new KeptAnswers([first.answers, second.answers]);

		expect(kept.take('a')?.content).toBe('One');
		expect([first.held, second.held]).toEqual([[['a', text]], [['a', text]]]);
	});

	it('passes over a text that is no answer, for one of another place', () => {
		const [first, second] = [place(), place()];
		first.held.push(['a', 'odd']);
		second.held.push(['a', 'odd'], ['a', packCompletion(answer('One'))]);
		const kept = new KeptAnswers([first.answers, second.answers]);

		expect(kept.take('a')?.content).toBe('One');
		expect([first.held, second.held]).toEqual([[], []]);
		first.held.push(['a', 'odd']);
		expect(kept.take('a')).toBeUndefined();
	});
});

describe('keeping', () => {
	it('puts each answer into every place, in their order, and counts the items that have it', async () => {
		const [first, second] = [place(), place()];
		const kept = new KeptAnswers([first.answers, second.answers]);
		const shared = answer('One');
		kept.add(shared, hashed('a'));
		kept.add(answer('Two'), hashed('b'));
		kept.add(shared, hashed('not asked for'));
		expect(kept.count).toBe(0);
		await kept.keep();

		expect(first.held).toEqual([
			['a', packCompletion(shared)],
			['b', packCompletion(answer('Two'))],
		]);
		expect(second.held).toEqual(first.held);
		expect(kept.count).toBe(3);
	});

	it('goes on with one place where the other is full, and ends where both are', async () => {
		const [first, second] = [place(1), place(2)];
		const kept = new KeptAnswers([first.answers, second.answers]);
		const asked: string[] = [];
		for (const request of ['a', 'b', 'c', 'd']) {
			kept.add(answer(request), async () => {
				asked.push(request);
				return request;
			});
		}
		await kept.keep();

		expect([requestsOf(first), requestsOf(second)]).toEqual([['a'], ['a', 'b']]);
		expect(kept.count).toBe(2);
		expect(asked).toEqual(['a', 'b', 'c']);
	});

	it('keeps what has come since, and nothing twice', async () => {
		const one = place();
		const kept = new KeptAnswers([one.answers]);
		kept.add(answer('One'), hashed('a'));
		await kept.keep();
		kept.add(answer('Two'), hashed('b'));
		await kept.keep();

		expect(requestsOf(one)).toEqual(['a', 'b']);
		expect(kept.count).toBe(2);
	});

	it('keeps a draft, which is no item’s answer, unless it was dropped', async () => {
		const one = place();
		const kept = new KeptAnswers([one.answers]);
		const [left, dropped] = [answer('Left'), answer('Dropped')];
		kept.addDraft(left, hashed('a'));
		kept.addDraft(dropped, hashed('b'));
		kept.dropDraft(dropped);
		await kept.keep();

		expect(requestsOf(one)).toEqual(['a']);
		expect(kept.count).toBe(0);
	});

	it('lets others go on between many long answers', async () => {
		const one = place();
		const kept = new KeptAnswers([one.answers]);
		const long = 'x'.repeat(300_000);
		for (const request of ['a', 'b', 'c']) kept.add(answer(`${request}${long}`), hashed(request));
		let seen: string[] | undefined;
		const turn = new Promise<void>((resolve) => {
			setImmediate(() => {
				seen = requestsOf(one);
				resolve();
			});
		});
		await Promise.all([kept.keep(), turn]);

		expect(requestsOf(one)).toEqual(['a', 'b', 'c']);
		expect(seen?.length).toBeLessThan(3);
	});

	it('holds no more than the places take', async () => {
		const one = place();
		const kept = new KeptAnswers([one.answers]);
		// Each text is held twice: in the completion, and in the API's own object.
		const half = answer('x'.repeat(MOST_CHARACTERS / 4));
		const rest = answer('', { reasoning_content: 'y'.repeat(MOST_CHARACTERS / 4 - 1) });
		const last = answer('z');
		kept.add(half, hashed('half'));
		kept.add(rest, hashed('rest'));
		kept.add(last, hashed('last'));
		kept.add(answer('More'), hashed('more'));
		// One that is held already counts another item.
		kept.add(last, hashed('last'));
		kept.dropDraft(half);
		kept.dropDraft(half);
		kept.add(answer('Room'), hashed('room'));
		await kept.keep();

		expect(requestsOf(one)).toEqual(['rest', 'last', 'room']);
		expect(kept.count).toBe(4);
	});

	it('forgets what has come and what was kept', async () => {
		const [first, second] = [place(), place()];
		const kept = new KeptAnswers([first.answers, second.answers]);
		first.held.push(['a', 'x']);
		second.held.push(['a', 'x']);
		kept.add(answer('One'), hashed('b'));
		kept.forget();
		await kept.keep();

		expect([first.held, second.held]).toEqual([[], []]);
		expect(kept.count).toBe(0);
	});

	it('asks for no hash where there is no place', async () => {
		const kept = new KeptAnswers([]);
		const hash = jest.fn(hashed('a'));
		kept.add(answer('One'), hash);
		await kept.keep();

		expect(hash).not.toHaveBeenCalled();
		expect(kept.isEmpty).toBe(true);
		expect(kept.take('a')).toBeUndefined();
	});
});
