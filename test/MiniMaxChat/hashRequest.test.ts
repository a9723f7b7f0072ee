import type { IBinaryData, IExecuteSingleFunctions } from 'n8n-workflow';

import { attachMedia } from '../../nodes/MiniMaxChat/attachMedia';
import { IMAGES, VIDEOS } from '../../nodes/MiniMaxChat/mediaKinds';
import type { Media } from '../../nodes/MiniMaxChat/planMedia';
import { hashRequest, noteContent } from '../../nodes/MiniMaxChat/hashRequest';
import { readAccess } from '../../nodes/n8n/readAccess';
import { partly } from '../support/partly';

const access = readAccess({ apiKey: 'sk-one', region: 'international' });
const plan = { mostRows: 2, mostCharacters: 9, system: null, text: 'Hi', schema: undefined };
const image = (changes: Partial<Media> = {}): Media => ({
	kind: IMAGES,
	where: "'Images', entry 1",
	source: { url: 'https://x.test/a' },
	...changes,
});
const inMemory = (data: string, mimeType: 'image/png' | 'image/gif' = 'image/png') =>
	image({ source: { property: 'data', binary: { data, mimeType }, mimeType } });

interface Asked {
	scope?: string;
	access?: typeof access;
	content?: string;
	media?: Media[];
	isTogether?: boolean;
}

/** Files that n8n keeps elsewhere, by their property, and what was loaded of them. */
async function hash(asked: Asked = {}, files: Record<string, string> = {}) {
	const loaded: string[] = [];
	const context = partly<IExecuteSingleFunctions>({
		helpers: {
			getBinaryDataBuffer: async (property: string) => {
				loaded.push(property);
				const content = files[property];
				if (content === undefined) throw new Error('gone');
				return Buffer.from(content);
			},
		},
	});
	const messages = [{ role: 'user', content: asked.content ?? 'Hi' }];
	const prepared = partly<Parameters<typeof hashRequest>[3]>({
		body: { model: 'MiniMax-M3', messages },
		media: asked.media ?? [],
		plan: asked.isTogether === true ? plan : undefined,
	});
	const { scope = 'scope' } = asked;
	return { hash: await hashRequest(context, scope, asked.access ?? access, prepared), loaded };
}

it('is the same for the same request, and gives nothing of it away', async () => {
	const { hash: one } = await hash({ media: [image(), inMemory('AAAA')] });
	expect(one).toMatch(/^[0-9a-f]{64}$/);
	expect((await hash({ media: [image(), inMemory('AAAA')] })).hash).toBe(one);
});

const differing: Array<[string, Asked]> = [
	['nothing', {}],
	['its node', { scope: 'other' }],
	['its key', { access: readAccess({ apiKey: 'sk-two', region: 'international' }) }],
	['its address', { access: readAccess({ apiKey: 'sk-one', region: 'china' }) }],
	['its words', { content: 'Hello' }],
	['going together with others', { isTogether: true }],
	['an image', { media: [image()] }],
	['another address', { media: [image({ source: { url: 'https://x.test/b' } })] }],
	['its detail', { media: [image({ detail: 'low' })] }],
	['being a video', { media: [image({ kind: VIDEOS })] }],
	['a file', { media: [inMemory('AAAA')] }],
	['another file', { media: [inMemory('AAAB')] }],
	['its type', { media: [inMemory('AAAA', 'image/gif')] }],
	['two files', { media: [inMemory('AAAA'), inMemory('AAAB')] }],
	['their order', { media: [inMemory('AAAB'), inMemory('AAAA')] }],
];

it('is told apart by each part of a request', async () => {
	const hashes = await Promise.all(differing.map(async ([, asked]) => (await hash(asked)).hash));
	expect(new Set(hashes).size).toBe(differing.length);
});

describe('of a file that n8n keeps elsewhere', () => {
	const stored = (): IBinaryData => ({
		id: 'filesystem:1',
		data: 'filesystem',
		mimeType: 'image/png',
	});
	const file = (binary: IBinaryData, property = 'data') =>
		image({ source: { property, binary, mimeType: 'image/png' } });

	it('is that of its content, whatever its ID is', async () => {
		const one = await hash({ media: [file(stored())] }, { data: 'A' });
		const same = await hash({ media: [file({ ...stored(), id: 'filesystem:2' })] }, { data: 'A' });
		const other = await hash({ media: [file(stored())] }, { data: 'B' });
		expect(same.hash).toBe(one.hash);
		expect(other.hash).not.toBe(one.hash);
	});

	it('loads it once, and not at all where it was loaded to be sent', async () => {
		const binary = stored();
		expect((await hash({ media: [file(binary)] }, { data: 'A' })).loaded).toEqual(['data']);
		expect((await hash({ media: [file(binary)] }, { data: 'A' })).loaded).toEqual([]);

		const sent = stored();
		noteContent(sent, Buffer.from('A'));
		noteContent(sent, Buffer.from('B'));
		const { hash: ofSent, loaded } = await hash({ media: [file(sent)] }, { data: 'B' });
		expect(loaded).toEqual([]);
		expect(ofSent).toBe((await hash({ media: [file(binary)] })).hash);
	});

	it('does not load it again where it was attached to a request', async () => {
		const binary = stored();
		const helpers = { getBinaryDataBuffer: async () => Buffer.from('A') };
		const context = partly<IExecuteSingleFunctions>({ helpers });
		const request = { model: 'MiniMax-M3', messages: [{ role: 'user', content: 'Hi' }] };
		await attachMedia(context, request, [file(binary)]);

		// It may be gone by now.
		const { hash: ofAttached, loaded } = await hash({ media: [file(binary)] });
		expect(loaded).toEqual([]);
		expect(ofAttached).toBe((await hash({ media: [file(stored())] }, { data: 'A' })).hash);
	});

	it('loads the next one although one is gone', async () => {
		const gone = hash({ media: [file(stored(), 'gone')] });
		const there = hash({ media: [file(stored())] }, { data: 'A' });
		await expect(gone).rejects.toThrow('gone');
		expect((await there).loaded).toEqual(['data']);
	});

	it('holds one of them at a time', async () => {
		let held = 0;
		let most = 0;
		const context = partly<IExecuteSingleFunctions>({
			helpers: {
				getBinaryDataBuffer: async () => {
					held += 1;
					most = Math.max(most, held);
					await new Promise((resolve) => setImmediate(resolve));
					held -= 1;
					return Buffer.from('A');
				},
			},
		});
		const prepared = () =>
			partly<Parameters<typeof hashRequest>[3]>({
				body: {},
				media: [file(stored())],
				plan: undefined,
			});
		const hashes = Array.from(
			{ length: 5 },
			async () => await hashRequest(context, 'scope', access, prepared()),
		);
		expect(new Set(await Promise.all(hashes)).size).toBe(1);
		expect(most).toBe(1);
	});
});
