import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { MiniMaxPlatformApi } from '../../credentials/MiniMaxPlatformApi.credentials';
import { MiniMaxChat } from '../../nodes/MiniMaxChat/MiniMaxChat.node';
import type { Simulator } from '../../dev/simulator/startSimulator.ts';
import { startNode } from './engine/runNode';

type RunOptions = Parameters<typeof startNode>[0];

export interface ChatOptions extends Partial<Omit<RunOptions, 'nodeType' | 'credentialTypes'>> {
	/** Rows of the 'Messages' field; one user message saying Hello by default. */
	rows?: IDataObject[];
	apiKey?: string;
	baseUrl?: string;
}

/** Starts MiniMax Chat in n8n's engine against the simulator. */
export async function startChat(simulator: Simulator, options: ChatOptions = {}) {
	const { rows = [{ role: 'user', content: 'Hello' }], parameters, ...rest } = options;
	return await startNode({
		nodeType: MiniMaxChat,
		credentialTypes: [new MiniMaxPlatformApi()],
		credentials: {
			miniMaxPlatformApi: {
				apiKey: options.apiKey ?? 'sk-simulator',
				region: 'custom',
				baseUrl: options.baseUrl ?? simulator.url,
			},
		},
		...rest,
		parameters: { messages: { values: rows }, ...parameters },
	});
}

export async function runChat(simulator: Simulator, options?: ChatOptions) {
	const { done } = await startChat(simulator, options);
	return await done;
}

/** The only output item's JSON. */
export function onlyItem(outputs: INodeExecutionData[][]): IDataObject {
	const items = outputs.flat();
	expect(items).toHaveLength(1);
	return items[0]?.json ?? {};
}
