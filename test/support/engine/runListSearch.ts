import { LoadOptionsContext } from 'n8n-core';
import {
	Workflow,
	type ICredentialDataDecryptedObject,
	type ICredentialType,
	type INodeListSearchResult,
	type INodeParameters,
} from 'n8n-workflow';
import { additionalDataFor } from '../../../dev/engine/additionalData.ts';
import {
	completeNodeType,
	nodeTypesFrom,
	type NodeTypeSource,
} from '../../../dev/engine/completeNodeType.ts';
import { startExpressionEngine } from '../../../dev/engine/expressionEngine.ts';
import { StoredCredentials } from '../../../dev/engine/storedCredentials.ts';

export interface ListSearch {
	nodeType: NodeTypeSource;
	/** The name in `methods.listSearch`. */
	method: string;
	filter?: string;
	paginationToken?: string;
	/** The field the list belongs to. Default: `model`. */
	field?: string;
	parameters?: INodeParameters;
	credentials?: Record<string, ICredentialDataDecryptedObject>;
	credentialTypes?: ICredentialType[];
}

/**
 * Asks a node for the entries of a resource locator's list, as the editor does through the server
 * (dynamic-node-parameters.service.js). Rejects with what the method throws.
 */
export async function runListSearch(search: ListSearch): Promise<INodeListSearchResult> {
	await startExpressionEngine();
	const credentials = new StoredCredentials(search.credentialTypes ?? [], search.credentials ?? {});
	const nodeType = completeNodeType(search.nodeType);
	const { name: type, version, credentials: accepted = [] } = nodeType.description;
	const method = nodeType.methods?.listSearch?.[search.method];
	if (!method) throw new Error(`The node has no list search '${search.method}'`);

	const node = {
		id: 'node',
		name: 'Node',
		type,
		typeVersion: [version].flat().at(-1) ?? 1,
		position: [0, 0] as [number, number],
		parameters: search.parameters ?? {},
		credentials: credentials.referencesFor(accepted.map(({ name }) => name)),
	};
	const workflow = new Workflow({
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes: nodeTypesFrom(new Map([[type, nodeType]])),
	});
	const context = new LoadOptionsContext(
		workflow,
		workflow.getNode('Node') ?? node,
		{ ...additionalDataFor(credentials), currentNodeParameters: node.parameters },
		search.field ?? 'model',
	);
	return await workflow.expression.withIsolate(
		async () => await method.call(context, search.filter, search.paginationToken),
	);
}
