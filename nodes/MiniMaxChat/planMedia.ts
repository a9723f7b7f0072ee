import type { IBinaryData, IExecuteSingleFunctions } from 'n8n-workflow';

import { InvalidInput } from '../minimax/failure/invalidInput';
import { isRecord } from '../minimax/json/isRecord';
import { findModel } from '../minimax/models';
import {
	detectFormat,
	formatByLabel,
	HEAD_BYTES,
	labelOf,
	saysNothing,
	type MediaMimeType,
} from '../minimax/mediaFormat';

/** An image or video on its way into the last user message. */
export interface Media {
	kind: 'image_url' | 'video_url';
	detail?: string;
	/** An address the API fetches itself, or the input item's file. */
	source: { url: string } | MediaFile;
	/** For messages, e.g. `'Images', entry 2`. */
	where: string;
}

/** A file of the input item. */
export interface MediaFile {
	property: string;
	/** As n8n holds it. */
	binary: IBinaryData;
	/** Undefined where only its bytes can tell, and n8n keeps those elsewhere. */
	mimeType: MediaMimeType | undefined;
}

interface MediaKind {
	type: Media['kind'];
	option: 'images' | 'videos';
	label: string;
	sees: 'images' | 'video';
	mimeTypes: readonly MediaMimeType[];
	formats: string;
	mostBytes: number;
}

const MB = 1024 * 1024;

/** Sizes: https://platform.minimax.io/docs/api-reference/text-chat-openai */
const MEDIA_KINDS: readonly MediaKind[] = [
	{
		type: 'image_url',
		option: 'images',
		label: 'Images',
		sees: 'images',
		mimeTypes: ['image/jpeg', 'image/png', 'image/gif', 'image/webp'],
		formats: 'JPEG, PNG, GIF or WEBP',
		mostBytes: 10 * MB,
	},
	{
		type: 'video_url',
		option: 'videos',
		label: 'Videos',
		sees: 'video',
		mimeTypes: ['video/mp4', 'video/x-msvideo', 'video/quicktime', 'video/x-matroska'],
		formats: 'MP4, AVI, MOV or MKV',
		mostBytes: 50 * MB,
	},
];

const OPTIONAL_FILE =
	'If not every item has a file, use an expression that comes out empty for those without one, e.g. {{ $binary.data ? "data" : "" }}.';

/** What a body may hold, see the same page. */
export const MOST_BODY_BYTES = 64 * MB;

/**
 * The images and videos of one item, checked as far as that goes without loading a file. A row that
 * comes out empty is left out, as an empty message is: not every item of a batch has a picture.
 *
 * @throws InvalidInput
 */
export function planMedia(
	context: IExecuteSingleFunctions,
	options: Record<string, unknown>,
	model: string,
): Media[] {
	return MEDIA_KINDS.flatMap((kind) => {
		const collection = options[kind.option];
		const rows = isRecord(collection) && Array.isArray(collection.values) ? collection.values : [];
		const planned = rows
			.filter(isRecord)
			.flatMap((row, index) => (isEmpty(row) ? [] : planOne(context, kind, row, index + 1)));
		if (planned.length > 0) checkSight(kind, model);
		return planned;
	});
}

function isEmpty({ source, url, binaryProperty }: Record<string, unknown>): boolean {
	const value = (source === 'url' ? url : binaryProperty) ?? '';
	return typeof value === 'string' && value.trim() === '';
}

function checkSight({ label, sees }: MediaKind, model: string): void {
	const known = findModel(model);
	if (known === undefined || known[sees]) return;
	throw new InvalidInput(
		`'${label}' cannot be used with ${known.id}, which reads text only`,
		`Choose MiniMax-M3 or later in 'Model', or remove '${label}'.`,
	);
}

function planOne(
	context: IExecuteSingleFunctions,
	kind: MediaKind,
	row: Record<string, unknown>,
	position: number,
): Media {
	const where = `'${kind.label}', entry ${position}`;
	const detail = typeof row.detail === 'string' && row.detail !== '' ? { detail: row.detail } : {};
	const source =
		row.source === 'url' ? planUrl(row.url, where) : planFile(context, kind, row, where);
	return { kind: kind.type, ...detail, source, where };
}

function planUrl(value: unknown, where: string): { url: string } {
	const url = typeof value === 'string' ? value.trim() : '';
	if (/^(https?:|data:|mm_file:)\/?\/?\S/i.test(url)) return { url };
	throw new InvalidInput(
		`${where}: this is not a URL the API can fetch`,
		'Give an address that starts with https://, a data URL, or mm_file:// for an uploaded file.',
	);
}

function planFile(
	context: IExecuteSingleFunctions,
	kind: MediaKind,
	row: Record<string, unknown>,
	where: string,
): Media['source'] {
	const property = typeof row.binaryProperty === 'string' ? row.binaryProperty.trim() : '';
	const binary = context.getInputData().binary ?? {};
	const file = Object.hasOwn(binary, property) ? binary[property] : undefined;
	if (!isRecord(file)) {
		const names = Object.keys(binary);
		throw new InvalidInput(
			`${where}: the input item has no file in '${property}'`,
			names.length === 0
				? `The input item carries no files. ${OPTIONAL_FILE}`
				: `Its files are in: ${names.join(', ')}. ${OPTIONAL_FILE}`,
		);
	}
	const media = { kind: kind.type, where };
	// What n8n stores elsewhere has an id; a file in memory is Base64 text, four characters for three bytes.
	if (file.id !== undefined) {
		const isOpen = saysNothing(labelOf(file));
		return { property, binary: file, mimeType: isOpen ? undefined : formatOf(file, media) };
	}
	const { data } = file;
	if (typeof data !== 'string' || data === '') {
		throw new InvalidInput(
			`${where}: the file in '${property}' is empty`,
			'Check the node that gives the file, or use a URL.',
		);
	}
	checkSize((data.length / 4) * 3, media);
	const head = Buffer.from(data.slice(0, 2 * HEAD_BYTES), 'base64');
	return { property, binary: file, mimeType: formatOf(file, media, head) };
}

/**
 * The file's type as the API takes it: by its label or, where that says nothing, by its first bytes or
 * its name.
 *
 * @throws InvalidInput for a format that the API does not take
 */
export function formatOf(
	file: IBinaryData,
	{ kind: type, where }: Pick<Media, 'kind' | 'where'>,
	head: Uint8Array = new Uint8Array(),
): MediaMimeType {
	const label = labelOf(file);
	const format = saysNothing(label) ? detectFormat(head, file) : formatByLabel(label);
	const kind = MEDIA_KINDS.find((candidate) => candidate.type === type);
	const known = kind?.mimeTypes.find((mimeType) => mimeType === format);
	if (known !== undefined) return known;
	const formats = kind?.formats ?? '';
	const shown = format ?? label;
	if (shown !== '') {
		throw new InvalidInput(
			`${where}: a file of the type ${shown} cannot be read`,
			`Give a ${formats} file.`,
		);
	}
	throw new InvalidInput(
		`${where}: the file does not say its type`,
		`The node that gives the file has to set its MIME type or its name, and it has to be a ${formats} file.`,
	);
}

/**
 * @param bytes size of the file
 * @throws InvalidInput for a file larger than the API takes of its kind
 */
export function checkSize(
	bytes: number,
	{ kind: type, where }: Pick<Media, 'kind' | 'where'>,
): void {
	const kind = MEDIA_KINDS.find((candidate) => candidate.type === type);
	if (kind === undefined || bytes <= kind.mostBytes) return;
	throw new InvalidInput(
		`${where}: the file has ${(bytes / MB).toFixed(1)} MB, and at most ${kind.mostBytes / MB} MB are taken`,
		'Make the file smaller, or give a URL.',
	);
}
