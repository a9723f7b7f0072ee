import assert from 'node:assert/strict';
import type { Execution } from '../../../dev/n8n/n8nTypes.ts';
import { readNodeItems } from '../../../dev/n8n/readNodeItems.ts';
import {
	agent,
	calculator,
	langChain,
	reasoningModel,
	streamingWebhook,
	trigger,
	workflowOf,
} from '../agents/agentWorkflow.ts';
import type { Placed } from '../agents/agentWorkflow.ts';
import { openWebhook } from '../openWebhook.ts';
import { readChunks } from '../readChunks.ts';
import type { Bench, Feature } from './bench.ts';

const question = 'What is 2*3?';

/** The turns of a tool loop; the simulator refuses the second when the first comes back changed. */
const loop = [
	{
		reasoningText: 'A product.',
		toolCalls: [{ id: 'call_one', name: 'Calculator', arguments: '{ "input" : "2*3" }' }],
	},
	{ reasoningText: 'Done.', reply: 'It is 6.' },
];

/** MiniMax Reasoning Chat Model under n8n's chains and agents. */
export const modelFeatures: Feature[] = [
	{
		name: 'MiniMax Reasoning Chat Model in a Basic LLM Chain',
		async verify(bench) {
			bench.simulator.set({ reply: 'Good morning!' });
			const chain = langChain('Chain', 'chainLlm', {
				typeVersion: 1.7,
				parameters: { promptType: 'define', text: 'Say good morning.' },
			});
			const execution = await run(bench, 'chain', [
				plainWebhook('chain', 'Chain'),
				chain,
				reasoningModel('Chain'),
			]);
			return judge(bench, execution, 'Chain', { text: 'Good morning!' });
		},
	},
	{
		name: 'AI Agent calls tools, the thinking goes back unchanged',
		async verify(bench) {
			bench.simulator.set({ requireReasoningReplay: true });
			bench.simulator.script(...loop);
			const execution = await run(bench, 'agent', [
				plainWebhook('agent', 'Agent'),
				agent(3, question),
				reasoningModel('Agent'),
				calculator('Agent'),
			]);
			return judge(bench, execution, 'Agent', { output: 'It is 6.' });
		},
	},
	{
		name: 'AI Agent streams its answer',
		async verify(bench) {
			if (!bench.isFrom('2.16')) return 'needs n8n 2.16';
			bench.simulator.set({ requireReasoningReplay: true, chunkCharacters: 3, tokensPerSecond: 40 });
			bench.simulator.script(...loop);
			const placed = [
				streamingWebhook('agent-streamed', 'Agent'),
				agent(3, question, { enableStreaming: true }),
				reasoningModel('Agent'),
				calculator('Agent'),
			];
			const workflow = workflowOf('agent streamed', placed, [bench.credential]);
			const { call } = await openWebhook(bench, workflow, 'agent-streamed');
			const contents: string[] = [];
			for await (const { type, content } of readChunks(await call())) {
				assert.notEqual(type, 'error');
				if (type === 'item') contents.push(content ?? '');
			}
			assert.equal(contents.join(''), 'It is 6.');
			assert.ok(contents.length > 1, 'the answer came in one piece');
			return 'word by word';
		},
	},
];

const needsNewer = 'needs n8n 2.16, and says so';

/** The item on n8n 2.16 and later; before, the words that name the version. */
function judge(bench: Bench, execution: Execution, node: string, expected: object): string {
	if (bench.isFrom('2.16')) {
		assert.equal(execution.status, 'success', execution.error?.message);
		assert.deepEqual(
			readNodeItems(execution, node).map(({ json }) => json),
			[expected],
		);
		return 'yes';
	}
	assert.equal(execution.status, 'error');
	assert.match(execution.error?.message ?? '', /needs n8n 2\.16 or later$/);
	return needsNewer;
}

function plainWebhook(path: string, to: string): Placed {
	const placed = streamingWebhook(path, to);
	return { ...placed, parameters: { ...placed.parameters, responseMode: 'onReceived' } };
}

async function run(bench: Bench, path: string, placed: Placed[]): Promise<Execution> {
	assert.equal(placed[0]?.name, trigger);
	const workflow = workflowOf(path, placed, [bench.credential]);
	return await (await openWebhook(bench, workflow, path)).run();
}
