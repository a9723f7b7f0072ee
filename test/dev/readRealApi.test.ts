import { readRealApi } from '../../dev/readRealApi.ts';

test('without a key there is no real API', () => {
	expect(readRealApi({})).toBeUndefined();
	expect(readRealApi({ MINIMAX_API_KEY: ' \n', MINIMAX_REGION: 'china' })).toBeUndefined();
});

test.each([
	[undefined, 'international'],
	['', 'international'],
	['international', 'international'],
	['china', 'china'],
	[' China\n', 'china'],
])('the region %j is %s', (MINIMAX_REGION, region) => {
	expect(readRealApi({ MINIMAX_API_KEY: ' sk-of-a-person\n', MINIMAX_REGION })).toEqual({
		apiKey: 'sk-of-a-person',
		region,
	});
});

test.each(['cn', 'global', 'custom', 'https://api.minimax.io/v1'])(
	'the region %j is refused, also without a key',
	(MINIMAX_REGION) => {
		expect(() => readRealApi({ MINIMAX_REGION })).toThrow(
			`MINIMAX_REGION is '${MINIMAX_REGION}'. Set it to international or china, the region in ` +
				'which the key was created, or leave it out for international.',
		);
	},
);
