/** The formats the API takes: https://platform.minimax.io/docs/api-reference/text-chat-openai */
const FORMATS = [
	{ mimeType: 'image/jpeg', extensions: ['jpg', 'jpeg', 'jpe', 'jfif'] },
	{ mimeType: 'image/png', extensions: ['png'] },
	{ mimeType: 'image/gif', extensions: ['gif'] },
	{ mimeType: 'image/webp', extensions: ['webp'] },
	{ mimeType: 'video/mp4', extensions: ['mp4', 'm4v'] },
	{ mimeType: 'video/x-msvideo', extensions: ['avi'] },
	{ mimeType: 'video/quicktime', extensions: ['mov', 'qt'] },
	{ mimeType: 'video/x-matroska', extensions: ['mkv'] },
] as const;

export type MediaMimeType = (typeof FORMATS)[number]['mimeType'];

/** Labels that mean one of the formats under another name. */
const OTHER_NAMES: Readonly<Record<string, MediaMimeType>> = {
	'image/jpg': 'image/jpeg',
	'image/jfif': 'image/jpeg',
	'image/pjpeg': 'image/jpeg',
	'image/x-jpeg': 'image/jpeg',
	'image/x-jpg': 'image/jpeg',
	'image/x-citrix-jpeg': 'image/jpeg',
	'image/x-png': 'image/png',
	'image/x-citrix-png': 'image/png',
	'image/x-gif': 'image/gif',
	'image/x-citrix-gif': 'image/gif',
	'image/x-webp': 'image/webp',
	'application/mp4': 'video/mp4',
	'video/m4v': 'video/mp4',
	'video/x-m4v': 'video/mp4',
	'video/avi': 'video/x-msvideo',
	'video/msvideo': 'video/x-msvideo',
	'video/vnd.avi': 'video/x-msvideo',
	'video/mov': 'video/quicktime',
	'video/mkv': 'video/x-matroska',
	'video/matroska': 'video/x-matroska',
	'application/x-matroska': 'video/x-matroska',
};

/** Labels of whoever does not know what it hands over. */
const SAYS_NOTHING = new Set([
	'',
	'*/*',
	'image/*',
	'video/*',
	'image',
	'video',
	'application/octet-stream',
	'binary/octet-stream',
	'application/octetstream',
	'application/x-octet-stream',
	'octet/stream',
	'application/binary',
	'application/x-binary',
	'application/unknown',
	'application/x-unknown',
	'unknown/unknown',
	'application/download',
	'application/x-download',
	'application/force-download',
	'application/x-force-download',
	'content/unknown',
]);

/** What a file says about itself. */
export interface FileLabels {
	mimeType?: unknown;
	fileName?: unknown;
	fileExtension?: unknown;
}

/** A file's own label in lower case and without parameters such as `; charset=binary`. */
export function labelOf({ mimeType }: FileLabels): string {
	const [type = ''] = (typeof mimeType === 'string' ? mimeType : '').split(';');
	return type.trim().toLowerCase();
}

/** The format that a label names; undefined for everything else. */
export function formatByLabel(label: string): MediaMimeType | undefined {
	const format = FORMATS.find(({ mimeType }) => mimeType === label)?.mimeType;
	return format ?? (Object.hasOwn(OTHER_NAMES, label) ? OTHER_NAMES[label] : undefined);
}

/** Whether a label leaves open what the file is. */
export function saysNothing(label: string): boolean {
	return SAYS_NOTHING.has(label);
}

/** How many bytes of a file `detectFormat` looks at. */
export const HEAD_BYTES = 64;

/**
 * The format by the first bytes of a file, or by its name where those are not known. Undefined for
 * everything that is none of the API's formats.
 */
export function detectFormat(
	head: Uint8Array,
	{ fileName, fileExtension }: FileLabels,
): MediaMimeType | undefined {
	return formatByBytes(head) ?? formatByEnding(fileExtension) ?? formatByEnding(fileName);
}

function formatByBytes(head: Uint8Array): MediaMimeType | undefined {
	const text = (from: number, to: number): string =>
		String.fromCharCode(...head.subarray(from, to));
	if (head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff) return 'image/jpeg';
	if (text(0, 8) === '\x89PNG\r\n\x1a\n') return 'image/png';
	if (text(0, 6) === 'GIF87a' || text(0, 6) === 'GIF89a') return 'image/gif';
	if (text(0, 4) === 'RIFF' && text(8, 12) === 'WEBP') return 'image/webp';
	if (text(0, 4) === 'RIFF' && text(8, 12) === 'AVI ') return 'video/x-msvideo';
	// EBML, which WebM begins with too: its kind stands within the first 64 bytes.
	if (text(0, 4) === '\x1aE\xdf\xa3' && text(4, HEAD_BYTES).includes('matroska'))
		return 'video/x-matroska';
	if (text(4, 8) === 'ftyp') return formatByBrand(text(8, 12));
	// QuickTime before it wrote its brand.
	if (['moov', 'mdat', 'wide'].includes(text(4, 8))) return 'video/quicktime';
	return undefined;
}

/** https://mp4ra.org lists the brands; those of still images (HEIC, AVIF) and sound are none of ours. */
function formatByBrand(brand: string): MediaMimeType | undefined {
	if (brand === 'qt  ') return 'video/quicktime';
	return /^(?:isom|iso[2-9a-c]|mp4[12]|avc1|M4V|MSNV|dash|mmp4)/i.test(brand)
		? 'video/mp4'
		: undefined;
}

/** @param name an extension or a name with one, as some node has left it */
function formatByEnding(name: unknown): MediaMimeType | undefined {
	if (typeof name !== 'string') return undefined;
	const ending = name.trim().toLowerCase().split('.').pop();
	return FORMATS.find(({ extensions }) => extensions.some((known) => known === ending))?.mimeType;
}
