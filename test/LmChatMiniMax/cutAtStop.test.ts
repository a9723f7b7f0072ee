import fc from '../support/fastCheck';

import { createStopCutter } from '../../nodes/LmChatMiniMax/cutAtStop';

it('gives out the text up to the first stop word, however it is cut', () => {
	const letters = fc.constantFrom('a', 'b', '\n');
	const word = fc.string({ unit: letters, minLength: 1, maxLength: 4 });
	fc.assert(
		fc.property(
			fc.array(word, { maxLength: 3 }),
			fc.array(fc.string({ unit: letters, maxLength: 6 }), { maxLength: 12 }),
			(stops, pieces) => {
				const text = pieces.join('');
				// Word by word: the shortest beginning of the text that ends in a stop word.
				const ends = Array.from({ length: text.length + 1 }, (_, end) => end);
				const at = (end: number) => stops.filter((stop) => text.slice(0, end).endsWith(stop));
				const end = ends.find((place) => at(place).length > 0);
				const longest = end === undefined ? 0 : Math.max(...at(end).map(({ length }) => length));
				const cutter = createStopCutter(stops);
				const given = pieces.map((piece) => cutter.push(piece)).join('') + cutter.end();
				expect(given).toBe(end === undefined ? text : text.slice(0, end - longest));
				expect(cutter.isCut).toBe(end !== undefined);
			},
		),
		{ seed: 1, numRuns: 3000 },
	);
});

it('takes no empty word for one', () => {
	const cutter = createStopCutter(['']);
	expect(cutter.push('Nine.') + cutter.end()).toBe('Nine.');
});

it('holds back no more than what may begin a stop word, and that once', () => {
	const cutter = createStopCutter(['Over', 'eel']);
	expect(['Nine', ' me', 'tres. O', 've', 'n'].map((piece) => cutter.push(piece))).toEqual([
		'Nin',
		'e m',
		'etres. ',
		'',
		'Oven',
	]);
	expect(cutter.push('Ov')).toBe('');
	expect([cutter.end(), cutter.end()]).toEqual(['Ov', '']);
	expect(cutter.isCut).toBe(false);
});

it('gives nothing more once a stop word has come', () => {
	const cutter = createStopCutter(['Over']);
	expect(['Nine. Over. Ten.', 'Eleven.'].map((piece) => cutter.push(piece))).toEqual([
		'Nine. ',
		'',
	]);
	expect([cutter.end(), cutter.isCut]).toEqual(['', true]);
});
