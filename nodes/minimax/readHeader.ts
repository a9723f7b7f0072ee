/** A header by its name in any case; the first one of several, null when absent or empty. */
export function readHeader(
	headers: Readonly<Record<string, unknown>>,
	name: string,
): string | null {
	for (const [key, value] of Object.entries(headers)) {
		if (key.toLowerCase() !== name) continue;
		const first: unknown = Array.isArray(value) ? value[0] : value;
		if (typeof first === 'number') return String(first);
		if (typeof first === 'string' && first.trim() !== '') return first.trim();
	}
	return null;
}
