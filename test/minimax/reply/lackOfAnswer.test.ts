import { lackOfAnswer, refusalOf } from '../../../nodes/minimax/reply/lackOfAnswer';
import { normalizeCompletion } from '../../../nodes/minimax/reply/normalizeCompletion';

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
])('%s is known', (_name, message, finishReason, reason) => {
	const completion = completionOf(message, finishReason);
	expect(lackOfAnswer(completion)).toBe(reason);
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
])('%s is not taken for a lack', (_name, message, finishReason) => {
	const completion = completionOf(message, finishReason);
	expect(lackOfAnswer(completion)).toBeNull();
});

it('tells a refusal in the model’s words', () => {
	expect(refusalOf(completionOf({ content: '', refusal: ' No. ' }, 'stop'))).toBe('No.');
});
