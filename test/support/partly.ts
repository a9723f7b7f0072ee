/** A part of something large, such as n8n's contexts, in its place: what a test leaves out must not be used. */
export function partly<T>(part: unknown): T {
	return part as T;
}
