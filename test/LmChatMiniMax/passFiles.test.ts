import { joinTexts } from '../../nodes/LmChatMiniMax/sdkGaps/giveTextAsString';
import { passFiles } from '../../nodes/LmChatMiniMax/sdkGaps/passFiles';
import { HumanMessage } from './langChain';
import { partly } from '../support/partly';

type Message = Parameters<typeof passFiles>[0];

/** What becomes of one block of a message. */
function pass(...content: unknown[]): unknown {
	return passFiles(partly<Message>(Object.assign(new HumanMessage(''), { content }))).content;
}

const file = (fields: object) => ({ type: 'file', ...fields });

it.each<[string, object, object]>([
	[
		'an address',
		{ type: 'image_url', image_url: 'https://x.test/a' },
		file({ mimeType: 'image/*', url: 'https://x.test/a' }),
	],
	[
		'an address with a detail',
		{ type: 'image_url', image_url: { url: 'https://x.test/a', detail: 'low' } },
		file({ mimeType: 'image/*', url: 'https://x.test/a', metadata: { detail: 'low' } }),
	],
	[
		'an image of OpenAI',
		{ type: 'input_image', image_url: 'https://x.test/a', detail: 'high' },
		file({ mimeType: 'image/*', url: 'https://x.test/a', metadata: { detail: 'high' } }),
	],
	[
		'a video',
		{ type: 'video_url', video_url: { url: 'https://x.test/v' } },
		file({ mimeType: 'video/*', url: 'https://x.test/v' }),
	],
	[
		'sound',
		{ type: 'input_audio', input_audio: { data: 'AAAA', format: 'wav' } },
		file({ mimeType: 'audio/wav', data: 'AAAA' }),
	],
	['sound that says nothing', { type: 'input_audio' }, file({ mimeType: 'audio/*' })],
	[
		'a file of OpenAI',
		{ type: 'input_file', file_data: 'data:text/csv;base64,AAAA', file_id: 'f1' },
		file({ url: 'data:text/csv;base64,AAAA', fileId: 'f1' }),
	],
	[
		'a file of OpenAI in the older shape',
		{ type: 'file', file: { file_data: 'data:text/csv;base64,AAAA' } },
		file({ url: 'data:text/csv;base64,AAAA' }),
	],
	[
		'a standard file',
		{ type: 'file', source_type: 'base64', mime_type: 'text/csv', data: 'AAAA' },
		file({ mimeType: 'text/csv', data: 'AAAA' }),
	],
	[
		'a standard image',
		{ type: 'image', data: 'AAAA' },
		file({ mimeType: 'image/*', data: 'AAAA' }),
	],
	[
		'a standard video',
		{ type: 'video', url: 'https://x.test/v' },
		file({ mimeType: 'video/*', url: 'https://x.test/v' }),
	],
	[
		'a standard sound',
		{ type: 'audio', mimeType: 'audio/ogg', data: 'AAAA' },
		file({ mimeType: 'audio/ogg', data: 'AAAA' }),
	],
	[
		'a standard sound that says no more',
		{ type: 'audio', data: 'AAAA' },
		file({ mimeType: 'audio/*', data: 'AAAA' }),
	],
	['a medium that says nothing', { type: 'media', data: 'AAAA' }, file({ data: 'AAAA' })],
	[
		'a medium of n8n',
		{ type: 'media', mimeType: 'image/png', data: 'AAAA' },
		file({ mimeType: 'image/png', data: 'AAAA' }),
	],
	[
		'an image of Anthropic',
		{ type: 'image', source: { type: 'base64', media_type: 'image/gif', data: 'AAAA' } },
		file({ mimeType: 'image/gif', data: 'AAAA' }),
	],
	[
		'a document of Anthropic',
		{ type: 'document', source: { type: 'url', url: 'https://x.test/d' } },
		file({ url: 'https://x.test/d' }),
	],
	['a file by its ID', { type: 'file', source_type: 'id', id: 'f1' }, file({ fileId: 'f1' })],
	['a file by its newer ID', { type: 'file', fileId: 'f1', id: 'x' }, file({ fileId: 'f1' })],
	[
		'a block with an ID of its own',
		{ type: 'image', id: 'x', data: 'AAAA' },
		file({ mimeType: 'image/*', data: 'AAAA' }),
	],
	[
		'what goes along',
		{ type: 'image', data: 'AAAA', metadata: { filename: 'a.png' } },
		file({ mimeType: 'image/*', data: 'AAAA', metadata: { filename: 'a.png' } }),
	],
])('%s becomes a file', (_what, block, expected) => {
	expect(pass(block)).toEqual([expected]);
});

it('what goes along is a copy', () => {
	const metadata = { filename: 'a.png' };
	const [block] = pass({ type: 'image', data: 'AAAA', metadata }) as Array<{ metadata: object }>;
	expect(block?.metadata).not.toBe(metadata);
});

it.each<[unknown, unknown[]]>([
	['Nine.', [{ type: 'text', text: 'Nine.' }]],
	[{ type: 'text', text: 'Nine.' }, [{ type: 'text', text: 'Nine.' }]],
	[{ type: 'reasoning', text: 'Hm.' }, [{ type: 'reasoning', text: 'Hm.' }]],
	[{ type: 'citation', at: 7 }, [{ type: 'citation', at: 7 }]],
	[{ type: 'non_standard', value: 7 }, [{ type: 'non_standard', value: 7 }]],
	[{ type: 'server_tool_call_result' }, [{ type: 'server_tool_call_result' }]],
	[{ type: 'text_delta', text: 'Nine.' }, [{ type: 'text', text: 'Nine.' }]],
	[{ type: 'tool_use', id: 'a' }, []],
	[{ type: 'tool_call', id: 'a' }, []],
	[{ type: 'thinking', thinking: 'Hm.' }, []],
	[{ type: 'redacted_thinking' }, []],
	[{ type: 7 }, []],
	[{}, []],
	[null, []],
	[7, []],
	[
		{ type: 'hologram', data: 'AAAA' },
		[
			{
				type: 'text',
				text: '[A part of the type hologram was left out here: the model cannot read it.]',
			},
		],
	],
])('%j becomes %j', (block, blocks) => {
	expect(pass(block)).toEqual(blocks);
});

it('leaves a text alone', () => {
	const message = partly<Message>(new HumanMessage('Nine.'));
	expect(passFiles(message)).toBe(message);
});

it.each<[unknown, unknown]>([
	['Nine.', 'Nine.'],
	[[], ''],
	[
		[
			{ type: 'text', text: 'Nine ' },
			{ type: 'text', text: 'metres.' },
		],
		'Nine metres.',
	],
	[[{ type: 'text', text: 7 }], [{ type: 'text', text: 7 }]],
	[[{ type: 'file', text: 'a' }], [{ type: 'file', text: 'a' }]],
	[
		[{ type: 'text', text: 'a' }, null],
		[{ type: 'text', text: 'a' }, null],
	],
	[undefined, undefined],
])('the text of %j is %j', (content, text) => {
	expect(joinTexts(content)).toEqual(text);
});
