import { setTimeout as pause } from 'node:timers/promises';

/** Resolves with the first value that is not undefined, null or false. */
export async function until<T>(
	what: string,
	look: () => T | Promise<T>,
	withinMs = 30_000,
): Promise<Exclude<T, undefined | null | false>> {
	const deadline = Date.now() + withinMs;
	for (;;) {
		const value = await look();
		if (value !== undefined && value !== null && value !== false) {
			return value as Exclude<T, undefined | null | false>;
		}
		if (Date.now() > deadline) throw new Error(`Waited ${withinMs / 1000} s in vain: ${what}`);
		await pause(25);
	}
}
