import { sleep } from 'n8n-workflow';

import { abortReason, type Clock } from '../minimax/clock';

/** Timers with more than a signed 32-bit number of milliseconds run at once; these 25 days suffice. */
export const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * Time for the pace and for backoffs. n8n-workflow's `sleep` listens to a signal only from 2.34 on
 * (https://github.com/n8n-io/n8n, packages/workflow/src/utils.ts), so the race is run here.
 * Sleeps end after 25 days at the latest.
 */
export const clock: Clock = {
	// Unlike the time of day, nobody sets this one; on most systems it stands still while they sleep.
	now: () => performance.now(),
	random: () => Math.random(),
	async sleep(wantedMs, signal) {
		// What is due already would make Node.js warn of a negative number.
		const ms = Math.min(Math.max(0, wantedMs), LONGEST_TIMER_MS);
		if (signal === undefined) return await sleep(ms);
		if (signal.aborted) throw abortReason(signal);
		let stop = (): void => {};
		const aborted = new Promise<never>((_, reject) => {
			stop = () => reject(abortReason(signal));
			signal.addEventListener('abort', stop, { once: true });
		});
		try {
			// It also rejects on abort, after the race is decided; unhandled, that would end n8n.
			await Promise.race([sleep(ms, signal).catch(() => {}), aborted]);
		} finally {
			signal.removeEventListener('abort', stop);
		}
		if (signal.aborted) throw abortReason(signal);
	},
};
