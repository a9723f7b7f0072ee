import type { IExecuteSingleFunctions } from 'n8n-workflow';

import { InvalidInput } from '../../nodes/minimax/failure/invalidInput';
import { attachMedia } from '../../nodes/MiniMaxChat/attachMedia';
import { IMAGES, MB, MOST_BODY_BYTES, VIDEOS } from '../../nodes/MiniMaxChat/mediaKinds';
import { planMedia, type Media } from '../../nodes/MiniMaxChat/planMedia';
import { partly } from '../support/partly';

const pixel = Buffer.from('89504e470d0a1a0a', 'hex').toString('base64');
const photo = { data: pixel, mimeType: 'image/png' };

function plan(options: object, binary?: Record<string, unknown>, model = 'MiniMax-M3'): Media[] {
	const context = { getInputData: () => ({ json: {}, binary }) };
	return planMedia(
		partly<IExecuteSingleFunctions>(context),
		options as Record<string, unknown>,
		model,
	);
}
const images = (...values: unknown[]) => ({ images: { values } });
const file = (binaryProperty: unknown) => ({ source: 'binary', binaryProperty });
const url = (address: unknown) => ({ source: 'url', url: address });

/** What is said of input that is refused. */
function refusal(act: () => unknown): [message: string, description: string] {
	try {
		act();
	} catch (error) {
		if (error instanceof InvalidInput) return [error.message, error.description];
		throw error;
	}
	throw new Error('It was taken');
}

describe('takes', () => {
	it('images and videos in their order, each with its place', () => {
		const options = {
			...images(url('https://x.test/a'), { ...file('photo'), detail: 'low' }),
			videos: { values: [url('https://x.test/v')] },
		};
		expect(plan(options, { photo })).toEqual([
			{ kind: IMAGES, where: "'Images', entry 1", source: { url: 'https://x.test/a' } },
			{
				kind: IMAGES,
				where: "'Images', entry 2",
				detail: 'low',
				source: { property: 'photo', binary: photo, mimeType: 'image/png' },
			},
			{ kind: VIDEOS, where: "'Videos', entry 1", source: { url: 'https://x.test/v' } },
		]);
	});

	it.each([
		'https://x.test/a',
		'HTTP://x.test/a',
		' https://x.test/a ',
		'data:image/png;base64,AAAA',
		'mm_file://123',
	])('the address %j', (address) => {
		expect(plan(images(url(address)))[0]?.source).toEqual({ url: address.trim() });
	});

	it.each([
		[{}],
		[{ images: undefined }],
		[{ images: 'none' }],
		[{ images: {} }],
		[{ images: { values: 'none' } }],
		[images()],
		[images('none', null)],
		[images(url(''), url(' '), url(null), url(undefined), { source: 'url' })],
		[images(file(''), file('  '), file(null), { source: 'binary' }, {})],
		// Of the two fields the one that is not shown does not count.
		[images({ ...url(''), binaryProperty: 'photo' }, { ...file(''), url: 'https://x.test/a' })],
	])('nothing out of %j, also for a model that reads text only', (options) => {
		expect(plan(options, { photo }, 'MiniMax-M2.7')).toEqual([]);
	});

	it('rows behind empty ones under their own number', () => {
		expect(plan(images(url(''), file(' photo ')), { photo })[0]).toMatchObject({
			where: "'Images', entry 2",
			source: { property: 'photo' },
		});
	});

	it('no detail that is none', () => {
		for (const detail of ['', undefined, 7]) {
			expect(plan(images({ ...url('https://x.test/a'), detail }))[0]).not.toHaveProperty('detail');
		}
	});

	it('anything for a model that is not known', () => {
		expect(plan(images(url('https://x.test/a')), {}, 'acme/Our-Tune')).toHaveLength(1);
	});

	it('a file as large as the API takes', () => {
		// Four characters for three bytes.
		const largest = { ...photo, data: 'A'.repeat(Math.floor((10 * MB * 4) / 3)) };
		expect(plan(images(file('photo')), { photo: largest })).toHaveLength(1);
		const larger = { ...photo, data: 'A'.repeat(Math.ceil((10 * MB * 4) / 3)) };
		expect(refusal(() => plan(images(file('photo')), { photo: larger }))).toEqual([
			"'Images', entry 1: the file has 10.0 MB, and at most 10 MB are taken",
			'Make the file smaller, or give a URL.',
		]);
	});

	it('a file by its bytes where its label says nothing', () => {
		const [media] = plan(images(file('photo')), { photo: { data: pixel, mimeType: '' } });
		expect(media?.source).toMatchObject({ mimeType: 'image/png' });
	});

	it('a stored file by its label, and leaves it open where that says nothing', () => {
		const stored = (mimeType: string) => ({ id: 'f:1', data: 'filesystem', mimeType });
		const mimeTypeOf = (mimeType: string) => {
			const [media] = plan(images(file('photo')), { photo: stored(mimeType) });
			return media !== undefined && 'binary' in media.source ? media.source.mimeType : 'none';
		};
		expect(mimeTypeOf('image/gif')).toBe('image/gif');
		expect(mimeTypeOf('image/*')).toBeUndefined();
		expect(refusal(() => mimeTypeOf('image/tiff'))[0]).toBe(
			"'Images', entry 1: a file of the type image/tiff cannot be read",
		);
	});
});

describe('refuses', () => {
	const whereFrom =
		'If not every item has a file, use an expression that comes out empty for those without one, e.g. {{ $binary.data ? "data" : "" }}.';

	it.each<[string, () => unknown, string, string]>([
		[
			'images for a model that reads text only',
			() => plan(images(url('https://x.test/a')), {}, 'minimax-m2.7'),
			"'Images' cannot be used with MiniMax-M2.7, which reads text only",
			"Choose MiniMax-M3 or later in 'Model', or remove 'Images'.",
		],
		[
			'a file that is not there',
			() => plan(images(file('photo')), { film: photo, scan: photo }),
			"'Images', entry 1: the input item has no file in 'photo'",
			`Its files are in: film, scan. ${whereFrom}`,
		],
		[
			'a file of an item without any',
			() => plan(images(file('photo'))),
			"'Images', entry 1: the input item has no file in 'photo'",
			`The input item carries no files. ${whereFrom}`,
		],
		[
			'a name that is no text',
			() => plan(images(file(7)), { photo }),
			"'Images', entry 1: the input item has no file in ''",
			`Its files are in: photo. ${whereFrom}`,
		],
		[
			'a file that is empty',
			() => plan(images(file('photo')), { photo: { ...photo, data: '' } }),
			"'Images', entry 1: the file in 'photo' is empty",
			'Check the node that gives the file, or use a URL.',
		],
		...[undefined, 7].map((data): [string, () => unknown, string, string] => [
			`a file that holds ${data}`,
			() => plan(images(file('photo')), { photo: { ...photo, data } }),
			"'Images', entry 1: the file in 'photo' is empty",
			'Check the node that gives the file, or use a URL.',
		]),
		[
			'an image as a video',
			() => plan({ videos: { values: [file('photo')] } }, { photo }),
			"'Videos', entry 1: a file of the type image/png cannot be read",
			'Give a MP4, AVI, MOV or MKV file.',
		],
		[
			'a file that does not say its type',
			() => plan(images(file('photo')), { photo: { data: 'AAAA', mimeType: '' } }),
			"'Images', entry 1: the file does not say its type",
			'The node that gives the file has to set its MIME type or its name, and it has to be a JPEG, PNG, GIF or WEBP file.',
		],
		...['cat.jpg', 'ftp://x.test/a', 'https://', 'see https://x.test/a', 7].map(
			(address): [string, () => unknown, string, string] => [
				`the address ${address}`,
				() => plan(images(url(address))),
				"'Images', entry 1: this is not a URL the API can fetch",
				'Give an address that starts with https://, a data URL, or mm_file:// for an uploaded file.',
			],
		),
	])('%s', (_what, act, message, description) => {
		expect(refusal(act)).toEqual([message, description]);
	});
});

describe('a request with files', () => {
	const request = {
		model: 'MiniMax-M3',
		messages: [
			{ role: 'user', content: 'First' },
			{ role: 'user', content: 'Last' },
			{ role: 'assistant', content: 'Yes?' },
		],
	};
	const context = {} as IExecuteSingleFunctions;

	it('without any is the request itself', async () => {
		expect(await attachMedia(context, request, [])).toBe(request);
	});

	it('has them behind the words of the last user message', async () => {
		const media = plan(images({ ...url('https://x.test/a'), detail: 'low' }, file('photo')), {
			photo,
		});
		expect(await attachMedia(context, request, media)).toEqual({
			...request,
			messages: [
				request.messages[0],
				{
					role: 'user',
					content: [
						{ type: 'text', text: 'Last' },
						{ type: 'image_url', image_url: { url: 'https://x.test/a', detail: 'low' } },
						{ type: 'image_url', image_url: { url: `data:image/png;base64,${pixel}` } },
					],
				},
				request.messages[2],
			],
		});
		expect(request.messages[1]?.content).toBe('Last');
	});

	it('has a video as one, and nothing beside an address that says nothing', async () => {
		const media = plan({ ...images(url('https://x.test/a')), videos: { values: [url('data:,')] } });
		const { messages } = await attachMedia(context, request, media);
		expect(messages[1]?.content).toStrictEqual([
			{ type: 'text', text: 'Last' },
			{ type: 'image_url', image_url: { url: 'https://x.test/a' } },
			{ type: 'video_url', video_url: { url: 'data:,' } },
		]);
	});

	it.each<[unknown, object[]]>([
		[[{ type: 'text', text: 'Hi' }], [{ type: 'text', text: 'Hi' }]],
		[null, []],
		[{ text: 'Hi' }, []],
	])('has them behind the content %j', async (content, parts) => {
		const odd = { ...request, messages: [{ role: 'user', content }] } as typeof request;
		const { messages } = await attachMedia(context, odd, plan(images(url('data:,'))));
		expect(messages[0]?.content).toEqual([
			...parts,
			{ type: 'image_url', image_url: { url: 'data:,' } },
		]);
	});

	it('is refused without a message of the user', async () => {
		const none = { ...request, messages: request.messages.slice(2) };
		await expect(attachMedia(context, none, plan(images(url('data:,'))))).rejects.toMatchObject({
			message: 'Images and videos need a user message to go with',
			description: "Add a message with the role User under 'Messages'.",
		});
	});

	it('is refused where they are longer than its 64 MB, and not where they are as long', async () => {
		const half = `data:image/png;base64,${'A'.repeat(MOST_BODY_BYTES / 2 - 22)}`;
		const two = plan(images(url(half), url(half)));
		expect((await attachMedia(context, request, two)).messages).toHaveLength(3);
		const more = plan(images(url(half), url(half), url('data:,')));
		await expect(attachMedia(context, request, more)).rejects.toMatchObject({
			message: "'Images', entry 3: together the files are larger than the 64 MB of a request",
			description: 'Send fewer or smaller files, or give URLs.',
		});
	});

	it('is refused for a stored file that is too large or of another format, once loaded', async () => {
		const stored = (bytes: Buffer) => {
			const helpers = { getBinaryDataBuffer: async () => bytes };
			const media = plan(images(file('photo')), {
				photo: { id: 'f:1', data: 'filesystem', mimeType: '' },
			});
			return attachMedia(partly<IExecuteSingleFunctions>({ helpers }), request, media);
		};
		await expect(stored(Buffer.alloc(10 * MB + 1))).rejects.toThrow(
			"'Images', entry 1: the file has 10.0 MB, and at most 10 MB are taken",
		);
		await expect(stored(Buffer.from('%PDF-1.7'))).rejects.toThrow(
			"'Images', entry 1: the file does not say its type",
		);
		const largest = Buffer.alloc(10 * MB);
		largest.set(Buffer.from(pixel, 'base64'));
		expect((await stored(largest)).messages).toHaveLength(3);
		const { messages } = await stored(Buffer.from(pixel, 'base64'));
		expect(messages[1]?.content).toContainEqual({
			type: 'image_url',
			image_url: { url: `data:image/png;base64,${pixel}` },
		});
	});
});
