import { credentialVaries, readAccess } from '../../nodes/n8n/readAccess';
import { partly } from '../support/partly';

describe('readAccess', () => {
	const read = (credential: object) => readAccess({ apiKey: 'sk-1', ...credential });

	it('names address, region and key, and keeps what else the credential holds', () => {
		expect(
			read({ region: 'custom', baseUrl: 'http://localhost:8000/v1/', apiKey: ' "sk-1" ', more: 1 }),
		).toEqual({
			baseUrl: 'http://localhost:8000/v1',
			region: 'custom',
			apiKey: 'sk-1',
			paceKey: expect.stringMatching(/^[0-9a-f]{64}$/),
			openerMayBeMissing: true,
			credentialsDecrypted: {
				id: '',
				name: '',
				type: 'miniMaxPlatformApi',
				data: {
					region: 'custom',
					baseUrl: 'http://localhost:8000/v1/',
					apiKey: 'sk-1',
					more: 1,
				},
			},
		});
	});

	it.each([
		['international', 'international'],
		['china', 'china'],
		[undefined, 'international'],
	])('the region %s is %s, where thinking always has its opening tag', (region, named) => {
		expect(read({ region })).toMatchObject({ region: named, openerMayBeMissing: false });
	});

	it('the pace is the same for the same key at the same address, however they were typed', () => {
		const pace = (credential: object) => read(credential).paceKey;

		expect(pace({ apiKey: 'Bearer sk-1' })).toBe(pace({}));
		expect(pace({ region: 'custom', baseUrl: 'https://api.minimax.io' })).toBe(pace({}));
		expect(pace({ apiKey: 'sk-2' })).not.toBe(pace({}));
		expect(pace({ region: 'china' })).not.toBe(pace({}));
		expect(pace({})).not.toContain('sk-1');
	});
});

describe('credentialVaries', () => {
	type Context = Parameters<typeof credentialVaries>[0];
	const asked: unknown[] = [];
	beforeEach(() => void asked.splice(0));

	function contextOf(stored: () => Promise<object>, parts: object = {}) {
		const getDecrypted = async (...all: unknown[]) => {
			asked.push(...all);
			return await stored();
		};
		return partly<Context>({
			getNode: () => ({ credentials: { miniMaxPlatformApi: { id: '7', name: 'Mine' } } }),
			getMode: () => 'manual',
			getExecuteData: () => 'data',
			additionalData: { credentialsHelper: { getDecrypted } },
			...parts,
		});
	}

	it('reads what is stored', async () => {
		const context = contextOf(async () => ({ apiKey: 'sk-1' }));

		expect(await credentialVaries(context)).toBe(false);
		expect(asked.slice(1)).toEqual([
			{ id: '7', name: 'Mine' },
			'miniMaxPlatformApi',
			'manual',
			'data',
			true,
		]);
	});

	it.each<[string, Context]>([
		['a field is an expression', contextOf(async () => ({ apiKey: '={{ $json.key }}' }))],
		['it cannot be read', contextOf(async () => await Promise.reject(new Error('No')))],
		['the node names none', contextOf(async () => ({}), { getNode: () => ({}) })],
		['n8n gives no way', contextOf(async () => ({}), { additionalData: undefined })],
	])('says yes where %s', async (_, context) => {
		expect(await credentialVaries(context)).toBe(true);
	});
});
