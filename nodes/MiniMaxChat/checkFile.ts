import type { IBinaryData } from 'n8n-workflow';

import { InvalidInput } from '../minimax/failure/invalidInput';
import {
	detectFormat,
	formatByLabel,
	labelOf,
	saysNothing,
	type MediaMimeType,
} from '../minimax/mediaFormat';
import { MB, type MediaKind } from './mediaKinds';

/** As what a file is sent, and where the panel has it, e.g. `'Images', entry 2`. */
export interface MediaPlace {
	kind: MediaKind;
	where: string;
}

/**
 * The file's type as the API takes it: by its label or, where that says nothing, by its first bytes or
 * its name.
 *
 * @throws InvalidInput for a format that the API does not take
 */
export function formatOf(
	file: IBinaryData,
	{ kind, where }: MediaPlace,
	head: Uint8Array = new Uint8Array(),
): MediaMimeType {
	const label = labelOf(file);
	const format = saysNothing(label) ? detectFormat(head, file) : formatByLabel(label);
	const known = kind.mimeTypes.find((mimeType) => mimeType === format);
	if (known !== undefined) return known;
	const shown = format ?? label;
	if (shown !== '') {
		throw new InvalidInput(
			`${where}: a file of the type ${shown} cannot be read`,
			`Give a ${kind.formats} file.`,
		);
	}
	throw new InvalidInput(
		`${where}: the file does not say its type`,
		`The node that gives the file has to set its MIME type or its name, and it has to be a ${kind.formats} file.`,
	);
}

/**
 * @param bytes size of the file
 * @throws InvalidInput for a file larger than the API takes of its kind
 */
export function checkSize(bytes: number, { kind, where }: MediaPlace): void {
	if (bytes <= kind.mostBytes) return;
	throw new InvalidInput(
		`${where}: the file has ${(bytes / MB).toFixed(1)} MB, and at most ${kind.mostBytes / MB} MB are taken`,
		'Make the file smaller, or give a URL.',
	);
}
