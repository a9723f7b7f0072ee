import { Workflow, type ICredentialDataDecryptedObject, type INode } from 'n8n-workflow';

import { nodeTypesFrom } from './completeNodeType';
import { startExpressionEngine } from './expressionEngine';

const node: INode = {
	id: 'node',
	name: 'Node',
	type: 'node',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

/** The value of `={{ … $credentials … }}`, as n8n evaluates the request of a credential test. */
export async function evaluate(
	text: string | undefined,
	$credentials: ICredentialDataDecryptedObject,
): Promise<unknown> {
	await startExpressionEngine();
	const nodeTypes = nodeTypesFrom(new Map());
	const { expression } = new Workflow({ nodes: [], connections: {}, active: false, nodeTypes });
	return await expression.withIsolate(async () =>
		expression.getSimpleParameterValue(node, text, 'internal', { $credentials }, undefined, ''),
	);
}
