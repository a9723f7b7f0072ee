import type { N8nUser } from './driveN8n.ts';
import type { Credential, StoredCredential } from './n8nTypes.ts';

/** The credential of the demo: the real API when there is a key for it, else the simulator. */
export function chooseCredential(apiKey: string | undefined, simulatorUrl: string): Credential {
	const type = 'miniMaxPlatformApi';
	return apiKey
		? { type, name: 'MiniMax Platform', data: { apiKey, region: 'international' } }
		: {
				type,
				name: 'MiniMax Platform (simulator)',
				data: { apiKey: 'sk-simulator', region: 'custom', baseUrl: simulatorUrl },
			};
}

/**
 * Keeps the demo at one credential: one of an earlier start is overwritten, so that workflows made
 * with it stay connected when the simulator has moved to another port or a real key has come.
 */
export async function saveCredential(
	n8n: N8nUser,
	credential: Credential,
): Promise<StoredCredential> {
	const earlier = (await n8n.listCredentials()).find(
		({ type, name }) => type === credential.type && name.startsWith('MiniMax Platform'),
	);
	return earlier
		? await n8n.updateCredential(earlier.id, credential)
		: await n8n.createCredential(credential);
}
