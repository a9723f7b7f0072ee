import assert from 'node:assert/strict';
import type { SimulatorSettings } from '../../../dev/simulator/settings.ts';
import { readNodeItems } from '../../../dev/n8n/readNodeItems.ts';
import { buildWorkflow, chat, chatName, webhook } from '../buildWorkflow.ts';
import { openWebhook } from '../openWebhook.ts';
import { splitRows } from '../splitRows.ts';
import { seconds } from './ground.ts';
import type { SoakCheck } from './ground.ts';
import { readResident } from './measureMemory.ts';

const prompt = '={{ $json.body.text }}';

/** Requests and replies of unusual size and pace. */
export const stretchMessages: SoakCheck[] = [
	slowReplies('trickle in pieces of 1 to 64 bytes', { writeBytes: 'random', tokensPerSecond: 150 }),
	slowReplies('come with 1 % of their bytes 25 ms late', { delayedBytes: { share: 0.01, ms: 25 } }),
	{
		name: '1000 messages, 1 MB, in one request',
		async measure({ server, simulator }) {
			const messages = Array.from({ length: 1000 }, (_, index) => ({
				role: index % 2 === 0 ? 'user' : 'assistant',
				content: `${index}: ${'word '.repeat(200)}`.slice(0, 1_000),
			}));
			messages[999] = { role: 'user', content: 'And now?' };
			const parameters = {
				// Takes a million tokens; the others are full at a fifth of it.
				model: { __rl: true, mode: 'list', value: 'MiniMax-M3' },
				messagesFrom: 'json',
				messagesJson: '={{ $json.body.messages }}',
			};
			const steps = [webhook('thousand'), chat(server.credential, { parameters })];
			const { call } = await openWebhook(server, buildWorkflow('Thousand', steps), 'thousand');
			await simulator.set({ reply: 'Now it is enough.' });
			const startedAt = performance.now();
			const item = (await (await call({ messages })).json()) as { content: string };
			const took = seconds(startedAt);
			assert.equal(item.content, 'Now it is enough.', JSON.stringify(item));
			const sent = (await simulator.requests()).at(-1)?.body as { messages: unknown };
			assert.deepEqual(sent.messages, messages);
			const megabytes = (JSON.stringify(messages).length / 1e6).toFixed(2);
			return `sent unchanged, ${megabytes} MB, answered in ${took}`;
		},
	},
	{
		name: 'a reply of 8 MB, twice the longest of a model',
		async measure({ server, simulator }) {
			const piece = 'The tide turns at six. '.repeat(200);
			const pieces = Math.floor(8_000_000 / piece.length);
			await simulator.set({ body: writeStream(piece, pieces) });
			const steps = [webhook('large'), chat(server.credential, { prompt })];
			const { call } = await openWebhook(server, buildWorkflow('Large', steps), 'large');
			const { pid = 0 } = server.n8n;
			const before = readResident(pid);
			let peak = before;
			const watch = setInterval(() => (peak = Math.max(peak, readResident(pid))), 100);
			const startedAt = performance.now();
			const response = await call({ text: 'How does the tide turn?' });
			const item = (await response.json()) as { content: string };
			clearInterval(watch);
			const took = seconds(startedAt);
			const isWhole = item.content === piece.repeat(pieces);
			assert.ok(isWhole, `${item.content.length} characters came`);
			return `whole in ${took}, memory ${before.toFixed(0)} MB before, ${peak.toFixed(0)} MB at most`;
		},
	},
];

function slowReplies(how: string, settings: Partial<SimulatorSettings>): SoakCheck {
	return {
		name: `40 replies that ${how}`,
		async measure({ server, simulator }) {
			// Letters of one to four bytes, so that the pieces cut through them.
			const reply = 'Füße naß: 潮は六時に変わる 🌊🚣🏽‍♀️ – dann geht’s los.\n'.repeat(12);
			const reasoningText = 'Überlegen … 考える 🤔 '.repeat(8);
			await simulator.set({
				reply,
				reasoningText,
				chunkCharacters: 7,
				comments: true,
				...settings,
			});
			const path = `slow-${Object.keys(settings).join('-')}`;
			const steps = [webhook(path, 'onReceived'), splitRows(), chat(server.credential)];
			const { run } = await openWebhook(server, buildWorkflow(path, steps), path);
			const startedAt = performance.now();
			const execution = await run({ rows: Array(40).fill({ text: 'When does the tide turn?' }) });
			assert.equal(execution.status, 'success', execution.error?.message);
			const answers = readNodeItems(execution, chatName).map(({ json }) => [
				json['content'],
				json['reasoning'],
			]);
			assert.deepEqual(answers, Array(40).fill([reply, reasoningText.trim()]));
			return `all whole, ${Buffer.byteLength(reply + reasoningText)} bytes of text each, in ${seconds(startedAt)}`;
		},
	};
}

/** A streamed completion, longer than the simulator lets a model write. */
function writeStream(piece: string, pieces: number): string {
	const chunk = (delta: object, finish: string | null) => {
		const choices = [{ index: 0, delta, finish_reason: finish }];
		const fields = { id: 'large', object: 'chat.completion.chunk', model: 'MiniMax-M2.7' };
		return `data: ${JSON.stringify({ ...fields, choices })}\n\n`;
	};
	const text = chunk({ role: 'assistant', content: piece }, null).repeat(pieces);
	return `${text}${chunk({ content: '' }, 'stop')}data: [DONE]\n\n`;
}
