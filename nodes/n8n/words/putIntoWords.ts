import type { FailureCause } from '../../minimax/failure/causes';
import { isKnownCode } from '../../minimax/failure/causeOfCode';
import type { Failure, Verdict } from '../../minimax/failure/failure';
import { accountWords } from './accountWords';
import { connectionWords } from './connectionWords';
import type { Say, WordsContext } from './context';
import { PANELS } from './panels';
import { requestWords } from './requestWords';

export type { WordsContext } from './context';

/** A sentence for every cause. */
const WORDS: Readonly<Record<FailureCause, Say>> = {
	...accountWords,
	...requestWords,
	...connectionWords,
};

/** The failure with what the panel of its node says about it. */
export function putIntoWords(verdict: Verdict, context: WordsContext): Failure {
	const { region, model, panel } = context;
	const isCustom = region === 'custom';
	// A code of MiniMax's comes from MiniMax, whatever stands in front of it.
	const isMiniMax = !isCustom || isKnownCode(verdict.code);
	const { message, description } = WORDS[verdict.cause]({
		verdict,
		region,
		model,
		panel: PANELS[panel],
		server: isMiniMax ? 'MiniMax' : "the server behind 'Base URL'",
		Server: isMiniMax ? 'MiniMax' : "The server behind 'Base URL'",
		isMiniMax,
		isCustom,
	});
	return { ...verdict, message, description: withApiWords(description, verdict) };
}

function withApiWords(description: string, { apiMessage, code }: Verdict): string {
	if (apiMessage === null) {
		return code === null ? description : `${description} (MiniMax code ${code})`;
	}
	const shown = code === null || apiMessage.includes(`(${code})`) ? '' : ` (${code})`;
	return `${description} The answer was: “${apiMessage}”${shown}`;
}
