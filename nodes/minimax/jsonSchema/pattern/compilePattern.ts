import type { CharacterSet } from './characterSets';
import { parsePattern, type PatternPart } from './parsePattern';
import { UnusablePattern } from './unusablePattern';

/** A step of a nondeterministic automaton; numbers are places of steps. */
export type Step =
	| { type: 'set'; set: number; next: number }
	| { type: 'fork'; next: number; other: number }
	| { type: 'start' | 'end' | 'boundary' | 'noBoundary'; next: number }
	| { type: 'match' };

/** An automaton that accepts what a part of a pattern matches. */
export interface Automaton {
	steps: Step[];
	sets: CharacterSet[];
	first: number;
	/** How many steps it takes to look in which sets a character is. */
	costPerCharacter: number;
	/** Whether a match begins with the text. */
	isAnchored: boolean;
}

export interface Pattern {
	main: Automaton;
	/** What has to hold, or not to, at the beginning of the text. */
	looks: Array<{ automaton: Automaton; isNegative: boolean }>;
}

/** More steps would take too long per character. */
const MOST_STEPS = 5000;

/**
 * Makes a pattern ready for `matchPattern`, or says why it cannot be used: a sentence without its subject
 * and final period. Look-ahead is followed behind a `^` at the beginning, where passwords and the like need
 * it: there it is one more pattern that has to match.
 */
export function compilePattern(pattern: string): Pattern | string {
	try {
		return compile(pattern);
	} catch (error) {
		return error instanceof UnusablePattern ? error.message : 'is nested too deeply';
	}
}

function compile(pattern: string): Pattern {
	const part = parsePattern(pattern);
	const parts = part.type === 'sequence' ? part.parts : [part];
	const isAnchored = parts[0]?.type === 'start';
	const looks: Pattern['looks'] = [];
	let from = isAnchored ? 1 : 0;
	for (let look = parts[from]; isAnchored && look?.type === 'look'; look = parts[from]) {
		looks.push({ automaton: build(look.part, true), isNegative: look.isNegative });
		from += 1;
	}
	return { main: build({ type: 'sequence', parts: parts.slice(from) }, isAnchored), looks };
}

function build(part: PatternPart, isAnchored: boolean): Automaton {
	const steps: Step[] = [{ type: 'match' }];
	const sets: CharacterSet[] = [];
	const places = new Map<string, number>();
	let work = 0;

	const add = (step: Step): number => steps.push(step) - 1;

	const placeOf = (set: CharacterSet): number => {
		const known = places.get(set.name);
		if (known !== undefined) return known;
		places.set(set.name, sets.length);
		return sets.push(set) - 1;
	};

	/** Adds the steps of a part in front of those that follow it. */
	const put = (inner: PatternPart, next: number): number => {
		work += 1;
		if (work > MOST_STEPS || steps.length > MOST_STEPS) {
			throw new UnusablePattern('is too long, with its repetitions written out');
		}
		switch (inner.type) {
			case 'set':
				return add({ type: 'set', set: placeOf(inner.set), next });
			case 'sequence':
				return inner.parts.reduceRight((behind, each) => put(each, behind), next);
			case 'choice':
				return inner.parts
					.map((each) => put(each, next))
					.reduceRight((other, first) => add({ type: 'fork', next: first, other }));
			case 'repeat':
				return putRepeated(inner, next);
			case 'look':
				throw new UnusablePattern(
					'looks ahead in its middle, which cannot be checked here; behind a ^ at the beginning it can',
				);
			default:
				return add({ type: inner.type, next });
		}
	};

	const putRepeated = (
		{ part: inner, least, most }: PatternPart & { type: 'repeat' },
		next: number,
	): number => {
		let first = next;
		if (most === Infinity) {
			const fork = add({ type: 'fork', next, other: next });
			steps[fork] = { type: 'fork', next: put(inner, fork), other: next };
			first = fork;
		} else {
			for (let count = least; count < most; count += 1) {
				first = add({ type: 'fork', next: put(inner, first), other: next });
			}
		}
		for (let count = 0; count < least; count += 1) first = put(inner, first);
		return first;
	};

	const first = put(part, 0);
	const costPerCharacter = sets.reduce((sum, { cost }) => sum + cost, 1);
	return { first, steps, sets, costPerCharacter, isAnchored };
}
