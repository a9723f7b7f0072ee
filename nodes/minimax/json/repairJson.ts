import { jsonrepair } from 'jsonrepair';

/**
 * Repairing takes time that grows with the square of the number of unescaped quotes: a text full of them
 * took 0.06 s with 50,000 characters and 27 s with 400,000 (jsonrepair 3.13).
 */
export const LONGEST_REPAIR = 50_000;

/** JSON text out of one with slips or without its end; null where none can be made. */
export function repairJson(text: string): string | null {
	if (text.length > LONGEST_REPAIR) return null;
	try {
		return jsonrepair(text);
	} catch {
		// Not repairable, or nested so deeply that the stack was used up.
		return null;
	}
}
