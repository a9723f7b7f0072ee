import { includeInput, readIncluded } from '../../nodes/MiniMaxChat/includeInput';
import { refusal } from '../support/refusal';

it.each<[unknown, unknown, unknown]>([
	[undefined, 'a', 'none'],
	[null, 'a', 'none'],
	['none', 'a', 'none'],
	['all', 'a', 'all'],
	['selected', ' a, b ,, c', ['a', 'b', 'c']],
	['selected', ['a, b', 7, ''], ['a, b', '7']],
	['selected', [], []],
])('%j with the names %j includes %j', (choice, names, included) => {
	expect(readIncluded(choice, names)).toEqual(included);
});

it.each<[unknown, string]>([
	['some', 'some'],
	['', ''],
	[true, 'true'],
	['x'.repeat(60), 'x'.repeat(50)],
])('%j is no choice', (choice, shown) => {
	expect(refusal(() => readIncluded(choice, ''))).toEqual([
		`'Include Input Fields' is '${shown}', which is none of its choices`,
		'Choose one of the list; an expression has to give none, all or selected.',
	]);
});

it.each(['', ' , ,', undefined, null])('the names %j are none', (names) => {
	expect(refusal(() => readIncluded('selected', names))).toEqual([
		"'Include Input Fields' is Selected, but 'Fields to Include' names none",
		"Add the option 'Fields to Include' and write the names of input fields into it, separated by commas, or choose All or None.",
	]);
});

describe('the fields of the input', () => {
	const input = { id: 7, content: 'mine', error: 'lost' };
	const output = { content: 'ours' };

	it('stay out where none is asked for', () => {
		expect(includeInput(input, 'none', output)).toBe(output);
	});

	it('come before ours, which win; none of them is taken for a failure', () => {
		const item = includeInput(input, 'all', output);
		expect(item).toEqual({ id: 7, content: 'ours', inputError: 'lost' });
		expect(Object.keys(item)).toEqual(['id', 'inputError', 'content']);
	});

	it('come where they are asked for by name, and are there', () => {
		expect(includeInput(input, ['error', 'none', 'toString'], output)).toEqual({
			inputError: 'lost',
			content: 'ours',
		});
		expect(includeInput({ id: undefined }, ['id'], output)).toHaveProperty('id', undefined);
	});

	it.each<[string, object]>([
		['customer.name', { name: 'Ann' }],
		['customer["first name"]', { 'first name': 'Ann' }],
		["customer['first name']", { 'first name': 'Ann' }],
		['customer.tags[1]', { '1': 'b' }],
		['customer.tags', { tags: ['a', 'b'] }],
		['a.b', { 'a.b': 7 }],
		['customer.age', {}],
		['customer.name.length', {}],
		['customer.toString', {}],
		['[]', {}],
		['', {}],
		['customer.error', { inputError: 'lost' }],
	])('come from the path %s as %j', (path, fields) => {
		const nested = {
			customer: { name: 'Ann', 'first name': 'Ann', tags: ['a', 'b'], error: 'lost' },
			'a.b': 7,
		};
		expect(includeInput(nested, [path], output)).toEqual({ ...fields, ...output });
	});
});
