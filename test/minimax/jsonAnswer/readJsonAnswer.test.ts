import type { Completion } from '../../../nodes/minimax/completion';
import {
	notTheJsonAskedFor,
	readJsonAnswer,
} from '../../../nodes/minimax/jsonAnswer/readJsonAnswer';
import { readSchema } from '../../../nodes/minimax/jsonAnswer/readSchema';

const KEY = 'sk-api-Qw8rT2yUiOpAsDfGhJkLzXcVbNm41';
const usage = {
	promptTokens: 1,
	completionTokens: 2,
	reasoningTokens: null,
	cachedTokens: null,
	totalTokens: 3,
};
const completion: Completion = {
	id: 'i',
	model: 'm',
	content: `{"${KEY}": 1}`,
	reasoning: `The key is ${KEY}`,
	finishReason: 'stop',
	toolCalls: [],
	usage,
	moderation: null,
	message: {},
	wire: {},
};
const closed = readSchema({ type: 'object', additionalProperties: false });

describe('readJsonAnswer', () => {
	test('a value that matches', () => {
		expect(readJsonAnswer('{}', closed)).toEqual({ ok: true, value: {} });
		expect(readJsonAnswer('7')).toEqual({ ok: true, value: 7 });
	});

	test('five reasons at most', () => {
		const answer = readJsonAnswer('{"a":1,"b":1,"c":1,"d":1,"e":1,"f":1}', closed);
		expect(answer).toEqual({
			ok: false,
			reasons: ['a', 'b', 'c', 'd', 'e'].map(
				(name) => `the whole value: Property "${name}" does not match additional properties schema`,
			),
		});
	});

	test('a value that the validator gives up at is no match, and no exception', () => {
		expect(readJsonAnswer('{"\\ud800": 1}', closed)).toEqual({
			ok: false,
			reasons: ["The value cannot be checked against 'JSON Schema': URI malformed"],
		});
	});
});

describe('notTheJsonAskedFor', () => {
	test('gives the answer along, and the key nowhere', () => {
		const answer = readJsonAnswer(completion.content, closed);
		const reasons = answer.ok ? [] : answer.reasons;
		const failure = notTheJsonAskedFor({ ...completion, id: KEY }, reasons, [KEY]);
		expect(failure).toMatchObject({
			kind: 'reply-broken',
			message: 'The answer is not the JSON that was asked for',
			requestId: '[hidden]',
			retryable: false,
			partial: {
				content: '{"[hidden]": 1}',
				reasoning: 'The key is [hidden]',
				usage,
				id: '[hidden]',
				model: 'm',
			},
		});
		expect(failure.description).toMatch(
			/^the whole value: Property "\[hidden\]" does not match additional properties schema\. Turn on/,
		);
		expect(JSON.stringify(failure)).not.toContain(KEY);
	});

	test('quotes names of the answer as they are, dots and short keys included', () => {
		const reasons = ['sk...: no', 'EMPTY: no'];
		const { description } = notTheJsonAskedFor(completion, reasons, [KEY, 'EMPTY']);
		expect(description).toMatch(/^sk\.\.\.: no\. EMPTY: no\. /);
	});

	test("a cut answer asks for more 'Max Tokens', not for a repair", () => {
		const cut = { ...completion, content: '{"a": ', finishReason: 'length' };
		expect(notTheJsonAskedFor(cut, ['The JSON in the answer is broken'])).toMatchObject({
			message: "The answer was cut off by 'Max Tokens' before its JSON was complete",
			description:
				"The JSON in the answer is broken. Raise 'Max Tokens'. With 'On Error' set to Continue, what the model wrote is kept in details.partial.content of the item.",
		});
	});
});
