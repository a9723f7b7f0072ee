import { lackOfAnswer } from '../../../nodes/minimax/reply/lackOfAnswer';
import { normalizeCompletion } from '../../../nodes/minimax/reply/normalizeCompletion';
import { hintOn } from '../../../nodes/n8n/words/hintOn';

function completionOf(message: object, finishReason: string) {
	const wire = { choices: [{ finish_reason: finishReason, message }] };
	return normalizeCompletion(wire, { openerMayBeMissing: false });
}

const call = { id: 'c', function: { name: 'f', arguments: '{}' } };
const MARKUP = '<minimax:tool_call>\n<invoke name="f">\n</invoke>\n</minimax:tool_call>';

test.each([
	['thinking that used up the tokens', { content: '', reasoning: 'So' }, 'length', 'out of tokens'],
	['a filtered answer', { content: '' }, 'content_filter', 'filtered'],
	['an end behind the thinking', { content: ' ', reasoning: 'Done?' }, 'stop', 'only thought'],
	['a refusal', { content: null, refusal: ' I cannot help. ' }, 'stop', 'declined'],
	['a call in the text', { content: MARKUP }, 'stop', 'call in the text'],
	[
		'a call in the text of M3',
		{ content: ']<]minimax[>[<tool_call>f' },
		'stop',
		'call in the text',
	],
])('%s has a hint', (_name, message, finishReason, reason) => {
	const completion = completionOf(message, finishReason);
	expect(lackOfAnswer(completion)).toBe(reason);
	expect(hintOn(completion)).toEqual(expect.any(String));
});

test.each([
	['an answer', { content: 'Yes.', reasoning: 'Hm.' }, 'stop'],
	['an answer beside a refusal', { content: 'Yes.', refusal: 'No.' }, 'stop'],
	['an empty refusal', { content: '', refusal: ' ' }, 'stop'],
	['an answer that was cut', { content: 'Yes, bu' }, 'length'],
	['an answer that was filtered in part', { content: 'Yes' }, 'content_filter'],
	['an empty answer without a thought', { content: '' }, 'stop'],
	['a tool call', { content: '', reasoning: 'Hm.', tool_calls: [call] }, 'tool_calls'],
	['a tool call beside markup', { content: MARKUP, tool_calls: [call] }, 'tool_calls'],
])('%s has none', (_name, message, finishReason) => {
	const completion = completionOf(message, finishReason);
	expect(lackOfAnswer(completion)).toBeNull();
	expect(hintOn(completion)).toBeUndefined();
});

it('tells a refusal in the model’s words', () => {
	const completion = completionOf({ content: '', refusal: ' No. ' }, 'stop');
	expect(hintOn(completion)).toBe(
		'The model declined to answer. Ask in other words. Its words: “No.”',
	);
});
