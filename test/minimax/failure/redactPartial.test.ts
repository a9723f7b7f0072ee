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

	test('hides it as base64, percent-encoded, cut and masked', () => {
		const forms = [
			Buffer.from(KEY).toString('base64'),
			encodeURIComponent(KEY),
			KEY.slice(0, 12),
			`${KEY.slice(0, 7)}****${KEY.slice(-4)}`,
		];
		for (const form of forms) {
			const partial = { content: form, reasoning: null, usage, id: null, model: null };
			expect(redactPartial(partial, [KEY]).content).toMatch(/^(?:\[hidden\]=*)+$/);
		}
	});

	test('keeps the rest of the answer, also what looks like a key', () => {
		const content =
			'{"sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "password": "tulip"}';
		const partial = { content, reasoning: '', usage, id: null, model: 'm' };
		expect(redactPartial(partial, [KEY])).toEqual(partial);
	});
});
