import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A second community package with one node: the parameters of MiniMax Chat without its hooks. What
 * it costs is what n8n's routing engine takes for these parameters, one plain request included.
 */
export function writeFloorPackage(userFolder: string, baseUrl: string): void {
	const folder = join(userFolder, '.n8n', 'nodes', 'node_modules', 'n8n-nodes-bench');
	mkdirSync(folder, { recursive: true });
	const manifest = {
		name: 'n8n-nodes-bench',
		version: '0.0.0',
		n8n: { n8nNodesApiVersion: 1, credentials: [], nodes: ['BenchFloor.node.js'] },
	};
	writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
	writeFileSync(join(folder, 'BenchFloor.node.js'), nodeSource(baseUrl));
}

function nodeSource(baseUrl: string): string {
	return `const { MiniMaxChat } =
	require('../n8n-nodes-minimax-platform/dist/nodes/MiniMaxChat/MiniMaxChat.node.js');

async function addMessages(options) {
	return {
		...options,
		baseURL: ${JSON.stringify(baseUrl)},
		json: true,
		body: { ...options.body, messages: [{ role: 'user', content: 'Hello' }] },
	};
}

class BenchFloor {
	constructor() {
		const { description } = new MiniMaxChat();
		const { icon, ...kept } = description;
		this.description = {
			...kept,
			name: 'benchFloor',
			displayName: 'Bench Floor',
			usableAsTool: undefined,
			requestDefaults: { method: 'POST', url: '/chat/completions' },
			properties: description.properties.map((property) =>
				property.name === 'operation'
					? {
							...property,
							options: property.options.map((option) => ({
								...option,
								routing: { send: { preSend: [addMessages] } },
							})),
						}
					: property,
			),
		};
	}
}

module.exports = { BenchFloor };
`;
}
