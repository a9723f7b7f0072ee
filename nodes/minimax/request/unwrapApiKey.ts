/** Around the key as people paste it: quotes, the header's name, `Bearer`. */
const WRAPPING =
	/^(?:authorization["']?\s*[:=]\s*|bearer(?:\s*:\s*|\s+|$)|["'`“”‘’]+)|["'`“”‘’;,]+$/i;
/** Zero-width characters, byte order marks and the like come along from web pages. */
const INVISIBLE = /\p{Cf}/gu;

/** Characters a field may have that holds a key; of more than that nothing is taken away. */
export const LONGEST_KEY_FIELD = 4096;

/** The key out of whatever was pasted into the field, as it is sent; empty when nothing is left. */
export function unwrapApiKey(value: unknown): string {
	let key = typeof value === 'string' ? value.replace(INVISIBLE, '').trim() : '';
	if (key.length > LONGEST_KEY_FIELD) return key;
	while (WRAPPING.test(key)) key = key.replace(WRAPPING, '').trim();
	return key.replace(/\s+/g, '');
}
