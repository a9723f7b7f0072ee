import { collectReasoningDetails } from '../../../nodes/minimax/reply/collectReasoningDetails';

/** What comes of chunks with these fragments each. */
function collect(...chunks: unknown[]) {
	const details = collectReasoningDetails();
	const added = chunks.map((fragments) => details.accept(fragments));
	return {
		added,
		list: details.list(),
		characters: details.characters(),
		parts: details.parts(),
	};
}

it('joins fragments with the same ID, and keeps no label twice', () => {
	const labels = { type: 'reasoning.text', id: 'r1', format: 'MiniMax-response-v1', index: 0 };
	expect(collect([{ ...labels, text: 'Hel' }], [{ ...labels, text: 'lo' }])).toEqual({
		added: ['Hel', 'lo'],
		list: [{ ...labels, text: 'Hello' }],
		characters: 5,
		// The entry and its four labels.
		parts: 5,
	});
});

it('joins by the index where there is no ID; none is 0', () => {
	const fragments = [{ index: 1, text: 'a' }, { text: 'b' }, { index: 0, text: 'c' }];
	expect(collect(fragments, [{ index: 1, text: 'd' }])).toEqual({
		added: ['abc', 'd'],
		list: [
			{ index: 1, text: 'ad' },
			{ index: 0, text: 'bc' },
		],
		characters: 4,
		parts: 4,
	});
});

it('takes another ID for another entry, also with the same index', () => {
	const fragments = [
		{ index: 0, text: 'a' },
		{ index: 0, id: 'r1', text: 'b' },
		{ index: 0, id: 'r2', text: 'c' },
		{ index: 0, id: 'r1', text: 'd' },
	];
	expect(collect(fragments).list).toEqual([
		{ index: 0, id: 'r1', text: 'abd' },
		{ index: 0, id: 'r2', text: 'c' },
	]);
});

it('leaves out labels that say nothing', () => {
	expect(collect([{ type: null, format: undefined, text: 'a' }])).toEqual({
		added: ['a'],
		list: [{ text: 'a' }],
		characters: 1,
		parts: 1,
	});
});

it('takes a text in place of the list', () => {
	expect(collect('Hel', 'lo').list).toEqual([{ text: 'Hello' }]);
});

it.each([[null], [undefined], [7], [{}], [[]], [[null, 'text', 7]]])(
	'adds nothing for %j',
	(none) => {
		expect(collect(none)).toEqual({ added: [''], list: [], characters: 0, parts: 0 });
	},
);
