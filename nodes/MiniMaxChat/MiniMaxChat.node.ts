import { NodeConnectionTypes, type INodeType, type INodeTypeDescription } from 'n8n-workflow';

import { chatFields, chatOperation } from './chat.fields';
import { chatOptions } from './chatOptions.fields';
import { completionRequest } from '../n8n/exchange';
import { searchModels } from '../n8n/searchModels';

export class MiniMaxChat implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'MiniMax Chat',
		name: 'miniMaxChat',
		icon: { light: 'file:minimax.svg', dark: 'file:minimax.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["model"]?.value ?? $parameter["model"] }}',
		description: 'Get answers, reasoning and token usage from MiniMax chat models',
		defaults: { name: 'MiniMax Chat' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'miniMaxPlatformApi', required: true }],
		// Constants only: an expression here would be evaluated three times per item (0.3 ms each).
		requestDefaults: { ...completionRequest },
		properties: [
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				options: [{ name: 'Chat', value: 'chat' }],
				default: 'chat',
			},
			chatOperation,
			...chatFields,
			chatOptions,
		],
	};

	methods = { listSearch: { searchModels } };
}
