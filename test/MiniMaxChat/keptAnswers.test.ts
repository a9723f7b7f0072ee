import type { INodeExecutionData } from 'n8n-workflow';

import type { NodeResult } from '../../dev/engine/runNode.ts';
import { startSimulator, type Simulator } from '../../dev/simulator/startSimulator.ts';
import { MiniMaxChat } from '../../nodes/MiniMaxChat/MiniMaxChat.node';
import { answerMemory } from '../../nodes/minimax/keptAnswers/memoryAnswers';
import {
	anyId,
	apiErrorOf,
	jsonOf,
	runChat,
	startChat,
	textOfEachItem,
	type ChatSetup,
} from '../support/runChat';
import { waitFor } from '../support/waitFor';

let simulator: Simulator;
let workflows = 0;
let workflowId: string;

beforeEach(async () => {
	simulator = await startSimulator({ apiKeys: ['sk-simulator', 'sk-other'] });
	workflowId = `kept-${++workflows}`;
});
afterEach(async () => await simulator.close());

const refusal = { fault: { code: 1026 } };
const answers = (count: number) =>
	Array.from({ length: count }, (_, index) => ({ reply: `Answer ${index}` }));
const rows = (count: number) => Array.from({ length: count }, (_, row) => ({ text: `Row ${row}` }));

/** One row after the other, so that the script says what becomes of each. */
function setupFor(count: number, more: ChatSetup = {}): ChatSetup {
	return {
		workflowId,
		items: rows(count),
		rows: textOfEachItem,
		...more,
		options: { maxConcurrency: 1, ...more.options },
	};
}

/** What the process remembers is gone, as after a restart. */
function restart(): void {
	answerMemory.placeOf(JSON.stringify([workflowId, 'node-1']), () => 0).clear();
}

function sentTexts(): string[] {
	return simulator.requests.map(({ body }) =>
		JSON.stringify(body).replace(/^.*(Row \d+).*$/, '$1'),
	);
}

const reusedOf = (items: INodeExecutionData[] | undefined) =>
	jsonOf(items).map(({ reused }) => reused === true);
const contentOf = (items: INodeExecutionData[] | undefined) =>
	jsonOf(items).map(({ content }) => content);
const pairsOf = (items: INodeExecutionData[] | undefined) =>
	items?.map(({ pairedItem }) => pairedItem);
const contextOf = ({ run }: NodeResult) => run.data.executionData?.contextData['node:Node'];
const metadataOf = ({ run }: NodeResult) =>
	run.data.resultData.runData.Node?.map(({ metadata }) => metadata).at(-1);

it('Retry On Fail asks for what is missing only, in order and paired', async () => {
	simulator.script(...answers(3), refusal, refusal, { reply: 'Late' }, { reply: 'Last' });
	const result = await runChat(
		simulator,
		setupFor(5, { retryOnFail: true, maxTries: 4, waitBetweenTries: 1 }),
	);

	expect(sentTexts()).toEqual(['Row 0', 'Row 1', 'Row 2', 'Row 3', 'Row 3', 'Row 3', 'Row 4']);
	expect(contentOf(result.outputs[0])).toEqual([
		'Answer 0',
		'Answer 1',
		'Answer 2',
		'Late',
		'Last',
	]);
	expect(reusedOf(result.outputs[0])).toEqual([true, true, true, false, false]);
	expect(pairsOf(result.outputs[0])).toEqual([0, 1, 2, 3, 4].map((item) => ({ item })));
	expect(contextOf(result)).toEqual({});
});

it('an item out of kept answers is whole, and says so', async () => {
	simulator.script(
		{
			reply: 'Fine.',
			reasoningText: 'They greet.',
			usage: {
				prompt_tokens: 7,
				completion_tokens: 5,
				total_tokens: 12,
				completion_tokens_details: { reasoning_tokens: 3 },
				prompt_tokens_details: { cached_tokens: 2 },
			},
		},
		refusal,
		{ reply: 'Too' },
	);
	const { outputs } = await runChat(
		simulator,
		setupFor(2, { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 }),
	);

	expect(outputs[0]?.[0]).toEqual({
		json: {
			content: 'Fine.',
			reasoning: 'They greet.',
			usage: {
				promptTokens: 7,
				completionTokens: 5,
				reasoningTokens: 3,
				cachedTokens: 2,
				totalTokens: 12,
			},
			finishReason: 'stop',
			model: 'MiniMax-M3',
			id: anyId,
			reused: true,
		},
		pairedItem: { item: 0 },
	});
});

it('the next run of the step takes them, and one that succeeds forgets them', async () => {
	simulator.script(...answers(2), refusal);
	const failed = await runChat(simulator, setupFor(4));
	const again = await runChat(simulator, setupFor(4));
	const anew = await runChat(simulator, setupFor(4));

	expect(apiErrorOf(failed).message).toContain(
		'[row 3, item 2 in n8n; 2 of 4 items had succeeded]',
	);
	expect(apiErrorOf(failed).description).toContain(
		"2 of 4 answers are kept: run the step again, or press Retry, and only the rest is asked for. To pass on the items that succeed, set 'On Error' in the node's settings to 'Continue'",
	);
	expect(reusedOf(again.outputs[0])).toEqual([true, true, false, false]);
	expect(reusedOf(anew.outputs[0])).toEqual([false, false, false, false]);
	expect(simulator.requests).toHaveLength(3 + 2 + 4);
});

it('keeps what two failed runs have paid for', async () => {
	simulator.script(...answers(2), refusal, { reply: 'Third' }, refusal, { reply: 'Fourth' });
	await runChat(simulator, setupFor(4));
	const second = await runChat(simulator, setupFor(4));
	const third = await runChat(simulator, setupFor(4));

	expect(apiErrorOf(second).description).toContain('3 of 4 answers are kept');
	expect(contentOf(third.outputs[0])).toEqual(['Answer 0', 'Answer 1', 'Third', 'Fourth']);
	expect(simulator.requests).toHaveLength(3 + 2 + 1);
});

it('a run that fails before it reaches the kept answers leaves them there', async () => {
	simulator.script(...answers(3), refusal);
	await runChat(simulator, setupFor(4));
	const invalid = await runChat(simulator, setupFor(4, { options: { tools: '{' } }));
	const third = await runChat(simulator, setupFor(4));

	expect(invalid.error?.message).toContain("'Tools'");
	expect(reusedOf(third.outputs[0])).toEqual([true, true, true, false]);
});

it.each(['stopWorkflow', 'continueRegularOutput'] as const)(
	'Stop keeps them too: %s',
	async (onError) => {
		simulator.script(...answers(2), { fault: { connection: 'hang' } });
		const running = await startChat(simulator, setupFor(4, { onError }));
		await waitFor(() => simulator.requests.length === 3);
		running.cancel();
		await running.done;
		const { outputs } = await runChat(simulator, setupFor(4));

		expect(reusedOf(outputs[0])).toEqual([true, true, false, false]);
		expect(simulator.requests).toHaveLength(3 + 2);
	},
);

describe('Retry in the list of executions', () => {
	it('takes them out of the saved execution, also after a restart', async () => {
		simulator.script(...answers(3), refusal);
		const failed = await runChat(simulator, setupFor(4));
		restart();
		const retried = await runChat(simulator, setupFor(4, { retryOf: failed.saved }));

		expect(reusedOf(retried.outputs[0])).toEqual([true, true, true, false]);
		expect(sentTexts()).toEqual(['Row 0', 'Row 1', 'Row 2', 'Row 3', 'Row 3']);
		expect(contextOf(retried)).toEqual({});
	});

	it('and that of its own failed try', async () => {
		simulator.script(...answers(2), refusal, { reply: 'Third' }, refusal);
		const failed = await runChat(simulator, setupFor(4));
		restart();
		const retried = await runChat(simulator, setupFor(4, { retryOf: failed.saved }));
		restart();
		const last = await runChat(simulator, setupFor(4, { retryOf: retried.saved }));

		expect(apiErrorOf(retried).description).toContain('3 of 4 answers are kept');
		expect(reusedOf(last.outputs[0])).toEqual([true, true, true, false]);
		expect(simulator.requests).toHaveLength(3 + 2 + 1);
	});

	it('asks for all where the saved execution holds something else there', async () => {
		simulator.script(...answers(2), refusal);
		const failed = await runChat(simulator, setupFor(3));
		restart();
		const retried = await runChat(
			simulator,
			setupFor(3, { retryOf: failed.saved.replaceAll('\\"format\\":1', '\\"format\\":0') }),
		);

		expect(reusedOf(retried.outputs[0])).toEqual([false, false, false]);
		expect(simulator.requests).toHaveLength(3 + 3);
	});

	it('saves nothing where the run succeeds, and never the key', async () => {
		const succeeded = await runChat(simulator, setupFor(2));
		simulator.script(...answers(1), refusal);
		const failed = await runChat(simulator, setupFor(2));

		expect(contextOf(succeeded)).toEqual({});
		expect(JSON.stringify(contextOf(failed))).toContain('Answer 0');
		expect(failed.saved).not.toContain('sk-simulator');
	});
});

it('Reuse Answers off keeps and takes nothing', async () => {
	const off = { options: { reuseAnswers: false } };
	simulator.script(...answers(2), refusal);
	const failed = await runChat(simulator, setupFor(3, off));
	await runChat(simulator, setupFor(3));
	expect(simulator.requests).toHaveLength(3 + 3);
	expect(apiErrorOf(failed).description).not.toContain('are kept');
	expect(contextOf(failed)).toEqual({});

	simulator.script(...answers(2), refusal);
	await runChat(simulator, setupFor(3));
	const { outputs } = await runChat(simulator, setupFor(3, off));
	expect(reusedOf(outputs[0])).toEqual([false, false, false]);
});

it.each<[string, ChatSetup]>([
	['workflow', { workflowId: 'another' }],
	['key', { apiKey: 'sk-other' }],
	['model', { parameters: { model: { mode: 'id', value: 'MiniMax-M2.5' } } }],
	['temperature', { parameters: { temperature: 0.5 } }],
	['format', { parameters: { responseFormat: 'json' } }],
	['way of streaming', { options: { streaming: 'off' } }],
	['prompt', { rows: [{ role: 'user', content: '={{ $json.text }}!' }] }],
])('does not share them with another %s', async (_what, other) => {
	simulator.script(...answers(2), refusal);
	simulator.set({ reply: '{"a":1}' });
	await runChat(simulator, setupFor(3));
	const { outputs } = await runChat(simulator, setupFor(3, other));

	expect(reusedOf(outputs[0])).toEqual([false, false, false]);
	expect(simulator.requests).toHaveLength(3 + 3);
});

it('does not share them with another address', async () => {
	simulator.script(...answers(2), refusal);
	await runChat(simulator, setupFor(3));
	const other = await startSimulator();
	try {
		const { outputs } = await runChat(other, setupFor(3));
		expect(reusedOf(outputs[0])).toEqual([false, false, false]);
	} finally {
		await other.close();
	}
});

it('does not share them with another node of the workflow', async () => {
	const messages = { values: textOfEachItem };
	// Its input is the output of the node before, and its requests are the same.
	const parameters = { messages, options: { maxConcurrency: 1 } };
	const setup = setupFor(2, {
		options: { includeInput: 'all' },
		next: [{ name: 'Other', nodeType: MiniMaxChat, parameters }],
	});
	simulator.script(...answers(2), { reply: 'Of the other' }, refusal);
	const failed = await runChat(simulator, setup);
	simulator.script({ reply: 'New' }, { reply: 'New too' }, { reply: 'Last' });
	const again = await runChat(simulator, setup);
	const { data } = again.run.data.resultData.runData.Other?.at(-1) ?? {};

	expect(apiErrorOf(failed).description).toContain('1 of 2 answers are kept');
	expect(contentOf(again.outputs[0])).toEqual(['New', 'New too']);
	expect(reusedOf(again.outputs[0])).toEqual([false, false]);
	expect(contentOf(data?.main?.[0] ?? [])).toEqual(['Of the other', 'Last']);
});

it('is not told apart by what does not go out: Simplify, Max Retries', async () => {
	simulator.script(...answers(1), refusal);
	await runChat(simulator, setupFor(2));
	const { outputs } = await runChat(
		simulator,
		setupFor(2, { parameters: { simplify: false }, options: { maxRetries: 1 } }),
	);

	expect(jsonOf(outputs[0])[0]).toMatchObject({
		object: 'chat.completion',
		choices: [{ message: { content: 'Answer 0' } }],
		reused: true,
	});
});

it('gives each of the answers to equal rows once', async () => {
	const same = { items: [{ text: 'Row 0' }, { text: 'Row 0' }, { text: 'Row 0' }] };
	simulator.script({ reply: 'First' }, { reply: 'Second' }, refusal, { reply: 'Third' });
	await runChat(simulator, setupFor(3, same));
	const { outputs } = await runChat(simulator, setupFor(3, same));

	expect(contentOf(outputs[0])).toEqual(['First', 'Second', 'Third']);
	expect(reusedOf(outputs[0])).toEqual([true, true, false]);
	expect(simulator.requests).toHaveLength(4);
});

it('gives each of them once although both the execution and the process know them', async () => {
	const same = { items: [{ text: 'Row 0' }, { text: 'Row 0' }, { text: 'Row 0' }] };
	simulator.script({ reply: 'First' }, { reply: 'Second' }, refusal, { reply: 'Third' });
	const { outputs } = await runChat(
		simulator,
		setupFor(3, { ...same, retryOnFail: true, maxTries: 2, waitBetweenTries: 1 }),
	);

	expect(contentOf(outputs[0])).toEqual(['First', 'Second', 'Third']);
	expect(simulator.requests).toHaveLength(4);
});

describe('what an answer is', () => {
	it('JSON is read again, and an answer that is not the JSON asked for is not kept', async () => {
		const json = { parameters: { responseFormat: 'json' } };
		simulator.script({ reply: '{"a":1}' }, { reply: 'No JSON at all' }, { reply: '{"a":2}' });
		const failed = await runChat(simulator, setupFor(2, json));
		const { outputs } = await runChat(simulator, setupFor(2, json));

		expect(apiErrorOf(failed).description).toContain('1 of 2 answers are kept');
		expect(jsonOf(outputs[0]).map(({ json: value, reused }) => [value, reused])).toEqual([
			[{ a: 1 }, true],
			[{ a: 2 }, undefined],
		]);
		expect(simulator.requests).toHaveLength(3);
	});

	it('columns are read again', async () => {
		const columns = {
			parameters: {
				responseFormat: 'columns',
				columns: {
					values: [
						{ name: 'kind', type: 'choice', choices: 'oak, elm' },
						{ name: 'since', type: 'date' },
					],
				},
			},
		};
		simulator.script({ reply: '{"kind":"Oak","since":"2026-01-31"}' }, refusal, {
			reply: '{"kind":"elm","since":"2025-12-01"}',
		});
		await runChat(simulator, setupFor(2, columns));
		const { outputs } = await runChat(simulator, setupFor(2, columns));

		expect(jsonOf(outputs[0])).toMatchObject([
			{ kind: 'oak', since: '2026-01-31', reused: true },
			{ kind: 'elm', since: '2025-12-01' },
		]);
		expect(simulator.requests).toHaveLength(3);
	});

	it('a repaired answer is kept as one, with the usage of both requests', async () => {
		const json = {
			parameters: { responseFormat: 'json' },
			options: { repairJson: true },
		};
		const usage = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 };
		simulator.script(
			{ reply: 'It is one.', usage },
			{ reply: 'It is two.', usage },
			// The repairs.
			{ reply: '{"a":1}', usage },
			refusal,
			{ reply: '{"a":2}', usage },
		);
		const setup = setupFor(2, json);
		const failed = await runChat(simulator, setup);
		const { outputs } = await runChat(simulator, setup);

		expect(apiErrorOf(failed).message).toContain(
			'[row 2, item 1 in n8n; 1 of 2 items had succeeded]',
		);
		expect(jsonOf(outputs[0])).toMatchObject([
			{ json: { a: 1 }, reused: true, usage: { promptTokens: 20, totalTokens: 30 } },
			{ json: { a: 2 } },
		]);
		expect(simulator.requests).toHaveLength(5);
	});

	it('tool calls come back', async () => {
		const tool = { type: 'function', function: { name: 'weather', parameters: {} } };
		const options = { tools: JSON.stringify([tool]) };
		simulator.script(
			{ toolCalls: [{ id: 'call_1', name: 'weather', arguments: { city: 'Oslo' } }] },
			refusal,
			{ reply: 'None' },
		);
		await runChat(simulator, setupFor(2, { options }));
		const { outputs } = await runChat(simulator, setupFor(2, { options }));

		expect(jsonOf(outputs[0])[0]).toMatchObject({
			toolCalls: [{ id: 'call_1', name: 'weather', arguments: { city: 'Oslo' } }],
			reused: true,
		});
	});

	it('images are part of the request', async () => {
		const itemWith = (bytes: string): INodeExecutionData => ({
			json: { text: 'Row 0' },
			binary: { photo: { data: Buffer.from(bytes).toString('base64'), mimeType: 'image/png' } },
		});
		const setup = (first: string) =>
			setupFor(2, {
				items: [itemWith(first), itemWith('two')],
				parameters: { model: { mode: 'id', value: 'MiniMax-M3' } },
				options: { images: { values: [{ source: 'binary', binaryProperty: 'photo' }] } },
			});
		simulator.script(...answers(1), refusal);
		await runChat(simulator, setup('one'));
		simulator.script(refusal);
		await runChat(simulator, setup('other'));
		const { outputs } = await runChat(simulator, setup('one'));

		expect(reusedOf(outputs[0])).toEqual([true, false]);
	});
});

describe('an answer that waits for its repair', () => {
	const json: ChatSetup = { parameters: { responseFormat: 'json' }, options: { repairJson: true } };
	const usage = {
		prompt_tokens: 10,
		completion_tokens: 5,
		total_tokens: 15,
		prompt_tokens_details: { cached_tokens: 4 },
	};
	const bad = { reply: 'It is one.', usage };
	const repaired = { reply: '{"a":1}', usage };
	const isRepair = ({ body }: { body: unknown }) =>
		JSON.stringify(body).includes('This was not the JSON asked for');
	/** The item of the row whose first answer an earlier run has paid for. */
	const ofBoth = {
		json: { a: 1 },
		content: '{"a":1}',
		reasoning: expect.any(String),
		usage: {
			promptTokens: 20,
			completionTokens: 10,
			reasoningTokens: null,
			cachedTokens: 8,
			totalTokens: 30,
		},
		finishReason: 'stop',
		model: 'MiniMax-M3',
		id: anyId,
	};

	it('is left by a run that is stopped, and the next one asks for the repair only', async () => {
		simulator.script(bad, { fault: { connection: 'hang' } });
		const running = await startChat(simulator, setupFor(1, json));
		await waitFor(() => simulator.requests.length === 2);
		running.cancel();
		await running.done;
		simulator.script(repaired);
		const result = await runChat(simulator, setupFor(1, json));

		expect(jsonOf(result.outputs[0])).toEqual([ofBoth]);
		expect(simulator.requests.map(isRepair)).toEqual([false, true, true]);
		expect(simulator.requests[2]?.body).toEqual(simulator.requests[1]?.body);
		// What this run has paid for: the first answer is on the bill of the one before.
		expect(metadataOf(result)?.tokenUsage).toEqual({ inputTokens: 10, outputTokens: 5 });
	});

	it.each(['the process', 'the saved execution'])(
		'is left by a run that fails, in %s',
		async (place) => {
			simulator.script(bad, refusal);
			const failed = await runChat(simulator, setupFor(2, json));
			if (place !== 'the process') restart();
			simulator.script(repaired, { reply: '{"a":2}' });
			const { outputs } = await runChat(
				simulator,
				setupFor(2, { ...json, ...(place !== 'the process' && { retryOf: failed.saved }) }),
			);

			// No answer is kept yet.
			expect(apiErrorOf(failed).description).not.toContain('are kept');
			expect(jsonOf(outputs[0])).toMatchObject([ofBoth, { json: { a: 2 } }]);
			expect(reusedOf(outputs[0])).toEqual([false, false]);
			expect(simulator.requests.map(isRepair)).toEqual([false, false, true, false]);
		},
	);

	it('is left again where the repair fails on the way, and counts once for Retry On Fail', async () => {
		const lost = { fault: { status: 500 } };
		simulator.script(bad, lost, lost, repaired);
		const result = await runChat(
			simulator,
			setupFor(1, {
				...json,
				retryOnFail: true,
				maxTries: 3,
				waitBetweenTries: 1,
				options: { ...json.options, maxRetries: 0 },
			}),
		);

		expect(jsonOf(result.outputs[0])).toEqual([ofBoth]);
		expect(simulator.requests.map(isRepair)).toEqual([false, true, true, true]);
		expect(metadataOf(result)?.tokenUsage).toEqual({ inputTokens: 20, outputTokens: 10 });
		expect(contextOf(result)).toEqual({});
	});

	it("is left by an agent's call of the tool, and the same call pays for the repair only", async () => {
		const nodeType = new MiniMaxChat();
		nodeType.description.name = 'miniMaxChatTool';
		const tool = setupFor(1, { ...json, nodeType, options: { ...json.options, maxRetries: 0 } });
		simulator.script(bad, { fault: { status: 500 } });
		const failed = await runChat(simulator, tool);
		simulator.script(repaired, { reply: '{"a":4}' });
		const again = await runChat(simulator, tool);
		const anew = await runChat(simulator, tool);

		expect(failed.error).toBeDefined();
		expect(jsonOf(again.outputs[0])).toEqual([{ json: { a: 1 } }]);
		expect(jsonOf(anew.outputs[0])).toEqual([{ json: { a: 4 } }]);
		expect(simulator.requests.map(isRepair)).toEqual([false, true, true, false]);
	});

	it.each([
		['was none either', { reply: 'No.' }],
		['was refused for its content', refusal],
	])('is not kept where the repair %s', async (_what, second) => {
		simulator.script(bad, second);
		await runChat(simulator, setupFor(1, json));
		simulator.script({ reply: '{"a":3}' });
		const { outputs } = await runChat(simulator, setupFor(1, json));

		expect(jsonOf(outputs[0])).toMatchObject([{ json: { a: 3 } }]);
		expect(simulator.requests.map(isRepair)).toEqual([false, true, false]);
	});

	it.each([
		['Repair JSON', { repairJson: false }],
		['Reuse Answers', { reuseAnswers: false }],
	])('is not taken with %s off', async (_option, options) => {
		simulator.script(bad, refusal);
		await runChat(simulator, setupFor(2, json));
		simulator.script({ reply: '{"a":3}' }, { reply: '{"a":4}' });
		await runChat(simulator, setupFor(2, { ...json, options: { ...json.options, ...options } }));

		expect(simulator.requests.map(isRepair)).toEqual([false, false, false, false]);
	});
});

it('a kept answer is heard in one piece', async () => {
	simulator.script(...answers(1), refusal, { reply: 'Second' });
	await runChat(simulator, setupFor(2, { streaming: true }));
	const { chunks, outputs } = await runChat(simulator, setupFor(2, { streaming: true }));

	expect(
		chunks
			.filter(({ metadata }) => metadata.itemIndex === 0)
			.map(({ type, content }) => [type, content]),
	).toEqual([
		['begin', undefined],
		['item', 'Answer 0'],
		['end', undefined],
	]);
	expect(reusedOf(outputs[0])).toEqual([true, false]);
});

it('sums up what was paid, of all tries, and how many rows were not', async () => {
	const usage = {
		prompt_tokens: 10,
		completion_tokens: 5,
		total_tokens: 15,
		completion_tokens_details: { reasoning_tokens: 2 },
		prompt_tokens_details: { cached_tokens: 4 },
	};
	simulator.script({ reply: 'a', usage }, { reply: 'b', usage }, refusal, { reply: 'c', usage });
	const result = await runChat(
		simulator,
		setupFor(3, { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 }),
	);

	expect(metadataOf(result)).toMatchObject({
		tokenUsage: { inputTokens: 30, outputTokens: 15 },
		tracing: {
			'minimax.tokens.input': 30,
			'minimax.tokens.output': 15,
			'minimax.tokens.reasoning': 6,
			'minimax.tokens.cached': 12,
			'minimax.rows.reused': 2,
		},
	});
});
