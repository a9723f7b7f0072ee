import type { INodeProperties } from 'n8n-workflow';

import { DEFAULT_MODEL } from '../minimax/models';
import { nameInList } from './searchModels';

/** Chooses a model from the list or by its ID; needs `searchModels` among the node's list searches. */
export const modelField: INodeProperties = {
	displayName: 'Model',
	name: 'model',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: DEFAULT_MODEL, cachedResultName: nameInList(DEFAULT_MODEL) },
	description:
		'The model that answers. The list holds the known models and, with a credential that works, those the API lists.',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchModels', searchable: true },
		},
		{
			displayName: 'ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. MiniMax-M3',
		},
	],
};
