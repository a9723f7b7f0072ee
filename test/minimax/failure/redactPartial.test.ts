import { redactPartial } from '../../../nodes/minimax/failure/redactPartial';

const KEY = 'sk-api-Qw8rT2yUiOpAsDfGhJkLzXcVbNm41';
const usage = {
	promptTokens: 1,
	completionTokens: 2,
	reasoningTokens: null,
	cachedTokens: null,
	totalTokens: 3,
};

describe('redactPartial', () => {
	test('hides the key in every text', () => {
		const echo = `before Bearer ${KEY} after`;
		const partial = { content: echo, reasoning: echo, usage, id: KEY, model: `m-${KEY}` };
		expect(redactPartial(partial, [KEY])).toEqual({
			content: 'before Bearer [hidden] after',
			reasoning: 'before Bearer [hidden] after',
			usage,
			id: '[hidden]',
			model: 'm-[hidden]',
		});
	});

	const contentOf = (content: string, ...secrets: string[]) =>
		redactPartial({ content, reasoning: null, usage, id: null, model: null }, secrets).content;

	test('hides it in whatever form it is written', () => {
		const key = 'sk-cp-9fT/2+x"Qz81kLmN';
		const forms = [
			Buffer.from(key).toString('base64'),
			encodeURIComponent(key),
			JSON.stringify(key).slice(1, -1),
			JSON.stringify(JSON.stringify(key).slice(1, -1)).slice(1, -1),
		];
		for (const form of forms) expect(contentOf(form, key)).toMatch(/^\[hidden\]=*$/);
	});

	test.each([
		['an ellipsis behind two letters of the key', 'I ask... and you risk…xx', KEY],
		['the beginning of the key', `A key begins with ${KEY.slice(0, 12)}.`, KEY],
		['the key in another case', KEY.toLowerCase(), KEY],
		['words that are the key of a server without keys', 'The list is EMPTY, empty: none', 'EMPTY'],
		['words inside of others', 'nonetheless', 'none'],
		['a key of 15 characters', 'not-needed-here', 'not-needed-here'],
	])('keeps %s', (_, content, key) => {
		expect(contentOf(content, key)).toBe(content);
	});

	test('is done at once with a megabyte', () => {
		const content = KEY.slice(0, -1).repeat(30_000);
		expect(contentOf(content, KEY)).toBe(content);
	});

	test('keeps the rest of the answer, also what looks like a key', () => {
		const content =
			'{"sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "password": "tulip"}';
		const partial = { content, reasoning: '', usage, id: null, model: 'm' };
		expect(redactPartial(partial, [KEY])).toEqual(partial);
	});
});

test.each([
	['percent-encoded', encodeURIComponent(`${KEY}/+`).replace('%2F%2B', '')],
	[
		'percent-encoded wholly',
		[...KEY].map((each) => `%${each.charCodeAt(0).toString(16)}`).join(''),
	],
	['as HTML entities', [...KEY].map((each) => `&#${each.charCodeAt(0)};`).join('')],
	['as HTML entities in part', KEY.replace('-', '&#x2D;')],
	['as escapes of a program', KEY.replaceAll('-', '\\u002d')],
])('hides the key %s in an answer', (_name, form) => {
	const partial = { content: `It is ${form}.`, reasoning: null, usage, id: null, model: null };
	expect(redactPartial(partial, [KEY]).content).toBe('It is [hidden].');
});

describe('JSON that was cut', () => {
	const partialWith = (json: unknown) =>
		redactPartial({ content: '', reasoning: null, usage, id: null, model: null, json }, [KEY]);

	test.each<[unknown, unknown]>([
		[{ a: [1, null, 'x'] }, { a: [1, null, 'x'] }],
		[{ [KEY]: `of ${KEY}` }, { '[hidden]': 'of [hidden]' }],
		[[], []],
		[null, null],
		[0, 0],
	])('%j goes along as %j', (json, clean) => {
		expect(partialWith(json)).toHaveProperty('json', clean);
	});

	test('is not there where none was', () => {
		expect(partialWith(undefined)).not.toHaveProperty('json');
	});
});

describe('a key in an answer', () => {
	const contentOf = (content: string, secret: string) =>
		redactPartial({ content, reasoning: null, usage, id: null, model: null }, [secret]).content;

	test('is hidden from 16 characters on', () => {
		expect(contentOf('Say abcdefgh12345678.', 'abcdefgh12345678')).toBe('Say [hidden].');
		expect(contentOf('Say abcdefgh1234567.', 'abcdefgh1234567')).toBe('Say abcdefgh1234567.');
	});

	test('is hidden as often as it stands there, escaped in other ways each time', () => {
		const secret = 'abcd/efgh.ijkl-mnop';
		const forms = [secret, secret.replace('/', '\\/'), secret.replace('/', '%2f')];
		expect(contentOf(forms.join(' '), secret)).toBe('[hidden] [hidden] [hidden]');
	});

	test('is hidden where a backslash is part of it', () => {
		const secret = 'abcd\\efgh\\ijkl\\mnop';
		expect(contentOf(`<${secret}>`, secret)).toBe('<[hidden]>');
		expect(contentOf(`<${JSON.stringify(secret).slice(1, -1)}>`, secret)).toBe('<[hidden]>');
		expect(contentOf(`<${secret.replaceAll('\\', '&#92;')}>`, secret)).toBe('<[hidden]>');
	});

	test.each([
		['a point in it stands for a point only', 'abcd.efgh.ijkl.mnop', 'abcdxefghxijklxmnop'],
		['a group in it is none', 'abcd(efgh)ijkl+mnop', 'abcdefghijkllmnop'],
	])('%s', (_, secret, other) => {
		expect(contentOf(`${secret} ${other}`, secret)).toBe(`[hidden] ${other}`);
	});

	test.each([
		['in another script', 'schlüssel-größe-42'],
		['beyond 16 bits', 'key-\u{1f511}-of-the-house'],
	])('is hidden %s, by number too', (_, secret) => {
		const numbers = [...secret].map((each) => `&#x${each.codePointAt(0)?.toString(16)};`).join('');
		expect(contentOf(`${secret} ${numbers}`, secret)).toBe('[hidden] [hidden]');
	});
});
