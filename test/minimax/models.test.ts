import { findModel, KNOWN_MODELS } from '../../nodes/minimax/models';

const limits = (id: string) => {
	const model = findModel(id);
	return (
		model && [
			model.id,
			model.contextTokens,
			model.maxOutputTokens,
			model.temperature,
			model.topP,
			model.images && model.video,
			model.thinking,
			model.effort,
			model.extraRoles.length,
		]
	);
};

const positive = { min: 0, minExclusive: true, max: 1 };

describe('findModel', () => {
	test.each([
		[
			'MiniMax-M3.1-Flash',
			1_000_000,
			524_288,
			{ min: 0, minExclusive: false, max: 2 },
			{ min: 0, minExclusive: false, max: 1 },
			true,
			'always',
			true,
			0,
		],
		[
			'MiniMax-M3',
			1_000_000,
			524_288,
			{ min: 0, minExclusive: false, max: 2 },
			{ min: 0, minExclusive: false, max: 1 },
			true,
			'switchable',
			false,
			0,
		],
		['MiniMax-M2.7', 204_800, 204_800, positive, positive, false, 'always', false, 0],
		['MiniMax-M2.7-highspeed', 204_800, 204_800, positive, positive, false, 'always', false, 0],
		['MiniMax-M2.5', 204_800, 204_800, positive, positive, false, 'always', false, 0],
		['MiniMax-M2.1', 204_800, 204_800, positive, positive, false, 'always', false, 0],
		['M2-her', 65_536, 2048, positive, positive, false, 'none', false, 4],
	])('%s', (id, ...expected) => {
		expect(limits(id)).toEqual([id, ...expected]);
	});

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
