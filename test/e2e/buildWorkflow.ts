import type { StoredCredential, Workflow, WorkflowNode } from '../../dev/n8n/n8nTypes.ts';

export const chatType = 'n8n-nodes-minimax-platform.miniMaxChat';

interface Step {
	name: string;
	type: string;
	typeVersion: number;
	parameters: Record<string, unknown>;
	[field: string]: unknown;
}

/** A workflow of steps one after the other; the first is the trigger. */
export function buildWorkflow(name: string, steps: Step[]): Workflow {
	const connections: Record<string, unknown> = {};
	for (const [index, step] of steps.entries()) {
		const next = steps[index + 1];
		if (next) connections[step.name] = { main: [[{ node: next.name, type: 'main', index: 0 }]] };
	}
	return {
		name,
		nodes: steps.map((step, index) => ({ ...step, position: [index * 220, 0] })),
		connections,
		settings: { executionOrder: 'v1' },
	};
}

export const startName = 'Start';

export function startByHand(): Step {
	return { name: startName, type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, parameters: {} };
}

export function webhook(path: string, responseMode = 'lastNode'): Step {
	return {
		name: 'Webhook',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2.1,
		webhookId: path,
		parameters: { httpMethod: 'POST', path, responseMode, options: {} },
	};
}

/** One item for each entry, made by a Code node. */
export function items(entries: object[]): Step {
	return {
		name: 'Items',
		type: 'n8n-nodes-base.code',
		typeVersion: 2,
		parameters: { jsCode: `return ${JSON.stringify(entries)}.map((json) => ({ json }));` },
	};
}

export function edit(name: string, fields: Record<string, string>): Step {
	const assignments = Object.entries(fields).map(([field, value]) => ({
		id: field,
		name: field,
		type: 'string',
		value,
	}));
	return {
		name,
		type: 'n8n-nodes-base.set',
		typeVersion: 3.4,
		parameters: { assignments: { assignments }, options: {} },
	};
}

interface ChatSettings extends Partial<WorkflowNode> {
	/** Content of the one user message. */
	prompt?: string;
	options?: object;
}

export const chatName = 'MiniMax Chat';

export function chat(credential: StoredCredential, settings: ChatSettings = {}): Step {
	const { prompt = '={{ $json.text }}', options = {}, parameters = {}, ...rest } = settings;
	const { type, id, name } = credential;
	return {
		name: chatName,
		type: chatType,
		typeVersion: 1,
		credentials: { [type]: { id, name } },
		...rest,
		parameters: {
			model: { __rl: true, mode: 'list', value: 'MiniMax-M3' },
			messages: { values: [{ role: 'user', content: prompt }] },
			options,
			...parameters,
		},
	};
}
