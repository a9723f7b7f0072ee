/** A value of any kind as text; never throws. */
export function textOf(value: unknown): string {
	if (value === undefined || value === null) return '';
	if (typeof value !== 'object') return String(value);
	try {
		const json = JSON.stringify(value);
		const plain: unknown = JSON.parse(json);
		return typeof plain === 'string' ? plain : json;
	} catch {
		// A circular object, or one too deep to be written; `String` of such a list would throw as well.
		return Object.prototype.toString.call(value);
	}
}
