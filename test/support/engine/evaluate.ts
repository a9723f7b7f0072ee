import { Workflow, type ICredentialDataDecryptedObject } from 'n8n-workflow';

import { nodeTypesFrom } from '../../../dev/engine/completeNodeType.ts';
import { startExpressionEngine } from '../../../dev/engine/expressionEngine.ts';
import { credentialNode } from '../../../dev/engine/storedCredentials.ts';

/** The value of `={{ … $credentials … }}`, as n8n evaluates the request of a credential test. */
export async function evaluate(
	text: string | undefined,
	$credentials: ICredentialDataDecryptedObject,
): Promise<unknown> {
	await startExpressionEngine();
	const nodeTypes = nodeTypesFrom(new Map());
	const { expression } = new Workflow({ nodes: [], connections: {}, active: false, nodeTypes });
	return await expression.withIsolate(async () =>
		expression.getSimpleParameterValue(
			credentialNode,
			text,
			'internal',
			{ $credentials },
			undefined,
			'',
		),
	);
}
