/** Cuts a text before the first of some words, also when the text comes in pieces. */
export interface StopCutter {
	/** @returns the part of the text so far that is sure to stay and was not given out yet */
	push(piece: string): string;
	/** @returns what was held back, as it might have been the beginning of a stop word */
	end(): string;
	/** Whether a stop word has come. */
	readonly isCut: boolean;
}

/** MiniMax's API ignores `stop`; servers that obey it also stop inside of the thinking. So it is obeyed here. */
export function createStopCutter(stops: readonly string[]): StopCutter {
	const words = stops.filter((word) => word !== '');
	let held = '';
	let isCut = false;
	return {
		push(piece) {
			if (isCut) return '';
			held += piece;
			const stop = findStop(words, held);
			isCut = stop !== undefined;
			const end = stop ?? held.length - beginningOf(words, held);
			const sure = held.slice(0, end);
			held = isCut ? '' : held.slice(end);
			return sure;
		},
		end() {
			const rest = held;
			held = '';
			return rest;
		},
		get isCut() {
			return isCut;
		},
	};
}

/** Where the word begins that is complete first: there a model would have stopped, word by word. */
function findStop(words: readonly string[], text: string): number | undefined {
	return words
		.map((word) => ({ start: text.indexOf(word), length: word.length }))
		.filter(({ start }) => start >= 0)
		.sort(
			(one, other) =>
				one.start + one.length - (other.start + other.length) || one.start - other.start,
		)
		.at(0)?.start;
}

/** How many characters at the end of the text may begin one of the words. */
function beginningOf(words: readonly string[], text: string): number {
	const longest = Math.max(0, ...words.map(({ length }) => length - 1));
	for (let length = Math.min(longest, text.length); length > 0; length -= 1) {
		const end = text.slice(-length);
		if (words.some((word) => word.startsWith(end))) return length;
	}
	return 0;
}
