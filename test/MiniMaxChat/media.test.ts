import type { INodeExecutionData } from 'n8n-workflow';

import { startSimulator, type Simulator } from '../../dev/simulator/startSimulator.ts';
import { isRecord } from '../../nodes/minimax/json/isRecord';
import { jsonOf, onlyItem, runChat } from '../support/runChat';

let simulator: Simulator;
beforeAll(async () => {
	simulator = await startSimulator();
});
afterEach(() => simulator.reset());
afterAll(async () => await simulator.close());

const m3 = { model: { mode: 'id', value: 'MiniMax-M3' } };
const pixel = Buffer.from('89504e470d0a1a0a', 'hex').toString('base64');

const unknown = Buffer.from('of a kind nobody knows').toString('base64');

const image = { values: [{ source: 'binary', binaryProperty: 'photo' }] };

function itemWith(mimeType: string, data = pixel): INodeExecutionData {
	return { json: {}, binary: { photo: { data, mimeType, fileName: 'photo' } } };
}

/** Other nodes may leave anything in an item's files. */
function itemOf(file: unknown): INodeExecutionData {
	return { json: {}, binary: JSON.parse(JSON.stringify({ photo: file })) };
}

/** The first bytes of each format, with what stands behind them in real files. */
const heads = {
	jpeg: Buffer.from('ffd8ffe000104a46494600010100', 'hex'),
	png: Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'),
	gif: Buffer.from('GIF89a\x01\x00\x01\x00', 'latin1'),
	webp: Buffer.from('RIFF\x24\x00\x00\x00WEBPVP8 ', 'latin1'),
	mp4: Buffer.from('\0\0\0\x20ftypisom\0\0\x02\0isomiso2avc1mp41', 'latin1'),
	mov: Buffer.from('\0\0\0\x14ftypqt  \0\0\0\0qt  ', 'latin1'),
	oldMov: Buffer.from('\0\0\0\x08wide\0\0\0\0mdat', 'latin1'),
	avi: Buffer.from('RIFF\x24\x00\x00\x00AVI LIST', 'latin1'),
	mkv: Buffer.from('\x1aE\xdf\xa3\x01\0\0\0\0\0\0\x23\x42\x82\x88matroska', 'latin1'),
	webm: Buffer.from('\x1aE\xdf\xa3\x01\0\0\0\0\0\0\x23\x42\x82\x84webm', 'latin1'),
	heic: Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'),
	pdf: Buffer.from('%PDF-1.7\n%\xe2\xe3', 'latin1'),
	bmp: Buffer.from('BM\x3a\0\0\0\0\0', 'latin1'),
};

async function sendFile(kind: 'images' | 'videos', file: Record<string, unknown>) {
	simulator.script({ reply: 'Seen.' });
	const result = await runChat(simulator, {
		items: [itemOf(file)],
		parameters: m3,
		options: { [kind]: image },
	});
	const sent = JSON.stringify(simulator.requests.map(({ body }) => body));
	return { type: /"url":"data:([^;]*);/.exec(sent)?.[1], error: result.error?.message };
}

it.each([
	['image/jpeg; charset=binary', 'png', 'image/jpeg'],
	['IMAGE/JPEG', 'jpeg', 'image/jpeg'],
	[' image/jpg ', 'jpeg', 'image/jpeg'],
	['image/pjpeg', 'jpeg', 'image/jpeg'],
	['image/x-png', 'png', 'image/png'],
	['application/octet-stream', 'jpeg', 'image/jpeg'],
	['application/octet-stream', 'png', 'image/png'],
	['binary/octet-stream; name=x', 'gif', 'image/gif'],
	['application/x-download', 'webp', 'image/webp'],
	['image/*', 'png', 'image/png'],
	['', 'png', 'image/png'],
] as const)('takes an image labelled %j with the bytes of %s', async (mimeType, head, type) => {
	expect(
		await sendFile('images', { data: heads[head].toString('base64'), mimeType, fileName: 'x' }),
	).toEqual({ type, error: undefined });
});

it.each([
	['video/avi', 'avi', 'video/x-msvideo'],
	['video/x-m4v', 'mp4', 'video/mp4'],
	['application/octet-stream', 'mp4', 'video/mp4'],
	['application/octet-stream', 'mov', 'video/quicktime'],
	['application/octet-stream', 'oldMov', 'video/quicktime'],
	['application/octet-stream', 'avi', 'video/x-msvideo'],
	['application/octet-stream', 'mkv', 'video/x-matroska'],
] as const)('takes a video labelled %j with the bytes of %s', async (mimeType, head, type) => {
	expect(await sendFile('videos', { data: heads[head].toString('base64'), mimeType })).toEqual({
		type,
		error: undefined,
	});
});

it.each([
	[{ fileName: 'photo.PNG' }, 'image/png'],
	[{ fileName: 'a.b/photo.jpeg' }, 'image/jpeg'],
	[{ fileExtension: 'webp' }, 'image/webp'],
	[{ fileExtension: '.gif', fileName: 'photo' }, 'image/gif'],
])('goes by the name %j where neither label nor bytes tell', async (name, type) => {
	const data = Buffer.from('of a kind nobody knows').toString('base64');
	expect(await sendFile('images', { data, mimeType: 'application/octet-stream', ...name })).toEqual(
		{ type, error: undefined },
	);
});

it.each([
	['pdf', {}, 'application/octet-stream'],
	['bmp', {}, 'application/octet-stream'],
	['heic', {}, 'application/octet-stream'],
	['pdf', { fileName: 'scan.pdf', fileExtension: 7 }, 'application/octet-stream'],
	['mp4', {}, 'video/mp4'],
] as const)('refuses %s %j under a label that says nothing', async (head, name, shown) => {
	const data = heads[head].toString('base64');
	expect(await sendFile('images', { data, mimeType: 'application/octet-stream', ...name })).toEqual(
		{
			type: undefined,
			error: `'Images', entry 1: a file of the type ${shown} cannot be read [row 1, item 0 in n8n]`,
		},
	);
});

it('refuses a WebM that says nothing, as the API takes Matroska only', async () => {
	expect(
		await sendFile('videos', { data: heads.webm.toString('base64'), mimeType: '' }),
	).toMatchObject({
		error: "'Videos', entry 1: the file does not say its type [row 1, item 0 in n8n]",
	});
});

it('leaves out rows that come out empty, and sends the item without them', async () => {
	simulator.script({ reply: 'A cat.' }, { reply: 'No picture.' });
	const result = await runChat(simulator, {
		items: [itemWith('image/png'), { json: {} }],
		parameters: m3,
		options: {
			maxConcurrency: 1,
			images: {
				values: [
					{ source: 'binary', binaryProperty: '={{ $binary.photo ? "photo" : "" }}' },
					{ source: 'url', url: '={{ $json.nothing }}' },
				],
			},
			videos: { values: [{ source: 'url', url: ' ' }] },
		},
	});
	expect(simulator.requests.map(({ body }) => isRecord(body) && body.messages)).toEqual([
		[
			{
				role: 'user',
				content: [
					{ type: 'text', text: 'Hello' },
					{
						type: 'image_url',
						image_url: { url: `data:image/png;base64,${pixel}`, detail: 'default' },
					},
				],
			},
		],
		[{ role: 'user', content: 'Hello' }],
	]);
	expect(jsonOf(result.outputs[0]).map(({ content }) => content)).toEqual([
		'A cat.',
		'No picture.',
	]);
});

it('asks no model that reads text only for a row that comes out empty', async () => {
	const result = await runChat(simulator, {
		options: { images: { values: [{ source: 'url', url: '' }] } },
	});
	expect(result.error).toBeUndefined();
	expect(simulator.requests).toHaveLength(1);
});

it('adds files and URLs to the last user message', async () => {
	simulator.script({ reply: 'A cat.' });
	const result = await runChat(simulator, {
		items: [itemWith('image/png')],
		rows: [
			{ role: 'user', content: 'Hello' },
			{ role: 'assistant', content: 'Hi' },
			{ role: 'user', content: 'What is this?' },
		],
		parameters: m3,
		options: {
			images: {
				values: [
					{ source: 'binary', binaryProperty: 'photo', detail: 'low' },
					{ source: 'url', url: ' https://example.com/cat.jpg ', detail: 'default' },
				],
			},
			videos: { values: [{ source: 'url', url: 'https://example.com/cat.mp4' }] },
		},
	});
	expect(simulator.requests.map(({ body }) => body)).toEqual([
		expect.objectContaining({
			messages: [
				{ role: 'user', content: 'Hello' },
				{ role: 'assistant', content: 'Hi' },
				{
					role: 'user',
					content: [
						{ type: 'text', text: 'What is this?' },
						{
							type: 'image_url',
							image_url: { url: `data:image/png;base64,${pixel}`, detail: 'low' },
						},
						{
							type: 'image_url',
							image_url: { url: 'https://example.com/cat.jpg', detail: 'default' },
						},
						{
							type: 'video_url',
							video_url: { url: 'https://example.com/cat.mp4', detail: 'default' },
						},
					],
				},
			],
		}),
	]);
	expect(onlyItem(result).content).toBe('A cat.');
});

it.each([
	[
		'a model that reads text only',
		{
			items: [itemWith('image/png')],
			options: { images: image },
			parameters: { model: { mode: 'id', value: 'MiniMax-M2.7' } },
		},
		"'Images' cannot be used with MiniMax-M2.7, which reads text only [row 1, item 0 in n8n]",
	],
	[
		'a missing file',
		{ parameters: m3, options: { images: image } },
		"'Images', entry 1: the input item has no file in 'photo' [row 1, item 0 in n8n]",
	],
	[
		'a file without a type',
		{ items: [itemOf({ data: unknown })], parameters: m3, options: { images: image } },
		"'Images', entry 1: the file does not say its type [row 1, item 0 in n8n]",
	],
	[
		'a type that is no text',
		{ items: [itemOf({ data: unknown, mimeType: 7 })], parameters: m3, options: { images: image } },
		"'Images', entry 1: the file does not say its type [row 1, item 0 in n8n]",
	],
	[
		'a file without data',
		{ items: [itemOf({ mimeType: 'image/png' })], parameters: m3, options: { images: image } },
		"'Images', entry 1: the file in 'photo' is empty [row 1, item 0 in n8n]",
	],
	[
		'a file that is none',
		{ items: [itemOf(null)], parameters: m3, options: { images: image } },
		"'Images', entry 1: the input item has no file in 'photo' [row 1, item 0 in n8n]",
	],
	[
		'a name that objects have anyway',
		{
			items: [itemWith('image/png')],
			parameters: m3,
			options: { images: { values: [{ source: 'binary', binaryProperty: 'constructor' }] } },
		},
		"'Images', entry 1: the input item has no file in 'constructor' [row 1, item 0 in n8n]",
	],
	[
		'a format that cannot be read',
		{ items: [itemWith('image/tiff')], parameters: m3, options: { images: image } },
		"'Images', entry 1: a file of the type image/tiff cannot be read [row 1, item 0 in n8n]",
	],
	[
		'a file that is too large',
		{
			items: [itemWith('image/png', 'A'.repeat(15 * 1024 * 1024))],
			parameters: m3,
			options: { images: image },
		},
		"'Images', entry 1: the file has 11.3 MB, and at most 10 MB are taken [row 1, item 0 in n8n]",
	],
	[
		'an address that is none',
		{ parameters: m3, options: { videos: { values: [{ source: 'url', url: 'cat.mp4' }] } } },
		"'Videos', entry 1: this is not a URL the API can fetch [row 1, item 0 in n8n]",
	],
])('refuses %s before anything is sent', async (_what, setup, message) => {
	const result = await runChat(simulator, setup);
	expect(result.error?.message).toBe(message);
	expect(simulator.requests).toEqual([]);
});

it('refuses files that together do not fit into a request', async () => {
	const data = 'A'.repeat(13 * 1024 * 1024);
	const files = [1, 2, 3, 4, 5].map((number) => [
		`photo${number}`,
		{ data, mimeType: 'image/png', fileName: 'photo' },
	]);
	const result = await runChat(simulator, {
		items: [{ json: {}, binary: Object.fromEntries(files) }],
		parameters: m3,
		options: {
			images: {
				values: files.map(([binaryProperty]) => ({ source: 'binary', binaryProperty })),
			},
		},
	});
	expect(result.error?.message).toBe(
		"'Images', entry 5: together the files are larger than the 64 MB of a request [row 1, item 0 in n8n]",
	);
	expect(simulator.requests).toEqual([]);
});

it.each([
	['images', 'photo'],
	['videos', 'film'],
])('%s need a user message to go with', async (kind, binaryProperty) => {
	const values = [{ source: 'url', url: 'https://x.test/a', binaryProperty }];
	const rows = [
		{ role: 'system', content: 'Describe it.' },
		{ role: 'assistant', content: 'Gladly.' },
	];
	const { error } = await runChat(simulator, {
		parameters: m3,
		rows,
		options: { [kind]: { values } },
	});

	expect(error).toMatchObject({
		message: expect.stringContaining('Images and videos need a user message to go with'),
		description: "Add a message with the role User under 'Messages'.",
	});
	expect(simulator.requests).toEqual([]);
});
