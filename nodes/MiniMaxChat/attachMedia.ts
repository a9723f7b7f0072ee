import type { IExecuteSingleFunctions } from 'n8n-workflow';

import { InvalidInput } from '../minimax/failure/invalidInput';
import { HEAD_BYTES } from '../minimax/mediaFormat';
import type { WireContentPart, WireRequest, WireRequestMessage } from '../minimax/wireTypes';
import { checkSize, formatOf } from './checkFile';
import { noteContent } from './hashRequest';
import { MOST_BODY_BYTES } from './mediaKinds';
import type { Media } from './planMedia';

/**
 * The request with the files in its last user message. Called when the request has its turn, so that
 * a batch does not hold all its files in memory at once.
 *
 * @throws InvalidInput for files that are too large or a conversation without a user message
 */
export async function attachMedia(
	context: IExecuteSingleFunctions,
	request: WireRequest,
	media: readonly Media[],
): Promise<WireRequest> {
	if (media.length === 0) return request;
	const last = request.messages.findLastIndex(({ role }) => role === 'user');
	if (last === -1) {
		throw new InvalidInput(
			'Images and videos need a user message to go with',
			"Add a message with the role User under 'Messages'.",
		);
	}
	const parts: WireContentPart[] = [];
	let size = 0;
	for (const one of media) {
		const url = await loadUrl(context, one);
		size += url.length;
		if (size > MOST_BODY_BYTES) {
			throw new InvalidInput(
				`${one.where}: together the files are larger than the 64 MB of a request`,
				'Send fewer or smaller files, or give URLs.',
			);
		}
		const link = { url, ...(one.detail !== undefined && { detail: one.detail }) };
		parts.push(
			one.kind.type === 'image_url'
				? { type: 'image_url', image_url: link }
				: { type: 'video_url', video_url: link },
		);
	}
	const messages = request.messages.map((message, index) =>
		index === last ? { ...message, content: [...textParts(message), ...parts] } : message,
	);
	return { ...request, messages };
}

function textParts({ content }: WireRequestMessage): WireContentPart[] {
	if (typeof content === 'string') return [{ type: 'text', text: content }];
	// 'Additional Body Fields' may hold messages of any kind.
	return Array.isArray(content) ? content : [];
}

async function loadUrl(context: IExecuteSingleFunctions, media: Media): Promise<string> {
	const { source } = media;
	if ('url' in source) return source.url;
	const { binary, property, mimeType } = source;
	// Kept in memory it is Base64 text already; decoding it would only make copies.
	if (binary.id === undefined) return `data:${mimeType};base64,${binary.data}`;
	const bytes = await context.helpers.getBinaryDataBuffer(property);
	checkSize(bytes.length, media);
	noteContent(binary, bytes);
	const type = mimeType ?? formatOf(binary, media, bytes.subarray(0, HEAD_BYTES));
	return `data:${type};base64,${bytes.toString('base64')}`;
}
