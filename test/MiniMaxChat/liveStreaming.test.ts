import { ExecuteSingleContext } from 'n8n-core';
import { sleep } from 'n8n-workflow';

import { startSimulator, type Simulator } from '../../dev/simulator/startSimulator.ts';
import { MiniMaxChat } from '../../nodes/MiniMaxChat/MiniMaxChat.node';
import type { NodeResult } from '../../dev/engine/runNode.ts';
import {
	apiErrorOf,
	jsonOf,
	onlyItem,
	runChat,
	startChat,
	textOfEachItem,
} from '../support/runChat';
import { waitFor } from '../support/waitFor';

let simulator: Simulator;

beforeEach(async () => {
	simulator = await startSimulator({
		reply: 'Oslo lies in Norway, at the end of a fjord.',
		reasoningText: 'They ask about Oslo.',
		chunkCharacters: 9,
	});
});
afterEach(async () => await simulator.close());

const answer = 'Oslo lies in Norway, at the end of a fjord.';

/** Chunks in short: `0 begin`, `0 item Oslo`, `0 end`. */
function listChunks({ chunks }: NodeResult): string[] {
	return chunks.map(({ type, content, metadata }) =>
		[metadata.itemIndex, type, content].filter((part) => part !== undefined).join(' '),
	);
}

/** Chunks with the text of neighbouring ones joined. */
function joinChunks(result: NodeResult): string[] {
	return listChunks(result).reduce<string[]>((joined, chunk) => {
		const [start = '', index] = /^(\d+) item /.exec(chunk) ?? [];
		const before = joined.at(-1);
		if (start === '' || !before?.startsWith(`${index} item `)) return [...joined, chunk];
		return [...joined.slice(0, -1), before + chunk.slice(start.length)];
	}, []);
}

/**
 * Starts a reply of which the thinking (three deltas) and so many deltas of text come, and then nothing
 * more. Ends when a listener has heard those.
 */
async function hearDeltas(textDeltas: number): Promise<void> {
	simulator.set({ fault: { stream: 'stall', afterChunks: 3 + textDeltas } });
	let heard = '';
	const { cancel, done } = await startChat(simulator, {
		streaming: true,
		onChunk: ({ content }) => (heard += content ?? ''),
	});
	await waitFor(() => heard === answer.slice(0, 9 * textDeltas));

	expect(simulator.inFlight()).toBe(1);
	cancel();
	await done;
}

const someDeltas = [1, 2, 4];

it('sends begin, the answer, and end', async () => {
	const result = await runChat(simulator, { streaming: true });

	expect(joinChunks(result)).toEqual(['0 begin', `0 item ${answer}`, '0 end']);
	expect(result.chunks[0]?.metadata).toMatchObject({ nodeName: 'Node', runIndex: 0, itemIndex: 0 });
	expect(onlyItem(result)).toMatchObject({ content: answer, reasoning: 'They ask about Oslo.' });
});

it.each(someDeltas)('sends %i deltas of text while more is still to come', hearDeltas);

it('gives the same item as without a listener', async () => {
	const heard = onlyItem(await runChat(simulator, { streaming: true }));
	const unheard = onlyItem(await runChat(simulator));

	expect({ ...heard, id: '' }).toEqual({ ...unheard, id: '' });
});

it.each(['inline', 'mm-closer', 'split', 'details-only', 'both'] as const)(
	'never sends thinking: %s, with tags cut anywhere',
	async (reasoning) => {
		for (const chunkCharacters of [1, 2, 5]) {
			simulator.set({ reasoning, chunkCharacters, writeBytes: 'random', tokensPerSecond: 5000 });
			const result = await runChat(simulator, { streaming: true });

			expect(joinChunks(result)).toEqual(['0 begin', `0 item ${answer}`, '0 end']);
		}
	},
);

it.each([
	['silent', true],
	['off', undefined],
])('lets nobody hear it with Streaming %s', async (streaming, stream) => {
	const result = await runChat(simulator, { streaming: true, options: { streaming } });

	expect(listChunks(result)).toEqual([]);
	expect(onlyItem(result)).toMatchObject({ content: answer });
	expect(Object(simulator.requests[0]?.body).stream).toBe(stream);
});

it('lets each item say whether it is heard', async () => {
	const result = await runChat(simulator, {
		items: [{ how: 'silent' }, { how: 'auto' }],
		streaming: true,
		options: { streaming: '={{ $json.how }}' },
	});

	expect(joinChunks(result)).toEqual(['1 begin', `1 item ${answer}`, '1 end']);
});

it('sends nothing where the trigger does not stream', async () => {
	expect((await runChat(simulator)).chunks).toEqual([]);
});

it('begins and ends an answer without text, such as a tool call', async () => {
	simulator.set({ reply: '', toolCalls: [{ name: 'get_weather', arguments: {} }], turns: [] });
	const result = await runChat(simulator, { streaming: true });

	expect(onlyItem(result).toolCalls).toHaveLength(1);
	expect(joinChunks(result).map((chunk) => chunk.trim())).toEqual(
		expect.arrayContaining(['0 begin', '0 end']),
	);
});

it('lets several items speak one after the other, in their order', async () => {
	const items = [30, 0, 15, 0].map((latencyMs, index) => ({
		text: `Hello\n#sim {"latencyMs":${latencyMs},"reply":"This is answer number ${index}.","tokensPerSecond":400}`,
	}));
	const release = simulator.hold();
	const running = await startChat(simulator, { items, rows: textOfEachItem, streaming: true });
	await waitFor(() => simulator.inFlight() === items.length);
	release();
	const result = await running.done;

	expect(joinChunks(result)).toEqual(
		items.flatMap((_, index) => [
			`${index} begin`,
			`${index} item This is answer number ${index}.`,
			`${index} end`,
		]),
	);
});

it('keeps the order where chunks take their time, as from a worker to main', async () => {
	simulator.set({ chunkCharacters: 3 });
	const items = [{ text: 'Hello' }, { text: 'Hello\n#sim {"tokensPerSecond":100}' }];
	const result = await runChat(simulator, {
		items,
		rows: textOfEachItem,
		streaming: true,
		// The second item's next words come while its first ones are still on their way.
		onChunk: async ({ content }) => await sleep(3 * (content?.length ?? 0)),
	});

	expect(joinChunks(result)).toEqual(
		items.flatMap((_, index) => [`${index} begin`, `${index} item ${answer}`, `${index} end`]),
	);
});

it('loses no answer when the listener is gone', async () => {
	let heard = 0;
	const result = await runChat(simulator, {
		items: [{ text: 'Hello' }, { text: 'Hello' }],
		rows: textOfEachItem,
		streaming: true,
		onChunk: () => {
			heard += 1;
			if (heard > 2) throw new Error('The socket is closed');
		},
	});

	expect(jsonOf(result.outputs[0]).map(({ content }) => content)).toEqual([answer, answer]);
	expect(heard).toBe(3);
});

it('says nothing to the chat as an agent’s tool, whose words are for the agent', async () => {
	const tool = new MiniMaxChat();
	tool.description.name = 'miniMaxChatTool';
	const result = await runChat(simulator, { nodeType: tool, streaming: true });

	expect(result.chunks).toEqual([]);
	expect(onlyItem(result)).toEqual({ content: answer });
});

describe('when a reply breaks off', () => {
	const broken = { fault: { stream: 'reset' as const, afterChunks: 6 } };

	it('ends with an error chunk once tokens went out, and is not sent again', async () => {
		simulator.script(broken);
		const result = await runChat(simulator, { streaming: true });
		const error = apiErrorOf(result);

		expect(joinChunks(result)).toEqual([
			'0 begin',
			`0 item ${answer.slice(0, 27)}`,
			// By n8n itself, for the node.
			`0 error ${error.description}`,
		]);
		expect(error.message).toContain('broke off in the middle of the reply');
		expect(error.data).toMatchObject({ partial: { content: answer.slice(0, 27) } });
		expect(simulator.requests).toHaveLength(1);
	});

	it('is sent again while none went out, and the listener hears one answer', async () => {
		simulator.script({ fault: { status: 500 } });
		const result = await runChat(simulator, { streaming: true });

		expect(joinChunks(result)).toEqual(['0 begin', `0 item ${answer}`, '0 end']);
		expect(simulator.requests).toHaveLength(2);
	});

	it('lets the other items speak with Continue', async () => {
		const items = [{ text: `Hello\n#sim ${JSON.stringify(broken)}` }, { text: 'Hello' }];
		const result = await runChat(simulator, {
			items,
			rows: textOfEachItem,
			streaming: true,
			onError: 'continueRegularOutput',
		});

		expect(joinChunks(result).slice(-3)).toEqual(['1 begin', `1 item ${answer}`, '1 end']);
		expect(joinChunks(result)[2]).toMatch(/^0 error /);
		expect(jsonOf(result.outputs[0]).map((json) => Object.keys(json)[0])).toEqual([
			'error',
			'content',
		]);
	});

	it('one error chunk reports a refused request that ends the workflow', async () => {
		simulator.script({ fault: { code: 1008 } });
		const result = await runChat(simulator, { streaming: true });

		// By n8n itself, for the node.
		expect(listChunks(result)).toEqual([`0 error ${apiErrorOf(result).description}`]);
	});

	it.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
		'nobody hears of a failure that %s takes over before the first word',
		async (onError) => {
			simulator.script({ fault: { code: 1008 } });
			const result = await runChat(simulator, { streaming: true, onError });

			expect(listChunks(result)).toEqual([]);
		},
	);

	it.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
		'one error chunk ends the words of a failure that %s takes over',
		async (onError) => {
			simulator.script(broken);
			const result = await runChat(simulator, { streaming: true, onError });

			expect(joinChunks(result)).toEqual([
				'0 begin',
				`0 item ${answer.slice(0, 27)}`,
				expect.stringMatching(/^0 error The connection .* broke off/),
			]);
		},
	);

	describe('with Retry On Fail', () => {
		const retry = { retryOnFail: true, maxTries: 3, waitBetweenTries: 0 };

		it('nobody hears of a try that failed before the first word', async () => {
			simulator.script({ fault: { code: 1008 } });
			const result = await runChat(simulator, { streaming: true, ...retry });

			expect(joinChunks(result)).toEqual(['0 begin', `0 item ${answer}`, '0 end']);
		});

		it('one error chunk parts the words of a failed try from those of the next', async () => {
			simulator.script(broken, { fault: { code: 1008 } });
			const result = await runChat(simulator, { streaming: true, ...retry });

			expect(joinChunks(result)).toEqual([
				'0 begin',
				`0 item ${answer.slice(0, 27)}`,
				expect.stringMatching(/^0 error The connection .* broke off/),
				'0 begin',
				`0 item ${answer}`,
				'0 end',
			]);
		});

		it.each([
			['before the first word', { fault: { code: 1008 } }, []],
			['after words', broken, ['0 begin', `0 item ${answer.slice(0, 27)}`]],
		])('one error chunk reports that every try failed, the first %s', async (_, first, heard) => {
			simulator.script(first, { fault: { code: 1008 } }, { fault: { code: 1008 } });
			const result = await runChat(simulator, { streaming: true, ...retry });

			expect(joinChunks(result)).toEqual([...heard, `0 error ${apiErrorOf(result).description}`]);
		});
	});
});

it('bad input of one item lets the others speak with Continue', async () => {
	const items = [{ text: '' }, { text: 'Hello' }];
	const setup = { items, rows: textOfEachItem, onError: 'continueRegularOutput' as const };
	const result = await runChat(simulator, { ...setup, streaming: true });

	expect(joinChunks(result)).toEqual(['1 begin', `1 item ${answer}`, '1 end']);
});

it('an expression that throws lets the items behind it speak with Continue', async () => {
	const content = "={{ $json.text ?? $('Nowhere').first().json.text }}";
	const rows = [{ role: 'user', content }];
	const items = [{ text: null }, { text: 'Hello' }];
	const setup = { items, rows, onError: 'continueRegularOutput' as const };
	const result = await runChat(simulator, { ...setup, streaming: true });

	expect(joinChunks(result)).toEqual(['1 begin', `1 item ${answer}`, '1 end']);
});

describe('n8n before 2.37, whose single-item contexts do not stream', () => {
	const names = ['isStreaming', 'sendChunk'] as const;

	beforeEach(() => {
		for (const name of names) {
			Object.defineProperty(ExecuteSingleContext.prototype, name, {
				value: undefined,
				configurable: true,
			});
		}
	});
	afterEach(() => {
		for (const name of names) Reflect.deleteProperty(ExecuteSingleContext.prototype, name);
	});

	it.each(someDeltas)('sends %i deltas of text while more is still to come', hearDeltas);

	it('streams by the hooks that whole nodes have there', async () => {
		const result = await runChat(simulator, { streaming: true });

		expect(joinChunks(result)).toEqual(['0 begin', `0 item ${answer}`, '0 end']);
		expect(result.chunks[0]).toEqual({
			type: 'begin',
			content: undefined,
			metadata: {
				nodeId: 'node-1',
				nodeName: 'Node',
				itemIndex: 0,
				runIndex: 0,
				timestamp: expect.any(Number) as unknown,
			},
		});
		expect(onlyItem(result).content).toBe(answer);
	});

	it('sends nothing where the trigger does not stream', async () => {
		expect((await runChat(simulator)).chunks).toEqual([]);
	});
});
