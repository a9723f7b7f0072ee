import type { Message } from '@n8n/ai-node-sdk';

import { toWireMessages } from '../../nodes/LmChatMiniMax/toWireMessages';
import { refusal } from '../support/refusal';

const seeing = { images: true, video: true };
const blind = { images: false, video: false };

it('turns texts, calls and results into the shape of the API', () => {
	const messages: Message[] = [
		{ role: 'system', content: [{ type: 'text', text: 'Be brief.' }] },
		{
			role: 'user',
			content: [
				{ type: 'text', text: 'One' },
				{ type: 'text', text: 'Two' },
			],
		},
		{
			role: 'assistant',
			content: [
				{ type: 'text', text: 'I look.' },
				{ type: 'tool-call', toolCallId: 'a', toolName: 'lookup', input: '{"n":1}' },
			],
		},
		{ role: 'tool', content: [{ type: 'tool-result', toolCallId: 'a', result: 'found' }] },
		{ role: 'assistant', content: [{ type: 'text', text: '' }] },
		{ role: 'assistant', content: [{ type: 'text', text: 'Done.' }] },
	];
	expect(toWireMessages(messages, seeing)).toEqual([
		{ role: 'system', content: 'Be brief.' },
		{ role: 'user', content: 'One\nTwo' },
		{
			role: 'assistant',
			content: 'I look.',
			tool_calls: [
				{ id: 'a', type: 'function', function: { name: 'lookup', arguments: '{"n":1}' } },
			],
		},
		{ role: 'tool', tool_call_id: 'a', content: 'found' },
		{ role: 'assistant', content: 'Done.' },
	]);
});

it('puts thinking that came back into the fields of the API', () => {
	const [message] = toWireMessages(
		[
			{
				role: 'assistant',
				content: [
					{ type: 'reasoning', text: 'Hm.' },
					{ type: 'tool-call', toolCallId: 'a', toolName: 'lookup', input: '{}' },
				],
			},
		],
		seeing,
	);
	expect(message).toMatchObject({
		reasoning_content: 'Hm.',
		reasoning_details: [{ type: 'reasoning.text', index: 0, text: 'Hm.' }],
	});
});

it('makes text of whatever a tool gives', () => {
	const results = [
		[
			{ type: 'text', text: 'a' },
			{ type: 'text', text: 'b' },
		],
		[1, 2],
		{ found: true },
		undefined,
	];
	const messages = results.map(
		(result): Message => ({
			role: 'tool',
			content: [{ type: 'tool-result', toolCallId: 'a', result }],
		}),
	);
	expect(toWireMessages(messages, seeing).map(({ content }) => content)).toEqual([
		'a\nb',
		'[1,2]',
		'{"found":true}',
		'',
	]);
});

describe('files', () => {
	const files: Message[] = [
		{
			role: 'user',
			content: [
				{ type: 'file', mediaType: 'image/png', data: 'AAAA' },
				{ type: 'file', mediaType: 'image/gif', data: new Uint8Array([1, 2, 3]) },
				{
					type: 'file',
					data: '',
					providerMetadata: { url: 'https://example.com/a.jpg', detail: 'auto' },
				},
				{ type: 'file', mediaType: 'video/mp4', data: 'BBBB' },
				{ type: 'file', mediaType: 'application/pdf', data: 'CCCC' },
				{ type: 'text', text: 'What is it?' },
			],
		},
	];
	const leftOut = (thing: string) => ({
		type: 'text',
		text: `[${thing} was left out here: the model cannot read it.]`,
	});

	it('are shown to a model that sees', () => {
		expect(toWireMessages(files, seeing)).toEqual([
			{
				role: 'user',
				content: [
					{ type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } },
					{ type: 'image_url', image_url: { url: 'data:image/gif;base64,AQID' } },
					{ type: 'image_url', image_url: { url: 'https://example.com/a.jpg' } },
					{ type: 'video_url', video_url: { url: 'data:video/mp4;base64,BBBB' } },
					leftOut('A file of the type application/pdf'),
					{ type: 'text', text: 'What is it?' },
				],
			},
		]);
	});

	it('are replaced by a note for one that does not', () => {
		expect(toWireMessages(files, blind)).toEqual([
			{
				role: 'user',
				content: [
					...['An image', 'An image', 'An image'].map(leftOut),
					leftOut('A video'),
					leftOut('A file of the type application/pdf'),
					{ type: 'text', text: 'What is it?' },
				]
					.map(({ text }) => text)
					.join('\n'),
			},
		]);
	});
});

describe('single files', () => {
	const show = (file: object, sees = seeing) => {
		const messages = [{ role: 'user', content: [{ type: 'file', ...file }] }] as Message[];
		return toWireMessages(messages, sees)[0]?.content;
	};
	const note = (thing: string) => `[${thing} was left out here: the model cannot read it.]`;
	const png = { mediaType: 'image/png', data: 'AAAA' };

	it.each<[string | undefined, string | undefined]>([
		['low', 'low'],
		['default', 'default'],
		['high', 'high'],
		['auto', undefined],
		['', undefined],
		[undefined, undefined],
	])('with the detail %j are sent with %j', (asked, detail) => {
		expect(show({ ...png, providerMetadata: { detail: asked } })).toStrictEqual([
			{
				type: 'image_url',
				image_url: { url: 'data:image/png;base64,AAAA', ...(detail && { detail }) },
			},
		]);
	});

	it.each<[object, string, string]>([
		// The address wins over the data, and its type over the one beside it.
		[{ ...png, providerMetadata: { url: 'https://x.test/a' } }, 'image_url', 'https://x.test/a'],
		[
			{ ...png, providerMetadata: { url: 'data:video/mp4;base64,BBBB' } },
			'video_url',
			'data:video/mp4;base64,BBBB',
		],
		[
			{ mediaType: 'video/mp4', data: '', providerMetadata: { url: 'https://x.test/v' } },
			'video_url',
			'https://x.test/v',
		],
		[{ data: '', providerMetadata: { url: 'https://x.test/a' } }, 'image_url', 'https://x.test/a'],
		[{ ...png, providerMetadata: { url: '' } }, 'image_url', 'data:image/png;base64,AAAA'],
		[{ ...png, providerMetadata: { url: 7 } }, 'image_url', 'data:image/png;base64,AAAA'],
		[
			{ data: '', providerMetadata: { url: 'https://x.test/?u=data:video/mp4,A' } },
			'image_url',
			'https://x.test/?u=data:video/mp4,A',
		],
		[
			{ mediaType: 'video/*', data: '', providerMetadata: { url: 'https://x.test/v' } },
			'video_url',
			'https://x.test/v',
		],
		[
			{ mediaType: 'image/*', data: '', providerMetadata: { url: 'https://x.test/video' } },
			'image_url',
			'https://x.test/video',
		],
		[{ mediaType: 'image/jpg', data: 'AAAA' }, 'image_url', 'data:image/jpeg;base64,AAAA'],
		// By the bytes, and by the name where they say nothing.
		[{ data: 'iVBORw0KGgo=' }, 'image_url', 'data:image/png;base64,iVBORw0KGgo='],
		[
			{ mediaType: 'application/octet-stream', data: Buffer.from('GIF89a') },
			'image_url',
			'data:image/gif;base64,R0lGODlh',
		],
		[
			{ data: 'AAAA', providerMetadata: { filename: 'tide.mp4' } },
			'video_url',
			'data:video/mp4;base64,AAAA',
		],
	])('%j', (file, type, url) => {
		expect(show(file)).toEqual([{ type, [type]: { url } }]);
	});

	it.each<[object, typeof seeing, string]>([
		[{ data: 'AAAA' }, seeing, note('A file of an unknown type')],
		[{ mediaType: 'audio/mp3', data: 'AAAA' }, seeing, note('A sound recording')],
		[png, { images: false, video: true }, note('An image')],
		[{ mediaType: 'video/mp4', data: 'AAAA' }, { images: true, video: false }, note('A video')],
	])('%j for a model that sees %j', (file, sees, text) => {
		expect(show(file, sees)).toBe(text);
	});
});

describe('what an assistant said', () => {
	const say = (...content: object[]) =>
		toWireMessages([{ role: 'assistant', content }] as Message[], seeing);
	const toolCall = { type: 'tool-call', toolName: 'f', input: '{}' };

	it.each([[[]], [[{ type: 'text', text: ' \n' }]], [[{ type: 'reasoning', text: 'Hm.' }]]])(
		'%j is left out',
		(content: object[]) => expect(say(...content)).toEqual([]),
	);

	it('in several texts is one', () => {
		expect(say({ type: 'text', text: 'a' }, { type: 'text', text: 'b' })).toStrictEqual([
			{ role: 'assistant', content: 'a\nb' },
		]);
	});

	it('with a call goes back with all of its thinking, and with none as none', () => {
		expect(
			say({ type: 'reasoning', text: 'Hm' }, { type: 'reasoning', text: '.' }, toolCall),
		).toEqual([
			{
				role: 'assistant',
				content: '',
				reasoning_content: 'Hm.',
				reasoning_details: [
					{
						type: 'reasoning.text',
						id: 'reasoning-text-1',
						format: 'MiniMax-response-v1',
						index: 0,
						text: 'Hm.',
					},
				],
				tool_calls: [{ id: '', type: 'function', function: { name: 'f', arguments: '{}' } }],
			},
		]);
		expect(say(toolCall)).toStrictEqual([
			{
				role: 'assistant',
				content: '',
				tool_calls: [{ id: '', type: 'function', function: { name: 'f', arguments: '{}' } }],
			},
		]);
	});
});

it('leaves out what a user cannot send', () => {
	const content = [
		{ type: 'reasoning', text: 'Hm.' },
		{ type: 'text', text: 'Hi' },
	];

	expect(toWireMessages([{ role: 'user', content }] as Message[], seeing)).toEqual([
		{ role: 'user', content: 'Hi' },
	]);
});

it.each<[unknown, string]>([
	[[{ text: 'a' }, null], '[{"text":"a"},null]'],
	[[{ text: 'a' }, { text: 7 }], '[{"text":"a"},{"text":7}]'],
	[[], ''],
	['a', 'a'],
	[null, ''],
])('the result %j of a tool is %j', (result, content) => {
	const message: Message = {
		role: 'tool',
		content: [{ type: 'tool-result', toolCallId: 'a', result }],
	};

	expect(toWireMessages([message], seeing)).toEqual([{ role: 'tool', tool_call_id: 'a', content }]);
});

describe('a file of which nothing is there is refused', () => {
	const right =
		"Give the file's data in Base64 together with its MIME type, or its address. MiniMax keeps no files that an ID could name.";
	const refused = (file: object) =>
		refusal(() =>
			toWireMessages(
				[
					{ role: 'user', content: [{ type: 'file', mediaType: 'image/png', ...file }] },
				] as Message[],
				seeing,
			),
		);

	it.each([
		{},
		{ data: '' },
		{ data: 7 },
		{ data: new Uint8Array() },
		{ data: '', providerMetadata: { detail: 'low' } },
	])('%j', (file) => {
		expect(refused(file)).toEqual(['A message holds a file without data', right]);
	});

	it('and where an ID names it', () => {
		expect(refused({ data: '', providerMetadata: { fileId: 'f1' } })).toEqual([
			'A message names a file by its ID only',
			right,
		]);
	});
});
