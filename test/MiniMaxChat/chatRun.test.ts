import type { IExecuteSingleFunctions } from 'n8n-workflow';

import { failureOf } from '../../nodes/minimax/failure/failure';
import { ChatRun } from '../../nodes/MiniMaxChat/chatRun';
import { paceFor } from '../../nodes/n8n/paceFor';
import { readAccess } from '../../nodes/n8n/readAccess';
import { partly } from '../support/partly';
import { totalUsage } from '../support/totalUsage';

interface Surroundings {
	items?: number;
	/** What n8n reports about the input, in place of so many items. */
	input?: object;
	type?: string;
	executeOnce?: boolean;
	continues?: boolean;
	requestOptions?: unknown;
	signal?: AbortSignal;
	chatTrigger?: object | null;
	nodeId?: string | null;
}

/** Lets whatever can go on go on. */
const settled = async () => await new Promise((resolve) => setImmediate(resolve));

let nodes = 0;

/** A run of a node of its own, as far as a run looks at its context. */
function runIn(around: Surroundings = {}, previous?: ChatRun) {
	const { items = 3, type = 'miniMaxChat' } = around;
	const nodeContext: Record<string, unknown> = {};
	nodes += 1;
	const id = around.nodeId === undefined ? `n${nodes}` : (around.nodeId ?? undefined);
	const context = partly<IExecuteSingleFunctions>({
		getNode: () => ({ id, name: 'Chat', type, executeOnce: around.executeOnce, parameters: {} }),
		getExecuteData: () => ({
			data: around.input ?? { main: [Array.from({ length: items }, () => ({}))] },
		}),
		continueOnFail: () => around.continues === true,
		getExecutionCancelSignal: () => around.signal,
		getNodeParameter: (name: string) =>
			name === 'requestOptions' ? around.requestOptions : undefined,
		getWorkflow: () => ({ id: 'w1' }),
		getContext: () => nodeContext,
		getMode: () => 'manual',
		getChatTrigger: () => around.chatTrigger ?? null,
	});
	return { run: new ChatRun(context, previous), nodeContext };
}

const access = (apiKey: string) => readAccess({ apiKey, region: 'international' });
const failed = failureOf({ kind: 'server-fault', message: 'It failed', description: 'Wait.' });

describe('the items of a run', () => {
	it.each<[string, Surroundings, number]>([
		['are those of its input', { items: 3 }, 3],
		['are none where there are none', { items: 0 }, 0],
		['are one where n8n reports no input', { input: {} }, 1],
		['are one where its input has no branch', { input: { main: [] } }, 1],
		['are one where nothing came by its branch', { input: { main: [null] } }, 1],
		['are one with Execute Once', { items: 3, executeOnce: true }, 1],
		["are one for an agent's tool", { items: 3, type: 'miniMaxChatTool' }, 1],
	])('%s', (_what, around, count) => {
		expect(runIn(around).run.itemCount).toBe(count);
	});

	it('answer the chat where there is one, but not as a tool', () => {
		const chatTrigger = { name: 'Chat' };
		expect(runIn({ chatTrigger }).run.answersChat).toBe(true);
		expect(runIn({}).run.answersChat).toBe(false);
		const tool = runIn({ chatTrigger, type: 'miniMaxChatTool' }).run;
		expect([tool.isTool, tool.answersChat]).toEqual([true, false]);
	});

	it('belong to the node, by its name where it has no ID', () => {
		expect(runIn({ nodeId: 'n' }).run.scope).toBe('["w1","n"]');
		expect(runIn({ nodeId: null }).run.scope).toBe('["w1","Chat"]');
	});

	it('count the tokens of earlier tries', () => {
		const { run: first } = runIn();
		first.spend(totalUsage(5), 0);
		expect(runIn({}, first).run.tokens.total).toBe(5);
		expect(runIn().run.tokens.total).toBe(0);
	});
});

describe('Batching', () => {
	const batching = (batchSize: unknown, batchInterval: unknown) => ({
		requestOptions: { batching: { batch: { batchSize, batchInterval } } },
	});

	// Where it lets time pass, the last item comes later than the first is sent.
	it.each<[string, Surroundings, boolean]>([
		['lets time pass', batching(1, 1), true],
		['lets time pass between twos', batching(2, 1000), true],
		['is written as text', batching('2', '1000'), true],
		['holds no batch that is full', batching(3, 1000), false],
		['is larger than the run', batching(4, 1000), false],
		['lets no time pass', batching(1, 0), false],
		['has an interval that is none', batching(1, 'x'), false],
		['is of no size, which is one', batching(0, 1000), true],
		['is of no number, which is one', batching('x', 1000), true],
		['is as good as one', batching(-1, 1000), true],
		['is not set', { requestOptions: { batching: {} } }, false],
		['is not there', { requestOptions: {} }, false],
		['is not to be had', { requestOptions: undefined }, false],
		['is none', { requestOptions: { batching: { batch: 7 } } }, false],
	])('that %s', (_what, around, isSpread) => {
		const { run } = runIn(around);
		run.enter(0);
		expect(run.wasCutShort).toBe(!isSpread);
	});

	it('does not let a run be idle before its last item has entered', async () => {
		const { run } = runIn({ items: 2, continues: true, ...batching(1, 1000) });
		let isIdle = false;
		run.enter(0);
		const idle = run.whenIdle().then(() => (isIdle = true));
		await run.leave('completed');
		await settled();
		expect(isIdle).toBe(false);
		run.enter(1);
		await run.leave('completed');
		await idle;
		expect(isIdle).toBe(true);
	});
});

describe('a run', () => {
	it('was cut short until its last item has entered', () => {
		const { run } = runIn({ items: 2 });
		expect([run.comesBefore(0), run.comesBefore(1)]).toEqual([true, true]);
		run.enter(0);
		expect([run.wasCutShort, run.comesBefore(0), run.comesBefore(1)]).toEqual([true, false, true]);
		run.enter(1);
		expect([run.wasCutShort, run.comesBefore(1), run.comesBefore(2)]).toEqual([false, false, true]);
	});

	it('is idle once all have left that have entered', async () => {
		const { run } = runIn({ items: 2 });
		await run.whenIdle();
		run.enter(0);
		run.enter(1);
		let idle = 0;
		const waiting = [run.whenIdle(), run.whenIdle()].map(async (one) => {
			await one;
			idle += 1;
		});
		await run.leave('completed');
		await settled();
		expect(idle).toBe(0);
		await run.leave('failed');
		await Promise.all(waiting);
		expect(idle).toBe(2);
	});

	const completion = { content: 'Nine.', reasoning: null, wire: {} } as Parameters<
		ChatRun['kept']['add']
	>[0];
	const hash = async () => 'h';

	it.each<[string, Surroundings, 'completed' | 'failed', number]>([
		['that fails keeps its answers', {}, 'failed', 1],
		['that goes on after failures keeps none', { continues: true }, 'failed', 0],
		['that succeeds keeps none', {}, 'completed', 0],
		[
			'that is stopped keeps them',
			{ continues: true, signal: AbortSignal.abort() },
			'completed',
			1,
		],
	])('%s', async (_what, around, outcome, kept) => {
		const { run, nodeContext } = runIn({ ...around, items: 2 });
		run.enter(0);
		run.enter(1);
		run.kept.add(completion, hash);
		await run.leave(outcome);
		// The last one out decides.
		expect(Object.keys(nodeContext)).toEqual([]);
		await run.leave('completed');
		expect(run.kept.count).toBe(kept);
		expect(Object.keys(nodeContext)).toHaveLength(kept);
	});

	it('leaves what an earlier one has kept as long as not all of its items have come', async () => {
		const { run } = runIn({ items: 2 });
		const forget = jest.spyOn(run.kept, 'forget');
		run.enter(0);
		await run.leave('completed');
		expect(forget).not.toHaveBeenCalled();
		run.enter(1);
		await run.leave('completed');
		expect(forget).toHaveBeenCalledTimes(1);
	});
});

describe('the sending ends', () => {
	const [mine, other] = [access('sk-one'), access('sk-two')];

	it('with every key where a failure ends the workflow', () => {
		const { run } = runIn();
		expect(run.endsAt({ ...failed, attempts: 3 }, mine)).toBe(true);
		expect(run.whyStopped(other)?.failure).toEqual({ ...failed, attempts: undefined });
		// The first failure is the reason.
		run.stop({ ...failed, message: 'Later' });
		expect(run.whyStopped(mine)?.failure.message).toBe('It failed');
	});

	it('with its own key where the workflow continues and the failure is hopeless', () => {
		const { run } = runIn({ continues: true });
		expect(run.endsAt({ ...failed, hopeless: true }, mine)).toBe(true);
		expect(run.whyStopped(mine)?.failure.message).toBe('It failed');
		expect(run.whyStopped(other)).toBeUndefined();
		run.stop({ ...failed, message: 'Later' }, mine);
		expect(run.whyStopped(mine)?.failure.message).toBe('It failed');
	});

	it('not where the workflow continues and another request may succeed', () => {
		const { run } = runIn({ continues: true });
		expect(run.endsAt(failed, mine)).toBe(false);
		expect(run.whyStopped(mine)).toBeUndefined();
	});

	it('without what the request that failed has got', () => {
		const { run } = runIn();
		const partial = { content: 'Ni', reasoning: null, usage: totalUsage(3), id: null, model: null };
		run.stop({ ...failed, partial });
		expect(run.whyStopped(mine)?.failure.partial).toBeNull();
	});

	it('at once for what waits for its turn, with every key that the run has read', async () => {
		const { run } = runIn();
		const credentials = ['sk-one', 'sk-two'].map((apiKey) => ({ apiKey, region: 'international' }));
		const context = partly<IExecuteSingleFunctions>({
			getNode: () => ({}),
			getCredentials: async () => credentials.shift(),
		});
		const read = [await run.access.read(context), await run.access.read(context)];
		const paces = read.map(({ paceKey }) => paceFor(paceKey));
		const asked = { owner: run, maxConcurrency: 1 };
		const slot = await paces[0]?.acquire(asked);
		const waiting = Promise.allSettled(paces.map(async (pace) => await pace.acquire(asked)));
		run.stop(failed);

		const reason = expect.objectContaining({ failure: { ...failed, attempts: undefined } });
		expect(await waiting).toEqual(Array(2).fill({ status: 'rejected', reason }));
		slot?.release('abandoned');
	});

	it('when the budget is used up', () => {
		const { run } = runIn({ continues: true });
		run.spend(totalUsage(5), 6);
		expect(run.whyStopped(mine)).toBeUndefined();
		run.spend(totalUsage(1), 6);
		expect(run.whyStopped(mine)?.failure.message).toContain(
			'this run of the node has used 6 tokens',
		);
	});

	it('not without a budget', () => {
		const { run } = runIn();
		run.spend(totalUsage(1_000_000), 0);
		expect(run.whyStopped(mine)).toBeUndefined();
	});
});

describe('an outage', () => {
	it('is the loss of three items in a row, once one has succeeded', () => {
		const { run } = runIn();
		for (const index of [0, 1, 2]) run.noteConnection(index, 'lost');
		expect(run.isOutage).toBe(false);
		run.succeeded = 1;
		expect(run.isOutage).toBe(true);
		run.noteConnection(3, 'answered');
		expect(run.isOutage).toBe(false);
	});

	it('is not the loss of one item, however often', () => {
		const { run } = runIn();
		run.succeeded = 1;
		for (const index of [0, 0, 0, 1, 1]) run.noteConnection(index, 'lost');
		expect(run.isOutage).toBe(false);
		run.noteConnection(2, 'lost');
		expect(run.isOutage).toBe(true);
	});
});
