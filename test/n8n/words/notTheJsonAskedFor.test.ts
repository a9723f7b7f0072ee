import type { Completion } from '../../../nodes/minimax/completion';
import { notTheJsonAskedFor } from '../../../nodes/n8n/words/notTheJsonAskedFor';
import { readJsonAnswer } from '../../../nodes/minimax/jsonAnswer/readJsonAnswer';
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

function failureOf(given: Completion, secrets: string[] = []) {
	const answer = readJsonAnswer(given.content, closed, given.finishReason);
	if (answer.ok) throw new Error('The answer is right');
	return notTheJsonAskedFor(given, answer, secrets);
}

describe('notTheJsonAskedFor', () => {
	test('gives the answer along, and the key nowhere', () => {
		const failure = failureOf({ ...completion, id: KEY }, [KEY]);
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
		expect(failure.description).toContain('[hidden]');
		expect(failure.description).toContain(". Turn on the option 'Repair JSON'");
		expect(JSON.stringify(failure)).not.toContain(KEY);
		expect(failure.partial).not.toHaveProperty('json');
	});

	test('quotes names of the answer as they are, dots and short keys included', () => {
		const answer = { ok: false, reasons: ['sk...: no', 'EMPTY: no'], isCut: false } as const;
		const { description } = notTheJsonAskedFor(
			completion,
			{ ...answer, reasons: [...answer.reasons] },
			[KEY, 'EMPTY'],
		);
		expect(description).toMatch(/^sk\.\.\.: no\. EMPTY: no\. /);
	});

	test("a cut answer asks for more 'Max Tokens', and gives along what is certain of it", () => {
		const cut = { ...completion, content: `{"a": "${KEY}", "b": [1, 2`, finishReason: 'length' };
		expect(failureOf(cut, [KEY])).toMatchObject({
			message: "The answer was cut off by 'Max Tokens' before its JSON was complete",
			description:
				"The JSON in the answer does not end. Raise 'Max Tokens'. With 'On Error' set to Continue, what the model wrote is kept in details.partial.content of the item, and what is certain of the JSON in details.partial.json.",
			partial: { content: '{"a": "[hidden]", "b": [1, 2', json: { a: '[hidden]', b: [1] } },
		});
	});

	test('a whole answer that does not match is not called cut off', () => {
		expect(failureOf({ ...completion, content: '{"a": 1}', finishReason: 'length' }).message).toBe(
			'The answer is not the JSON that was asked for',
		);
	});

	const KEPT =
		"With 'On Error' set to Continue, what the model wrote is kept in details.partial.content of the item";

	test.each<[string, Parameters<typeof notTheJsonAskedFor>[1], string, string]>([
		[
			'several columns that are wrong',
			{ ok: false, reasons: ['The column a is 7', 'The column b is 8'], isCut: false },
			'The column a is 7',
			`The column b is 8. Turn on the option 'Repair JSON', say in the column's Description what belongs there, or turn its Required off where there may be nothing. ${KEPT}.`,
		],
		[
			'no reason at all',
			{ ok: false, reasons: [], isCut: false },
			'The answer holds none of the columns',
			`Turn on the option 'Repair JSON', say in the column's Description what belongs there, or turn its Required off where there may be nothing. ${KEPT}.`,
		],
		[
			'an answer that was cut off',
			{ ok: false, reasons: ['The JSON does not end'], isCut: true },
			"The answer was cut off by 'Max Tokens' before its columns were complete",
			`The JSON does not end. Raise 'Max Tokens'. ${KEPT}.`,
		],
		[
			'what is certain of one',
			{ ok: false, reasons: ['The JSON does not end'], isCut: true, certain: { a: 1 } },
			"The answer was cut off by 'Max Tokens' before its columns were complete",
			`The JSON does not end. Raise 'Max Tokens'. ${KEPT}, and what is certain of the JSON in details.partial.json.`,
		],
	])('says of columns what is wrong with the first: %s', (_what, answer, message, description) => {
		const failure = notTheJsonAskedFor(completion, answer, [], 'columns');
		expect(failure).toMatchObject({
			message,
			description,
			partial: { content: completion.content },
		});
	});

	test('quotes no key in the name of a column', () => {
		const answer = { ok: false, reasons: [`The column ${KEY} is 7`], isCut: false } as const;
		const { message } = notTheJsonAskedFor(
			completion,
			{ ...answer, reasons: [...answer.reasons] },
			[KEY],
			'columns',
		);
		expect(message).toBe('The column [hidden] is 7');
	});

	test('tells all of an answer in JSON', () => {
		const answer = { ok: false, reasons: ['a: no', 'b: no'], isCut: false } as const;
		expect(
			notTheJsonAskedFor(completion, { ...answer, reasons: [...answer.reasons] }).description,
		).toBe(
			`a: no. b: no. Turn on the option 'Repair JSON', say in a message what the JSON should look like, or simplify 'JSON Schema'. ${KEPT}.`,
		);
	});
});
