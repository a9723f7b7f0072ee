import type { Completion } from '../minimax/completion';

/** An answer that becomes an item. */
export interface Answer {
	completion: Completion;
	/** The JSON that was asked for, or the values of the columns. */
	parsed?: { json: unknown };
}

/** An answer, and whether it was paid for by an earlier run or by an identical row. */
export interface Obtained {
	answer: Answer;
	isReused: boolean;
}
