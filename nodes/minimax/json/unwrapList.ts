/** The only value of a list, in which Google's servers put what they report; any other value as it is. */
export function unwrapList(value: unknown): unknown {
	return Array.isArray(value) && value.length === 1 ? value[0] : value;
}
