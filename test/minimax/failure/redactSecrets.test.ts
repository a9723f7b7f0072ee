import fc from '../../support/fastCheck';
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

describe('how much of a secret gives it away', () => {
	// Nothing in it looks like a key by itself.
	const secret = 'ab cd ef gh ij kl mn op';
	const clean = (text: string) => redactSecrets(text, [secret]);

	test('eight characters in a row do, seven do not', () => {
		expect(clean('<d ef gh >')).toBe('<[hidden]>');
		expect(clean('<d ef gh>')).toBe('<d ef gh>');
	});

	test('a secret of four characters does, one of three is a word', () => {
		expect(redactSecrets('<a cd>', ['a cd'])).toBe('<[hidden]>');
		expect(redactSecrets('<a c>', ['a c'])).toBe('<a c>');
		expect(redactSecrets('<A CD>', ['a cd'])).toBe('<[hidden]>');
	});

	test('two ends of it around a mask do, one character does not', () => {
		expect(clean('<ab****>')).toBe('<[hidden]>');
		expect(clean('<****op>')).toBe('<[hidden]>');
		expect(clean('<ab c**n op>')).toBe('<[hidden]>');
		expect(clean('<a****p>')).toBe('<a****p>');
		expect(clean('<x****y>')).toBe('<x****y>');
		expect(clean('<ab..op>')).toBe('<ab..op>');
		expect(clean('<ab...op>')).toBe('<[hidden]>');
		expect(clean('<abXXXXop>')).toBe('<[hidden]>');
		expect(clean('<abXXXop>')).toBe('<abXXXop>');
		expect(clean('<ab••op>')).toBe('<[hidden]>');
	});

	test('each mask in a text counts by itself', () => {
		expect(clean('first ab**, then xy**, last **op.')).toBe(
			'first [hidden], then xy**, last [hidden].',
		);
		expect(clean('ab**ab**')).toBe('[hidden][hidden]');
	});

	test('a mask shows up to the whole of a short secret', () => {
		expect(redactSecrets('<ab c**>', ['ab c'])).toBe('<[hidden]>');
		expect(redactSecrets('<**ab c>', ['ab c'])).toBe('<[hidden]>');
	});

	test('two pieces side by side are hidden as one, two apart as two', () => {
		expect(clean('<ab cd efgh ij kl>')).toBe('<[hidden]>');
		expect(clean('<ab cd ef, gh ij kl>')).toBe('<[hidden],[hidden]>');
		expect(clean('ab cd ef')).toBe('[hidden]');
	});

	test('also escaped three times, and once more as a form of its own, but no deeper', () => {
		const wrap = (depth: number) =>
			Array.from({ length: depth }).reduce<string>(encodeURIComponent, secret);
		for (const depth of [0, 1, 2, 3, 4]) expect(clean(`<${wrap(depth)}>`)).toBe('<[hidden]>');
		expect(clean(`<${wrap(5)}>`)).toBe(`<${wrap(5)}>`);
	});

	test('at the end of a text as in its middle', () => {
		for (const form of [secret, encodeURIComponent(secret), secret.replaceAll(' ', '&#32;')]) {
			expect(clean(form)).toBe('[hidden]');
			expect(clean(`${form}!`)).toBe('[hidden]!');
		}
	});
});

describe('how a secret may be written', () => {
	// Each byte of it is another one in base64 and in hex.
	const secret = 'ÿþ?>~\u0001-key';

	test.each([
		['hex', Buffer.from(secret).toString('hex')],
		['base64', Buffer.from(secret).toString('base64')],
		['base64url', Buffer.from(secret).toString('base64url')],
		['percent-encoded', encodeURIComponent(secret)],
	])('%s', (_, form) => {
		expect(redactSecrets(`<${form}>`, [secret])).toMatch(/^<\[hidden\]=*>$/);
	});

	test.each([1, 2, 3, 4, 5])('base64 behind %d other bytes', (shift) => {
		const form = Buffer.from('.'.repeat(shift) + secret).toString('base64');
		const rest = redactSecrets(`<${form}>`, [secret]).replaceAll('[hidden]', '');
		// What the bytes in front come to, and what two at the ends share with them.
		expect(rest.replace(/[<>=]/g, '').length).toBeLessThanOrEqual(Math.ceil((shift * 8) / 6) + 1);
	});

	test('half of a character that takes two', () => {
		expect(redactSecrets('<\ud83d-key-1>', ['\ud83d-key-1'])).toBe('<[hidden]>');
	});
});

describe('entities', () => {
	test.each([
		['&AMP;', 'pass&word'],
		['&amp;', 'pass&word'],
		['&lowbar;', 'pass_word'],
		['&#38', 'pass&word'],
		['&#0038;', 'pass&word'],
		['&#x26', 'pass&word'],
		['&#x10ffff;', 'pass\u{10ffff}word'],
	])('%s stands for what it names', (entity, secret) => {
		expect(redactSecrets(`<pass${entity}word>`, [secret])).toBe('<[hidden]>');
	});

	test.each(['&nothing;', '&#x110000;', '&#9999999;', '&;'])('%s stands for itself', (entity) => {
		expect(redactSecrets(`<pass${entity}word>`, ['pass&word'])).toBe(`<pass${entity}word>`);
	});
});
