import type {
	Credential,
	StoredCredential,
	Workflow,
	WorkflowNode,
} from '../../../dev/n8n/n8nTypes.ts';
import { apiKey } from '../openScene.ts';

/** A node of a workflow under test, and where its output goes. */
export interface Placed {
	name: string;
	type: string;
	typeVersion?: number;
	parameters?: Record<string, unknown>;
	/** `main` by default; sub-nodes give `ai_languageModel` and so on. */
	connection?: string;
	/** Name of the node it is connected to. */
	to?: string;
	/** Which input of that kind; the first by default. */
	input?: number;
}

export const trigger = 'Trigger';
export const modelName = 'MiniMax Reasoning Chat Model';

/** The credential of this package and the one of n8n's own nodes, both for the simulator. */
export function credentialsFor(baseUrl: string): Credential[] {
	return [
		{
			type: 'miniMaxPlatformApi',
			name: 'Simulator',
			data: { apiKey, region: 'custom', baseUrl },
		},
		{
			type: 'minimaxApi',
			name: 'Simulator',
			data: { apiKey, region: 'international', url: baseUrl },
		},
	];
}

/** A workflow of these nodes, each with the credential its type takes. */
export function workflowOf(
	name: string,
	placed: Placed[],
	credentials: StoredCredential[],
): Workflow {
	const references = Object.fromEntries(
		credentials.map(({ type, id, name }) => [type, { id, name }]),
	);
	const connections: Record<string, Record<string, unknown>> = {};
	for (const { name: from, to, connection = 'main', input = 0 } of placed) {
		if (to === undefined) continue;
		connections[from] = { [connection]: [[{ node: to, type: connection, index: input }]] };
	}
	const nodes = placed.map(
		(node, index): WorkflowNode => ({
			id: `${index}`,
			name: node.name,
			type: node.type,
			typeVersion: node.typeVersion ?? 1,
			position: [200 * index, 0],
			parameters: node.parameters ?? {},
			credentials: references,
			...(node.type.endsWith('.webhook') && { webhookId: name.replace(/\W+/g, '-') }),
		}),
	);
	return { name, nodes, connections };
}

export function manualTrigger(to: string): Placed {
	return { name: trigger, type: 'n8n-nodes-base.manualTrigger', to };
}

/** Answers live; reached under the path once the workflow is active. */
export function streamingWebhook(path: string, to: string): Placed {
	return {
		name: trigger,
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2.1,
		to,
		parameters: { path, httpMethod: 'POST', responseMode: 'streaming' },
	};
}

/** The model of this package. */
export function reasoningModel(to: string, parameters: Record<string, unknown> = {}): Placed {
	return {
		name: modelName,
		type: 'n8n-nodes-minimax-platform.lmChatMiniMax',
		parameters: { model: { __rl: true, mode: 'list', value: 'MiniMax-M3' }, ...parameters },
		connection: 'ai_languageModel',
		to,
	};
}

/** n8n's own MiniMax Chat Model. */
export function builtInModel(to: string): Placed {
	return {
		name: 'MiniMax Chat Model',
		type: '@n8n/n8n-nodes-langchain.lmChatMinimax',
		typeVersion: 1.2,
		parameters: { model: { __rl: true, mode: 'list', value: 'MiniMax-M3' } },
		connection: 'ai_languageModel',
		to,
	};
}

export function agent(typeVersion: number, text: string, options = {}, more = {}): Placed {
	return {
		name: 'Agent',
		type: '@n8n/n8n-nodes-langchain.agent',
		typeVersion,
		parameters: { promptType: 'define', text, options, ...more },
	};
}

/** A tool that needs no task runner; it takes `input`. */
export function calculator(to: string): Placed {
	return {
		name: 'Calculator',
		type: '@n8n/n8n-nodes-langchain.toolCalculator',
		connection: 'ai_tool',
		to,
	};
}

export function langChain(name: string, type: string, rest: Partial<Placed> = {}): Placed {
	return { name, type: `@n8n/n8n-nodes-langchain.${type}`, ...rest };
}
