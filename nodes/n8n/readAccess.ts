import type { ICredentialDataDecryptedObject, ICredentialsDecrypted } from 'n8n-workflow';
import { createHash } from 'node:crypto';

import { normalizeApiKey } from '../minimax/request/normalizeApiKey';
import { baseUrlFor, isHostedByMiniMax, type Region } from '../minimax/request/normalizeBaseUrl';

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
			type: 'miniMaxPlatformApi',
			data: { ...credential, apiKey },
		},
	};
}
