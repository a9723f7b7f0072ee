import { findModel, KNOWN_MODELS } from '../../nodes/minimax/models';

describe('findModel', () => {
	test.each([' minimax-m2.7 ', 'MINIMAX-M2.7'])('takes any case: %j', (id) => {
		expect(findModel(id)?.id).toBe('MiniMax-M2.7');
	});

	test.each([
		'',
		'MiniMax',
		'minimax/minimax-m2.7',
		'MiniMaxAI/MiniMax-M2',
		'MiniMax-M3-highspeed',
	])('does not know %j', (id) => {
		expect(findModel(id)).toBeUndefined();
	});

	test('the newest come first', () => {
		const dates = KNOWN_MODELS.map(({ released }) => Date.parse(released));
		expect(dates).toEqual([...dates].sort((one, other) => other - one));
	});

	test('every id is there once', () => {
		const ids = KNOWN_MODELS.map(({ id }) => id.toLowerCase());
		expect(ids).toEqual([...new Set(ids)]);
	});
});
