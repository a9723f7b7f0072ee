import type { NumberRange } from './models';

/** As a sentence goes on after `takes`: `0 to 2`, `more than 0 and up to 1`. */
export function describeRange({ min, minExclusive, max }: NumberRange): string {
	return minExclusive ? `more than ${min} and up to ${max}` : `${min} to ${max}`;
}
