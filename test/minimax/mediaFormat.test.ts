import {
	detectFormat,
	formatByLabel,
	HEAD_BYTES,
	labelOf,
	saysNothing,
} from '../../nodes/minimax/mediaFormat';

const bytes = (text: string) => Uint8Array.from(Buffer.from(text, 'latin1'));

it.each([
	['IMAGE/PNG; charset=binary', 'image/png'],
	[' video/mp4 ', 'video/mp4'],
	['', ''],
	[';', ''],
	[7, ''],
	[undefined, ''],
])('the label of %j is %j', (mimeType, label) => {
	expect(labelOf({ mimeType })).toBe(label);
});

it.each([
	['image/png', 'image/png'],
	['video/x-matroska', 'video/x-matroska'],
	['image/pjpeg', 'image/jpeg'],
	['video/avi', 'video/x-msvideo'],
	['image/bmp', undefined],
	['png', undefined],
	['', undefined],
	// What every object inherits is no label.
	['constructor', undefined],
	['toString', undefined],
])('the label %s names %s', (label, format) => {
	expect(formatByLabel(label)).toBe(format);
});

it.each([
	['application/octet-stream', true],
	['image/*', true],
	['', true],
	['image/png', false],
	['application/pdf', false],
])('%j leaves open what the file is: %s', (label, open) => {
	expect(saysNothing(label)).toBe(open);
});

describe('the first bytes', () => {
	it.each([
		['\xff\xd8\xff\xe0\0\x10JFIF', 'image/jpeg'],
		['\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'image/png'],
		['GIF87a\x01\0', 'image/gif'],
		['GIF89a\x01\0', 'image/gif'],
		['RIFF\x24\0\0\0WEBPVP8 ', 'image/webp'],
		['RIFF\x24\0\0\0AVI LIST', 'video/x-msvideo'],
		['\x1aE\xdf\xa3\x01\0\0\0\0\0\0\x23\x42\x82\x88matroska', 'video/x-matroska'],
		['\0\0\0\x14ftypqt  \0\0\0\0', 'video/quicktime'],
		['\0\0\0\x20ftypisom\0\0\x02\0', 'video/mp4'],
		['\0\0\0\x20ftypiso6', 'video/mp4'],
		['\0\0\0\x20ftypisoa', 'video/mp4'],
		['\0\0\0\x20ftypmp41', 'video/mp4'],
		['\0\0\0\x20ftypmp42', 'video/mp4'],
		['\0\0\0\x20ftypavc1', 'video/mp4'],
		['\0\0\0\x20ftypm4v ', 'video/mp4'],
		['\0\0\0\x20ftypMSNV', 'video/mp4'],
		['\0\0\0\x20ftypdash', 'video/mp4'],
		['\0\0\0\x20ftypmmp4', 'video/mp4'],
		['\0\0\0\x08moov', 'video/quicktime'],
		['\0\0\0\x08mdat', 'video/quicktime'],
		['\0\0\0\x08wide', 'video/quicktime'],
	])('%j are those of %s', (head, format) => {
		expect(detectFormat(bytes(head), {})).toBe(format);
	});

	it.each([
		['nothing', ''],
		['half of a JPEG', '\xff\xd8'],
		['a byte beside a JPEG', '\xff\xd9\xff'],
		['another byte beside a JPEG', '\xfe\xd8\xff'],
		['a third byte beside a JPEG', '\xff\xd8\xfe'],
		['the words without the bytes around them', 'PNG\r\n\x1a\n'],
		['a GIF of another year', 'GIF90a'],
		['a sound in a RIFF', 'RIFF\x24\0\0\0WAVEfmt '],
		['a WebP without its RIFF', 'RIFX\x24\0\0\0WEBPVP8 '],
		['an AVI without its RIFF', 'RIFX\x24\0\0\0AVI LIST'],
		['a WebM', '\x1aE\xdf\xa3\x01\0\0\0\0\0\0\x23\x42\x82\x84webm'],
		['the word without an EBML head', '\x1aE\xdf\xa2\x01\0\0\0matroska'],
		['a HEIC', '\0\0\0\x18ftypheic'],
		['an AVIF', '\0\0\0\x18ftypavif'],
		['the sound of an MP4', '\0\0\0\x18ftypM4A '],
		['a brand in the middle of another', '\0\0\0\x18ftypXisom'],
		['a brand that another begins', '\0\0\0\x18ftypXM4V'],
		['an atom in another place', 'moov\0\0\0\0'],
		['a PDF', '%PDF-1.7'],
	])('of %s are those of no format', (_what, head) => {
		expect(detectFormat(bytes(head), {})).toBeUndefined();
	});

	it('are looked at up to a bound', () => {
		const ebml = (filling: number) =>
			bytes(`\x1aE\xdf\xa3${'\0'.repeat(filling)}matroska${'\0'.repeat(60)}`);
		expect(detectFormat(ebml(HEAD_BYTES - 12), {})).toBe('video/x-matroska');
		expect(detectFormat(ebml(HEAD_BYTES - 11), {})).toBeUndefined();
	});
});

describe('the name', () => {
	const nothing = bytes('of a kind nobody knows');

	it.each([
		[{ fileName: 'photo.PNG ' }, 'image/png'],
		[{ fileName: 'a.mp4/photo.jpeg' }, 'image/jpeg'],
		[{ fileExtension: 'mkv' }, 'video/x-matroska'],
		[{ fileExtension: '.qt' }, 'video/quicktime'],
		[{ fileExtension: 'gif', fileName: 'photo.png' }, 'image/gif'],
		[{ fileExtension: '', fileName: 'photo.png' }, 'image/png'],
		[{ fileExtension: 7, fileName: 'photo.avi' }, 'video/x-msvideo'],
		[{ fileName: 'photo' }, undefined],
		[{ fileName: 'photo.png.gz' }, undefined],
		[{ fileName: '' }, undefined],
		[{ fileName: 7 }, undefined],
		[{}, undefined],
	])('of %j says %s', (labels, format) => {
		expect(detectFormat(nothing, labels)).toBe(format);
	});

	it('counts less than the bytes', () => {
		expect(detectFormat(bytes('GIF89a'), { fileName: 'photo.png' })).toBe('image/gif');
	});
});
