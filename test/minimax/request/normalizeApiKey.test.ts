import { InvalidInput } from '../../../nodes/minimax/failure/invalidInput';
import { normalizeApiKey } from '../../../nodes/minimax/request/normalizeApiKey';
import { refusal } from '../../support/refusal';

const KEY = 'sk-cp-Ab3_xyz-9';

describe('normalizeApiKey', () => {
	test.each([
		['plain', KEY],
		['blanks around', `  ${KEY}\t`],
		['line ends', `\r\n${KEY}\n`],
		['a line end inside', 'sk-cp-Ab3\n_xyz-9'],
		['blanks inside', 'sk-cp- Ab3_xyz -9'],
		['Bearer', `Bearer ${KEY}`],
		['bearer, twice', `bearer Bearer   ${KEY}`],
		['the whole header', `Authorization: Bearer ${KEY}`],
		['Bearer with a colon', `Bearer: ${KEY}`],
		['the whole header with =', `Authorization=Bearer ${KEY}`],
		['the whole header, quoted behind its name', `Authorization: "Bearer ${KEY}"`],
		['the whole header out of JSON', `"Authorization": "Bearer ${KEY}",`],
		['quotes', `"${KEY}"`],
		['typographic quotes around Bearer', `“Bearer ${KEY}”`],
		['Bearer around quotes', `Bearer '${KEY}',`],
		['a semicolon', `${KEY};`],
		['the marks Windows copies around a text', `\u202a${KEY}\u202c`],
		['a byte order mark and a zero-width space', `\ufeff${KEY.slice(0, 5)}\u200b${KEY.slice(5)}`],
	])('%s', (_, pasted) => {
		expect(normalizeApiKey(pasted)).toBe(KEY);
	});

	test('a key may begin with the letters of Bearer', () => {
		expect(normalizeApiKey('BearerOfNews')).toBe('BearerOfNews');
	});

	test('a name before = is left alone', () => {
		expect(normalizeApiKey(`MINIMAX_API_KEY=${KEY}`)).toBe(`MINIMAX_API_KEY=${KEY}`);
	});

	test.each([[''], ['  \n'], ['Bearer '], ['""'], [undefined], [null], [42]])(
		'%j is empty',
		(value) => {
			expect(refusal(() => normalizeApiKey(value))).toEqual([
				"'API Key' is empty",
				"Open the credential 'MiniMax Platform API'. Paste the key from the MiniMax console.",
			]);
		},
	);

	test.each(['sk-cp-••••wxyz', 'sk-schlüssel', 'sk-a\u0000b'])(
		'%j cannot be a key, and is not quoted',
		(value) => {
			expect(refusal(() => normalizeApiKey(value))).toEqual([
				"'API Key' holds characters that no key has",
				"Open the credential 'MiniMax Platform API'. Copy the whole key again from the MiniMax console; a key that is shown with dots or stars is masked and cannot be used.",
			]);
		},
	);

	test('throws InvalidInput', () => {
		expect(() => normalizeApiKey('')).toThrow(InvalidInput);
	});
});

test('a field that is longer than any key is refused at once', () => {
	const text = `${"'".repeat(200_000)}x`;
	expect(refusal(() => normalizeApiKey(text))).toEqual([
		"'API Key' is longer than any key",
		"Open the credential 'MiniMax Platform API'. Paste the key alone.",
	]);
});
