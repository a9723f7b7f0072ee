import type { Message } from '@n8n/ai-node-sdk';

import { toWireMessages } from '../../nodes/LmChatMiniMax/toWireMessages';

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
					leftOut('A file of the type video/mp4'),
					leftOut('A file of the type application/pdf'),
					{ type: 'text', text: 'What is it?' },
				]
					.map(({ text }) => text)
					.join('\n'),
			},
		]);
	});
});
