import { baseUrlFor, isHostedByMiniMax } from '../../../nodes/minimax/request/normalizeBaseUrl';
import { refusal } from '../../support/refusal';

const custom = (baseUrl: unknown) => baseUrlFor({ region: 'custom', baseUrl });
const OPEN = "Open the credential 'MiniMax Platform API'.";
const RIGHT =
	'Give the address up to and including /v1, for example https://api.minimax.cn/v1 or http://localhost:8000/v1.';

describe('baseUrlFor', () => {
	test.each([
		['international', 'https://api.minimax.io/v1'],
		['china', 'https://api.minimax.cn/v1'],
		[undefined, 'https://api.minimax.io/v1'],
	])('region %s', (region, expected) => {
		expect(baseUrlFor({ region, baseUrl: 'http://ignored.example' })).toBe(expected);
	});

	test.each([
		['https://api.minimax.cn/v1', 'https://api.minimax.cn/v1'],
		['  https://api.minimax.cn/v1///\n', 'https://api.minimax.cn/v1'],
		['http://localhost:8000/v1/', 'http://localhost:8000/v1'],
		['HTTP://LocalHost:8000/v1', 'http://localhost:8000/v1'],
		['http://[::1]:8000/v1', 'http://[::1]:8000/v1'],
		['https://gateway.example/minimax/openai', 'https://gateway.example/minimax/openai'],
		['https://api.minimax.io/v1/chat/completions', 'https://api.minimax.io/v1'],
		['https://api.minimax.io/v1/chat/completions/', 'https://api.minimax.io/v1'],
		['https://api.minimax.io', 'https://api.minimax.io/v1'],
		['https://gateway.example/', 'https://gateway.example'],
		['"https://gateway.example/v1/"', 'https://gateway.example/v1'],
		['‘https://gateway.example/v1’', 'https://gateway.example/v1'],
		['""https://gateway.example/v1""', 'https://gateway.example/v1'],
		['" https://gateway.example/v1 "', 'https://gateway.example/v1'],
		["https://gateway.example/it's/v1", "https://gateway.example/it's/v1"],
		['https://gateway.example/v1//chat/completions', 'https://gateway.example/v1'],
		['http://minimax.io:8443', 'http://minimax.io:8443/v1'],
		['https://gw.eu.minimax.io', 'https://gw.eu.minimax.io/v1'],
		[
			'https://gateway.example/https://api.minimax.io',
			'https://gateway.example/https://api.minimax.io',
		],
		[`https://gateway.example/v1${' '.repeat(3000)}`, 'https://gateway.example/v1'],
	])('%j', (baseUrl, expected) => {
		expect(custom(baseUrl)).toBe(expected);
	});

	test.each([[''], ['   '], ['""'], [undefined], [null], [7]])('%j is empty', (baseUrl) => {
		expect(refusal(() => custom(baseUrl))).toEqual(["'Base URL' is empty", `${OPEN} ${RIGHT}`]);
	});

	test.each([
		'api.minimax.io/v1',
		'ftp://api.minimax.io/v1',
		'file:///etc/passwd',
		'http://',
		'https://a b/v1',
		'javascript:alert(1)',
		'ftp://gateway.example/https://x',
	])('%j is no http(s) address', (baseUrl) => {
		expect(refusal(() => custom(baseUrl))).toEqual([
			"'Base URL' is not an address that starts with http:// or https://",
			`${OPEN} ${RIGHT}`,
		]);
	});

	test.each([2049, 50_000])('%i characters are refused at once', (length) => {
		const text = 'https://gateway.example/'.padEnd(length - 1, '/') + 'x';
		expect(refusal(() => custom(text))).toEqual([
			"'Base URL' has more than 2048 characters",
			`${OPEN} No address is that long. ${RIGHT}`,
		]);
	});

	test('2048 characters are none too many', () => {
		const text = 'https://gateway.example/'.padEnd(2047, '/') + 'x';
		expect(custom(text)).toBe(text);
	});

	test.each([
		'https://user:geheim@gateway.example/v1',
		'https://user@gateway.example/v1',
		'https://:geheim@gateway.example/v1',
	])('a user or a password is refused and not repeated: %s', (baseUrl) => {
		expect(refusal(() => custom(baseUrl))).toEqual([
			"'Base URL' holds a user name or password",
			`${OPEN} Remove them from the address; the key has a field of its own.`,
		]);
	});

	test.each([
		'https://gateway.example/v1?key=1',
		'https://gateway.example/v1#top',
		'https://gateway.example/v1?',
	])('%j has more than a path', (baseUrl) => {
		expect(refusal(() => custom(baseUrl))).toEqual([
			"'Base URL' holds a query or a fragment",
			`${OPEN} Remove everything from ? or # on. ${RIGHT}`,
		]);
	});
});

describe('isHostedByMiniMax', () => {
	test.each([
		['https://api.minimax.io/v1', true],
		['https://api.minimaxi.com/v1', true],
		['https://api.minimax.cn/v1', true],
		['https://api-uw.minimax.io/v1', true],
		['https://api.minimax.chat/v1', true],
		['https://notminimax.io/v1', false],
		['https://minimax.io.example/v1', false],
		['http://localhost:8000/v1', false],
		['nonsense', false],
		['http://minimax.io/v1', true],
		['https://gw.eu.minimax.io:8443/v1', true],
	])('%s: %s', (baseUrl, expected) => {
		expect(isHostedByMiniMax(baseUrl)).toBe(expected);
	});
});
