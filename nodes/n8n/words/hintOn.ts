import type { Completion } from '../../minimax/completion';
import { lackOfAnswer, refusalOf, type EmptyReason } from '../../minimax/reply/lackOfAnswer';
import { SWITCH_PARSER_ON } from './advice';

const HINTS: Readonly<Record<EmptyReason, string>> = {
	'out of tokens':
		"Thinking used up 'Max Tokens' before the answer began. Raise 'Max Tokens' to get an answer.",
	declined: 'The model declined to answer. Ask in other words.',
	filtered:
		"The answer is empty, as the server's content filter stopped it. Ask in other words, or check the messages for sensitive topics.",
	'only thought':
		'The model thought and then ended without an answer. Run the node again, or say in the messages what the answer should be.',
	'call in the text': `The answer holds a tool call as text. ${SWITCH_PARSER_ON}`,
};

/** Why an answer that came whole is none; undefined for one that is. */
export function hintOn(completion: Completion): string | undefined {
	const reason = lackOfAnswer(completion);
	if (reason === null) return undefined;
	const refusal = reason === 'declined' ? refusalOf(completion) : null;
	return refusal === null ? HINTS[reason] : `${HINTS[reason]} Its words: “${refusal}”`;
}
