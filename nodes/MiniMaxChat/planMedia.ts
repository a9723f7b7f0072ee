import type { IBinaryData, IExecuteSingleFunctions } from 'n8n-workflow';

import { InvalidInput } from '../minimax/failure/invalidInput';
import { isRecord } from '../minimax/json/isRecord';
import { findModel } from '../minimax/models';
import { HEAD_BYTES, labelOf, saysNothing, type MediaMimeType } from '../minimax/mediaFormat';
import { checkSize, formatOf, type MediaPlace } from './checkFile';
import { IMAGES, VIDEOS, type MediaKind } from './mediaKinds';

/** An image or video on its way into the last user message. */
export interface Media extends MediaPlace {
	detail?: string;
	/** An address the API fetches itself, or the input item's file. */
	source: { url: string } | MediaFile;
}

/** A file of the input item. */
export interface MediaFile {
	property: string;
	/** As n8n holds it. */
	binary: IBinaryData;
	/** Undefined where only its bytes can tell, and n8n keeps those elsewhere. */
	mimeType: MediaMimeType | undefined;
}

const OPTIONAL_FILE =
	'If not every item has a file, use an expression that comes out empty for those without one, e.g. {{ $binary.data ? "data" : "" }}.';

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
	return [IMAGES, VIDEOS].flatMap((kind) => {
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
		row.source === 'url' ? planUrl(row.url, where) : planFile(context, row, { kind, where });
	return { kind, ...detail, source, where };
}

function planUrl(value: unknown, where: string): { url: string } {
	const url = typeof value === 'string' ? value.trim() : '';
	if (/^(?:https?|data|mm_file):\/{0,2}[^\s/]/i.test(url)) return { url };
	throw new InvalidInput(
		`${where}: this is not a URL the API can fetch`,
		'Give an address that starts with https://, a data URL, or mm_file:// for an uploaded file.',
	);
}

function planFile(
	context: IExecuteSingleFunctions,
	row: Record<string, unknown>,
	place: MediaPlace,
): Media['source'] {
	const { where } = place;
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
	// What n8n stores elsewhere has an id; a file in memory is Base64 text, four characters for three bytes.
	if (file.id !== undefined) {
		const isOpen = saysNothing(labelOf(file));
		return { property, binary: file, mimeType: isOpen ? undefined : formatOf(file, place) };
	}
	const { data } = file;
	if (typeof data !== 'string' || data === '') {
		throw new InvalidInput(
			`${where}: the file in '${property}' is empty`,
			'Check the node that gives the file, or use a URL.',
		);
	}
	checkSize((data.length / 4) * 3, place);
	const head = Buffer.from(data.slice(0, 2 * HEAD_BYTES), 'base64');
	return { property, binary: file, mimeType: formatOf(file, place, head) };
}
