import { isRecord } from '../../minimax/json/isRecord';
import type { Message } from './adapter';
import { copyMessage } from './copyMessage';

/** What the SDK's conversion makes a file of. */
interface FileBlock {
	type: 'file';
	mimeType?: unknown;
	/** Base64 or bytes. */
	data?: unknown;
	url?: unknown;
	fileId?: unknown;
	metadata?: Record<string, unknown>;
}

/** Of other providers and of tools: they hold nothing that belongs to the message's text. */
const LEFT_OUT = ['tool_use', 'tool_call', 'thinking', 'redacted_thinking'];

/** Blocks that the conversion takes as they are. */
const KNOWN = ['text', 'reasoning', 'non_standard', 'citation', 'server_tool_call_result'];

/**
 * The SDK knows one form of file blocks and drops all others without a word: `image_url` and `mime_type` of
 * n8n's agents, `source_type` of LangChain's standard blocks, `input_audio` and `file` of code written for
 * OpenAI, `source` of code written for Anthropic. Here they take the form that it knows, and in place of
 * any other block the model gets a note.
 */
export function passFiles(message: Message): Message {
	const { content } = message;
	if (!Array.isArray(content)) return message;
	return copyMessage(message, content.flatMap(toKnownBlock));
}

function toKnownBlock(block: unknown): unknown[] {
	if (typeof block === 'string') return [{ type: 'text', text: block }];
	if (!isRecord(block) || typeof block.type !== 'string') return [];
	const { type } = block;
	if (LEFT_OUT.includes(type)) return [];
	if (KNOWN.includes(type)) return [block];
	if (typeof block.text === 'string') return [{ type: 'text', text: block.text }];
	const file = toFile(type, block);
	const note = `[A part of the type ${type} was left out here: the model cannot read it.]`;
	return [file ?? { type: 'text', text: note }];
}

function toFile(type: string, block: Record<string, unknown>): FileBlock | undefined {
	switch (type) {
		case 'image_url':
		case 'input_image':
			return byAddress('image/*', block.image_url, block.detail);
		case 'video_url':
			return byAddress('video/*', block.video_url);
		case 'input_audio': {
			const { data, format } = isRecord(block.input_audio) ? block.input_audio : {};
			return { type: 'file', mimeType: `audio/${String(format ?? '*')}`, data };
		}
		case 'input_file':
			return fromOpenAi(block);
		case 'file':
			return isRecord(block.file) ? fromOpenAi(block.file) : fromStandard(type, block);
		case 'image':
		case 'video':
		case 'audio':
		case 'media':
		case 'document':
			return fromStandard(type, block);
		default:
			return undefined;
	}
}

/** @param given `{ url, detail }`, or the address alone */
function byAddress(mimeType: string, given: unknown, besides?: unknown): FileBlock {
	const { url, detail = besides } = isRecord(given) ? given : { url: given };
	return { type: 'file', mimeType, url, ...(detail !== undefined && { metadata: { detail } }) };
}

function fromOpenAi({ file_data: url, file_id: fileId }: Record<string, unknown>): FileBlock {
	return { type: 'file', url, fileId };
}

/** LangChain's standard block in its two spellings, or Anthropic's. */
function fromStandard(type: string, block: Record<string, unknown>): FileBlock {
	const source = isRecord(block.source) ? block.source : {};
	const { data = source.data, url = source.url, metadata } = block;
	const given = block.mimeType ?? block.mime_type ?? source.media_type;
	const isMedium = type === 'image' || type === 'video' || type === 'audio';
	return {
		type: 'file',
		mimeType: given ?? (isMedium ? `${type}/*` : undefined),
		data,
		url,
		fileId: block.fileId ?? (block.source_type === 'id' ? block.id : undefined),
		// A copy, as the conversion writes the address into it.
		...(isRecord(metadata) && { metadata: { ...metadata } }),
	};
}
