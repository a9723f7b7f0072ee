import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	IExecuteSingleFunctions,
	IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import { createHash } from 'node:crypto';

import { normalizeApiKey } from '../minimax/request/normalizeApiKey';
import { baseUrlFor, isHostedByMiniMax, type Region } from '../minimax/request/normalizeBaseUrl';
import { holdsExpression } from './holdsExpression';

export const CREDENTIAL_TYPE = 'miniMaxPlatformApi';

/** Where requests go and with which key. */
export interface Access {
	/** Without a trailing slash. */
	baseUrl: string;
	region: Region;
	apiKey: string;
	/** Names the pace that all requests with this key at this address share; does not reveal the key. */
	paceKey: string;
	/** Self-hosted servers may leave out the opening think tag; MiniMax does not. */
	openerMayBeMissing: boolean;
	/**
	 * What `httpRequestWithAuthentication` takes for the credential, so that it does not read the database
	 * and decrypt for every request (0.5 ms).
	 */
	credentialsDecrypted: ICredentialsDecrypted;
}

/**
 * @throws InvalidInput when the base URL or the key cannot be used
 */
export function readAccess(credential: ICredentialDataDecryptedObject): Access {
	const baseUrl = baseUrlFor(credential);
	const apiKey = normalizeApiKey(credential.apiKey);
	const { region } = credential;
	return {
		baseUrl,
		region: region === 'china' || region === 'custom' ? region : 'international',
		apiKey,
		paceKey: createHash('sha256').update(`${baseUrl}\n${apiKey}`).digest('hex'),
		openerMayBeMissing: !isHostedByMiniMax(baseUrl),
		credentialsDecrypted: {
			id: '',
			name: '',
			type: CREDENTIAL_TYPE,
			data: { ...credential, apiKey },
		},
	};
}

/** There at run time; the types do not list it. */
type CredentialContext = IExecuteSingleFunctions & {
	readonly additionalData?: IWorkflowExecuteAdditionalData;
};

/**
 * Whether the credential's values may differ from item to item because a field of it holds an expression.
 * n8n gives a node the values only, so this reads the stored fields, as n8n does by `getDecrypted` with `raw`.
 * Where they cannot be read the answer is yes: it costs a read for each item, but is never wrong.
 */
export async function credentialVaries(context: CredentialContext): Promise<boolean> {
	const reference = context.getNode().credentials?.[CREDENTIAL_TYPE];
	const { additionalData } = context;
	if (reference === undefined || additionalData === undefined) return true;
	return await additionalData.credentialsHelper
		.getDecrypted(
			additionalData,
			reference,
			CREDENTIAL_TYPE,
			context.getMode(),
			context.getExecuteData(),
			true,
		)
		.then(holdsExpression, () => true);
}
