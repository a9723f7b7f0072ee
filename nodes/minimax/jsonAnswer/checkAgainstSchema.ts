import { validate, type OutputUnit } from '@cfworker/json-schema';
import type { AnswerSchema } from './readSchema';

const MOST_REASONS = 10;
const LONGEST_REASON = 300;

/** `uniqueItems` compares every item with every other: 10,000 small objects took 4.6 s (version 4.1). */
const LONGEST_UNIQUE = 10_000;

/**
 * Where and why the value does not match: `prices[0].amount: …`; an empty list when it does. At most ten
 * reasons, without a final period. Never throws: the answer was paid for, and goes along with the failure.
 */
export function checkAgainstSchema(value: unknown, schema: AnswerSchema): string[] {
	if (asksForUnique(schema) && longestList(value) > LONGEST_UNIQUE) {
		return [`A list has more than ${LONGEST_UNIQUE} items, too many to check that they are unique`];
	}
	let checked = listMismatches(value, schema, false);
	// Collecting runs out of stack at some 60,000 mismatches; then the first one has to do.
	if (typeof checked === 'string') checked = listMismatches(value, schema, true);
	if (typeof checked === 'string') {
		return [`The value cannot be checked against 'JSON Schema': ${checked}`];
	}
	const reasons = new Set<string>();
	for (const [index, mismatch] of checked.entries()) {
		if (isTold(mismatch, checked[index + 1])) continue;
		const words = mismatch.error.replace(/\.$/, '');
		const reason = `${readablePath(mismatch.instanceLocation)}: ${words}`;
		reasons.add(reason.slice(0, LONGEST_REASON));
		if (reasons.size === MOST_REASONS) break;
	}
	return [...reasons];
}

function asksForUnique({ parts }: AnswerSchema): boolean {
	return Object.values(parts).some((part) => typeof part === 'object' && part.uniqueItems);
}

function longestList(value: unknown): number {
	if (typeof value !== 'object' || value === null) return 0;
	return Object.values(value).reduce<number>(
		(longest, inner) => Math.max(longest, longestList(inner)),
		Array.isArray(value) ? value.length : 0,
	);
}

/** In words when the validator gives up. */
function listMismatches(
	value: unknown,
	{ checked, draft, parts }: AnswerSchema,
	stopsAtFirst: boolean,
): OutputUnit[] | string {
	try {
		return validate(value, checked, draft, parts, stopsAtFirst).errors;
	} catch (error) {
		return error instanceof Error ? error.message : String(error);
	}
}

/**
 * The validator reports every level above a mismatch as well, right before it; the deepest one says
 * what is wrong. `false` as a schema says less than the level above it.
 */
function isTold({ keyword, keywordLocation }: OutputUnit, next: OutputUnit | undefined): boolean {
	if (keyword === 'false') return true;
	if (next === undefined || next.keyword === 'false') return false;
	return next.keywordLocation.startsWith(`${keywordLocation}/`);
}

/** `#/prices/0/amount` → `prices[0].amount` */
function readablePath(pointer: string): string {
	const names = pointer.split('/').slice(1);
	let path = '';
	for (const name of names) {
		const plain = decodeURIComponent(name).replaceAll('~1', '/').replaceAll('~0', '~');
		path += /^\d+$/.test(plain) ? `[${plain}]` : `${path === '' ? '' : '.'}${plain}`;
	}
	return path === '' ? 'the whole value' : path;
}
