import { ExternalSecretsProxy } from 'n8n-core';
import type { IWorkflowExecuteAdditionalData } from 'n8n-workflow';
import type { StoredCredentials } from './storedCredentials.ts';

// Nothing listens here; n8n builds `$execution.resumeUrl` from it for every item, so it has to parse.
const address = 'http://127.0.0.1:5678';

const outOfReach = (what: string) => async (): Promise<never> => {
	throw new Error(`${what} need a server`);
};

/** What a server hands to an execution besides the workflow, as far as a node can be run without one. */
export function additionalDataFor(credentials: StoredCredentials): IWorkflowExecuteAdditionalData {
	return {
		credentialsHelper: credentials,
		currentNodeExecutionIndex: 0,
		variables: {},
		externalSecretsProxy: new ExternalSecretsProxy(),
		restApiUrl: `${address}/rest`,
		instanceBaseUrl: `${address}/`,
		formBaseUrl: `${address}/form`,
		formWaitingBaseUrl: `${address}/form-waiting`,
		formTestBaseUrl: `${address}/form-test`,
		webhookBaseUrl: `${address}/webhook`,
		webhookWaitingBaseUrl: `${address}/webhook-waiting`,
		webhookTestBaseUrl: `${address}/webhook-test`,
		mcpBaseUrl: `${address}/mcp`,
		mcpTestBaseUrl: `${address}/mcp-test`,
		logAiEvent: () => {},
		executeWorkflow: outOfReach('Sub-workflows'),
		startRunnerTask: outOfReach('Task runners'),
		getRunExecutionData: async () => undefined,
		getRuntimeCredential: async () => undefined,
	};
}
