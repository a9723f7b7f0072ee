import { ExecutionLifecycleHooks, WorkflowExecute } from 'n8n-core';
import { parse, stringify } from 'flatted';
import {
	Workflow,
	type ExecutionError,
	type ICredentialDataDecryptedObject,
	type ICredentialType,
	type IConnections,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type INodeType,
	type IRun,
	type IRunExecutionData,
	type StructuredChunk,
	type WorkflowExecuteMode,
} from 'n8n-workflow';
import { additionalDataFor } from './additionalData.ts';
import { completeNodeType, nodeTypesFrom, type NodeTypeSource } from './completeNodeType.ts';
import { startExpressionEngine } from './expressionEngine.ts';
import { StoredCredentials } from './storedCredentials.ts';

/** One node of a workflow; its settings are the ones in the Settings tab of n8n's editor. */
export interface WorkflowNode
	extends Partial<
		Pick<
			INode,
			| 'onError'
			| 'retryOnFail'
			| 'maxTries'
			| 'waitBetweenTries'
			| 'executeOnce'
			| 'alwaysOutputData'
		>
	> {
	name: string;
	nodeType: NodeTypeSource;
	parameters?: INodeParameters;
}

export interface WorkflowSetup {
	/** The first one starts and gets a single empty item. */
	nodes: [WorkflowNode, ...WorkflowNode[]];
	connections: IConnections;
	/** Decrypted data by credential type. */
	credentials?: Record<string, ICredentialDataDecryptedObject>;
	credentialTypes?: ICredentialType[];
	/** As with a trigger whose response mode is "Streaming"; chunks are collected. */
	streaming?: boolean;
	/** Called for every chunk at the moment a node sends it; a promise holds the node up as a slow listener does. */
	onChunk?: (chunk: StructuredChunk) => unknown;
	/** Default: `manual`, as by the editor's Execute button. */
	mode?: WorkflowExecuteMode;
	/** Every run is of a workflow of its own by default. */
	workflowId?: string;
	/** The `saved` data of a failed run, with which Retry in the list of executions begins. */
	retryOf?: string;
}

export interface WorkflowResult {
	run: IRun;
	/** The error that ended the run, as the node threw it. */
	error: ExecutionError | undefined;
	chunks: StructuredChunk[];
	/** The run's data in the form a server writes to its database: search it for secrets. */
	saved: string;
	/** A node's outputs in its last run; both main outputs are there, empty when nothing came out. */
	outputsOf(nodeName: string): INodeExecutionData[][];
}

export interface RunningWorkflow {
	done: Promise<WorkflowResult>;
	/** What n8n's Stop button does. `done` still settles; the run's status is then `canceled`. */
	cancel(): void;
}

let executionCount = 0;

/** Runs a workflow on n8n-core's engine, with real expressions and real HTTP. */
export async function startWorkflow(setup: WorkflowSetup): Promise<RunningWorkflow> {
	await startExpressionEngine();
	const credentials = new StoredCredentials(setup.credentialTypes ?? [], setup.credentials ?? {});
	const mode = setup.mode ?? 'manual';
	let thrown: unknown;
	const nodeTypes = new Map<string, INodeType>();
	const nodes = setup.nodes.map(({ nodeType: source, parameters = {}, ...node }, index): INode => {
		const nodeType = completeNodeType(source, (error) => (thrown = error));
		const { description } = nodeType;
		const type = `n8n-nodes-minimax-platform.${description.name}`;
		nodeTypes.set(type, nodeType);
		return {
			...node,
			id: `node-${index}`,
			type,
			typeVersion: [description.version].flat().at(-1) ?? 1,
			position: [200 * index, 0],
			parameters,
			credentials: credentials.referencesFor(
				description.credentials?.map(({ name }) => name) ?? [],
			),
		};
	});

	const executionId = `${++executionCount}`;
	const workflowData = {
		id: setup.workflowId ?? `workflow-${executionId}`,
		name: 'Test',
		nodes,
		connections: setup.connections,
	};
	const workflow = new Workflow({
		...workflowData,
		active: false,
		nodeTypes: nodeTypesFrom(nodeTypes),
		settings: { executionOrder: 'v1' },
	});

	const chunks: StructuredChunk[] = [];
	const now = new Date();
	const hooks = new ExecutionLifecycleHooks(mode, executionId, {
		...workflowData,
		active: false,
		isArchived: false,
		activeVersionId: null,
		createdAt: now,
		updatedAt: now,
	});
	// The engine runs this hook when a run is stopped, and expects somebody to be there.
	hooks.addHandler('workflowExecuteAfter', () => {});
	if (setup.streaming) {
		hooks.addHandler('sendChunk', async (chunk) => {
			await setup.onChunk?.(chunk);
			chunks.push(chunk);
		});
	}

	const additionalData = {
		...additionalDataFor(credentials),
		executionId,
		workflowId: workflow.id,
		hooks,
		streamingEnabled: setup.streaming === true,
	};
	const [startNode] = nodes;
	const { retryOf } = setup;
	const execution =
		retryOf === undefined
			? new WorkflowExecute(additionalData, mode).run({ workflow, startNode })
			: new WorkflowExecute(additionalData, 'retry', readFailed(retryOf)).processRunExecutionData(
					workflow,
				);

	return {
		done: execution.then((run) => ({
			run,
			error: causeOf(run, thrown),
			chunks,
			saved: stringify(run.data),
			outputsOf: (nodeName) => outputsOf(run, nodeName),
		})),
		cancel: () => execution.cancel(),
	};
}

/** What a server's execution.service.js makes of a failed execution before it is tried again. */
function readFailed(saved: string): IRunExecutionData {
	const data: IRunExecutionData = parse(saved);
	const { resultData } = data;
	delete resultData.error;
	const runs = resultData.runData[resultData.lastNodeExecuted ?? ''];
	if (runs?.at(-1)?.error !== undefined) runs.pop();
	return data;
}

/** The engine keeps a plain copy of what was thrown: give the original back if it is the same. */
function causeOf(run: IRun, thrown: unknown): ExecutionError | undefined {
	const { error } = run.data.resultData;
	const isOriginal = thrown instanceof Error && thrown.message === error?.message;
	return isOriginal ? (thrown as ExecutionError) : error;
}

function outputsOf(run: IRun, nodeName: string): INodeExecutionData[][] {
	const outputs = run.data.resultData.runData[nodeName]?.at(-1)?.data?.main ?? [];
	return [0, 1].map((index) => outputs[index] ?? []);
}
