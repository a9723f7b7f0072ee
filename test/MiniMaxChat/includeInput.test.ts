import { includeInput, readIncluded } from '../../nodes/MiniMaxChat/includeInput';
import { refusal } from '../support/refusal';

it.each<[unknown, unknown, unknown]>([
	[undefined, 'a', 'none'],
	[null, 'a', 'none'],
	['none', 'a', 'none'],
	['all', 'a', 'all'],
	['selected', ' a, b ,, c', ['a', 'b', 'c']],
	['selected', ['a, b', 7, ''], ['a, b', '7']],
	['selected', '', []],
	['selected', undefined, []],
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

describe('the fields of the input', () => {
	const input = { id: 7, content: 'mine', error: 'lost' };
	const output = { content: 'ours' };

	it('stay out where none is asked for', () => {
		expect(includeInput(input, 'none', output)).toBe(output);
	});

	it('come before ours, which win; none of them is taken for a failure', () => {
		const item = includeInput(input, 'all', output);
		expect(item).toEqual({ id: 7, content: 'ours', inputError: 'lost' });
		expect(Object.keys(item)).toEqual(['id', 'content', 'inputError']);
	});

	it('come where they are asked for by name, and are there', () => {
		expect(includeInput(input, ['error', 'none', 'toString'], output)).toEqual({
			inputError: 'lost',
			content: 'ours',
		});
		expect(includeInput({ id: undefined }, ['id'], output)).toHaveProperty('id', undefined);
	});
});
