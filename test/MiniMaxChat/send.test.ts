import type { DeclarativeRestApiSettings, IExecutePaginationFunctions } from 'n8n-workflow';

import {
	FailureError,
	failureOf,
	NotSentError,
	type Failure,
	type FailureKind,
} from '../../nodes/minimax/failure/failure';
import { InvalidInput } from '../../nodes/minimax/failure/invalidInput';
import { answerItem } from '../../nodes/MiniMaxChat/answerItem';
import { keepItem, type ChatItem } from '../../nodes/MiniMaxChat/chatItem';
import type { ChatRun } from '../../nodes/MiniMaxChat/chatRun';
import { groupsOf } from '../../nodes/MiniMaxChat/rowGroups';
import type { RowMember, RowOutcome } from '../../nodes/MiniMaxChat/rowMember';
import { send } from '../../nodes/MiniMaxChat/send';
import { partly } from '../support/partly';

// How items come to their answers is tested in the engine; here, what an item's end means for the others.
jest.mock('../../nodes/MiniMaxChat/answerItem', () => ({ answerItem: jest.fn() }));
jest.mock('../../nodes/MiniMaxChat/reportItem', () => ({
	reportFailure: async (_context: unknown, _item: unknown, { message }: Failure) => [
		{ json: { failed: message } },
	],
	reportInvalid: async (_context: unknown, _item: unknown, problem: unknown) => [
		{ json: { invalid: String(problem) } },
	],
}));
const answering = jest.mocked(answerItem);
afterEach(() => answering.mockReset());

interface Case {
	/** What the item comes to; it is not asked for where there is none. */
	outcome?: unknown;
	/** The item could not be prepared. */
	problem?: Error;
	continues?: boolean;
	wasCutShort?: boolean;
	hasInvalidItem?: boolean;
	isHeard?: boolean;
	/** Called before the item is sent. */
	beforehand?: (run: ChatRun) => void;
}

async function sendOne(given: Case) {
	const seen: string[] = [];
	const note = (what: string) => async () => void seen.push(what);
	const { outcome, problem, isHeard = true } = given;
	if (outcome instanceof Error) answering.mockRejectedValue(outcome);
	else if (typeof outcome === 'string')
		answering.mockImplementation(async () => Promise.reject(outcome));
	else if (outcome !== undefined) answering.mockResolvedValue({ json: { content: 'Nine.' } });
	const run = {
		stopsAtFailure: given.continues !== true,
		wasCutShort: given.wasCutShort === true,
		hasInvalidItem: given.hasInvalidItem === true,
		succeeded: 4,
		reused: 0,
		tokens: { total: 0 },
		stop: ({ message, kind }: Failure) => seen.push(`stop ${kind}: ${message}`),
		live: { flush: note('flush') },
		leave: async (how: string) => void seen.push(how),
	};
	const live = {
		end: () => seen.push('end'),
		fail: (message: string) => seen.push(`fail ${message}`),
		leave: () => seen.push('leave'),
	};
	const requestOptions = { url: '' };
	given.beforehand?.(partly<ChatRun>(run));
	keepItem(
		partly<ChatItem>({
			run,
			index: 2,
			requestOptions,
			live: isHeard ? live : undefined,
			...(problem === undefined ? { prepared: {} } : { problem }),
		}),
	);
	const output = await send.call(
		partly<IExecutePaginationFunctions>({}),
		partly<DeclarativeRestApiSettings.ResultOptions>({ options: requestOptions }),
	);
	return { output: output.map(({ json }) => json), seen, succeeded: run.succeeded };
}

const texts = { message: 'It failed', description: 'Wait.' };
const failing = (kind: FailureKind = 'server-fault') =>
	new FailureError(failureOf({ kind, ...texts }));
const unsent = (kind: FailureKind = 'server-fault') =>
	new NotSentError(failureOf({ kind, ...texts }));
const invalid = new InvalidInput('is empty', 'Fill it.', { input: 'messages' });
const atEnd = (how: string) => ['leave', 'flush', how];

it('an item with its answer ends what is heard of it, and counts', async () => {
	expect(await sendOne({ outcome: {} })).toEqual({
		output: [{ content: 'Nine.' }],
		seen: ['end', ...atEnd('completed')],
		succeeded: 5,
	});
	expect((await sendOne({ outcome: {}, isHeard: false })).seen).toEqual(['flush', 'completed']);
});

describe('an item that fails', () => {
	it.each([true, false])(
		'is reported to the listener and in the output: the workflow continues %s',
		async (continues) => {
			expect(await sendOne({ outcome: failing(), continues })).toEqual({
				output: [{ failed: 'It failed' }],
				seen: ['fail It failed', ...atEnd('failed')],
				succeeded: 4,
			});
		},
	);

	it('fails also where nobody listens', async () => {
		const { output, seen } = await sendOne({ outcome: failing(), isHeard: false });
		expect([output, seen]).toEqual([[{ failed: 'It failed' }], ['flush', 'failed']]);
	});

	it('for the failure of another one leaves it to that to be reported', async () => {
		expect(await sendOne({ outcome: unsent() })).toEqual({
			output: [],
			seen: atEnd('failed'),
			succeeded: 4,
		});
	});

	it.each<[string, Case]>([
		['where the workflow continues', { outcome: unsent(), continues: true }],
		[
			'where the budget is reached, which is no failure of another one',
			{ outcome: unsent('budget-reached') },
		],
	])('as it was not sent is reported %s', async (_what, given) => {
		const { output, seen } = await sendOne(given);
		expect([output, seen]).toEqual([[{ failed: 'It failed' }], atEnd('failed')]);
	});
});

describe('input that cannot be sent', () => {
	it('that is found late ends the sending where it ends the workflow', async () => {
		const { output, seen } = await sendOne({ outcome: invalid });
		expect(output).toEqual([{ invalid: String(invalid) }]);
		expect(seen).toEqual([
			"fail 'Messages' is empty",
			"stop request-invalid: 'Messages' is empty",
			...atEnd('failed'),
		]);
	});

	it('that is found late leaves the other items alone where the workflow continues', async () => {
		const { output, seen } = await sendOne({ outcome: invalid, continues: true });
		expect(output).toEqual([{ invalid: String(invalid) }]);
		expect(seen).toEqual(["fail 'Messages' is empty", ...atEnd('failed')]);
	});

	it.each([true, false])(
		'that was found early is reported: the workflow continues %s',
		async (continues) => {
			const { output, seen } = await sendOne({ problem: invalid, continues, hasInvalidItem: true });
			expect([output, seen]).toEqual([[{ invalid: String(invalid) }], atEnd('failed')]);
			expect(answering).not.toHaveBeenCalled();
		},
	);

	it('of another item keeps the item from being sent where it ends the workflow', async () => {
		const { output, seen } = await sendOne({ hasInvalidItem: true });
		expect([output, seen]).toEqual([[], atEnd('failed')]);
		expect(answering).not.toHaveBeenCalled();
	});

	it('of another item is none of this one where the workflow continues', async () => {
		const { output } = await sendOne({ outcome: {}, hasInvalidItem: true, continues: true });
		expect(output).toEqual([{ content: 'Nine.' }]);
	});
});

describe('a run that n8n did not prepare to its end', () => {
	it.each<[string, Case]>([
		['an item that could be sent', {}],
		['one that could not', { problem: invalid }],
	])('sends and reports nothing of %s', async (_what, given) => {
		const { output, seen } = await sendOne({ ...given, wasCutShort: true });
		expect([output, seen]).toEqual([[], atEnd('failed')]);
		expect(answering).not.toHaveBeenCalled();
	});

	it('sends what it has where the workflow continues', async () => {
		const { output } = await sendOne({ outcome: {}, wasCutShort: true, continues: true });
		expect(output).toEqual([{ content: 'Nine.' }]);
	});
});

it.each<[unknown, string, string]>([
	[new Error('odd'), 'odd', 'Error: odd'],
	['odd', 'odd', 'odd'],
])(
	'what else was thrown is reported to both, and stops nobody: %j',
	async (outcome, words, problem) => {
		const { output, seen } = await sendOne({ outcome });
		expect([output, seen]).toEqual([[{ invalid: problem }], [`fail ${words}`, ...atEnd('failed')]]);
	},
);

it.each<[string, Case]>([
	['fails before it has joined them', { outcome: failing(), continues: true }],
	['could not be prepared', { problem: invalid, continues: true }],
	['is not sent', { hasInvalidItem: true }],
])('an item that %s keeps no row waiting', async (_what, given) => {
	let waiting: Promise<RowOutcome> | undefined;
	const beforehand = (run: ChatRun) => {
		const groups = groupsOf(run);
		for (const index of [2, 3]) groups.expect(index);
		const plan = { text: 'Row', mostRows: 9, mostCharacters: 99 };
		waiting = groups.ask('k', partly<RowMember>({ item: { index: 3 }, plan, spent: null }));
	};
	await sendOne({ ...given, beforehand });
	// It is the only one left.
	expect(await waiting).toEqual({ type: 'alone', spent: null });
});
