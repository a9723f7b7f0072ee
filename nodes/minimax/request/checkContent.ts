import { inside, InvalidInput, type Place } from '../failure/invalidInput';
import { isRecord } from '../json/isRecord';
import { findModel } from '../models';
import { textOf } from '../json/textOf';
import type { WireContentPart } from '../wireTypes';

const RIGHT_CONTENT =
	'The content has to be text, or an array of parts such as {"type": "text", "text": "…"}.';

/**
 * The content of a message given as JSON: text, or parts which the model can read. Numbers and booleans
 * become text, the result of a tool may be any JSON, and nothing is the empty text beside tool calls,
 * where the API wants a string.
 *
 * @throws InvalidInput
 */
export function checkContent(
	message: Record<string, unknown>,
	role: string,
	modelId: string,
	place: Place,
): string | WireContentPart[] {
	const { content } = message;
	if (typeof content === 'string') return content;
	if (typeof content === 'number' || typeof content === 'boolean') return String(content);
	if (Array.isArray(content)) {
		const isData = role === 'tool' && !content.every(isPart);
		return isData
			? textOf(content)
			: content.map((part: unknown, index) =>
					checkPart(part, modelId, inside(place, `part ${index + 1}`)),
				);
	}
	if (content !== undefined && content !== null) {
		if (role === 'tool') return textOf(content);
		throw new InvalidInput('has an object as its content', RIGHT_CONTENT, place);
	}
	if (role === 'assistant' && Array.isArray(message.tool_calls)) return '';
	throw new InvalidInput('has no content', RIGHT_CONTENT, place);
}

function isPart(value: unknown): boolean {
	return isRecord(value) && typeof value.type === 'string';
}

function checkPart(part: unknown, modelId: string, place: Place): WireContentPart {
	if (isTextPart(part)) return part;
	if (isImagePart(part)) {
		const model = findModel(modelId);
		if (model?.images === false) throw cannotSee(modelId, place, 'an image');
		return part;
	}
	if (isVideoPart(part)) {
		const model = findModel(modelId);
		if (model?.video === false) throw cannotSee(modelId, place, 'a video');
		return part;
	}
	throw new InvalidInput(
		'is no part that MiniMax reads',
		'A part is {"type": "text", "text": "…"}, {"type": "image_url", "image_url": {"url": "…"}} or {"type": "video_url", "video_url": {"url": "…"}}.',
		place,
	);
}

function isTextPart(part: unknown): part is WireContentPart & { type: 'text' } {
	return isRecord(part) && part.type === 'text' && typeof part.text === 'string';
}

function isImagePart(part: unknown): part is WireContentPart & { type: 'image_url' } {
	return isRecord(part) && part.type === 'image_url' && hasUrl(part.image_url);
}

function isVideoPart(part: unknown): part is WireContentPart & { type: 'video_url' } {
	return isRecord(part) && part.type === 'video_url' && hasUrl(part.video_url);
}

function hasUrl(value: unknown): boolean {
	return isRecord(value) && typeof value.url === 'string' && value.url !== '';
}

/** MiniMax drops what the model cannot see without a word (seen on M2.7), so it is caught here. */
function cannotSee(modelId: string, place: Place, what: string): InvalidInput {
	return new InvalidInput(
		`is ${what}, which ${modelId} does not see`,
		'Choose a model that sees it, for example MiniMax-M3.',
		place,
	);
}
