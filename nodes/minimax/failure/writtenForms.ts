/** How a secret may be written that is more than escaping its characters: as it is, in base64, in hex. */
export function writtenForms(secret: string): string[] {
	const bytes = new TextEncoder().encode(secret);
	const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
	// `Bearer` and other words in front of it shift the bytes that a character of base64 stands for.
	const whole = btoa(String.fromCharCode(...bytes)).replaceAll('=', '');
	const base64 = [whole, ...[0, 1, 2].map((shift) => toBase64(bytes, shift))];
	const base64url = base64.map((form) => form.replaceAll('+', '-').replaceAll('/', '_'));
	return [...new Set([secret, percentEncode(bytes), hex, ...base64, ...base64url])];
}

/** Without the characters at both ends that depend on what stands beside the secret. */
function toBase64(bytes: Uint8Array, shift: number): string {
	const shifted = '\0'.repeat(shift) + String.fromCharCode(...bytes);
	const form = btoa(shifted).replaceAll('=', '');
	return form.slice(Math.ceil((shift * 8) / 6), shifted.length % 3 === 0 ? undefined : -1);
}

/** `encodeURIComponent` throws on half a surrogate pair; its output is the same otherwise. */
function percentEncode(bytes: Uint8Array): string {
	let encoded = '';
	for (const byte of bytes) {
		const character = String.fromCharCode(byte);
		encoded += /[\w.!~*'()-]/.test(character)
			? character
			: `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
	}
	return encoded;
}
