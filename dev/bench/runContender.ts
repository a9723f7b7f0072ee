import { setTimeout as pause } from 'node:timers/promises';
import { readNodeItems } from '../n8n/readNodeItems.ts';
import type { BenchCase } from './cases.ts';
import type { ContenderName } from './contenders.ts';
import { nodeUnderTest } from './contenders.ts';
import { readCpuMs, readMemoryMb, readPeakMb, resetPeakMemory } from './measureProcess.ts';
import type { Bench, Installed } from './startBench.ts';

/** One run of one contender. */
export interface Sample {
	/** The node's own execution time. */
	wallMs: number;
	/** CPU of the n8n process for the whole execution, saving included. */
	cpuMs: number;
	/** Highest resident memory of the n8n process. */
	peakMb: number;
	/** Resident memory before. */
	idleMb: number;
	/** Items that came out. */
	succeeded: number;
	/** Answers that the API gave and charged for. */
	answered: number;
	/** Requests that ended otherwise. */
	refused: number;
	/** What the API has charged. */
	tokens: number;
	/** Items whose column `row` is that of their place. */
	right: number;
}

/** Calls the contender's webhook and waits until the execution is saved. */
export async function runContender(
	bench: Bench,
	name: ContenderName,
	{ items, characters = 0, settings, retryOnFail, script }: BenchCase,
): Promise<Sample> {
	const installed = await bench.workflow(name, retryOnFail);
	const { workflowId } = installed;
	await bench.renewKey(name, installed);
	await bench.simulator.reset({ reply: 'late delivery', ...settings });
	if (script !== undefined) await bench.simulator.script(script(name));
	const pid = bench.pid();
	const earlier = await newestExecution(bench, workflowId);

	resetPeakMemory(pid);
	const idleMb = readMemoryMb(pid);
	const cpuBefore = readCpuMs(pid);
	await call(installed, { items, characters });
	const id = await endedAfter(bench, workflowId, earlier?.id);
	const cpuMs = readCpuMs(pid) - cpuBefore;
	const peakMb = readPeakMb(pid);

	const execution = await bench.user().readExecution(id);
	const [run] = execution.runData[nodeUnderTest] ?? [];
	if (run === undefined) throw new Error(`${name} did not run: ${execution.error?.message}`);
	const { byStatus, tokens } = await bench.simulator.count();
	const { 200: answered = 0, ...others } = byStatus;
	const outItems = readNodeItems(execution, nodeUnderTest);
	return {
		wallMs: run.executionTime,
		cpuMs,
		peakMb,
		idleMb,
		succeeded: outItems.filter(({ json }) => !json.error).length,
		right: outItems.filter(({ json }, row) => json['row'] === row).length,
		tokens,
		answered,
		refused: Object.values(others).reduce((sum, count) => sum + count, 0),
	};
}

/** Loads code, fills caches, and waits for the webhook, which is there a second after activation. */
export async function warmUp(
	bench: Bench,
	name: ContenderName,
	retryOnFail = false,
): Promise<void> {
	const installed = await bench.workflow(name, retryOnFail);
	const { workflowId } = installed;
	await bench.simulator.reset({});
	const earlier = await newestExecution(bench, workflowId);
	for (;;) {
		const status = await call(installed, { items: 30, characters: 0 });
		if (status === 200) break;
		if (status !== 404) throw new Error(`The first run of ${name} ended with status ${status}.`);
		await pause(300);
	}
	await endedAfter(bench, workflowId, earlier?.id);
}

async function call({ webhook }: Installed, body: object): Promise<number> {
	const response = await fetch(webhook, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(body),
	});
	await response.text();
	return response.status;
}

async function newestExecution(bench: Bench, workflowId: string) {
	const [newest] = await bench.user().listExecutions(workflowId);
	return newest;
}

async function endedAfter(bench: Bench, workflowId: string, earlier?: string): Promise<string> {
	for (;;) {
		const newest = await newestExecution(bench, workflowId);
		const isOver = newest !== undefined && ['success', 'error'].includes(newest.status);
		if (newest !== undefined && isOver && newest.id !== earlier) return newest.id;
		await pause(50);
	}
}
