import type { NodeResult } from '../../dev/engine/runNode.ts';
import { startSimulator, type Simulator } from '../../dev/simulator/startSimulator.ts';
import { apiErrorOf, jsonOf, runChat, textOfEachItem, type ChatSetup } from '../support/runChat';

let simulator: Simulator;
beforeAll(async () => {
	simulator = await startSimulator();
});
afterEach(() => simulator.reset());
afterAll(async () => await simulator.close());

const usage = { prompt_tokens: 60, completion_tokens: 40, total_tokens: 100 };
const rows = (count: number) => Array.from({ length: count }, (_, row) => ({ text: `Row ${row}` }));
const metadataOf = ({ run }: NodeResult) =>
	run.data.resultData.runData.Node?.map(({ metadata }) => metadata).at(-1);

describe('Token Budget', () => {
	const setup = (tokenBudget: unknown, more: ChatSetup = {}): ChatSetup => ({
		items: rows(6),
		rows: textOfEachItem,
		...more,
		options: { maxConcurrency: 1, tokenBudget: tokenBudget as number, ...more.options },
	});
	const reached =
		"The token budget is reached: this run of the node has used 300 tokens, and 'Token Budget' allows 250";

	it.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
		'sends nothing more once it is used up, and the rows left over fail: %s',
		async (onError) => {
			simulator.set({ usage });
			const { outputs } = await runChat(simulator, setup(250, { onError }));
			const items = outputs.flat();

			expect(simulator.requests).toHaveLength(3);
			expect(items.map(({ pairedItem }) => pairedItem)).toEqual(
				rows(6).map((_, item) => ({ item })),
			);
			expect(jsonOf(items).map(({ error }) => error)).toEqual([
				undefined,
				undefined,
				undefined,
				...[3, 4, 5].map((index) => `${reached} [row ${index + 1}, item ${index} in n8n]`),
			]);
			expect(jsonOf(items)[3]?.details).toMatchObject({
				description:
					"Nothing more was sent. Raise 'Token Budget' in the options, or set it to 0 for no limit.",
				itemIndex: 3,
			});
		},
	);

	it('fails the step with Stop, whose answers are kept for the next run', async () => {
		simulator.set({ usage });
		const workflowId = 'budget';
		const failed = await runChat(simulator, setup(250, { workflowId }));
		const second = await runChat(simulator, setup(300, { workflowId }));

		expect(apiErrorOf(failed).message).toBe(
			`${reached} [row 4, item 3 in n8n; 3 of 6 items had succeeded]`,
		);
		expect(apiErrorOf(failed).description).toContain('3 of 6 answers are kept');
		// As the last row comes in the budget is used up, and nothing is left over.
		expect(second.error).toBeUndefined();
		expect(jsonOf(second.outputs[0]).map(({ reused }) => reused === true)).toEqual([
			...[true, true, true],
			...[false, false, false],
		]);
		expect(simulator.requests).toHaveLength(6);
	});

	it('holds over all tries of Retry On Fail', async () => {
		simulator.set({ usage });
		const { error } = await runChat(
			simulator,
			setup(250, { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 }),
		);

		expect(error?.message).toContain('The token budget is reached');
		expect(simulator.requests).toHaveLength(3);
	});

	it('lets requests under way finish', async () => {
		simulator.set({ usage, latencyMs: 30 });
		const { outputs } = await runChat(
			simulator,
			setup(100, { onError: 'continueErrorOutput', options: { maxConcurrency: 3 } }),
		);

		expect(outputs.map((output) => output.length)).toEqual([3, 3]);
		expect(simulator.requests).toHaveLength(3);
	});

	it('ends rows that share requests, and reports what those without an answer have cost', async () => {
		simulator.set({ usage });
		// The rows of the first request get no answer, and are not asked for again.
		simulator.script({ reply: null, rowFaults: { leaveOut: 1 } });
		const { outputs, run } = await runChat(
			simulator,
			setup(150, {
				items: rows(6),
				onError: 'continueErrorOutput',
				parameters: {
					responseFormat: 'columns',
					columns: { values: [{ name: 'row', type: 'integer' }] },
				},
				options: { rowsPerRequest: 2 },
			}),
		);
		const partials = jsonOf(outputs[1]).map(({ details }) => details);

		expect(simulator.requests).toHaveLength(2);
		expect(jsonOf(outputs[0]).map(({ row }) => row)).toEqual([2, 3]);
		expect(jsonOf(outputs[1]).map(({ error }) => error)).toEqual(
			[0, 1, 4, 5].map((row) =>
				expect.stringMatching(`^The token budget is reached: .+row ${row + 1},`),
			),
		);
		expect(partials).toMatchObject([
			{ partial: { usage: { totalTokens: 50 } } },
			{ partial: { usage: { totalTokens: 50 } } },
			{ itemIndex: 4 },
			{ itemIndex: 5 },
		]);
		expect(run.data.resultData.runData.Node?.at(-1)?.metadata?.tokenUsage).toEqual({
			inputTokens: 120,
			outputTokens: 80,
		});
	});

	it('counts what a reply that broke off has cost', async () => {
		simulator.script({ usage, fault: { stream: 'error' } });
		simulator.set({ usage });
		const { outputs } = await runChat(
			simulator,
			setup(200, { onError: 'continueErrorOutput', options: { maxRetries: 0 } }),
		);

		expect(outputs.map((output) => output.length)).toEqual([2, 4]);
	});

	it('0 is no limit', async () => {
		simulator.set({ usage });
		const { outputs } = await runChat(simulator, setup(0));
		expect(outputs[0]).toHaveLength(6);
	});

	it.each([
		[-1, "'Token Budget' is -1, but has to be a whole number of at least 0 [row 1, item 0 in n8n]"],
		[
			1.5,
			"'Token Budget' is 1.5, but has to be a whole number of at least 0 [row 1, item 0 in n8n]",
		],
	])('refuses %j before anything is sent', async (budget, message) => {
		const result = await runChat(simulator, setup(budget));
		expect(result.error?.message).toBe(message);
		expect(simulator.requests).toEqual([]);
	});
});

describe('Identical Rows', () => {
	const items = ['a', 'b', 'a', 'a', 'b', 'c'].map((text) => ({ text: `Row ${text}` }));
	const once: ChatSetup = {
		items,
		rows: textOfEachItem,
		options: { identicalRows: 'once' },
	};

	it('each row is asked for by itself by default', async () => {
		const { outputs } = await runChat(simulator, { items, rows: textOfEachItem });

		expect(simulator.requests).toHaveLength(6);
		expect(jsonOf(outputs[0]).some(({ reused }) => reused)).toBe(false);
	});

	it('once: the same request is paid once, and its answer given to all', async () => {
		simulator.set({ usage, latencyMs: 5 });
		const result = await runChat(simulator, once);
		const json = jsonOf(result.outputs[0]);

		expect(simulator.requests).toHaveLength(3);
		expect(json.map(({ reused }) => reused === true)).toEqual([
			false,
			false,
			true,
			true,
			true,
			false,
		]);
		expect(result.outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual(
			items.map((_, item) => ({ item })),
		);
		expect(json[2]).toEqual({ ...json[0], reused: true });
		expect(json[4]).toEqual({ ...json[1], reused: true });
		expect(metadataOf(result)).toMatchObject({
			tokenUsage: { inputTokens: 180, outputTokens: 120 },
			tracing: { 'minimax.rows.reused': 3 },
		});
	});

	it('gives every item a copy of its own', async () => {
		simulator.set({ reply: '{"list":[1]}' });
		const { outputs } = await runChat(simulator, {
			...once,
			parameters: { responseFormat: 'json' },
		});
		const json = jsonOf(outputs[0]);

		expect(json[2]?.json).toEqual({ list: [1] });
		expect(json[2]?.json).not.toBe(json[0]?.json);
		expect(json[3]?.json).not.toBe(json[2]?.json);
		expect(json[2]?.usage).not.toBe(json[0]?.usage);
	});

	it('fails them all where the one request fails', async () => {
		simulator.script({ fault: { code: 1026 } });
		const { outputs } = await runChat(simulator, {
			items: items.filter(({ text }) => text === 'Row a'),
			rows: textOfEachItem,
			options: { identicalRows: 'once' },
			onError: 'continueErrorOutput',
		});

		expect(simulator.requests).toHaveLength(1);
		expect(jsonOf(outputs[1]).map(({ error }) => error)).toEqual(
			[0, 1, 2].map(
				(index) =>
					`MiniMax's content check rejected the messages [row ${index + 1}, item ${index} in n8n]`,
			),
		);
	});

	it('keeps one answer for all of them', async () => {
		const setup = {
			...once,
			workflowId: 'identical',
			options: { ...once.options, maxConcurrency: 1 },
		};
		simulator.script({ reply: 'A' }, { reply: 'B' }, { fault: { code: 1026 } }, { reply: 'C' });
		const failed = await runChat(simulator, setup);
		const { outputs } = await runChat(simulator, setup);

		expect(apiErrorOf(failed).description).toContain('5 of 6 answers are kept');
		expect(jsonOf(outputs[0]).map(({ content, reused }) => [content, reused === true])).toEqual([
			['A', true],
			['B', true],
			['A', true],
			['A', true],
			['B', true],
			['C', false],
		]);
		expect(simulator.requests).toHaveLength(4);
	});
});
