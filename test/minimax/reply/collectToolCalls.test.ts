import { collectToolCalls } from '../../../nodes/minimax/reply/collectToolCalls';

const call = (id: string, name: string, text: string, more: object = {}) => ({
	id,
	type: 'function',
	...more,
	function: { name, arguments: text },
});

/** What comes of chunks with these fragments each. */
function collect(...chunks: unknown[]) {
	const calls = collectToolCalls();
	const accepted = chunks.map((fragments) => calls.accept(fragments));
	return {
		accepted,
		list: calls.list(),
		characters: calls.characters(),
		parts: calls.parts(),
	};
}

it('takes a whole call as it is', () => {
	expect(collect([call('a', 'f', '{"x":1}')])).toEqual({
		accepted: [true],
		list: [call('a', 'f', '{"x":1}')],
		characters: 7,
		// The call, its ID and its type.
		parts: 3,
	});
});

it('joins fragments, and keeps no label twice', () => {
	const begin = { index: 0, id: 'a', type: 'function', function: { name: 'f', arguments: '{"x"' } };
	const more = { index: 0, type: 'function', function: { arguments: ':1}' } };
	expect(collect([begin], [more])).toEqual({
		accepted: [true, true],
		list: [call('a', 'f', '{"x":1}', { index: 0 })],
		characters: 7,
		parts: 4,
	});
});

it('leaves out labels that say nothing', () => {
	expect(collect([{ id: '', type: null, note: '', function: { name: 'f' } }])).toEqual({
		accepted: [true],
		list: [call('', 'f', '')],
		characters: 0,
		parts: 1,
	});
});

it('goes on with the last call where a fragment has no index', () => {
	const { list } = collect(
		[{ id: 'a', function: { name: 'f' } }],
		[{ function: { arguments: '{}' } }],
	);
	expect(list).toEqual([call('a', 'f', '{}')]);
});

it('counts from 0 where no fragment has an index, and from the last one where some have', () => {
	const whole = [{ id: 'a', function: { name: 'f', arguments: '{' } }];
	expect(collect(whole, [{ index: 0, function: { arguments: '}' } }]).list).toEqual([
		call('a', 'f', '{}', { index: 0 }),
	]);
	const both = [
		{ index: 5, id: 'a', function: { name: 'f' } },
		{ id: 'b', function: { name: 'g' } },
		{ index: 6, function: { arguments: '{}' } },
	];
	expect(collect(both).list).toEqual([
		call('a', 'f', '', { index: 5 }),
		call('b', 'g', '{}', { index: 6 }),
	]);
});

it('is no call without name and arguments', () => {
	expect(collect([{ index: 0, id: 'a', function: { arguments: ' ' } }, {}]).list).toEqual([]);
});

it.each([[null], [undefined], ['text'], [{}], [[]], [[null, 'text', 7]]])(
	'adds nothing for %j',
	(none) => {
		expect(collect(none)).toEqual({ accepted: [false], list: [], characters: 0, parts: 0 });
	},
);
