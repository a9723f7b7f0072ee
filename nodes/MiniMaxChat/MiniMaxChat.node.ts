import { NodeConnectionTypes, type INodeType, type INodeTypeDescription } from 'n8n-workflow';

import { chatFields } from './chat.fields';
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
		description:
			"Text, new columns or JSON for each row, many rows at a time. For images, speech and video take n8n's own MiniMax.",
		defaults: { name: 'MiniMax Chat' },
		// Else n8n names it "Ask a MiniMax model".
		skipNameGeneration: true,
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'miniMaxPlatformApi', required: true }],
		// Constants only: an expression here would be evaluated three times per item (0.3 ms each).
		requestDefaults: { ...completionRequest },
		properties: chatFields,
	};

	methods = { listSearch: { searchModels } };
}
