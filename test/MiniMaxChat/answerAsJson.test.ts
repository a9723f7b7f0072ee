import type { Completion } from '../../nodes/minimax/completion';
import { compileColumns } from '../../nodes/minimax/columns/compileColumns';
import {
	FailureError,
	failureOf,
	NotSentError,
	type FailureKind,
} from '../../nodes/minimax/failure/failure';
import { readSchema } from '../../nodes/minimax/jsonAnswer/readSchema';
import { normalizeCompletion } from '../../nodes/minimax/reply/normalizeCompletion';
import type { WireRequest } from '../../nodes/minimax/wireTypes';
import { answerAsJson, readAnswer, type Ask } from '../../nodes/MiniMaxChat/answerAsJson';
import { partly } from '../support/partly';

type Item = Parameters<typeof answerAsJson>[1];

const body: WireRequest = { model: 'MiniMax-M3', messages: [{ role: 'user', content: 'Count.' }] };
const schema = readSchema({ type: 'object', properties: { a: { type: 'number' } } });
const calls = [{ id: 'a', type: 'function', function: { name: 'look', arguments: '{}' } }];

function says(content: string, { finish = 'stop', tokens = 2, tool_calls = [] as object[] } = {}) {
	const message = { role: 'assistant', content, ...(tool_calls.length > 0 && { tool_calls }) };
	return normalizeCompletion(
		{
			id: 'c1',
			choices: [{ finish_reason: finish, message }],
			usage: { prompt_tokens: 1, completion_tokens: tokens, total_tokens: tokens + 1 },
		},
		{ openerMayBeMissing: false },
	);
}

interface Case {
	/** What each request comes to. */
	replies?: Array<Completion | Error>;
	left?: Completion;
	repairJson?: unknown;
	hasWritten?: boolean;
	format?: 'json' | 'columns' | 'text';
}

async function answer({ replies = [], left, repairJson, hasWritten, format = 'json' }: Case) {
	const sent: WireRequest[] = [];
	const drafts: string[] = [];
	const columns =
		format === 'columns' ? compileColumns({ values: [{ name: 'a', type: 'number' }] }) : undefined;
	const prepared = {
		body,
		columns,
		schema: columns?.schema ?? schema,
		settings: { responseFormat: format, options: { repairJson } },
	};
	const ask: Ask = async (request, read) => {
		sent.push(request);
		const reply = replies.shift();
		if (reply === undefined || reply instanceof Error) throw reply ?? new Error('asked too often');
		return read(reply);
	};
	const item = { prepared, live: hasWritten === undefined ? undefined : { hasWritten } };
	const outcome = await answerAsJson(ask, partly<Item>(item), [], {
		left,
		keep: ({ content }) => drafts.push(`keep ${content}`),
		drop: ({ content }) => drafts.push(`drop ${content}`),
	}).catch((error: unknown) => error);
	return { outcome, sent, drafts };
}

const failureIn = (outcome: unknown) =>
	outcome instanceof FailureError ? outcome.failure : outcome;

describe('the answer', () => {
	it('is the JSON that was asked for', async () => {
		const reply = says('{"a": 1}');
		const { outcome, sent, drafts } = await answer({ replies: [reply], repairJson: true });
		expect(outcome).toEqual({ completion: reply, parsed: { json: { a: 1 } } });
		expect(sent).toEqual([body]);
		expect(drafts).toEqual([]);
	});

	it.each(['', '\n'])('of calls beside %j is not there yet', async (content) => {
		const reply = { ...says('', { tool_calls: calls }), content };
		expect((await answer({ replies: [reply], repairJson: true })).outcome).toEqual({
			completion: reply,
		});
	});

	it('beside calls counts', async () => {
		const reply = says('{"a": 1}', { tool_calls: calls });
		expect((await answer({ replies: [reply] })).outcome).toEqual({
			completion: reply,
			parsed: { json: { a: 1 } },
		});
		const other = says('Let me look.', { tool_calls: calls });
		expect(failureIn((await answer({ replies: [other] })).outcome)).toMatchObject({
			kind: 'reply-broken',
		});
	});

	it('that a run has left is read without asking', async () => {
		const left = says('{"a": 1}');
		const { outcome, sent } = await answer({ left });
		expect(outcome).toEqual({ completion: left, parsed: { json: { a: 1 } } });
		expect(sent).toEqual([]);
	});
});

describe('one that is not the JSON asked for', () => {
	it.each<[string, Case, string]>([
		[
			'fails where it is empty',
			{ replies: [says('')] },
			'The answer is not the JSON that was asked for',
		],
		['fails', { replies: [says('Nine.')] }, 'The answer is not the JSON that was asked for'],
		[
			'fails also where the option is no flag',
			{ replies: [says('Nine.')], repairJson: 'true' },
			'The answer is not the JSON that was asked for',
		],
		[
			'fails where a listener has heard it',
			{ replies: [says('Nine.')], repairJson: true, hasWritten: true },
			'The answer is not the JSON that was asked for',
		],
		[
			'fails where it was cut off',
			{ replies: [says('{"a": ', { finish: 'length' })], repairJson: true },
			"The answer was cut off by 'Max Tokens' before its JSON was complete",
		],
		[
			'fails in the words of columns',
			{ replies: [says('{"a": ', { finish: 'length' })], format: 'columns' },
			"The answer was cut off by 'Max Tokens' before its columns were complete",
		],
	])('%s', async (_what, given, message) => {
		const { outcome, sent, drafts } = await answer(given);
		expect(failureIn(outcome)).toMatchObject({ kind: 'reply-broken', message });
		expect(sent).toHaveLength(1);
		expect(drafts).toEqual([]);
	});

	it.each([undefined, false])('is repaired, at the cost of both: heard %s', async (hasWritten) => {
		const [first, second] = [says('Nine.'), says('{"a": 9}', { tokens: 5 })];
		const { outcome, sent, drafts } = await answer({
			replies: [first, second],
			repairJson: true,
			hasWritten,
		});
		expect(outcome).toEqual({
			completion: {
				...second,
				usage: { ...second.usage, promptTokens: 2, completionTokens: 7, totalTokens: 9 },
			},
			parsed: { json: { a: 9 } },
		});
		expect(sent[1]?.messages.slice(0, 2)).toEqual([
			body.messages[0],
			{ role: 'assistant', content: 'Nine.' },
		]);
		expect(JSON.stringify(sent[1]?.messages[2])).toContain('The answer holds no JSON');
		expect(drafts).toEqual(['keep Nine.', 'drop Nine.']);
	});

	it('is repaired from where an earlier run has left it', async () => {
		const { outcome, sent, drafts } = await answer({
			left: says('Nine.'),
			replies: [says('{"a": 9}')],
			repairJson: true,
		});
		expect(outcome).toMatchObject({ parsed: { json: { a: 9 } } });
		expect(sent).toHaveLength(1);
		expect(drafts).toEqual(['keep Nine.', 'drop Nine.']);
	});

	it('is repaired once', async () => {
		const replies = [says('Nine.'), says('Ten.', { tokens: 5 })];
		const { outcome, sent, drafts } = await answer({ replies, repairJson: true });
		expect(failureIn(outcome)).toMatchObject({
			message: 'The answer is not the JSON that was asked for',
			partial: { content: 'Ten.', usage: { totalTokens: 9 } },
		});
		expect(sent).toHaveLength(2);
		expect(drafts).toEqual(['keep Nine.', 'drop Nine.']);
	});

	it('is repaired for columns in their words', async () => {
		const { outcome } = await answer({
			replies: [says('Nine.'), says('{"a": ', { finish: 'length' })],
			repairJson: true,
			format: 'columns',
		});
		expect(failureIn(outcome)).toMatchObject({
			message: "The answer was cut off by 'Max Tokens' before its columns were complete",
		});
	});
});

describe('a repair that fails', () => {
	const texts = { message: 'It failed', description: 'Wait.' };
	const repair = async (error: Error) =>
		await answer({ replies: [says('Nine.'), error], repairJson: true });

	it.each<[FailureKind, boolean]>([
		['content-rejected', true],
		['request-invalid', true],
		['server-fault', false],
		['rate-limited', false],
	])('as %s leaves the draft, unless it would be refused again: %s', async (kind, isDropped) => {
		const { outcome, drafts } = await repair(new FailureError(failureOf({ kind, ...texts })));
		expect(failureIn(outcome)).toMatchObject({ kind, message: 'It failed' });
		expect(outcome).not.toBeInstanceOf(NotSentError);
		// The first answer was paid for.
		expect(failureIn(outcome)).toMatchObject({
			partial: { content: 'Nine.', usage: { totalTokens: 3 } },
		});
		expect(drafts).toEqual(isDropped ? ['keep Nine.', 'drop Nine.'] : ['keep Nine.']);
	});

	it('as it was not sent leaves the draft, and stays one that was not sent', async () => {
		const { outcome, drafts } = await repair(
			new NotSentError(failureOf({ kind: 'request-invalid', ...texts })),
		);
		expect(outcome).toBeInstanceOf(NotSentError);
		expect(failureIn(outcome)).toMatchObject({ partial: { content: 'Nine.' } });
		expect(drafts).toEqual(['keep Nine.']);
	});

	it('with a part of its answer keeps that', async () => {
		const partial = { ...says('Te'), content: 'Te' };
		const error = new FailureError(failureOf({ kind: 'connection-lost', ...texts, partial }));
		expect((await repair(error)).outcome).toBe(error);
	});

	it('for what is none of ours fails so', async () => {
		const error = new Error('odd');
		const { outcome, drafts } = await repair(error);
		expect(outcome).toBe(error);
		expect(drafts).toEqual(['keep Nine.']);
	});
});

describe('an answer that was paid for before', () => {
	type Prepared = Parameters<typeof readAnswer>[1];
	const prepared = (responseFormat: string) =>
		partly<Prepared>({ settings: { responseFormat }, schema, columns: undefined });

	it('is taken as it is where it is text, or calls tools only', () => {
		const text = says('Nine.');
		expect(readAnswer(text, prepared('text'))).toEqual({ completion: text });
		const call = says('', { tool_calls: calls });
		expect(readAnswer(call, prepared('json'))).toEqual({ completion: call });
	});

	it('is read again where it is JSON, and left where it is not the JSON asked for', () => {
		const right = says('{"a": 1}');
		expect(readAnswer(right, prepared('json'))).toEqual({
			completion: right,
			parsed: { json: { a: 1 } },
		});
		expect(readAnswer(says('{"a": "x"}'), prepared('json'))).toBeUndefined();
	});
});
