import type { TokenUsage } from '../../nodes/minimax/completion';
import { FailureError, failureOf, type Failure } from '../../nodes/minimax/failure/failure';
import { readSchema } from '../../nodes/minimax/jsonAnswer/readSchema';
import { normalizeCompletion } from '../../nodes/minimax/reply/normalizeCompletion';
import { askTogether } from '../../nodes/MiniMaxChat/askTogether';
import { requestCompletion } from '../../nodes/MiniMaxChat/requestCompletion';
import type { RowMember, RowOutcome } from '../../nodes/MiniMaxChat/rowMember';
import { partly } from '../support/partly';

// What goes over the wire is tested in the engine (rowsPerRequest.test.ts); here, what becomes of each row.
jest.mock('../../nodes/MiniMaxChat/requestCompletion', () => ({ requestCompletion: jest.fn() }));
const requesting = jest.mocked(requestCompletion);
afterEach(() => requesting.mockReset());

const schema = readSchema({ type: 'object', properties: { a: { type: 'number' } } });
const usageOf = (tokens: number | null): TokenUsage => ({
	promptTokens: tokens,
	completionTokens: tokens,
	reasoningTokens: null,
	cachedTokens: null,
	totalTokens: tokens,
});

function member(index: number, spent: TokenUsage | null = null): RowMember {
	const text = `Row ${index}`;
	const body = { model: 'MiniMax-M3', messages: [{ role: 'user', content: text }] };
	const prepared = { body, schema, columns: undefined, settings: { responseFormat: 'json' } };
	const plan = { system: 'Count.', text, schema: schema?.json, mostRows: 9, mostCharacters: 999 };
	const item = { index, prepared, live: { isHeard: true } };
	return partly<RowMember>({ context: {}, item, access: {}, plan, spent });
}
const members = (count: number) => Array.from({ length: count }, (_, index) => member(index));

/** The IDs of a request's rows by their texts. */
function idsIn(body: { messages: Array<{ content?: unknown }> }): Map<string, string> {
	const rows = JSON.parse(String(body.messages.at(-1)?.content)) as Record<string, string>;
	return new Map(Object.entries(rows).map(([id, text]) => [text, id]));
}

interface Reply {
	/** By the row's text. */
	answers?: Record<string, unknown>;
	finish?: string;
	tokens?: number;
	error?: unknown;
}

/** Has the requests answered one after the other. Gives the texts of the rows in each, and what it was asked. */
function answering(...replies: Reply[]) {
	const requests: string[][] = [];
	requesting.mockImplementation(async (_context, _item, _access, body, read) => {
		const ids = idsIn(body);
		requests.push([...ids.keys()]);
		const reply = replies.shift();
		if (reply === undefined) throw new Error('asked too often');
		if (reply.error !== undefined) return await Promise.reject(reply.error);
		const { answers = {}, finish = 'stop', tokens = 12 } = reply;
		const named = Object.entries(answers).map(([text, value]) => [ids.get(text), value]);
		const content = JSON.stringify(Object.fromEntries(named));
		const usage = { prompt_tokens: tokens, completion_tokens: tokens, total_tokens: tokens };
		const message = { role: 'assistant', content };
		const wire = { id: 'c1', choices: [{ finish_reason: finish, message }], usage };
		return read(normalizeCompletion(wire, { openerMayBeMissing: false }));
	});
	return requests;
}

const summaryOf = (outcome: RowOutcome) =>
	outcome.type === 'answered'
		? [outcome.completion.content, outcome.completion.usage.totalTokens]
		: outcome;

const failing = (changes: Partial<Failure>) =>
	new FailureError(failureOf({ kind: 'server-fault', message: 'No', description: '', ...changes }));

it('asks for nothing where there is one row or none, and leaves it what it has cost', async () => {
	const requests = answering();
	expect(await askTogether([])).toEqual([]);
	expect(await askTogether([member(0, usageOf(7))])).toEqual([
		{ type: 'alone', spent: usageOf(7) },
	]);
	expect(requests).toEqual([]);
});

it('gives each row its answer and its share of what the request has cost', async () => {
	const requests = answering({
		answers: { 'Row 0': { a: 1 }, 'Row 1': { a: 2 } },
		tokens: 13,
	});
	const [first, second] = [member(0), member(1, usageOf(10))];
	const outcomes = await askTogether([first, second]);

	expect(requests).toEqual([['Row 0', 'Row 1']]);
	expect(outcomes.map(summaryOf)).toEqual([
		['{"a":1}', 7],
		// And what it had cost before.
		['{"a":2}', 16],
	]);
	expect(outcomes[1]).toMatchObject({ completion: { rowsInRequest: 2, finishReason: 'stop' } });
	const [context, carrier, access] = requesting.mock.calls[0] ?? [];
	// Each listener hears its own row.
	expect(carrier).toEqual({ ...first.item, live: undefined });
	expect([context, access]).toEqual([first.context, first.access]);
});

it('leaves out a row whose answer is missing or does not fit, at its cost', async () => {
	answering({ answers: { 'Row 0': { a: 1 }, 'Row 2': { a: 'x' } } });
	expect((await askTogether(members(3))).map(summaryOf)).toEqual([
		['{"a":1}', 4],
		{ type: 'missing', spent: usageOf(4) },
		{ type: 'missing', spent: usageOf(4) },
	]);
});

describe('an answer that is cut off', () => {
	it('counts for the rows it has, and the others are asked for', async () => {
		const requests = answering(
			{ answers: { 'Row 0': { a: 1 }, 'Row 2': { a: 3 } }, finish: 'length' },
			{ answers: { 'Row 1': { a: 2 }, 'Row 3': { a: 4 } } },
		);
		expect((await askTogether(members(4))).map(summaryOf)).toEqual([
			['{"a":1}', 3],
			['{"a":2}', 9],
			['{"a":3}', 3],
			['{"a":4}', 9],
		]);
		expect(requests[1]).toEqual(['Row 1', 'Row 3']);
	});

	it('before its first row is halved, the first half being the larger one', async () => {
		const requests = answering(
			{ finish: 'length' },
			{ answers: { 'Row 0': { a: 1 }, 'Row 1': { a: 2 } } },
		);
		expect((await askTogether(members(3))).map(summaryOf)).toEqual([
			['{"a":1}', 10],
			['{"a":2}', 10],
			{ type: 'alone', spent: usageOf(4) },
		]);
		expect(requests).toEqual([
			['Row 0', 'Row 1', 'Row 2'],
			['Row 0', 'Row 1'],
		]);
	});
});

describe('a request that fails', () => {
	it.each<[string, Partial<Failure>]>([
		['the content', { kind: 'content-rejected' }],
		['the length', { kind: 'request-invalid', cause: 'context-exceeded' }],
		['the size', { kind: 'request-invalid', cause: 'request-too-large' }],
		['the tokens', { kind: 'request-invalid', cause: 'too-many-tokens' }],
		['characters that cannot be seen', { kind: 'request-invalid', cause: 'invisible-characters' }],
		['nothing that is said', { kind: 'request-invalid', cause: 'request-refused' }],
		['a value', { kind: 'request-invalid', cause: 'value-refused' }],
		['access', { kind: 'credential-invalid', cause: 'access-denied' }],
	])(
		'for %s is halved until its row is alone, and does not end the run',
		async (_what, failure) => {
			const error = failing(failure);
			const halves = [{ error }, { answers: { 'Row 2': { a: 3 }, 'Row 3': { a: 4 } } }];
			const requests = answering({ error }, ...halves);
			expect((await askTogether(members(4))).map(summaryOf)).toEqual([
				{ type: 'alone', spent: null },
				{ type: 'alone', spent: null },
				['{"a":3}', 6],
				['{"a":4}', 6],
			]);
			expect(requests).toEqual([
				['Row 0', 'Row 1', 'Row 2', 'Row 3'],
				['Row 0', 'Row 1'],
				['Row 2', 'Row 3'],
			]);
			expect(requesting.mock.calls[0]?.[5]?.(error.failure)).toBe(true);
		},
	);

	it.each<[string, Partial<Failure>]>([
		['for the server', {}],
		['for the model', { kind: 'request-invalid', cause: 'model-unknown' }],
		['for the key', { kind: 'credential-invalid' }],
	])('%s fails for all of its rows, with what each has cost', async (_what, failure) => {
		const error = failing(failure);
		answering({ error });
		const outcomes = await askTogether([member(0), member(1, usageOf(5))]);
		expect(outcomes[0]).toEqual({ type: 'failed', error });
		expect(outcomes[1]).toMatchObject({
			type: 'failed',
			error: { failure: { ...error.failure, partial: { content: '', usage: usageOf(5) } } },
		});
		expect(requesting.mock.calls[0]?.[5]?.(error.failure)).toBe(false);
	});

	it('in the middle of its reply has cost each row its share', async () => {
		const partial = { content: '{', reasoning: null, usage: usageOf(9), id: 'c1', model: 'm' };
		answering(
			{ error: failing({ partial }) },
			{ error: failing({ kind: 'content-rejected', partial }) },
		);
		expect(await askTogether(members(2))).toMatchObject([
			{ error: { failure: { partial: { content: '{', usage: usageOf(5) } } } },
			{ error: { failure: { partial: { content: '{', usage: usageOf(4) } } } },
		]);
		expect(await askTogether([member(0), member(1, usageOf(1))])).toEqual([
			{ type: 'alone', spent: usageOf(5) },
			{ type: 'alone', spent: usageOf(5) },
		]);
	});

	it('for what is none of ours fails so', async () => {
		const error = new Error('odd');
		answering({ error });
		expect(await askTogether([member(0, usageOf(5)), member(1)])).toEqual([
			{ type: 'failed', error },
			{ type: 'failed', error },
		]);
	});
});
