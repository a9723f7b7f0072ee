import type { INodeExecutionData } from 'n8n-workflow';

import { startSimulator, type Simulator } from '../../dev/simulator/startSimulator.ts';
import { onlyItem, runChat } from '../support/runChat';

let simulator: Simulator;
beforeAll(async () => {
	simulator = await startSimulator();
});
afterEach(() => simulator.reset());
afterAll(async () => await simulator.close());

const m3 = { model: { mode: 'id', value: 'MiniMax-M3' } };
const pixel = Buffer.from('89504e470d0a1a0a', 'hex').toString('base64');

const image = { values: [{ source: 'binary', binaryProperty: 'photo' }] };

function itemWith(mimeType: string, data = pixel): INodeExecutionData {
	return { json: {}, binary: { photo: { data, mimeType, fileName: 'photo' } } };
}

/** Other nodes may leave anything in an item's files. */
function itemOf(file: unknown): INodeExecutionData {
	return { json: {}, binary: JSON.parse(JSON.stringify({ photo: file })) };
}

it.each(['image/jpeg; charset=binary', 'IMAGE/JPEG', ' image/jpg '])(
	'takes a file of the type %j',
	async (mimeType) => {
		simulator.script({ reply: 'A cat.' });
		await runChat(simulator, {
			items: [itemWith(mimeType)],
			parameters: m3,
			options: { images: image },
		});
		expect(JSON.stringify(simulator.requests.map(({ body }) => body))).toContain(
			`"url":"data:image/jpeg;base64,${pixel}"`,
		);
	},
);

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
		{ items: [itemWith('image/png')], options: { images: image } },
		"'Images' cannot be used with MiniMax-M2.7, which reads text only [item 0]",
	],
	[
		'a missing file',
		{ parameters: m3, options: { images: image } },
		"'Images', entry 1: the input item has no file in 'photo' [item 0]",
	],
	[
		'a file without a type',
		{ items: [itemOf({ data: pixel })], parameters: m3, options: { images: image } },
		"'Images', entry 1: the file does not say its type [item 0]",
	],
	[
		'a type that is no text',
		{ items: [itemOf({ data: pixel, mimeType: 7 })], parameters: m3, options: { images: image } },
		"'Images', entry 1: the file does not say its type [item 0]",
	],
	[
		'a file without data',
		{ items: [itemOf({ mimeType: 'image/png' })], parameters: m3, options: { images: image } },
		"'Images', entry 1: the file in 'photo' is empty [item 0]",
	],
	[
		'a file that is none',
		{ items: [itemOf(null)], parameters: m3, options: { images: image } },
		"'Images', entry 1: the input item has no file in 'photo' [item 0]",
	],
	[
		'a name that objects have anyway',
		{
			items: [itemWith('image/png')],
			parameters: m3,
			options: { images: { values: [{ source: 'binary', binaryProperty: 'constructor' }] } },
		},
		"'Images', entry 1: the input item has no file in 'constructor' [item 0]",
	],
	[
		'a format that cannot be read',
		{ items: [itemWith('image/tiff')], parameters: m3, options: { images: image } },
		"'Images', entry 1: a file of the type image/tiff cannot be read [item 0]",
	],
	[
		'a file that is too large',
		{
			items: [itemWith('image/png', 'A'.repeat(15 * 1024 * 1024))],
			parameters: m3,
			options: { images: image },
		},
		"'Images', entry 1: the file has 11.3 MB, and at most 10 MB are taken [item 0]",
	],
	[
		'an address that is none',
		{ parameters: m3, options: { videos: { values: [{ source: 'url', url: 'cat.mp4' }] } } },
		"'Videos', entry 1: this is not a URL the API can fetch [item 0]",
	],
	[
		'an empty address',
		{ parameters: m3, options: { videos: { values: [{ source: 'url', url: '' }] } } },
		"'Videos', entry 1 has no URL [item 0]",
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
		"'Images', entry 5: together the files are larger than the 64 MB of a request [item 0]",
	);
	expect(simulator.requests).toEqual([]);
});
