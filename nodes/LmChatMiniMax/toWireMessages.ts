import type { ContentFile, Message, MessageContent } from '@n8n/ai-node-sdk';

import { InvalidInput } from '../minimax/failure/invalidInput';
import { textOf } from '../minimax/json/textOf';
import {
	detectFormat,
	formatByLabel,
	HEAD_BYTES,
	labelOf,
	saysNothing,
} from '../minimax/mediaFormat';
import type { WireContentPart, WireRequestMessage } from '../minimax/wireTypes';

type Part<Type extends MessageContent['type']> = Extract<MessageContent, { type: Type }>;

/** Of data without a type. */
const UNKNOWN_TYPE = 'application/octet-stream';

const DETAILS = ['low', 'default', 'high'];

/**
 * Messages of n8n's SDK in the API's shape. Where the model sees no images a note stands in for one, so
 * that it can say so: M2 models drop images without a word. Empty assistant messages are left out.
 *
 * @throws InvalidInput for a file of which nothing is there
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

/** @throws InvalidInput for a file of which nothing is there */
function toMediaPart(
	file: ContentFile,
	sees: { images: boolean; video: boolean },
): WireContentPart {
	const { url: given, detail: asked } = file.providerMetadata ?? {};
	const address = typeof given === 'string' && given !== '' ? given : undefined;
	const type = mediaTypeOf(file, address);
	const detail = DETAILS.find((known) => known === asked);
	const url = address ?? `data:${type};base64,${readBase64(file)}`;
	const link = { url, ...(detail !== undefined && { detail }) };
	if (type.startsWith('image/') && sees.images) return { type: 'image_url', image_url: link };
	if (type.startsWith('video/') && sees.video) return { type: 'video_url', video_url: link };
	const thing =
		NAMES.find(([prefix]) => type.startsWith(prefix))?.[1] ?? `A file of the type ${type}`;
	return { type: 'text', text: `[${thing} was left out here: the model cannot read it.]` };
}

const NAMES = [
	['image/', 'An image'],
	['video/', 'A video'],
	['audio/', 'A sound recording'],
	[UNKNOWN_TYPE, 'A file of an unknown type'],
] as const;

/** A file that is given by its address only is an image: agents and chains send nothing else so. */
function mediaTypeOf(file: ContentFile, address: string | undefined): string {
	const inUrl = /^data:([^;,]+)/.exec(address ?? '')?.[1];
	const label = labelOf({ mimeType: inUrl ?? file.mediaType });
	const known = formatByLabel(label);
	if (known !== undefined) return known;
	if (!saysNothing(label)) return label;
	if (address !== undefined) return label.startsWith('video') ? 'video/*' : 'image/*';
	const head = Buffer.from(readBase64(file).slice(0, 2 * HEAD_BYTES), 'base64');
	return detectFormat(head, { fileName: file.providerMetadata?.filename }) ?? UNKNOWN_TYPE;
}

/** @throws InvalidInput where there is nothing */
function readBase64({ data, providerMetadata }: ContentFile): string {
	// LangChain's messages are not checked by anyone on their way.
	const given: unknown = data;
	const base64 = given instanceof Uint8Array ? Buffer.from(given).toString('base64') : given;
	if (typeof base64 === 'string' && base64 !== '') return base64;
	const isNamed = providerMetadata?.fileId !== undefined;
	throw new InvalidInput(
		isNamed ? 'A message names a file by its ID only' : 'A message holds a file without data',
		"Give the file's data in Base64 together with its MIME type, or its address. MiniMax keeps no files that an ID could name.",
	);
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
