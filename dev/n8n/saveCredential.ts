import type { RealApi } from '../readRealApi.ts';
import type { N8nUser } from './driveN8n.ts';
import type { Credential, StoredCredential } from './n8nTypes.ts';

const type = 'miniMaxPlatformApi';
const realName = 'MiniMax Platform';
const simulatorName = 'MiniMax Platform (simulator)';

/** The credential of the demo: the real API when there is a key for it, else the simulator. */
export function chooseCredential(realApi: RealApi | undefined, simulatorUrl: string): Credential {
	if (realApi) return { type, name: realName, data: { ...realApi } };
	const data = { apiKey: 'sk-simulator', region: 'custom', baseUrl: simulatorUrl };
	return { type, name: simulatorName, data };
}

/**
 * Keeps the demo at one credential: the one of an earlier start is overwritten, so that workflows
 * made with it stay connected when the simulator has moved to another port or a real key has come.
 */
export async function saveCredential(
	n8n: Pick<N8nUser, 'listCredentials' | 'createCredential' | 'updateCredential'>,
	credential: Credential,
): Promise<StoredCredential> {
	const earlier = (await n8n.listCredentials()).find(
		(one) => one.type === type && [realName, simulatorName].includes(one.name),
	);
	return earlier
		? await n8n.updateCredential(earlier.id, credential)
		: await n8n.createCredential(credential);
}
