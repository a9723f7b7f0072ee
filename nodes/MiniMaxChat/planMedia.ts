import type { IBinaryData, IExecuteSingleFunctions } from 'n8n-workflow';

import { InvalidInput } from '../minimax/failure/failure';
import { isRecord } from '../minimax/json/isRecord';
import { findModel } from '../minimax/models';

/** An image or video on its way into the last user message. */
export interface Media {
	kind: 'image_url' | 'video_url';
	detail?: string;
	/** An address the API fetches itself, or the input item's file. */
	source: { url: string } | { file: IBinaryData; property: string };
	/** For messages, e.g. `'Images', entry 2`. */
	where: string;
}

interface MediaKind {
	type: Media['kind'];
	option: 'images' | 'videos';
	label: string;
	sees: 'images' | 'video';
	/** As given → as the API takes them. */
	mimeTypes: ReadonlyMap<string, string>;
	formats: string;
	mostBytes: number;
}

const MB = 1024 * 1024;

/** Formats and sizes: https://platform.minimax.io/docs/api-reference/text-chat-openai */
const MEDIA_KINDS: readonly MediaKind[] = [
	{
		type: 'image_url',
		option: 'images',
		label: 'Images',
		sees: 'images',
		mimeTypes: new Map([
			['image/jpeg', 'image/jpeg'],
			['image/jpg', 'image/jpeg'],
			['image/png', 'image/png'],
			['image/gif', 'image/gif'],
			['image/webp', 'image/webp'],
		]),
		formats: 'JPEG, PNG, GIF or WEBP',
		mostBytes: 10 * MB,
	},
	{
		type: 'video_url',
		option: 'videos',
		label: 'Videos',
		sees: 'video',
		mimeTypes: new Map([
			['video/mp4', 'video/mp4'],
			['video/x-msvideo', 'video/x-msvideo'],
			['video/avi', 'video/x-msvideo'],
			['video/quicktime', 'video/quicktime'],
			['video/x-matroska', 'video/x-matroska'],
		]),
		formats: 'MP4, AVI, MOV or MKV',
		mostBytes: 50 * MB,
	},
];

/** What a body may hold, see the same page. */
export const MOST_BODY_BYTES = 64 * MB;

/**
 * The images and videos of one item, checked as far as that goes without loading a file.
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
		if (rows.length > 0) checkSight(kind, model);
		return rows.filter(isRecord).map((row, index) => planOne(context, kind, row, index + 1));
	});
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
		url === '' ? `${where} has no URL` : `${where}: this is not a URL the API can fetch`,
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
				? 'The input item carries no files. Connect a node that gives some, or use a URL.'
				: `Its files are in: ${names.join(', ')}.`,
		);
	}
	const mimeType = readMimeType(file, kind, where);
	const { data } = file;
	// What n8n stores elsewhere has an id; a file in memory is Base64 text, four characters for three bytes.
	if (file.id === undefined) {
		if (typeof data !== 'string' || data === '') {
			throw new InvalidInput(
				`${where}: the file in '${property}' is empty`,
				'Check the node that gives the file, or use a URL.',
			);
		}
		checkSize((data.length / 4) * 3, { kind: kind.type, where });
	}
	return { file: { ...file, mimeType }, property };
}

/** The file's type as the API takes it: without parameters such as `; charset=binary`. */
function readMimeType({ mimeType: given }: IBinaryData, kind: MediaKind, where: string): string {
	const [type = ''] = (typeof given === 'string' ? given : '').split(';');
	const mimeType = kind.mimeTypes.get(type.trim().toLowerCase());
	if (mimeType !== undefined) return mimeType;
	throw new InvalidInput(
		type.trim() === ''
			? `${where}: the file does not say its type`
			: `${where}: a file of the type ${type.trim()} cannot be read`,
		type.trim() === ''
			? `The node that gives the file has to set its MIME type, and it has to be a ${kind.formats} file.`
			: `Give a ${kind.formats} file.`,
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
