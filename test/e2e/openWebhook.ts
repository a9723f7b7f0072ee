import type { Execution, StoredWorkflow, Workflow } from '../../dev/n8n/n8nTypes.ts';
import type { Server } from './openServer.ts';
import { until } from './until.ts';

/** An active workflow whose trigger is a webhook. */
export interface OpenWebhook {
	workflow: StoredWorkflow;
	call: (body?: object) => Promise<Response>;
	/** Calls it and resolves with the id of the execution that it started. */
	start: (body?: object) => Promise<string>;
	/** Calls it and waits for the end of its execution. */
	run: (body?: object, withinMs?: number) => Promise<Execution>;
}

/**
 * Saves and activates the workflow, whose webhook listens at `path`. A webhook works alike in all
 * versions of n8n, unlike "Execute workflow".
 */
export async function openWebhook(
	server: Pick<Server, 'n8n' | 'user'>,
	workflow: Workflow,
	path: string,
): Promise<OpenWebhook> {
	const stored = await server.user.createWorkflow(workflow);
	await server.user.activateWorkflow(stored);
	const call = async (body: object = {}) =>
		await until(`the webhook '${path}' is there`, async () => {
			const response = await fetch(`${server.n8n.url}/webhook/${path}`, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify(body),
			});
			if (response.status !== 404) return response;
			await response.arrayBuffer();
			return undefined;
		});
	const newest = async () => (await server.user.listExecutions(stored.id))[0]?.id;
	const start = async (body?: object) => {
		const before = await newest();
		await (await call(body)).arrayBuffer();
		return await until(`'${path}' has started an execution`, async () => {
			const id = await newest();
			return id === before ? undefined : id;
		});
	};
	return {
		workflow: stored,
		call,
		start,
		async run(body, withinMs) {
			const { id } = await server.user.waitForExecution(await start(body), withinMs);
			// n8n 1.x may note the end before it has saved what the nodes gave out.
			return await until('the data of the execution are saved', async () => {
				const execution = await server.user.readExecution(id);
				return stored.nodes.some(({ name }) => name in execution.runData) && execution;
			});
		},
	};
}
