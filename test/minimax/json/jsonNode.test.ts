import { sizeOf, toNode, toValue } from '../../../nodes/minimax/json/jsonNode';

describe('a node', () => {
	const value = JSON.parse('{"a": [1, -0, "x", true, null, {}], "__proto__": {"b": 2}}') as object;

	it('holds what its value holds', () => {
		expect(toValue(toNode(value))).toEqual(value);
		expect(Object.keys(toValue(toNode(value)) as object)).toEqual(['a', '__proto__']);
		expect(toNode(-0)).toEqual({ type: 'number', raw: '-0' });
		expect(toNode(undefined)).toEqual({ type: 'null' });
	});

	it('has members that can be changed, whatever their names are', () => {
		const made = toValue(toNode(value)) as object;
		expect(Object.getOwnPropertyDescriptor(made, '__proto__')).toEqual({
			value: { b: 2 },
			enumerable: true,
			configurable: true,
			writable: true,
		});
	});

	it('counts the first of members with the same name', () => {
		const members = [1, 2].map((number) => ({ name: 'a', node: toNode(number) }));
		expect(toValue({ type: 'object', members })).toEqual({ a: 1 });
	});

	it('has about as many characters as its JSON', () => {
		for (const each of [value, [], {}, 'text', ['a', 'b', 'c'], { ab: { cd: 'ef' } }]) {
			const size = sizeOf(toNode(each));
			expect(Math.abs(size - JSON.stringify(each).length)).toBeLessThanOrEqual(12);
		}
		expect(sizeOf(toNode(['a', 'b']))).toBe(10);
		expect(sizeOf(toNode({ ab: 'c' }))).toBe(11);
	});
});
