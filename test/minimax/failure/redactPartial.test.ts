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
