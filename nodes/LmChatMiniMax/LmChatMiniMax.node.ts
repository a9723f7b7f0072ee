import {
	NodeConnectionTypes,
	type INodeType,
	type INodeTypeDescription,
	type ISupplyDataFunctions,
	type SupplyData,
} from 'n8n-workflow';

import { modelField } from '../n8n/modelField';
import { searchModels } from '../n8n/searchModels';
import { createChatModel } from './createChatModel';
import { loadSdk } from './loadSdk';
import { modelOptions } from './modelOptions.fields';
import { readSetup } from './readSetup';
import { closeSdkGaps } from './sdkGaps/closeSdkGaps';

export class LmChatMiniMax implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'MiniMax Reasoning Chat Model',
		name: 'lmChatMiniMax',
		icon: {
			light: 'file:../MiniMaxChat/minimax.svg',
			dark: 'file:../MiniMaxChat/minimax.dark.svg',
		},
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["model"]?.value ?? $parameter["model"] }}',
		description:
			"The model of an AI Agent or chain. Gets its own thinking back between tool calls, which n8n's own MiniMax Chat Model loses.",
		defaults: { name: 'MiniMax Reasoning Chat Model' },
		inputs: [],
		outputs: [NodeConnectionTypes.AiLanguageModel],
		outputNames: ['Model'],
		credentials: [{ name: 'miniMaxPlatformApi', required: true }],
		properties: [modelField, modelOptions],
	};

	methods = { listSearch: { searchModels } };

	async supplyData(this: ISupplyDataFunctions, itemIndex: number): Promise<SupplyData> {
		const { supplyModel, getParametersJsonSchema } = await loadSdk(this.getNode());
		const setup = await readSetup(this, itemIndex);
		const supplied = supplyModel(this, createChatModel(setup, getParametersJsonSchema));
		return { ...supplied, response: closeSdkGaps(supplied.response) };
	}
}
