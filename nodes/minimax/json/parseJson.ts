export type ParsedJson = { ok: true; value: unknown } | { ok: false; reason: string };

/** JSON.parse as data, for code that must not throw. The reason is the engine's own sentence. */
export function parseJson(text: string): ParsedJson {
	try {
		return { ok: true, value: JSON.parse(text) };
	} catch (error) {
		return { ok: false, reason: error instanceof Error ? error.message : String(error) };
	}
}
