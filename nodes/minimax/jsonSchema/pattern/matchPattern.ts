import type { Automaton, Pattern } from './compilePattern';

/** Is called with how many steps were taken, and throws where there were too many. */
export type Spend = (steps: number) => void;

/** What stands on one side of a place in a text. */
type Side = 'edge' | 'word' | 'other';

/** Where a text may be in the automaton; found once, then remembered (a lazily built DFA). */
interface State {
	places: number[];
	before: Side;
	/** By what the next character is. */
	following: Map<string, State | 'matched'>;
}

interface Memory {
	states: Map<string, State>;
	/** What each character is: which sets have it, and whether it belongs to a word. */
	kinds: Map<string, string>;
}

const memories = new WeakMap<Automaton, Memory>();
const MOST_REMEMBERED = 2000;
/** What beginning takes, in steps along the text. */
const STEPS_TO_BEGIN = 10;
const WORD = /^\w$/;

/**
 * Whether a pattern is found in a text, as `RegExp.test` says with the `u` flag, in time that grows with
 * the length only, whatever the pattern is: all ways through it are followed at once. (A library that does
 * so, re2js 1.2, is 63 kB in the tarball, of the 90 that the package may have.)
 */
export function matchPattern({ main, looks }: Pattern, text: string, spend: Spend): boolean {
	return (
		looks.every(({ automaton, isNegative }) => accepts(automaton, text, spend) !== isNegative) &&
		accepts(main, text, spend)
	);
}

function accepts(automaton: Automaton, text: string, spend: Spend): boolean {
	spend(STEPS_TO_BEGIN);
	const memory = memoryOf(automaton);
	let state = stateOf(memory, [automaton.first], 'edge');
	for (const character of text) {
		const kind = kindOf(memory, automaton, character, spend);
		let next = state.following.get(kind);
		spend(1);
		if (next === undefined) {
			next = follow(memory, automaton, state, character, spend);
			state.following.set(kind, next);
		}
		if (next === 'matched') return true;
		if (next.places.length === 0) return false;
		state = next;
	}
	return reach(automaton, state, 'edge', spend).isMatched;
}

function memoryOf(automaton: Automaton): Memory {
	let memory = memories.get(automaton);
	if (memory === undefined) {
		memory = { states: new Map(), kinds: new Map() };
		memories.set(automaton, memory);
	}
	if (memory.states.size > MOST_REMEMBERED) memory.states.clear();
	if (memory.kinds.size > MOST_REMEMBERED) memory.kinds.clear();
	return memory;
}

function stateOf({ states }: Memory, places: number[], before: Side): State {
	const name = `${before} ${places.join()}`;
	let state = states.get(name);
	if (state === undefined) {
		state = { places, before, following: new Map() };
		if (states.size > MOST_REMEMBERED) states.clear();
		states.set(name, state);
	}
	return state;
}

function kindOf(
	{ kinds }: Memory,
	{ sets, costPerCharacter }: Automaton,
	character: string,
	spend: Spend,
): string {
	let kind = kinds.get(character);
	if (kind === undefined) {
		spend(costPerCharacter);
		const has = sets.map((set) => (set.has(character) ? '1' : '0')).join('');
		kind = `${sideOf(character)} ${has}`;
		kinds.set(character, kind);
	}
	return kind;
}

function sideOf(character: string): Side {
	return WORD.test(character) ? 'word' : 'other';
}

function follow(
	memory: Memory,
	automaton: Automaton,
	state: State,
	character: string,
	spend: Spend,
): State | 'matched' {
	const side = sideOf(character);
	const { isMatched, sets } = reach(automaton, state, side, spend);
	if (isMatched) return 'matched';
	const places = new Set<number>();
	spend(sets.length);
	for (const { set, next } of sets) {
		if (automaton.sets[set]?.has(character) === true) places.add(next);
	}
	// The match may begin at each character.
	if (!automaton.isAnchored) places.add(automaton.first);
	return stateOf(
		memory,
		[...places].sort((a, b) => a - b),
		side,
	);
}

/** The sets that can be reached from a state without a character. */
function reach(
	{ steps }: Automaton,
	{ places, before }: State,
	after: Side,
	spend: Spend,
): { isMatched: boolean; sets: Array<{ set: number; next: number }> } {
	const isBoundary = (before === 'word') !== (after === 'word');
	const sets: Array<{ set: number; next: number }> = [];
	const seen = new Set<number>();
	const waiting = [...places];
	for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
		if (seen.has(place)) continue;
		seen.add(place);
		const step = steps[place];
		switch (step?.type) {
			case 'match':
				return { isMatched: true, sets };
			case 'set':
				sets.push(step);
				break;
			case 'fork':
				waiting.push(step.other, step.next);
				break;
			case 'start':
				if (before === 'edge') waiting.push(step.next);
				break;
			case 'end':
				if (after === 'edge') waiting.push(step.next);
				break;
			case 'boundary':
				if (isBoundary) waiting.push(step.next);
				break;
			case 'noBoundary':
				if (!isBoundary) waiting.push(step.next);
				break;
		}
	}
	spend(seen.size);
	return { isMatched: false, sets };
}
