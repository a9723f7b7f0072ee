import type { Verdict } from '../../minimax/failure/failure';
import type { Region } from '../../minimax/request/normalizeBaseUrl';
import type { Panel, PanelWords } from './panels';

/** What the words for a failure depend on besides the failure. */
export interface WordsContext {
	region: Region;
	model: string;
	/** Of the node that shows them. */
	panel: Panel;
}

export interface Words {
	/** What happened; one sentence without a final period. */
	message: string;
	/** What to do about it; sentences. */
	description: string;
}

/** All that a sentence may be made of. */
export interface Subject extends Omit<WordsContext, 'panel'> {
	verdict: Verdict;
	panel: PanelWords;
	/** Who answered, or should have, inside a sentence: `MiniMax`. */
	server: string;
	/** The same at the beginning of a sentence. */
	Server: string;
	/** Whether it is MiniMax, and not a server in its place. */
	isMiniMax: boolean;
	/** Whether the address is the user's own. */
	isCustom: boolean;
}

export type Say = (subject: Subject) => Words;
