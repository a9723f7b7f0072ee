import type { ContentFile, Message, MessageContent } from '@n8n/ai-node-sdk';

import { textOf } from '../minimax/json/textOf';
import type { WireContentPart, WireRequestMessage } from '../minimax/wireTypes';

type Part<Type extends MessageContent['type']> = Extract<MessageContent, { type: Type }>;

const DETAILS = ['low', 'default', 'high'];

/**
 * Messages of n8n's SDK in the API's shape. Where the model sees no images a note stands in for one, so
 * that it can say so: M2 models drop images without a word. Empty assistant messages are left out.
 */
export function toWireMessages(
	messages: readonly Message[],
	sees: { images: boolean; video: boolean },
): WireRequestMessage[] {
	return messages.flatMap((message): WireRequestMessage[] => {
		switch (message.role) {
			case 'assistant':
				return fromAssistant(message);
			case 'tool':
				return partsOf(message, 'tool-result').map((part) => ({
					role: 'tool',
					tool_call_id: part.toolCallId,
					content: readResult(part.result),
				}));
			case 'system':
				return [{ role: 'system', content: readText(message) }];
			default:
				return [{ role: 'user', content: readUserContent(message, sees) }];
		}
	});
}

function fromAssistant(message: Message): WireRequestMessage[] {
	const content = readText(message);
	const calls = partsOf(message, 'tool-call');
	if (calls.length === 0) return content.trim() === '' ? [] : [{ role: 'assistant', content }];
	const reasoning = partsOf(message, 'reasoning')
		.map(({ text }) => text)
		.join('');
	return [
		{
			role: 'assistant',
			content,
			...(reasoning !== '' && reasoningFields(reasoning)),
			tool_calls: calls.map(({ toolCallId, toolName, input }) => ({
				id: toolCallId ?? '',
				type: 'function',
				function: { name: toolName, arguments: input },
			})),
		},
	];
}

/**
 * The API's own fields: reasoning_details is what MiniMax asks for, reasoning_content what vLLM and
 * SGLang read. https://platform.minimax.io/docs/guides/text-m3-function-call
 */
function reasoningFields(text: string) {
	return {
		reasoning_content: text,
		reasoning_details: [
			{
				type: 'reasoning.text',
				id: 'reasoning-text-1',
				format: 'MiniMax-response-v1',
				index: 0,
				text,
			},
		],
	};
}

function readUserContent(
	message: Message,
	sees: { images: boolean; video: boolean },
): string | WireContentPart[] {
	const parts = message.content.flatMap((part): WireContentPart[] => {
		if (part.type === 'text') return [{ type: 'text', text: part.text }];
		return part.type === 'file' ? [toMediaPart(part, sees)] : [];
	});
	const texts = parts.flatMap((part) => (part.type === 'text' ? [part.text] : []));
	return texts.length === parts.length ? texts.join('\n') : parts;
}

function toMediaPart(
	file: ContentFile,
	sees: { images: boolean; video: boolean },
): WireContentPart {
	const { url: given, detail: asked } = file.providerMetadata ?? {};
	const type = mediaTypeOf(file, given);
	const url = typeof given === 'string' && given !== '' ? given : toDataUrl(file, type);
	const isKnown = typeof asked === 'string' && DETAILS.includes(asked);
	const link = { url, ...(isKnown && { detail: asked }) };
	if (type.startsWith('image/') && sees.images) return { type: 'image_url', image_url: link };
	if (type.startsWith('video/') && sees.video) return { type: 'video_url', video_url: link };
	const thing = type.startsWith('image/') ? 'An image' : `A file of the type ${type}`;
	return { type: 'text', text: `[${thing} was left out here: the model cannot read it.]` };
}

/** A file that is given by its address only is an image: agents and chains send nothing else so. */
function mediaTypeOf({ mediaType }: ContentFile, url: unknown): string {
	const inUrl = typeof url === 'string' ? /^data:([^;,]+)/.exec(url)?.[1] : undefined;
	return inUrl ?? mediaType ?? (url === undefined ? 'application/octet-stream' : 'image/*');
}

function toDataUrl({ data }: ContentFile, type: string): string {
	const base64 = typeof data === 'string' ? data : Buffer.from(data).toString('base64');
	return `data:${type};base64,${base64}`;
}

function readText(message: Message): string {
	return partsOf(message, 'text')
		.map(({ text }) => text)
		.join('\n');
}

/** A tool may also answer in content blocks. */
function readResult(result: unknown): string {
	if (!Array.isArray(result)) return textOf(result);
	const texts = result.map((block: { text?: unknown } | null) => block?.text);
	return texts.every((text) => typeof text === 'string') ? texts.join('\n') : textOf(result);
}

function partsOf<Type extends MessageContent['type']>(message: Message, type: Type): Part<Type>[] {
	return message.content.filter((part): part is Part<Type> => part.type === type);
}
