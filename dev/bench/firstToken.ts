import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { buildAndPack } from '../n8n/buildAndPack.ts';
import { driveN8n } from '../n8n/driveN8n.ts';
import { findFreePort } from '../n8n/findFreePort.ts';
import { installN8n } from '../n8n/installN8n.ts';
import { installPackage } from '../n8n/installPackage.ts';
import { launchN8n } from '../n8n/launchN8n.ts';
import type { StoredCredential, Workflow } from '../n8n/n8nTypes.ts';
import { killAllProcessGroups, stopAllProcessGroups } from '../n8n/processGroups.ts';
import { startSimulatorProcess } from './startSimulatorProcess.ts';

/**
 * What a real n8n adds to the time until the first token: Webhook (Streaming) → MiniMax Chat, beside
 * the same request by plain HTTP to the simulator. Requests take turns; medians are shown.
 *
 *   npm run bench:first-token -- [requests]
 */
const requests = Number(process.argv[2] ?? 30);
const firstPort = 16_100;
const apiKey = 'sk-bench';
const model = 'MiniMax-M3';
const prompt = 'Write a sentence about the harbour.';
/** A token or two in each chunk, so that lumps would show. */
const settings = {
	latencyMs: 300,
	tokensPerSecond: 100,
	chunkCharacters: 5,
	// Without any, a self-hosted server's answer is held back: it might be thinking without its opener.
	reasoningText: 'They ask for a sentence.',
	reply:
		'The tide tables of this harbour were kept by hand, one page a day, in ink, until 1958. '.repeat(
			2,
		),
};

const repository = join(import.meta.dirname, '..', '..');
const userFolder = mkdtempSync(join(tmpdir(), 'minimax-first-token-'));

process.on('exit', () => {
	killAllProcessGroups();
	rmSync(userFolder, { recursive: true, force: true });
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
	process.on(signal, () => process.exit(130));
}

const runtime = await installN8n();
await installPackage(await buildAndPack(repository, userFolder), userFolder);
const simulator = await startSimulatorProcess(await findFreePort(firstPort), [apiKey]);
await simulator.reset(settings);
const n8n = await launchN8n({
	runtime,
	userFolder,
	logFile: join(userFolder, 'n8n.log'),
	port: firstPort + 10,
	env: { N8N_DISABLED_MODULES: 'mcp-registry' },
});
const user = await driveN8n(n8n.url, { email: 'bench@example.com', password: 'MiniMax-bench-1' });
const credential = await user.createCredential({
	name: 'bench',
	type: 'miniMaxPlatformApi',
	data: { apiKey, region: 'custom', baseUrl: simulator.url },
});
await user.activateWorkflow(await user.createWorkflow(workflowWith(credential)));

const contenders = {
	'plain HTTP': () =>
		listen(
			`${simulator.url}/chat/completions`,
			{
				model,
				messages: [{ role: 'user', content: prompt }],
				temperature: 1,
				top_p: 0.95,
				max_completion_tokens: 8192,
				stream: true,
				stream_options: { include_usage: true },
				reasoning_split: true,
			},
			/"content":"[^"]/g,
		),
	'through n8n': () => listen(`${n8n.url}/webhook/first-token`, { text: prompt }, /"type":"item"/g),
};

// A webhook answers about a second after its activation; the first runs load code besides.
for (let warm = 0; warm < 5; ) {
	if ((await contenders['through n8n']()).length > 0) warm += 1;
	else await pause(300);
}
const heard: Record<keyof typeof contenders, number[][]> = { 'plain HTTP': [], 'through n8n': [] };
for (let request = 0; request < requests; request += 1) {
	heard['plain HTTP'].push(await contenders['plain HTTP']());
	heard['through n8n'].push(await contenders['through n8n']());
}
await stopAllProcessGroups();

console.log(
	`\nn8n ${runtime.version}, ${requests} requests each in turns; the simulator waits ` +
		`${settings.latencyMs} ms, then sends ${settings.tokensPerSecond} tokens a second\n\n` +
		`${'medians'.padEnd(14)}first token   tokens   gap   95% of gaps   several at once`,
);
for (const [name, all] of Object.entries(heard)) {
	const gaps = all.flatMap((times) => times.slice(1).map((time, at) => time - (times[at] ?? 0)));
	const together = gaps.filter((gap) => gap < 1).length / gaps.length;
	const cells = [
		`${first(all).toFixed(1)} ms`.padStart(11),
		String(quantile(all.map(({ length }) => length))).padStart(8),
		quantile(gaps).toFixed(1).padStart(5),
		`${quantile(gaps, 0.95).toFixed(1)} ms`.padStart(13),
		`${(together * 100).toFixed(1)} %`.padStart(17),
	];
	console.log(`${name.padEnd(14)}${cells.join(' ')}`);
}
const plain = first(heard['plain HTTP']);
const through = first(heard['through n8n']);
console.log(
	`\nn8n and the node add ${(through - plain).toFixed(1)} ms (${(through / plain).toFixed(2)} times)`,
);
process.exit();

/** When each token arrived, in milliseconds since the request; none unless the answer is a 200. */
async function listen(url: string, body: object, token: RegExp): Promise<number[]> {
	const start = performance.now();
	const response = await fetch(url, {
		method: 'POST',
		headers: { 'content-type': 'application/json', authorization: `Bearer ${apiKey}` },
		body: JSON.stringify(body),
	});
	const times: number[] = [];
	const decoder = new TextDecoder();
	let open = '';
	if (!response.ok || response.body === null) {
		await response.text();
		return [];
	}
	const reader = response.body.getReader();
	for (;;) {
		const { done, value } = await reader.read();
		if (done) return times;
		const arrived = performance.now() - start;
		const lines = (open + decoder.decode(value, { stream: true })).split('\n');
		open = lines.pop() ?? '';
		const tokens = lines.join('\n').match(token)?.length ?? 0;
		for (let at = 0; at < tokens; at += 1) times.push(arrived);
	}
}

function first(all: number[][]): number {
	return quantile(all.map(([time]) => time ?? NaN));
}

function quantile(values: number[], share = 0.5): number {
	return values.toSorted((one, other) => one - other)[Math.floor(values.length * share)] ?? NaN;
}

function workflowWith({ id, type }: StoredCredential): Workflow {
	return {
		name: 'First token',
		nodes: [
			{
				name: 'Webhook',
				type: 'n8n-nodes-base.webhook',
				typeVersion: 2.1,
				position: [0, 0],
				webhookId: 'first-token',
				parameters: { httpMethod: 'POST', path: 'first-token', responseMode: 'streaming' },
			},
			{
				name: 'MiniMax Chat',
				type: 'n8n-nodes-minimax-platform.miniMaxChat',
				typeVersion: 1,
				position: [220, 0],
				parameters: {
					model: { __rl: true, mode: 'list', value: model },
					messages: { values: [{ role: 'user', content: '={{ $json.body.text }}' }] },
				},
				credentials: { [type]: { id, name: 'bench' } },
			},
		],
		connections: { Webhook: { main: [[{ node: 'MiniMax Chat', type: 'main', index: 0 }]] } },
	};
}
