import { checkTurn } from '../../nodes/LmChatMiniMax/checkTurn';
import { FailureError, type Failure } from '../../nodes/minimax/failure/failure';
import { normalizeCompletion } from '../../nodes/minimax/reply/normalizeCompletion';
import type { WireCompletion } from '../../nodes/minimax/wireTypes';

const KEY = 'sk-api-Qw8rT2yUiOpAsDfGhJkLzXcVbNm41';

interface Said {
	content?: string;
	reasoning_content?: string;
	refusal?: string;
	calls?: Array<[name: string, text: string]>;
	finish?: string;
	/** Fields of the completion. */
	more?: WireCompletion;
}

function check({ content = '', calls, finish = 'stop', more, ...message }: Said): void {
	const toolCalls = calls?.map(([name, text], index) => ({
		id: `${index}`,
		function: { name, arguments: text },
	}));
	const wire = {
		id: 'c1',
		choices: [
			{
				finish_reason: finish,
				message: {
					role: 'assistant',
					content,
					...(toolCalls && { tool_calls: toolCalls }),
					...message,
				},
			},
		],
		usage: { prompt_tokens: 5, completion_tokens: 3, total_tokens: 8 },
		...more,
	};
	checkTurn(normalizeCompletion(wire, { openerMayBeMissing: false }), [KEY]);
}

function failureOf(said: Said): Failure {
	try {
		check(said);
	} catch (error) {
		if (error instanceof FailureError) return error.failure;
		throw error;
	}
	throw new Error('Nothing was turned away');
}

describe('passes on', () => {
	it.each<[string, Said]>([
		['words', { content: 'Nine.' }],
		['words that were cut', { content: 'Ni', finish: 'length' }],
		['words that were filtered', { content: 'Ni', finish: 'content_filter' }],
		['a call', { calls: [['lookup', '{"chart": 12}']] }],
		[
			'calls without arguments',
			{
				calls: [
					['lookup', ''],
					['lookup', ' '],
					['lookup', '{}'],
				],
			},
		],
		['a call that came whole before the cut', { calls: [['lookup', '{}']], finish: 'length' }],
		['a call beside a blank', { content: '\n', calls: [['lookup', '{}']] }],
	])('%s', (_what, said) => {
		expect(() => check(said)).not.toThrow();
	});
});

describe('arguments that are no object', () => {
	it.each(['{"chart": ', '[1]', 'null', '"a"', '7', 'chart: 12'])(
		'%s are asked for again',
		(text) => {
			expect(
				failureOf({
					calls: [
						['first', '{}'],
						['lookup', text],
					],
				}),
			).toMatchObject({
				kind: 'reply-broken',
				message: 'The model called the tool lookup with broken arguments',
				description:
					'Run the workflow again. If it happens often, simplify the parameters of the tool.',
				retryable: true,
				requestId: 'c1',
			});
		},
	);

	it('are not, where they were cut off', () => {
		expect(failureOf({ calls: [['lookup', '{"chart": ']], finish: 'length' })).toMatchObject({
			kind: 'reply-broken',
			message: "The call of the tool lookup was cut off by 'Max Tokens'",
			description: "Raise 'Max Tokens' in the options of the model; thinking counts against it.",
			retryable: false,
		});
	});
});

describe('a turn that says nothing says why', () => {
	it.each<[Said, Partial<Failure>]>([
		[
			{},
			{
				kind: 'reply-broken',
				message: 'The model stopped without a word',
				description:
					'Run the workflow again. If it happens often, choose another model or shorten the conversation.',
				retryable: true,
			},
		],
		[
			{ content: ' \n', reasoning_content: 'Hm.' },
			{
				kind: 'reply-broken',
				message: 'The model stopped behind its thinking, without an answer',
				retryable: true,
			},
		],
		[
			{ finish: 'length', reasoning_content: 'Hm.' },
			{
				kind: 'reply-broken',
				message: "All of 'Max Tokens' went into thinking, and none was left for the answer",
				description: "Raise 'Max Tokens' in the options of the model; thinking counts against it.",
				retryable: false,
			},
		],
		[
			{ finish: 'content_filter' },
			{
				kind: 'content-rejected',
				message: 'The content filter of the API held the answer back',
				description:
					'Change what the model is asked, what its tools gave it, or choose another model.',
				retryable: false,
			},
		],
		[
			{ refusal: 'I cannot help with that.' },
			{
				kind: 'content-rejected',
				message: 'The model refused to answer: “I cannot help with that.”',
				retryable: false,
			},
		],
	])('%j', (said, failure) => {
		expect(failureOf(said)).toMatchObject(failure);
	});

	it.each([
		['the answer', { output_sensitive: true, output_sensitive_type: 3 }],
		['the question', { input_sensitive: true, input_sensitive_type: 3 }],
	])('with the label that the API gave %s', (_what, more) => {
		expect(failureOf({ more })).toMatchObject({
			kind: 'content-rejected',
			message: expect.stringMatching(
				/^The content filter of the API held the answer back \([^)]+\)$/,
			),
		});
	});
});

it('a turn that fails has no ID where the API gave none', () => {
	expect(failureOf({ more: { id: undefined } }).requestId).toBeNull();
});

it('a call that the server gave as text is none, and would be text again', () => {
	expect(
		failureOf({
			content: '<minimax:tool_call><invoke name="lookup"></invoke></minimax:tool_call>',
		}),
	).toMatchObject({
		kind: 'reply-broken',
		message: "The server gave the model's tool call as text, which no agent can run",
		description: expect.stringContaining('--tool-call-parser minimax_m2'),
		retryable: false,
	});
});

it('the key goes out with no part of it', () => {
	const failure = failureOf({
		content: `echo ${KEY}`,
		calls: [[`tool ${KEY}`, '{']],
		more: { id: KEY },
	});
	expect(failure).toMatchObject({
		message: 'The model called the tool tool [hidden] with broken arguments',
		requestId: '[hidden]',
		partial: { content: 'echo [hidden]', usage: { totalTokens: 8 } },
	});
	expect(JSON.stringify(failure)).not.toContain(KEY);
});
