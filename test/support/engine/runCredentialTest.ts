import { CredentialTestContext, ExecuteContext, RoutingNode } from 'n8n-core';
import {
	NodeConnectionTypes,
	Workflow,
	createEmptyRunExecutionData,
	type ICredentialDataDecryptedObject,
	type ICredentialTestRequest,
	type ICredentialType,
	type ICredentialsDecrypted,
	type INode,
	type INodeCredentialTestResult,
	type INodeType,
} from 'n8n-workflow';
import { additionalDataFor } from '../../../dev/engine/additionalData.ts';
import {
	completeNodeType,
	nodeTypesFrom,
	type NodeTypeSource,
} from '../../../dev/engine/completeNodeType.ts';
import { startExpressionEngine } from '../../../dev/engine/expressionEngine.ts';
import { StoredCredentials } from '../../../dev/engine/storedCredentials.ts';

export interface CredentialTest {
	credentialType: ICredentialType;
	data: ICredentialDataDecryptedObject;
	/** The node whose `testedBy` tests the credential, for types without a `test` of their own. */
	nodeType?: NodeTypeSource;
}

/**
 * Presses the Test button of a credential: what a server's credentials-tester.service.js does with a
 * type's `test`, or else with the `testedBy` of a node. Answers with what the editor shows.
 */
export async function runCredentialTest(setup: CredentialTest): Promise<INodeCredentialTestResult> {
	await startExpressionEngine();
	const { credentialType, data } = setup;
	const { name } = credentialType;
	const credentials = new StoredCredentials([credentialType], { [name]: data });
	const additionalData = additionalDataFor(credentials);
	const decrypted = {
		id: name,
		name: 'Credential under test',
		type: name,
		data: await credentials.getDecrypted(additionalData, { id: name, name }, name, 'internal'),
	};

	const nodeType = setup.nodeType && completeNodeType(setup.nodeType);
	const entry = nodeType?.description.credentials?.find((candidate) => candidate.name === name);
	if (credentialType.test) return await request(credentialType.test, undefined);
	if (typeof entry?.testedBy === 'object') return await request(entry.testedBy, nodeType);
	const test = entry?.testedBy && nodeType?.methods?.credentialTest?.[entry.testedBy];
	if (!test) return { status: 'Error', message: 'No testing function found for this credential.' };
	return await test.call(new CredentialTestContext(additionalData), decrypted);

	async function request(testRequest: ICredentialTestRequest, owner: INodeType | undefined) {
		return await runRequest(testRequest, owner ?? noOperation, decrypted, credentials);
	}
}

/** A test request is a node with one hidden field that routes it, run for one empty item. */
async function runRequest(
	test: ICredentialTestRequest,
	owner: INodeType,
	decrypted: ICredentialsDecrypted,
	credentials: StoredCredentials,
): Promise<INodeCredentialTestResult> {
	const routing = { request: test.request };
	const nodeType: INodeType = {
		description: {
			...owner.description,
			credentials: [{ name: decrypted.type, required: true }],
			properties: [{ displayName: 'Temp', name: 'temp', type: 'string', routing, default: '' }],
		},
	};
	const node: INode = {
		id: 'temp',
		name: 'Temp-Node',
		type: nodeType.description.name,
		typeVersion: [nodeType.description.version].flat().at(-1) ?? 1,
		position: [0, 0],
		parameters: {},
		credentials: credentials.referencesFor([decrypted.type]),
	};
	const workflow = new Workflow({
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes: nodeTypesFrom(new Map([[node.type, nodeType]])),
	});
	const context = new ExecuteContext(
		workflow,
		node,
		{ ...additionalDataFor(credentials), currentNodeParameters: node.parameters },
		'internal',
		createEmptyRunExecutionData(),
		0,
		[],
		{ [NodeConnectionTypes.Main]: [[{ json: {} }]] },
		{ node, data: {}, source: null },
		[],
	);
	try {
		const outputs = await workflow.expression.withIsolate(
			async () => await new RoutingNode(context, nodeType, decrypted).runNode(),
		);
		return judgeReply(test, outputs?.[0]?.[0]?.json);
	} catch (error) {
		return judgeFailure(test, error as RequestFailure);
	}
}

interface RequestFailure {
	message: string;
	cause?: { code?: string; response?: { status: number; statusText?: string } };
}

function judgeReply(test: ICredentialTestRequest, body: unknown): INodeCredentialTestResult {
	for (const rule of test.rules ?? []) {
		if (rule.type !== 'responseSuccessBody') continue;
		const { key, value, message } = rule.properties;
		// A path as lodash's `get` takes it: `data[0].id`.
		const found = key
			.split(/[.[\]]+/)
			.reduce<unknown>(
				(within, part) =>
					Object(within) === within ? Reflect.get(Object(within), part) : undefined,
				body,
			);
		if (found === value) return { status: 'Error', message };
	}
	return { status: 'OK', message: 'Connection successful!' };
}

function judgeFailure(
	test: ICredentialTestRequest,
	{ message, cause }: RequestFailure,
): INodeCredentialTestResult {
	const response = cause?.response;
	if (!response) return { status: 'Error', message: cause?.code ?? message };
	for (const rule of test.rules ?? []) {
		if (rule.type === 'responseCode' && rule.properties.value === response.status) {
			return { status: 'Error', message: rule.properties.message };
		}
	}
	const { status, statusText } = response;
	return { status: 'Error', message: statusText || `Received HTTP status code: ${status}` };
}

const noOperation: INodeType = {
	description: {
		displayName: 'No Operation, do nothing',
		name: 'noOp',
		group: ['organization'],
		version: 1,
		description: 'No Operation',
		defaults: { name: 'No Operation' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		properties: [],
	},
};
