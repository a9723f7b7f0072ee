import { NodeOperationError, type INode } from 'n8n-workflow';

type Sdk = Pick<typeof import('@n8n/ai-node-sdk'), 'supplyModel' | 'getParametersJsonSchema'>;

/**
 * n8n's SDK for AI nodes, which comes with n8n from 2.16 on. Loaded only when a model is asked for:
 * required at the top of a file, it would keep an older n8n from loading the whole package.
 */
export async function loadSdk(node: INode): Promise<Sdk> {
	try {
		return await import('@n8n/ai-node-sdk');
	} catch {
		throw new NodeOperationError(node, `${node.name} needs n8n 2.16 or later`, {
			description:
				'Update n8n. Until then the MiniMax Chat node of this package works, from n8n 1.123 on.',
			functionality: 'configuration-node',
		});
	}
}
