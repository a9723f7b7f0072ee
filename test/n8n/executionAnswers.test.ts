import type { IContextObject } from 'n8n-workflow';

import { executionAnswers } from '../../nodes/n8n/executionAnswers';

it('keeps answers in the context, gives each once, and leaves nothing behind', () => {
	const context: IContextObject = { mine: 1 };
	const place = executionAnswers(context);
	place.put('a', 'first');
	place.put('a', 'second');
	place.put('b', 'other');

	expect(context).toEqual({ mine: 1, keptAnswers: { a: ['first', 'second'], b: ['other'] } });
	// As it comes back out of a database.
	const later = executionAnswers(JSON.parse(JSON.stringify(context)));
	expect(['a', 'a', 'a', 'b'].map((request) => later.take(request))).toEqual([
		'first',
		'second',
		undefined,
		'other',
	]);
	expect(later.isEmpty()).toBe(true);
	place.clear();
	expect(context).toEqual({ mine: 1 });
});

it('takes out the very answer that another place has given', () => {
	const place = executionAnswers({});
	place.put('a', 'first');
	place.put('a', 'second');

	expect(place.take('a', 'none')).toBeUndefined();
	expect(place.take('a', 'second')).toBe('second');
	expect(place.take('a')).toBe('first');
	expect(place.isEmpty()).toBe(true);
});

it('is bounded, what an earlier run has kept included', () => {
	const context: IContextObject = {};
	executionAnswers(context, 10).put('a', '123456');
	const place = executionAnswers(context, 10);

	expect(place.put('b', '12345')).toBe(false);
	expect(place.put('b', '1234')).toBe(true);
	expect(place.put('c', '1')).toBe(false);
	place.take('a');
	expect(place.put('c', '1')).toBe(true);
});

it.each([
	['no object', 'text'],
	['a list', [1]],
	['answers that are no lists', { a: 'text', b: null }],
	['answers that are no texts', { a: [1, null, {}], b: [[]] }],
	['nothing', {}],
])('makes nothing of %s in its place', (_what, keptAnswers) => {
	const context: IContextObject = { keptAnswers };
	const place = executionAnswers(context);

	expect(['a', 'b', 'constructor', '__proto__'].map((request) => place.take(request))).toEqual([
		undefined,
		undefined,
		undefined,
		undefined,
	]);
	expect(place.put('a', 'answer')).toBe(true);
	expect(executionAnswers(context).take('a')).toBe('answer');
});

it('leaves the field where other answers are still in it', () => {
	const context: IContextObject = {};
	const place = executionAnswers(context);
	place.put('a', 'first');
	place.put('b', 'other');
	place.take('a');

	expect(context).toEqual({ keptAnswers: { b: ['other'] } });
	place.take('b');
	expect(context).toEqual({});
});

it('what an object inherits is no answer', () => {
	const context: IContextObject = { keptAnswers: Object.create({ a: ['inherited'] }) };

	expect(executionAnswers(context).isEmpty()).toBe(true);
	expect(executionAnswers(context).take('a')).toBeUndefined();
});

it('counts texts only as taking room', () => {
	const context: IContextObject = { keptAnswers: { a: ['12345', { length: 100 }, 7] } };

	expect(executionAnswers(context, 10).put('b', '12345')).toBe(true);
	expect(executionAnswers(context, 10).put('b', '1')).toBe(false);
});
