import { randomBytes } from 'node:crypto';

/** Hexadecimal digits, as the API's own ids. */
export function newHexId(digits = 32): string {
	return randomBytes(digits / 2).toString('hex');
}
