import assert from 'node:assert/strict';
import { buildWorkflow, chat, webhook } from '../buildWorkflow.ts';
import type { StreamChunk } from '../readChunks.ts';
import type { Scene } from '../openScene.ts';
import type { Check } from '../suite.ts';
import type { Agents } from './openAgents.ts';
import { assertSucceeded } from './readRuns.ts';

/** Who hears a step of a workflow that streams its response. */
export async function checkHearing(
	agents: Agents,
	check: Check,
	credential: Scene['credential'],
): Promise<void> {
	const { simulator } = agents;
	const step = (
		name: string,
		prompt: string,
		settings: Partial<Parameters<typeof chat>[1]> = {},
	) => ({
		...chat(credential, { prompt, ...settings }),
		name,
	});
	const listen = async (path: string, ...steps: Array<ReturnType<typeof step>>) =>
		await agents.streamFrom(
			buildWorkflow(path, [webhook(path, 'streaming'), ...steps]),
			`webhook/${path}`,
		);
	const words = (chunks: StreamChunk[]): string =>
		chunks.map(({ type, content }) => (type === 'item' ? content : `<${type}>`)).join('');

	await check('a silent step is not heard, the one behind it is', async () => {
		simulator.script({ reply: 'category: harbour' }, { reply: 'Nine metres.' });
		const { chunks, execution } = await listen(
			'silent-step',
			step('Classify', 'classify', { options: { streaming: 'silent' } }),
			step('Answer', 'answer'),
		);
		assertSucceeded(execution);
		assert.equal(words(chunks), '<begin>Nine metres.<end>');
		const [body] = simulator.requests.map((request) => request.body as { stream?: boolean });
		assert.equal(body?.stream, true);
	});

	for (const onError of ['continueRegularOutput', 'continueErrorOutput']) {
		await check(`a failure that ${onError} takes over is not heard`, async () => {
			simulator.script({ fault: { status: 400 } }, { reply: 'Nine metres.' });
			const { chunks, execution } = await listen(
				`handled-${onError}`,
				step('First', 'try', { onError }),
				step('Second', 'fallback'),
			);
			assertSucceeded(execution);
			const heard = onError === 'continueRegularOutput' ? '<begin>Nine metres.<end>' : '';
			assert.equal(words(chunks), heard);
		});
	}

	await check('a try that Retry On Fail repeats is not heard', async () => {
		simulator.script({ fault: { status: 400 } }, { reply: 'Nine metres.' });
		const retry = { retryOnFail: true, maxTries: 2, waitBetweenTries: 50 };
		const { chunks, execution } = await listen('retried', step('Only', 'try', retry));
		assertSucceeded(execution);
		assert.equal(words(chunks), '<begin>Nine metres.<end>');
	});

	await check('words that broke off are told apart from those of the next try', async () => {
		const reply = 'Nine metres at low tide, and twelve when it is high.';
		simulator.script(
			{
				reply,
				reasoningText: 'Hm.',
				chunkCharacters: 6,
				tokensPerSecond: 100,
				fault: { stream: 'reset', afterChunks: 5 },
			},
			{ reply },
		);
		const retry = { retryOnFail: true, maxTries: 2, waitBetweenTries: 50 };
		const { chunks, execution } = await listen('broken', step('Only', 'try', retry));
		assertSucceeded(execution);
		assert.match(words(chunks), /^<begin>Nine[^<]*<error><begin>Nine.*high\.<end>$/);
	});

	await check('a failure that ends the workflow is heard once', async () => {
		simulator.set({ fault: { status: 400 } });
		const { chunks, execution } = await listen('stopped', step('Only', 'try'));
		assert.equal(execution.status, 'error');
		assert.equal(words(chunks), '<error>');
	});
}
