import type { Credential, StoredCredential, Workflow, WorkflowNode } from '../n8n/n8nTypes.ts';

/** `floor` is what the routing engine itself costs, see floorPackage.ts. */
export type ContenderName = 'ours' | 'alone' | 'together' | 'http' | 'builtIn' | 'floor';

export const labels: Record<ContenderName, string> = {
	ours: 'MiniMax Chat',
	alone: 'MiniMax Chat, a column, row by row',
	together: 'MiniMax Chat, a column, 20 rows a request',
	http: 'HTTP Request',
	builtIn: "n8n's MiniMax node",
	floor: 'empty declarative node',
};

const model = 'MiniMax-M3';
const text = '={{ $json.text }}';
const sampling = { temperature: 1, top_p: 0.95, max_completion_tokens: 8192 };

/** What each contender signs in with; all of them at the simulator. */
export function credentialOf(name: ContenderName, baseUrl: string, apiKey: string): Credential {
	switch (name) {
		case 'http':
			return { type: 'httpBearerAuth', name, data: { token: apiKey } };
		case 'builtIn':
			return {
				type: 'minimaxApi',
				name,
				data: { apiKey, region: 'international', url: baseUrl },
			};
		default:
			return {
				type: 'miniMaxPlatformApi',
				name,
				data: { apiKey, region: 'custom', baseUrl },
			};
	}
}

type NodeParts = Pick<WorkflowNode, 'type' | 'typeVersion' | 'parameters'>;

/** The node under test, as somebody sets it up who wants one answer for each item's text. */
function nodeOf(name: ContenderName, baseUrl: string): NodeParts {
	switch (name) {
		case 'ours':
		case 'floor':
			return {
				type:
					name === 'ours' ? 'n8n-nodes-minimax-platform.miniMaxChat' : 'n8n-nodes-bench.benchFloor',
				typeVersion: 1,
				parameters: {
					model: { __rl: true, mode: 'list', value: model },
					messages: { values: [{ role: 'user', content: text }] },
				},
			};
		case 'alone':
		case 'together':
			return {
				type: 'n8n-nodes-minimax-platform.miniMaxChat',
				typeVersion: 1,
				parameters: {
					model: { __rl: true, mode: 'list', value: model },
					messages: { values: [{ role: 'user', content: text }] },
					responseFormat: 'columns',
					columns: { values: [{ name: 'row', type: 'integer' }] },
					options: { rowsPerRequest: name === 'alone' ? 1 : 20 },
				},
			};
		case 'http':
			return {
				type: 'n8n-nodes-base.httpRequest',
				typeVersion: 4.4,
				parameters: {
					method: 'POST',
					url: `${baseUrl}/chat/completions`,
					authentication: 'genericCredentialType',
					genericAuthType: 'httpBearerAuth',
					sendBody: true,
					specifyBody: 'json',
					// The same body, but not streamed: HTTP Request would give out the events as one text.
					jsonBody: `=${JSON.stringify({
						model,
						messages: [{ role: 'user', content: '@' }],
						...sampling,
						reasoning_split: true,
					}).replace('"@"', '{{ JSON.stringify($json.text) }}')}`,
				},
			};
		case 'builtIn':
			return {
				type: '@n8n/n8n-nodes-langchain.minimax',
				typeVersion: 1.2,
				parameters: {
					resource: 'text',
					operation: 'message',
					modelId: { __rl: true, mode: 'list', value: model },
					messages: { values: [{ role: 'user', content: text }] },
				},
			};
	}
}

export const nodeUnderTest = 'Under test';

/** Webhook → Code, which makes as many items as the call asks for → the node under test. */
export function workflowOf(
	name: ContenderName,
	baseUrl: string,
	{ id, type }: StoredCredential,
	retryOnFail = false,
): Workflow {
	const path = webhookPath(name, retryOnFail);
	return {
		name: labels[name],
		nodes: [
			{
				id: `${path}-1`,
				name: 'Webhook',
				type: 'n8n-nodes-base.webhook',
				typeVersion: 2.1,
				position: [0, 0],
				webhookId: path,
				parameters: {
					httpMethod: 'POST',
					path,
					responseMode: 'lastNode',
					responseData: 'noData',
				},
			},
			{
				id: `${path}-2`,
				name: 'Rows',
				type: 'n8n-nodes-base.code',
				typeVersion: 2,
				position: [200, 0],
				parameters: { jsCode: makeRows },
			},
			{
				id: `${path}-3`,
				name: nodeUnderTest,
				position: [400, 0],
				...nodeOf(name, baseUrl),
				...(retryOnFail && { retryOnFail, maxTries: 3, waitBetweenTries: 100 }),
				credentials: { [type]: { id, name } },
			},
		],
		connections: {
			Webhook: { main: [[{ node: 'Rows', type: 'main', index: 0 }]] },
			Rows: { main: [[{ node: nodeUnderTest, type: 'main', index: 0 }]] },
		},
	};
}

export function webhookPath(name: ContenderName, retryOnFail = false): string {
	return `bench-${name.toLowerCase()}${retryOnFail ? '-tries' : ''}`;
}

const makeRows = `const { items, characters } = $input.first().json.body;
return Array.from({ length: items }, (_, row) => ({
  json: { text: \`Classify row \${row}. \`.padEnd(characters, 'The parcel came late. ') },
}));`;
