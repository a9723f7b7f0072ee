import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { driveN8n } from '../../../dev/n8n/driveN8n.ts';
import { installN8n } from '../../../dev/n8n/installN8n.ts';
import { installPackage } from '../../../dev/n8n/installPackage.ts';
import { launchN8n } from '../../../dev/n8n/launchN8n.ts';
import type { Execution, StoredWorkflow } from '../../../dev/n8n/n8nTypes.ts';
import { packPackage } from '../../../dev/n8n/packPackage.ts';
import { startSimulator } from '../../../dev/simulator/startSimulator.ts';
import { credentialsFor, trigger, workflowOf, type Placed } from './agentWorkflow.ts';

export type Agents = Awaited<ReturnType<typeof startAgents>>;

/** A line of a streamed response. */
export interface Chunk {
	type: string;
	content?: string;
}

/** An n8n with the built package, a simulator and credentials that lead to it. */
export async function startAgents() {
	const repository = join(import.meta.dirname, '../../..');
	const userFolder = await mkdtemp(join(tmpdir(), 'minimax-agents-'));
	const tarball = await packPackage(repository, join(userFolder, 'packed'));
	await installPackage(tarball, userFolder);
	const simulator = await startSimulator();
	const n8n = await launchN8n({
		runtime: await installN8n(),
		userFolder,
		logFile: join(userFolder, 'n8n.log'),
		port: 15_700,
	});
	const user = await driveN8n(n8n.url, {
		email: 'agents@example.com',
		password: 'MiniMax-agents-1',
	});
	const credentials = await Promise.all(
		credentialsFor(simulator.url).map(
			async (credential) => await user.createCredential(credential),
		),
	);

	const save = async (name: string, placed: Placed[]): Promise<StoredWorkflow> =>
		await user.createWorkflow(workflowOf(name, placed, credentials));
	const runAgain = async (workflow: StoredWorkflow): Promise<Execution> =>
		await user.runWorkflow(workflow, trigger);

	return {
		simulator,
		user,
		save,
		runAgain,
		/** Saves the workflow, runs it from its manual trigger and waits for the end. */
		async run(name: string, placed: Placed[]): Promise<Execution> {
			return await runAgain(await save(name, placed));
		},
		/** Activates a workflow with a webhook at that path, calls it and reads the lines it streams. */
		async stream(
			path: string,
			placed: Placed[],
		): Promise<{ chunks: Chunk[]; execution: Execution }> {
			const workflow = await save(path, placed);
			await user.activateWorkflow(workflow);
			const chunks = await callWebhook(`${n8n.url}/webhook/${path}`);
			const [summary] = await user.listExecutions(workflow.id);
			if (summary === undefined) throw new Error(`The webhook '${path}' started no execution.`);
			return { chunks, execution: await user.waitForExecution(summary.id) };
		},
		async stop(): Promise<void> {
			await n8n.stop();
			await simulator.close();
			await rm(userFolder, { recursive: true, force: true });
		},
	};
}

/** A new webhook answers 404 for about a second. */
async function callWebhook(url: string): Promise<Chunk[]> {
	const deadline = Date.now() + 20_000;
	for (;;) {
		const response = await fetch(url, { method: 'POST' });
		const text = await response.text();
		if (response.ok) return text.split('\n').filter(Boolean).map(readLine);
		if (response.status !== 404 || Date.now() > deadline) {
			throw new Error(`The webhook answered ${response.status}: ${text.slice(0, 500)}`);
		}
		await new Promise((resolve) => setTimeout(resolve, 200));
	}
}

function readLine(line: string): Chunk {
	return JSON.parse(line) as Chunk;
}
