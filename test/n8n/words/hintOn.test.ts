import { normalizeCompletion } from '../../../nodes/minimax/reply/normalizeCompletion';
import { hintOn } from '../../../nodes/n8n/words/hintOn';

const MARKUP = '<minimax:tool_call>\n<invoke name="f">\n</invoke>\n</minimax:tool_call>';
const PARSER =
	"The answer holds a tool call as text. The server's tool call parser is switched off, or is one for another model. Switch it on at the server, for MiniMax-M2 on vLLM with --enable-auto-tool-choice --tool-call-parser minimax_m2.";

it.each<[string, object, string, string | undefined]>([
	[
		'thinking that used up the tokens',
		{ content: '', reasoning: 'So' },
		'length',
		"Thinking used up 'Max Tokens' before the answer began. Raise 'Max Tokens' to get an answer.",
	],
	[
		'a filtered answer',
		{ content: '' },
		'content_filter',
		"The answer is empty, as the server's content filter stopped it. Ask in other words, or check the messages for sensitive topics.",
	],
	[
		'an end behind the thinking',
		{ content: '', reasoning: 'Done?' },
		'stop',
		'The model thought and then ended without an answer. Run the node again, or say in the messages what the answer should be.',
	],
	[
		'a refusal',
		{ content: '', refusal: ' No. ' },
		'stop',
		'The model declined to answer. Ask in other words. Its words: “No.”',
	],
	['a call in the text', { content: MARKUP }, 'stop', PARSER],
	['a call in the text beside a refusal', { content: MARKUP, refusal: 'No.' }, 'stop', PARSER],
	['an answer', { content: 'Yes.' }, 'stop', undefined],
	['an answer beside a refusal', { content: 'Yes.', refusal: 'No.' }, 'stop', undefined],
])('on %s', (_what, message, finish_reason, hint) => {
	const completion = normalizeCompletion(
		{ choices: [{ finish_reason, message }] },
		{ openerMayBeMissing: false },
	);
	expect(hintOn(completion)).toBe(hint);
});
