import { ANY_TAG, CLOSER, CLOSERS, mayBecome, OPENERS, partialTag, TAGS } from '../thinkTags';
import { createBlockJoiner } from './joinBlocks';

/** The two kinds of text of a reply. */
export interface SplitText {
	answer: string;
	reasoning: string;
}

export interface ThinkingSplitter {
	/** Takes the next piece of content, cut anywhere, and gives what can be told apart by now. */
	push(text: string): SplitText;
	/**
	 * Gives what was held back. An unclosed block is reasoning to its end.
	 * @param wasCut text without any tag is thinking that was cut off
	 */
	finish(wasCut?: boolean): SplitText;
}

export interface ThinkingOptions {
	/**
	 * True for self-hosted servers: the chat template writes the opener into the prompt, so a reply can
	 * begin in mid-thought. Text is then held back until a first tag, or the end, tells what it is.
	 */
	openerMayBeMissing: boolean;
	/** Whether the model never answers without thinking first. */
	alwaysThinks?: boolean;
}

/** What stands before the indentation of the answer's first line. */
const UP_TO_LAST_BREAK = /^[^]*[\r\n]/;

/**
 * - `edge`: before the first text, or behind a block: white space, further blocks and stray closers
 * - `undecided`: text that is thinking if a lone closer follows
 * - `opening`: right behind an opener, where some templates put another one
 */
type Place = 'edge' | 'undecided' | 'opening' | 'thinking' | 'answer';

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
	const blocks = createBlockJoiner();
	/** Blocks that the answer itself has open; null where closers are left in it as they are. */
	let openInAnswer: number | null = null;
	let split: SplitText = { answer: '', reasoning: '' };

	function think(text: string): void {
		split.reasoning += blocks.add(text);
	}

	function leaveBlock(): void {
		place = 'edge';
		tagSeen = true;
		blocks.close();
		edgeSpace = '';
	}

	/** Gives back what is left to look at. */
	function beginAnswer(text: string): string {
		place = 'answer';
		const indentation = /[\r\n]/.test(edgeSpace) ? edgeSpace.replace(UP_TO_LAST_BREAK, '') : '';
		split.answer += tagSeen ? indentation : edgeSpace;
		edgeSpace = '';
		return text;
	}

	function answer(text: string): void {
		const rest = beginAnswer(text);
		split.answer += rest;
	}

	function readEdge(text: string): string {
		const rest = text.trimStart();
		edgeSpace += text.slice(0, text.length - rest.length);
		if (rest === '') return '';
		const opener = OPENERS.find((tag) => rest.startsWith(tag));
		if (opener !== undefined) {
			place = 'opening';
			return rest.slice(opener.length);
		}
		const closer = CLOSERS.find((tag) => rest.startsWith(tag));
		if (closer !== undefined) {
			leaveBlock();
			return rest.slice(closer.length);
		}
		if (mayBecome(rest, TAGS)) {
			held = rest;
			return '';
		}
		if (options.openerMayBeMissing && !tagSeen) {
			place = 'undecided';
			return rest;
		}
		return beginAnswer(rest);
	}

	function readOpening(text: string): string {
		const rest = text.trimStart();
		const opener = OPENERS.find((tag) => rest.startsWith(tag));
		if (opener !== undefined) return rest.slice(opener.length);
		if (rest === '' || mayBecome(rest, OPENERS)) {
			held = rest;
			return '';
		}
		place = 'thinking';
		return rest;
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
			openInAnswer = 0;
			return text.slice(tag.index + tag[0].length);
		}
		return beginAnswer(before + text.slice(tag.index));
	}

	/** A server that drops the opening tag may send more closing tags than there are blocks: those are dropped. */
	function readAnswer(text: string): string {
		const tag = openInAnswer === null ? null : ANY_TAG.exec(text);
		if (openInAnswer === null || tag === null) {
			held = openInAnswer === null ? '' : partialTag(text, TAGS);
			split.answer += text.slice(0, text.length - held.length);
			return '';
		}
		const isStray = tag[0].startsWith('</') && openInAnswer === 0;
		const end = tag.index + tag[0].length;
		split.answer += text.slice(0, isStray ? tag.index : end);
		if (!isStray) openInAnswer += tag[0].startsWith('</') ? -1 : 1;
		return text.slice(end);
	}

	const readers: Record<Place, (text: string) => string> = {
		edge: readEdge,
		opening: readOpening,
		thinking: readThinking,
		undecided: readUndecided,
		answer: readAnswer,
	};

	function take(): SplitText {
		const taken = split;
		split = { answer: '', reasoning: '' };
		return taken;
	}

	return {
		push(text) {
			let rest = held + text;
			held = '';
			while (rest !== '') rest = readers[place](rest);
			return take();
		},
		finish(wasCut = false) {
			const rest = held;
			held = '';
			if (place === 'undecided') {
				const text = undecided.join('') + rest;
				if (wasCut) think(text);
				else answer(text);
			} else if (place === 'thinking' || place === 'opening') think(rest);
			else if (place === 'answer') split.answer += rest;
			else if (rest !== '') answer(rest);
			return take();
		},
	};
}
