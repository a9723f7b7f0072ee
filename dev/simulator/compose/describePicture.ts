/** What can be said of a picture from its address: kind and, of a PNG, its size in pixels. */
export function describePicture(url: string): string {
	const [, kind, base64 = ''] = /^data:image\/(\w+);base64,(.*)$/s.exec(url) ?? [];
	if (kind === undefined) return `I see a picture at ${url.slice(0, 200)}.`;
	const bytes = Buffer.from(base64, 'base64');
	const kilobytes = Math.max(1, Math.round(bytes.length / 1000));
	const name = kind.toUpperCase();
	// https://www.w3.org/TR/png-3/#11IHDR: width and height stand behind the signature.
	if (bytes.length < 24 || bytes.toString('latin1', 12, 16) !== 'IHDR') {
		return `I see a ${name} picture of ${kilobytes} kB.`;
	}
	const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
	return `I see a ${name} picture, ${width} pixels wide and ${height} high.`;
}
