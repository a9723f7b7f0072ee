import { ANY_TAG, CLOSER, CLOSERS, OPENERS } from '../thinkTags';

/** The two kinds of text of a reply. */
export interface SplitText {
	answer: string;
	reasoning: string;
}

export interface ThinkingSplitter {
	/** Takes the next piece of content, cut anywhere, and gives what can be told apart by now. */
	push(text: string): SplitText;
	/** Gives what was held back. An unclosed block is reasoning to its end. */
	finish(): SplitText;
}

export interface ThinkingOptions {
	/**
	 * True for self-hosted servers: the chat template writes the opener into the prompt, so a reply can
	 * begin in mid-thought. Text is then held back until a first tag, or the end, tells what it is.
	 */
	openerMayBeMissing: boolean;
}

const TAGS = [...OPENERS, ...CLOSERS];
const LONGEST_TAG = Math.max(...TAGS.map((tag) => tag.length));

/** What stands before the indentation of the answer's first line. */
const UP_TO_LAST_BREAK = /^[^]*[\r\n]/;

/**
 * - `edge`: before the first text, or behind a block: white space, further blocks and stray closers
 * - `undecided`: text that is thinking if a lone closer follows
 */
type Place = 'edge' | 'undecided' | 'thinking' | 'answer';

/**
 * Separates inline thinking from the answer. Blocks count where a reply begins only: the models think
 * first, and a tag further on (in code, in a sentence about tags) is text of the answer.
 * Each character is looked at a bounded number of times, however the tags are cut.
 */
export function createThinkingSplitter(options: ThinkingOptions): ThinkingSplitter {
	let place: Place = 'edge';
	/** Whether a tag was removed, so that white space before the answer belongs to the block. */
	let tagSeen = false;
	/** What may be the beginning of a tag. */
	let held = '';
	let edgeSpace = '';
	let undecided: string[] = [];
	let reasoningBegan = false;
	let blockBegan = false;
	/** White space inside a block that counts only when more thinking follows. */
	let reasoningSpace = '';
	let split: SplitText = { answer: '', reasoning: '' };

	function think(text: string): void {
		const fresh = blockBegan ? text : text.trimStart();
		if (fresh === '') return;
		if (!blockBegan && reasoningBegan) reasoningSpace = '\n\n';
		blockBegan = true;
		const body = fresh.trimEnd();
		if (body === '') {
			reasoningSpace += fresh;
			return;
		}
		split.reasoning += reasoningSpace + body;
		reasoningSpace = fresh.slice(body.length);
		reasoningBegan = true;
	}

	function leaveBlock(): void {
		place = 'edge';
		tagSeen = true;
		blockBegan = false;
		reasoningSpace = '';
		edgeSpace = '';
	}

	function beginAnswer(text: string): void {
		place = 'answer';
		const indentation = /[\r\n]/.test(edgeSpace) ? edgeSpace.replace(UP_TO_LAST_BREAK, '') : '';
		split.answer += (tagSeen ? indentation : edgeSpace) + text;
		edgeSpace = '';
	}

	/** Gives back what is left to look at. */
	function readEdge(text: string): string {
		const rest = text.trimStart();
		edgeSpace += text.slice(0, text.length - rest.length);
		if (rest === '') return '';
		const opener = OPENERS.find((tag) => rest.startsWith(tag));
		if (opener !== undefined) {
			place = 'thinking';
			return rest.slice(opener.length);
		}
		const closer = CLOSERS.find((tag) => rest.startsWith(tag));
		if (closer !== undefined) {
			leaveBlock();
			return rest.slice(closer.length);
		}
		if (rest.length < LONGEST_TAG && TAGS.some((tag) => tag.startsWith(rest))) {
			held = rest;
			return '';
		}
		if (options.openerMayBeMissing && !tagSeen) {
			place = 'undecided';
			return rest;
		}
		beginAnswer(rest);
		return '';
	}

	function readThinking(text: string): string {
		const closer = CLOSER.exec(text);
		if (closer === null) {
			held = partialTag(text, CLOSERS);
			think(text.slice(0, text.length - held.length));
			return '';
		}
		think(text.slice(0, closer.index));
		leaveBlock();
		return text.slice(closer.index + closer[0].length);
	}

	function readUndecided(text: string): string {
		const tag = ANY_TAG.exec(text);
		if (tag === null) {
			held = partialTag(text, TAGS);
			undecided.push(text.slice(0, text.length - held.length));
			return '';
		}
		undecided.push(text.slice(0, tag.index));
		const before = undecided.join('');
		undecided = [];
		if (tag[0].startsWith('</')) {
			think(before);
			leaveBlock();
			return text.slice(tag.index + tag[0].length);
		}
		beginAnswer(before + text.slice(tag.index));
		return '';
	}

	function take(): SplitText {
		const taken = split;
		split = { answer: '', reasoning: '' };
		return taken;
	}

	return {
		push(text) {
			let rest = held + text;
			held = '';
			while (rest !== '') {
				if (place === 'answer') {
					split.answer += rest;
					break;
				}
				if (place === 'edge') rest = readEdge(rest);
				else if (place === 'thinking') rest = readThinking(rest);
				else rest = readUndecided(rest);
			}
			return take();
		},
		finish() {
			const rest = held;
			held = '';
			if (place === 'thinking') think(rest);
			else if (place === 'undecided') beginAnswer(undecided.join('') + rest);
			else if (rest !== '') beginAnswer(rest);
			return take();
		},
	};
}

/** The end of the text that more text could complete to one of the tags. */
function partialTag(text: string, tags: readonly string[]): string {
	const from = text.lastIndexOf('<');
	if (from === -1 || text.length - from >= LONGEST_TAG) return '';
	const end = text.slice(from);
	return tags.some((tag) => tag.startsWith(end)) ? end : '';
}
