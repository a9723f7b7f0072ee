import type {
	Execution,
	StoredCredential,
	StoredWorkflow,
	Workflow,
} from '../../../dev/n8n/n8nTypes.ts';
import { readChunks } from '../readChunks.ts';
import type { StreamChunk } from '../readChunks.ts';
import type { Scene } from '../openScene.ts';
import { until } from '../until.ts';
import { credentialsFor, trigger, workflowOf, type Placed } from './agentWorkflow.ts';

export type Agents = Awaited<ReturnType<typeof openAgents>>;

/** Saves and runs workflows of placed nodes in the n8n of a scene or of a queue. */
export async function openAgents({
	n8n,
	user,
	simulator,
}: Pick<Scene, 'n8n' | 'user' | 'simulator'>) {
	const credentials = await Promise.all(
		credentialsFor(simulator.url).map(
			async (credential) => await user.createCredential(credential),
		),
	);
	/** @param others credentials to use in place of those of their type */
	const save = async (
		name: string,
		placed: Placed[],
		others: StoredCredential[] = [],
	): Promise<StoredWorkflow> =>
		await user.createWorkflow(workflowOf(name, placed, [...credentials, ...others]));
	const runAgain = async (workflow: StoredWorkflow): Promise<Execution> =>
		await user.runWorkflow(workflow, trigger);

	/** Activates the workflow, posts to its address and reads the lines it streams. */
	const stream = async (
		workflow: Workflow,
		address: string,
		body: object = {},
	): Promise<{ chunks: StreamChunk[]; execution: Execution }> => {
		const stored = await user.createWorkflow(workflow);
		await user.activateWorkflow(stored);
		const response = await until(`'${address}' answers`, async () => {
			const answer = await fetch(`${n8n.url}/${address}`, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify(body),
			});
			if (answer.status !== 404) return answer;
			await answer.arrayBuffer();
			return undefined;
		});
		const chunks: StreamChunk[] = [];
		for await (const chunk of readChunks(response)) chunks.push(chunk);
		const [summary] = await user.listExecutions(stored.id);
		if (summary === undefined) throw new Error(`'${address}' started no execution.`);
		return { chunks, execution: await user.waitForExecution(summary.id) };
	};

	return {
		simulator,
		user,
		save,
		runAgain,
		streamFrom: stream,
		/** Saves the workflow, runs it from its manual trigger and waits for the end. */
		async run(name: string, placed: Placed[], others?: StoredCredential[]): Promise<Execution> {
			return await runAgain(await save(name, placed, others));
		},
		/** Calls the webhook with that path which these nodes begin with. */
		stream: async (path: string, placed: Placed[]) =>
			await stream(workflowOf(path, placed, credentials), `webhook/${path}`),
	};
}
