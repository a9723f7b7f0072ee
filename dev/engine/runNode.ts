import {
	NodeConnectionTypes,
	type IConnections,
	type IDataObject,
	type INodeExecutionData,
	type INodeType,
} from 'n8n-workflow';
import {
	startWorkflow,
	type WorkflowNode,
	type WorkflowResult,
	type WorkflowSetup,
} from './startWorkflow.ts';

export interface NodeRun
	extends Omit<WorkflowNode, 'name'>,
		Omit<WorkflowSetup, 'nodes' | 'connections'> {
	/** Plain JSON objects, or whole items when they hold `json`. Default: one empty item. */
	items?: Array<IDataObject | INodeExecutionData>;
	/** Nodes behind the one under test, each on the first output of the one before. */
	next?: WorkflowNode[];
}

export interface NodeResult extends WorkflowResult {
	/** The main outputs 0 and 1 (1 is the error output with `onError: 'continueErrorOutput'`). */
	outputs: INodeExecutionData[][];
}

export interface RunningNode {
	done: Promise<NodeResult>;
	/** What n8n's Stop button does. `done` still settles; `run.status` is then `canceled`. */
	cancel(): void;
}

/** The name of the node under test; the items come from a node called `Items`. */
const nodeUnderTest = 'Node';

/** Starts a node on n8n-core's engine and leaves it running: for tests that stop it or watch it. */
export async function startNode(setup: NodeRun): Promise<RunningNode> {
	const { items = [{}], next = [], ...rest } = setup;
	const { credentials, credentialTypes, streaming, onChunk, mode, workflowId, retryOf, ...node } =
		rest;
	const nodes: WorkflowSetup['nodes'] = [
		{ name: 'Items', nodeType: itemSource(items) },
		{ name: nodeUnderTest, ...node },
		...next,
	];
	const workflow = await startWorkflow({
		nodes,
		connections: chain(nodes),
		credentials,
		credentialTypes,
		streaming,
		onChunk,
		mode,
		workflowId,
		retryOf,
	});
	const done = workflow.done.then((result) => ({
		...result,
		outputs: result.outputsOf(nodeUnderTest),
	}));
	return { done, cancel: workflow.cancel };
}

/** Runs a node on n8n-core's engine to its end. */
export async function runNode(setup: NodeRun): Promise<NodeResult> {
	const { done } = await startNode(setup);
	return await done;
}

function chain(nodes: WorkflowNode[]): IConnections {
	const connections: IConnections = {};
	for (const [index, { name }] of nodes.entries()) {
		const follower = nodes[index + 1];
		if (!follower) break;
		const type = NodeConnectionTypes.Main;
		connections[name] = { main: [[{ node: follower.name, type, index: 0 }]] };
	}
	return connections;
}

function itemSource(items: Array<IDataObject | INodeExecutionData>): INodeType {
	return {
		description: {
			displayName: 'Items',
			name: 'items',
			group: ['input'],
			version: 1,
			description: 'Puts out what the test gave',
			defaults: { name: 'Items' },
			inputs: [NodeConnectionTypes.Main],
			outputs: [NodeConnectionTypes.Main],
			properties: [],
		},
		execute: async () => [items.map((item) => (isItem(item) ? item : { json: item }))],
	};
}

function isItem(item: IDataObject | INodeExecutionData): item is INodeExecutionData {
	return typeof item.json === 'object' && item.json !== null;
}
