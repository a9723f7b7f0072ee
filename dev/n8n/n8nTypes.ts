/** The parts of n8n's own shapes that are sent and read here. */

export interface WorkflowNode {
	name: string;
	type: string;
	typeVersion: number;
	position: [number, number];
	parameters: Record<string, unknown>;
	id?: string;
	credentials?: Record<string, { id: string; name: string }>;
	[field: string]: unknown;
}

export interface Workflow {
	name: string;
	nodes: WorkflowNode[];
	connections: Record<string, unknown>;
	settings?: Record<string, unknown>;
	pinData?: Record<string, unknown>;
}

export interface StoredWorkflow extends Workflow {
	id: string;
	versionId: string;
	active: boolean;
	isArchived?: boolean;
}

export interface Credential {
	name: string;
	type: string;
	data: Record<string, unknown>;
}

export interface StoredCredential {
	id: string;
	name: string;
	type: string;
}

export interface NodeType {
	name: string;
	displayName: string;
	version: number | number[];
	[field: string]: unknown;
}

export interface Item {
	json: Record<string, unknown>;
	binary?: Record<string, unknown>;
	pairedItem?: unknown;
	error?: unknown;
}

export interface ExecutionError {
	message: string;
	description?: string | null;
	[field: string]: unknown;
}

/** One run of one node. Its items lie under connection type, output index, position. */
export interface NodeRun {
	executionStatus?: string;
	executionTime: number;
	error?: ExecutionError;
	data?: Record<string, Array<Item[] | null>>;
	metadata?: Record<string, unknown>;
}

export interface ExecutionSummary {
	id: string;
	status: 'success' | 'error' | 'canceled' | 'crashed' | 'new' | 'running' | 'waiting' | 'unknown';
	mode: string;
	workflowId: string;
	startedAt: string;
	stoppedAt?: string;
}

export interface Execution extends ExecutionSummary {
	/** By node name, one entry for each run of the node. */
	runData: Record<string, NodeRun[]>;
	error?: ExecutionError;
	/** The saved data as n8n sends them, for searching in. */
	raw: string;
}
