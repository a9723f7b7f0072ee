import type { IExecutePaginationFunctions } from 'n8n-workflow';

import type { Completion, TokenUsage } from '../../nodes/minimax/completion';
import { FailureError, failureOf } from '../../nodes/minimax/failure/failure';
import { readSchema } from '../../nodes/minimax/jsonAnswer/readSchema';
import { normalizeCompletion } from '../../nodes/minimax/reply/normalizeCompletion';
import { askTogether } from '../../nodes/MiniMaxChat/askTogether';
import { obtainAnswer } from '../../nodes/MiniMaxChat/obtainAnswer';
import { requestCompletion } from '../../nodes/MiniMaxChat/requestCompletion';
import { groupsOf } from '../../nodes/MiniMaxChat/rowGroups';
import type { RowOutcome } from '../../nodes/MiniMaxChat/rowMember';
import { readAccess } from '../../nodes/n8n/readAccess';
import { partly } from '../support/partly';
import { totalUsage } from '../support/totalUsage';

// Requests are tested in the engine; here, whether there is one and what becomes of its answer.
jest.mock('../../nodes/MiniMaxChat/requestCompletion', () => ({ requestCompletion: jest.fn() }));
jest.mock('../../nodes/MiniMaxChat/askTogether', () => ({ askTogether: jest.fn() }));
const requesting = jest.mocked(requestCompletion);
const asking = jest.mocked(askTogether);
afterEach(() => {
	requesting.mockReset();
	asking.mockReset();
});

type Item = Parameters<typeof obtainAnswer>[1];

const schema = readSchema({ type: 'object', properties: { a: { type: 'number' } } });
const context = partly<IExecutePaginationFunctions>({});
const access = readAccess({ apiKey: 'sk-one', region: 'international' });

function says(content: string, total = 3): Completion {
	const message = { role: 'assistant', content };
	const usage = { prompt_tokens: 1, completion_tokens: total - 1, total_tokens: total };
	return normalizeCompletion(
		{ id: 'c1', choices: [{ finish_reason: 'stop', message }], usage },
		{ openerMayBeMissing: false },
	);
}

/** The run of some items, and what it has noted. */
function startRun(left: Completion[] = []) {
	const noted: string[] = [];
	const run = {
		scope: 'scope',
		shared: new Map(),
		reused: 0,
		kept: {
			get isEmpty() {
				return left.length === 0;
			},
			take: () => left.shift(),
			add: ({ content }: Completion) => noted.push(`add ${content}`),
			addDraft: ({ content }: Completion) => noted.push(`draft ${content}`),
			dropDraft: ({ content }: Completion) => noted.push(`drop ${content}`),
		},
	};
	return { run, noted };
}

interface Asked {
	settings?: object;
	options?: object;
	model?: string;
	/** How it may share its request. */
	plan?: object;
	access?: typeof access;
}

/** Obtains the answer of an item of the run. */
function obtain({ run }: ReturnType<typeof startRun>, index = 0, asked: Asked = {}) {
	const heard: string[] = [];
	const isRow = asked.plan !== undefined;
	const plan = {
		system: '',
		text: 'Hi',
		schema: {},
		mostRows: 9,
		mostCharacters: 99,
		...asked.plan,
	};
	const item = partly<Item>({
		run,
		index,
		live: { write: (text: string) => void heard.push(text) },
		prepared: {
			body: { model: asked.model ?? 'MiniMax-M3', messages: [{ role: 'user', content: 'Hi' }] },
			media: [],
			plan: isRow ? plan : undefined,
			schema,
			columns: undefined,
			settings: {
				responseFormat: 'json',
				reuseAnswers: true,
				sharesAnswers: false,
				options: asked.options ?? {},
				...asked.settings,
			},
		},
	});
	const done = obtainAnswer(context, item, asked.access ?? access);
	return { done, heard };
}

const answeredWith = (completion: Completion, isReused = false) => ({
	answer: { completion, parsed: { json: JSON.parse(completion.content) as unknown } },
	isReused,
});
/** Has requests for single items answered one after the other; gives what was sent. */
function answering(...replies: Array<Completion | Error>) {
	const sent: unknown[] = [];
	requesting.mockImplementation(async (_context, _item, _access, body, read) => {
		sent.push(body.messages.at(-1)?.content);
		const reply = replies.shift() ?? new Error('asked too often');
		return reply instanceof Error ? await Promise.reject(reply) : read(reply);
	});
	return sent;
}
const settled = async () => await new Promise((resolve) => setImmediate(resolve));

describe('an answer that an earlier run has left', () => {
	it('is taken without asking, heard, and kept for the next run', async () => {
		const sent = answering();
		const answer = says('{"a": 1}');
		const started = startRun([answer]);
		const { done, heard } = obtain(started);
		expect(await done).toEqual(answeredWith(answer, true));
		expect([sent, heard, started.noted]).toEqual([[], ['{"a": 1}'], ['add {"a": 1}']]);
		expect(started.run.reused).toBe(1);
	});

	it('is not taken where answers are not to be reused, nor is the new one kept', async () => {
		const answer = says('{"a": 2}');
		answering(answer);
		const started = startRun([says('{"a": 1}')]);
		const { done, heard } = obtain(started, 0, { settings: { reuseAnswers: false } });
		expect(await done).toEqual(answeredWith(answer));
		expect([heard, started.noted, started.run.reused]).toEqual([[], [], 0]);
	});

	it('is asked for anew where it is not the JSON asked for', async () => {
		const sent = answering(says('{"a": 2}'));
		const { done } = obtain(startRun([says('Nine.')]));
		expect(await done).toEqual(answeredWith(says('{"a": 2}')));
		expect(sent).toEqual(['Hi']);
	});

	it('is repaired where it may be', async () => {
		const sent = answering(says('{"a": 9}'));
		const started = startRun([says('Nine.')]);
		const { done } = obtain(started, 0, { options: { repairJson: true } });
		expect(await done).toMatchObject({ answer: { parsed: { json: { a: 9 } } }, isReused: false });
		expect(sent).toEqual([expect.stringContaining('This was not the JSON asked for')]);
		expect(started.noted).toEqual(['draft Nine.', 'drop Nine.', 'add {"a": 9}']);
	});

	it('keeps no other row waiting', async () => {
		asking.mockImplementation(async (rows) => rows.map(() => answeredRow));
		const started = startRun([says('{"a": 1}')]);
		const groups = groupsOf(partly(started.run));
		for (const index of [0, 1, 2]) groups.expect(index);
		// The first two wait for the third, whose answer is there.
		const others = [1, 2].map((index) =>
			obtain(started, index, { plan: {}, settings: { reuseAnswers: false } }),
		);
		await settled();
		expect(asking).not.toHaveBeenCalled();
		await obtain(started, 0, { plan: {} }).done;
		expect(await Promise.all(others.map(({ done }) => done))).toHaveLength(2);
		expect(asking).toHaveBeenCalledTimes(1);
	});

	it('is repaired by itself, not in a request with other rows', async () => {
		const sent = answering(says('{"a": 8}'), says('{"a": 9}'));
		const started = startRun([says('Eight.'), says('Nine.')]);
		const groups = groupsOf(partly(started.run));
		for (const index of [0, 1]) groups.expect(index);
		const asked = { plan: {}, options: { repairJson: true } };
		await Promise.all([0, 1].map(async (index) => await obtain(started, index, asked).done));
		expect(asking).not.toHaveBeenCalled();
		expect(sent).toHaveLength(2);
	});
});

it('a row that is asked for by itself keeps no other row waiting', async () => {
	asking.mockImplementation(async (rows) => rows.map(() => answeredRow));
	requesting.mockImplementation(async () => await new Promise(() => {}));
	const started = startRun([says('Nine.')]);
	const groups = groupsOf(partly(started.run));
	for (const index of [0, 1]) groups.expect(index);
	void obtain(started, 0, { plan: {}, options: { repairJson: true } });
	await settled();
	const { done } = obtain(started, 1, { plan: {} });
	expect(await done).toEqual(answeredWith(says('{"a": 7}')));
	expect(requesting).toHaveBeenCalledTimes(1);
});

const answeredRow: RowOutcome = { type: 'answered', completion: says('{"a": 7}') };

describe('rows', () => {
	/** Asks for two rows; gives the rows of each request, by their place. */
	async function ask(first: Asked, second: Asked) {
		const requests: number[][] = [];
		asking.mockImplementation(async (rows) => {
			requests.push(rows.map(({ item }) => item.index));
			return rows.map(() => answeredRow);
		});
		const started = startRun();
		const groups = groupsOf(partly(started.run));
		for (const index of [0, 1]) groups.expect(index);
		await Promise.all(
			[first, second].map(async (asked, index) => await obtain(started, index, asked).done),
		);
		return requests;
	}
	const plan = {};

	it('share a request, and each hears its own answer', async () => {
		expect(await ask({ plan }, { plan: { text: 'Ho' } })).toEqual([[0, 1]]);
		const { done, heard } = obtain(startRun(), 0, { plan });
		expect(await done).toEqual(answeredWith(says('{"a": 7}')));
		expect(heard).toEqual(['{"a": 7}']);
	});

	it.each<[string, Asked]>([
		['key', { plan, access: readAccess({ apiKey: 'sk-two', region: 'international' }) }],
		['model', { plan, model: 'MiniMax-M2.7' }],
		['instructions', { plan: { system: 'Be brief.' } }],
		['shape', { plan: { schema: { type: 'object' } } }],
		['number', { plan: { mostRows: 8 } }],
	])('share none where their %s is another', async (_what, other) => {
		expect(await ask({ plan }, other)).toEqual([[0], [1]]);
	});
});

describe('a row that has to be asked for alone', () => {
	/** What becomes of it, where it has cost so much in requests that gave no answer. */
	async function ask(spent: TokenUsage | null, reply: Completion | Error) {
		const sent = answering(reply);
		asking.mockImplementation(async (rows) => rows.map(() => ({ type: 'alone', spent })));
		const started = startRun();
		groupsOf(partly(started.run)).expect(0);
		const { done } = obtain(started, 0, { plan: {} });
		const outcome = await done.catch((error: unknown) => error);
		expect(sent).toEqual(['Hi']);
		return outcome;
	}
	const failure = failureOf({ kind: 'server-fault', message: 'No', description: 'Wait.' });
	const partial = { content: 'Ni', reasoning: null, usage: totalUsage(4), id: 'c1', model: 'm' };

	it('has cost both', async () => {
		const { usage, ...rest } = says('{"a": 1}');
		expect(await ask(totalUsage(10), says('{"a": 1}'))).toEqual({
			answer: {
				completion: { ...rest, usage: { ...usage, totalTokens: 13 } },
				parsed: { json: { a: 1 } },
			},
			isReused: false,
		});
		expect(await ask(null, says('{"a": 1}'))).toEqual(answeredWith(says('{"a": 1}')));
	});

	it.each<[string, TokenUsage | null, typeof partial | null, number | undefined]>([
		['both', totalUsage(10), partial, 14],
		['what it had cost before', totalUsage(10), null, 10],
		['what its reply has cost', null, partial, 4],
		['nothing', null, null, undefined],
	])('has cost %s where it fails', async (_what, spent, got, total) => {
		const error = await ask(spent, new FailureError({ ...failure, partial: got }));
		expect(error).toBeInstanceOf(FailureError);
		expect((error as FailureError).failure.partial?.usage.totalTokens).toBe(total);
	});

	it('fails as it does for what is none of ours', async () => {
		const odd = new Error('odd');
		expect(await ask(totalUsage(10), odd)).toBe(odd);
	});
});

it('a row fails as its request did', async () => {
	const error = new Error('odd');
	asking.mockImplementation(async (rows) => rows.map(() => ({ type: 'failed', error })));
	const started = startRun();
	await expect(obtain(started, 0, { plan: {} }).done).rejects.toBe(error);
	expect(started.noted).toEqual([]);
});

it('an answer that is not the JSON asked for shows no key', async () => {
	const key = 'sk-api-Qw8rT2yUiOpAsDfGhJkLzXcVbNm41';
	answering(says(`echo ${key}`));
	const { done } = obtain(startRun(), 0, {
		access: readAccess({ apiKey: key, region: 'international' }),
	});
	await expect(done).rejects.toMatchObject({ failure: { partial: { content: 'echo [hidden]' } } });
});

describe('identical rows', () => {
	const asked: Asked = { settings: { sharesAnswers: true } };

	it('are asked for once, and all but the first have theirs from it', async () => {
		const sent = answering(says('{"a": 1}'));
		const started = startRun();
		const obtained = [0, 1, 2].map((index) => obtain(started, index, asked));
		expect(await Promise.all(obtained.map(({ done }) => done))).toEqual([
			answeredWith(says('{"a": 1}')),
			answeredWith(says('{"a": 1}'), true),
			answeredWith(says('{"a": 1}'), true),
		]);
		expect(obtained.map(({ heard }) => heard)).toEqual([[], ['{"a": 1}'], ['{"a": 1}']]);
		expect([sent.length, started.run.reused]).toEqual([1, 2]);
		expect(started.noted).toEqual(Array(3).fill('add {"a": 1}'));
	});

	it('are told apart by what goes out', async () => {
		const sent = answering(says('{"a": 1}'), says('{"a": 2}'));
		const started = startRun();
		const obtained = ['MiniMax-M3', 'MiniMax-M2.7'].map((model, index) =>
			obtain(started, index, { ...asked, model }),
		);
		await Promise.all(obtained.map(({ done }) => done));
		expect(sent).toHaveLength(2);
	});

	it('fail together', async () => {
		const odd = new Error('odd');
		answering(odd);
		const started = startRun();
		const outcomes = await Promise.allSettled(
			[0, 1].map(async (index) => await obtain(started, index, asked).done),
		);
		expect(outcomes).toEqual(Array(2).fill({ status: 'rejected', reason: odd }));
	});
});
