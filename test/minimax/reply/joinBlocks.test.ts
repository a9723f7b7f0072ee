import { createBlockJoiner } from '../../../nodes/minimax/reply/joinBlocks';

/** The text of blocks, each of several pieces. */
function join(...blocks: string[][]): string {
	const joiner = createBlockJoiner();
	let text = '';
	for (const pieces of blocks) {
		for (const piece of pieces) text += joiner.add(piece);
		joiner.close();
	}
	return text;
}

it.each<[string[][], string]>([
	[[['Hm.']], 'Hm.'],
	[[[' \n', ' Hm', ' . ', '\n']], 'Hm .'],
	[[['Hm', '', ' ', '\n', 'so']], 'Hm \nso'],
	[[['Hm.'], ['So.']], 'Hm.\n\nSo.'],
	[[['Hm. \n'], [' ', ' So.']], 'Hm.\n\nSo.'],
	[[['Hm.'], [' ', '\n'], ['So.']], 'Hm.\n\nSo.'],
	[[[' '], ['So.']], 'So.'],
	[[[]], ''],
	[[['']], ''],
	[[[' \n ']], ''],
])('%j becomes %j', (blocks, text) => {
	expect(join(...blocks)).toBe(text);
});

it('gives each piece as soon as it is certain to belong to the text', () => {
	const joiner = createBlockJoiner();
	expect(['  Hm ', ' ', 'so', '\n'].map((piece) => joiner.add(piece))).toEqual([
		'Hm',
		'',
		'  so',
		'',
	]);
	joiner.close();
	expect([' ', 'And'].map((piece) => joiner.add(piece))).toEqual(['', '\n\nAnd']);
});
