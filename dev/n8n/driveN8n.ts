import { setTimeout as pause } from 'node:timers/promises';
import { parse } from 'flatted';
import type {
	Credential,
	Execution,
	ExecutionError,
	ExecutionSummary,
	NodeRun,
	NodeType,
	StoredCredential,
	StoredWorkflow,
	Workflow,
} from './n8nTypes.ts';
import { N8nApiError, openSession } from './openSession.ts';
import type { Login } from './openSession.ts';

interface SavedData {
	resultData?: { runData?: Record<string, NodeRun[]>; error?: ExecutionError };
}

export type N8nUser = Awaited<ReturnType<typeof driveN8n>>;

/** Signs in at a running n8n (1.123 and later) and offers what a person does in the editor. */
export async function driveN8n(url: string, login: Login) {
	const session = await openSession(url, login);
	const { request } = session;

	const readExecution = async (id: string): Promise<Execution> => {
		const { data: raw = '', ...summary } = await request<ExecutionSummary & { data?: string }>(
			'GET',
			`/rest/executions/${id}`,
		);
		// Until the end of an execution there may be no data, not even an empty object.
		const saved = (raw === '' ? undefined : parse(raw)) as SavedData | undefined;
		const { runData = {}, error } = saved?.resultData ?? {};
		return { ...summary, runData, error, raw };
	};

	/** Resolves when the execution has ended, whichever way, and its data are saved. */
	const waitForExecution = async (id: string, withinMs = 120_000): Promise<Execution> => {
		const deadline = Date.now() + withinMs;
		for (;;) {
			const execution = await readExecution(id);
			if (['success', 'error', 'canceled', 'crashed'].includes(execution.status)) return execution;
			if (Date.now() > deadline) {
				throw new Error(`Execution ${id} is still '${execution.status}' after ${withinMs} ms.`);
			}
			await pause(100);
		}
	};

	/** Presses "Execute workflow" at the given trigger and returns the execution's id at once. */
	const startWorkflow = async (workflow: StoredWorkflow, trigger: string): Promise<string> => {
		const { executionId } = await request<{ executionId?: string }>(
			'POST',
			`/rest/workflows/${workflow.id}/run`,
			// 1.x runs the workflow it is sent, 2.x the one it has saved.
			{ workflowData: workflow, triggerToStartFrom: { name: trigger } },
		);
		if (executionId !== undefined) return executionId;
		throw new Error(`'${trigger}' waits for a call from outside instead of starting.`);
	};

	return {
		session,
		readExecution,
		waitForExecution,
		startWorkflow,

		/** Presses "Execute workflow" and waits for the end. */
		async runWorkflow(
			workflow: StoredWorkflow,
			trigger: string,
			withinMs?: number,
		): Promise<Execution> {
			return await waitForExecution(await startWorkflow(workflow, trigger), withinMs);
		},
		async stopExecution(id: string): Promise<void> {
			await request('POST', `/rest/executions/${id}/stop`);
		},
		/** Presses Retry in the list of executions, with the workflow as it was, and waits for the end. */
		async retryExecution(id: string): Promise<Execution> {
			const retried = await request<{ id: string }>('POST', `/rest/executions/${id}/retry`, {
				loadWorkflow: false,
			});
			return await waitForExecution(retried.id);
		},
		/** The newest first, at most 100. */
		async listExecutions(workflowId: string): Promise<ExecutionSummary[]> {
			const filter = encodeURIComponent(JSON.stringify({ workflowId }));
			const { results } = await request<{ results: ExecutionSummary[] }>(
				'GET',
				`/rest/executions?filter=${filter}&limit=100`,
			);
			return results;
		},

		async listWorkflows(): Promise<StoredWorkflow[]> {
			return await request('GET', '/rest/workflows');
		},
		async readWorkflow(id: string): Promise<StoredWorkflow> {
			return await request('GET', `/rest/workflows/${id}`);
		},
		async createWorkflow(workflow: Workflow): Promise<StoredWorkflow> {
			return await request('POST', '/rest/workflows', {
				...workflow,
				// 1.x stores what it is sent and takes no workflow without it.
				active: false,
				settings: { executionOrder: 'v1', ...workflow.settings },
			});
		},
		async updateWorkflow(id: string, workflow: Partial<Workflow>): Promise<StoredWorkflow> {
			return await request('PATCH', `/rest/workflows/${id}?forceSave=true`, workflow);
		},
		/** Turns the workflow's triggers on. Its webhooks answer about a second later. */
		async activateWorkflow({ id, versionId, name }: StoredWorkflow): Promise<void> {
			try {
				await request('POST', `/rest/workflows/${id}/activate`, { versionId, name });
			} catch (error) {
				if (!(error instanceof N8nApiError && error.status === 404)) throw error;
				// 1.x publishes no versions; a workflow is active or not.
				await request('PATCH', `/rest/workflows/${id}`, { versionId, active: true });
			}
		},

		async listCredentials(): Promise<StoredCredential[]> {
			return await request('GET', '/rest/credentials');
		},
		async createCredential(credential: Credential): Promise<StoredCredential> {
			return await request('POST', '/rest/credentials', credential);
		},
		async updateCredential(id: string, credential: Credential): Promise<StoredCredential> {
			return await request('PATCH', `/rest/credentials/${id}`, credential);
		},
		/** What the credential's dialog shows after saving. */
		async testCredential(
			id: string,
			credential: Credential,
		): Promise<{ status: 'OK' | 'Error'; message: string }> {
			return await request('POST', '/rest/credentials/test', {
				credentials: { id, ...credential },
			});
		},

		async listNodeTypes(): Promise<NodeType[]> {
			const response = await session.fetch('GET', '/types/nodes.json');
			return (await response.json()) as NodeType[];
		},
	};
}
