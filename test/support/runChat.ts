import {
	NodeApiError,
	type IDataObject,
	type INodeExecutionData,
	type INodeParameters,
} from 'n8n-workflow';

import { MiniMaxPlatformApi } from '../../credentials/MiniMaxPlatformApi.credentials';
import type { Simulator } from '../../dev/simulator/startSimulator.ts';
import { MiniMaxChat } from '../../nodes/MiniMaxChat/MiniMaxChat.node';
import {
	startNode,
	type NodeResult,
	type NodeRun,
	type RunningNode,
} from '../../dev/engine/runNode.ts';
import type { NodeTypeSource } from '../../dev/engine/completeNodeType.ts';

export interface ChatSetup extends Partial<Omit<NodeRun, 'nodeType'>> {
	/** The source's node type by default. */
	nodeType?: NodeTypeSource;
	/** Rows of the 'Messages' field; one user message saying Hello by default. */
	rows?: INodeParameters[];
	/** The 'Options' of the node. */
	options?: INodeParameters;
	apiKey?: string;
	baseUrl?: string;
}

/** One user message per item, from the item's field `text`. */
export const textOfEachItem = [{ role: 'user', content: '={{ $json.text }}' }];

/** Ids are drawn anew for every reply. */
export const anyId: unknown = expect.stringMatching(/^[0-9a-f]{32}$/);

/** Starts MiniMax Chat in n8n's engine against the simulator. */
export async function startChat(
	simulator: Pick<Simulator, 'url'>,
	setup: ChatSetup = {},
): Promise<RunningNode> {
	const { rows = [{ role: 'user', content: 'Hello' }], options = {}, apiKey, ...others } = setup;
	const { baseUrl = simulator.url, parameters, ...rest } = others;
	return await startNode({
		nodeType: MiniMaxChat,
		credentialTypes: [new MiniMaxPlatformApi()],
		credentials: {
			miniMaxPlatformApi: { apiKey: apiKey ?? 'sk-simulator', region: 'custom', baseUrl },
		},
		...rest,
		parameters: { messages: { values: rows }, options, ...parameters },
	});
}

/** Runs MiniMax Chat to its end. */
export async function runChat(
	simulator: Pick<Simulator, 'url'>,
	setup?: ChatSetup,
): Promise<NodeResult> {
	const { done } = await startChat(simulator, setup);
	return await done;
}

/** JSON of the items on an output. */
export function jsonOf(items: INodeExecutionData[] | undefined): IDataObject[] {
	return (items ?? []).map(({ json }) => json);
}

/** JSON of the only item of a run that succeeded. */
export function onlyItem({ outputs, error }: NodeResult): IDataObject {
	if (error !== undefined) throw error;
	const [item, ...others] = jsonOf(outputs.flat());
	if (item === undefined || others.length > 0) throw new Error('The run gave not one item');
	return item;
}

/** What people and workflows see of the NodeApiError that ended a run. */
export function apiErrorOf({ error }: NodeResult) {
	if (!(error instanceof NodeApiError)) throw error ?? new Error('The run succeeded');
	const { message, description, httpCode, context, failure } = error;
	const { itemIndex, data } = context;
	return { message, description, httpCode, itemIndex, data, engineCause: failure?.cause };
}
