import { parseCutJson } from '../../../nodes/minimax/json/parseCutJson';

describe('JSON whose end is missing goes as far as it is sure', () => {
	test.each<[string, unknown]>([
		['{"a": 1, "b": 2}', { a: 1, b: 2 }],
		['{"a": 1} rest', { a: 1 }],
		['[1, 2] [3]', [1, 2]],
		['{"a": "x', { a: 'x' }],
		['{"a": "x\\', { a: 'x' }],
		['{"a": "x\\u00', { a: 'x' }],
		['{"a": "x\\u00e9', { a: 'x\u00e9' }],
		['{"a": "x\\n', { a: 'x\n' }],
		['{"a": "x"', { a: 'x' }],
		['{"a": "x" ', { a: 'x' }],
		['{"a": "x", ', { a: 'x' }],
		['{"a": "x", "b', { a: 'x' }],
		['{"a": "x", "b"', { a: 'x' }],
		['{"a": "x", "b":', { a: 'x' }],
		['{"a": "x", "b": tr', { a: 'x' }],
		['{"a": 12', {}],
		['{"a": 1, "b": 12', { a: 1 }],
		['[1, 2', [1]],
		['[1, 2,', [1, 2]],
		['[', []],
		['{', {}],
		['{"a": [', { a: [] }],
		['{"a": [{"b": "c"}, {"d', { a: [{ b: 'c' }, {}] }],
		['{"a": "}]{[,"', { a: '}]{[,' }],
		['{"a": "\\"}', { a: '"}' }],
		['{"a": "\\\\", "b": "c', { a: '\\', b: 'c' }],
		['["a", "b', ['a', 'b']],
		['[{"a": 1}, {"b": 2}', [{ a: 1 }, { b: 2 }]],
		['"ab', undefined],
		['7', undefined],
	])('%j', (text, value) => {
		const parsed = parseCutJson(text);
		expect(parsed.ok ? parsed.value : undefined).toEqual(value);
		expect(parsed.ok).toBe(value !== undefined);
	});
});
