import { chooseCredential, saveCredential } from '../../../dev/n8n/saveCredential.ts';
import type { RealApi } from '../../../dev/readRealApi.ts';
import type { Credential, StoredCredential } from '../../../dev/n8n/n8nTypes.ts';

let stored: StoredCredential[];

const n8n = {
	listCredentials: () => Promise.resolve(stored),
	createCredential: ({ name, type }: Credential) => {
		stored.push({ id: `id-${stored.length}`, name, type });
		return Promise.resolve(stored[stored.length - 1]!);
	},
	updateCredential: (id: string, { name, type }: Credential) => {
		stored = stored.map((one) => (one.id === id ? { id, name, type } : one));
		return Promise.resolve({ id, name, type });
	},
};

test('points at the simulator without a key and at the real API with one', () => {
	expect(chooseCredential(undefined, 'http://127.0.0.1:4010/v1')).toEqual({
		type: 'miniMaxPlatformApi',
		name: 'MiniMax Platform (simulator)',
		data: { apiKey: 'sk-simulator', region: 'custom', baseUrl: 'http://127.0.0.1:4010/v1' },
	});
	expect(chooseCredential({ apiKey: 'sk-of-a-person', region: 'china' }, '')).toEqual({
		type: 'miniMaxPlatformApi',
		name: 'MiniMax Platform',
		data: { apiKey: 'sk-of-a-person', region: 'china' },
	});
});

const realApi: RealApi = { apiKey: 'sk-of-a-person', region: 'international' };

test('stays one credential with one id, and leaves those of other names alone', async () => {
	stored = [{ id: 'mine', name: 'MiniMax Platform API account', type: 'miniMaxPlatformApi' }];
	const first = await saveCredential(n8n, chooseCredential(undefined, 'http://127.0.0.1:4010/v1'));
	const second = await saveCredential(n8n, chooseCredential(realApi, ''));
	expect(second.id).toBe(first.id);
	expect(stored.map(({ name }) => name)).toEqual([
		'MiniMax Platform API account',
		'MiniMax Platform',
	]);
});
