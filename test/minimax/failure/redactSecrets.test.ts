import fc from 'fast-check';
import { redactSecrets } from '../../../nodes/minimax/failure/redactSecrets';

const KEY = 'sk-cp-9fT/2+x"Qz81kLmN';

const percent = (text: string) =>
	[...text].map((each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`).join('');

describe('redactSecrets', () => {
	test.each([
		[
			'what is harmless',
			'invalid params, unknown model minimax-m3-highspeed (2013)',
			'invalid params, unknown model minimax-m3-highspeed (2013)',
		],
		[
			'a tool id',
			'tool id(call_function_ab12cd34ef56_1) not found (2013)',
			'tool id(call_function_ab12cd34ef56_1) not found (2013)',
		],
		[
			'a bearer token',
			'Authorization was Bearer abc.def-1, refused',
			'Authorization was Bearer [hidden], refused',
		],
		['a key of MiniMax', 'key sk-api-AbCdEf12 is wrong', 'key [hidden] is wrong'],
		['a masked key', 'Incorrect key: sk-cp-****wxyz.', 'Incorrect key: [hidden]'],
		[
			'a JWT',
			'token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln_-x expired',
			'token [hidden] expired',
		],
		[
			'a long opaque token',
			'group 0123456789abcdef0123456789abcdef not found',
			'group [hidden] not found',
		],
		['a field of JSON', '{"api_key":"shortone","n":1}', '{"api_key":"[hidden]","n":1}'],
		[
			'a password in a URL',
			'http://me:pw@proxy.example:8080/',
			'http://[hidden]proxy.example:8080/',
		],
	])('hides or keeps %s', (_, text, expected) => {
		expect(redactSecrets(text)).toBe(expected);
	});

	test.each([
		['plain', KEY],
		['in another case', KEY.toLowerCase()],
		['percent-encoded', encodeURIComponent(KEY)],
		['base64', Buffer.from(KEY).toString('base64').replace(/=+$/, '')],
		['base64url', Buffer.from(KEY).toString('base64url')],
		['JSON-escaped', JSON.stringify(KEY).slice(1, -1)],
		['JSON in JSON', JSON.stringify(JSON.stringify(KEY).slice(1, -1)).slice(1, -1)],
		['percent-encoded wholly', percent(KEY)],
		['percent-encoded in small letters', percent(KEY).toLowerCase()],
		['percent-encoded twice', encodeURIComponent(encodeURIComponent(KEY))],
		['as HTML entities', KEY.replace(/[+/"]/g, (each) => `&#${each.charCodeAt(0)};`)],
		[
			'as HTML entities in hex',
			[...KEY].map((each) => `&#x${each.charCodeAt(0).toString(16)};`).join(''),
		],
		[
			'as named HTML entities',
			KEY.replace('/', '&sol;').replace('+', '&plus;').replace('"', '&quot;'),
		],
		[
			'as escapes of a program',
			[...KEY].map((each) => `\\u00${each.charCodeAt(0).toString(16)}`).join(''),
		],
		['in hex', Buffer.from(KEY).toString('hex')],
		['its beginning', KEY.slice(0, 12)],
		['a piece of it, percent-encoded', percent(KEY.slice(4, 14))],
		['its end', KEY.slice(-9)],
		['masked in the middle', `${KEY.slice(0, 3)}****${KEY.slice(-4)}`],
		['masked with dots', `…${KEY.slice(-4)}`],
	])('hides a given secret %s', (_, form) => {
		expect(redactSecrets(`the key <${form}> is wrong`, [KEY])).toBe('the key <[hidden]> is wrong');
	});

	test.each(['Bearer ', 'me:', 'x', ''])(
		'base64 of the key behind %j shows nothing of it',
		(before) => {
			const echo = Buffer.from(`${before}${KEY}`).toString('base64');
			const clean = redactSecrets(`got ${echo}.`, [KEY]);
			expect(clean).toMatch(/^got \w{0,12}\[hidden\]=*\.$|^got \w{0,12}\[hidden\]\w?=*\.$/);
			expect(Buffer.from(clean.split(' ')[1] ?? '', 'base64').toString()).not.toContain(
				KEY.slice(0, 6),
			);
		},
	);

	test('hides odd secrets: a word, a blank inside, other scripts', () => {
		expect(redactSecrets('got hunter2 from you', ['hunter2'])).toBe('got [hidden] from you');
		expect(redactSecrets('got my own pass phrase here', ['my own pass phrase'])).toBe(
			'got [hidden] here',
		);
		expect(redactSecrets('got pässwörtchen here', ['pässwörtchen'])).toBe('got [hidden] here');
	});

	test('leaves text alone that only shares letters with the secret', () => {
		expect(redactSecrets('İ said: the model is unknown', ['the-mode-less'])).toBe(
			'İ said: the model is unknown',
		);
		expect(redactSecrets('abc', ['abc'])).toBe('abc');
	});

	test('no piece of 8 characters of any secret is left in any text', () => {
		const secret = fc.string({ minLength: 8, maxLength: 40 });
		fc.assert(
			fc.property(fc.string(), secret, fc.string(), (before, key, after) => {
				const rest = redactSecrets(`${before}${key}${after}`, [key]).replaceAll(
					'[hidden]',
					'\n\n\n\n\n\n\n\n',
				);
				for (let at = 0; at + 8 <= key.length; at += 1)
					expect(rest).not.toContain(key.slice(at, at + 8));
			}),
		);
	});

	test.each([
		['a', 'a'.repeat(200_000)],
		['eyJ', 'eyJa'.repeat(50_000)],
		['stars', '*'.repeat(200_000)],
		['x', 'ab-'.repeat(60_000)],
	])('is done at once with 200,000 characters: %s', (_, text) => {
		expect(redactSecrets(text, [KEY]).length).toBeLessThanOrEqual(text.length);
	});
});
