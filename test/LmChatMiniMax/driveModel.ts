import {
	NodeConnectionTypes,
	type IConnections,
	type IExecuteFunctions,
	type INodeParameters,
	type INodeType,
} from 'n8n-workflow';

import { MiniMaxPlatformApi } from '../../credentials/MiniMaxPlatformApi.credentials';
import type { Simulator } from '../../dev/simulator/startSimulator.ts';
import { LmChatMiniMax } from '../../nodes/LmChatMiniMax/LmChatMiniMax.node';
import type { NodeTypeSource } from '../../dev/engine/completeNodeType.ts';
import { startWorkflow } from '../../dev/engine/startWorkflow.ts';
import type { ChatModel } from './langChain';

export const modelName = 'Model';

export interface DriveOptions {
	/** The source's node type by default. */
	nodeType?: NodeTypeSource;
	parameters?: INodeParameters;
	apiKey?: string;
}

type Drive = (model: ChatModel, root: IExecuteFunctions) => Promise<void>;

/** Starts a workflow in n8n's engine whose root node gets the model and does with it what `drive` says. */
export async function startDrive(simulator: Simulator, drive: Drive, options: DriveOptions = {}) {
	const root: INodeType = {
		description: {
			displayName: 'Root',
			name: 'root',
			group: ['transform'],
			version: 1,
			description: 'Stands for an agent or a chain',
			defaults: { name: 'Root' },
			inputs: [
				NodeConnectionTypes.Main,
				{ type: NodeConnectionTypes.AiLanguageModel, maxConnections: 1 },
			],
			outputs: [NodeConnectionTypes.Main],
			properties: [],
		},
		async execute() {
			const model = await this.getInputConnectionData(NodeConnectionTypes.AiLanguageModel, 0);
			await drive(model as ChatModel, this);
			return [[{ json: {} }]];
		},
	};
	const connections: IConnections = {
		[modelName]: {
			[NodeConnectionTypes.AiLanguageModel]: [
				[{ node: 'Root', type: NodeConnectionTypes.AiLanguageModel, index: 0 }],
			],
		},
	};
	return await startWorkflow({
		nodes: [
			{ name: 'Root', nodeType: root },
			{
				name: modelName,
				nodeType: options.nodeType ?? LmChatMiniMax,
				parameters: options.parameters,
			},
		],
		connections,
		credentialTypes: [new MiniMaxPlatformApi()],
		credentials: {
			miniMaxPlatformApi: {
				apiKey: options.apiKey ?? 'sk-simulator',
				region: 'custom',
				baseUrl: simulator.url,
			},
		},
	});
}

/** Runs the workflow to its end; what `drive` throws, or n8n for it, comes out. */
export async function driveModel(simulator: Simulator, drive: Drive, options?: DriveOptions) {
	let thrown: unknown;
	const { done } = await startDrive(
		simulator,
		async (model, root) => {
			try {
				await drive(model, root);
			} catch (error) {
				thrown = error;
			}
		},
		options,
	);
	const result = await done;
	if (thrown !== undefined) throw thrown;
	if (result.error !== undefined) throw result.error;
	return result;
}
