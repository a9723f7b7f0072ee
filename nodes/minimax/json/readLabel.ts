/** An id or name as text: some servers send numbers. Null for what is neither. */
export function readLabel(value: unknown): string | null {
	if (typeof value === 'number') return String(value);
	return typeof value === 'string' ? value : null;
}

/** An index, also when it came as text. Null for anything else. */
export function readIndex(value: unknown): number | null {
	const isNumeral = typeof value === 'string' && /^\d{1,9}$/.test(value);
	const index = isNumeral ? Number(value) : value;
	return typeof index === 'number' ? index : null;
}
