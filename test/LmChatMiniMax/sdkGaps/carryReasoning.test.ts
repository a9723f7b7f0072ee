import { carryReasoning, restoreReasoning } from '../../../nodes/LmChatMiniMax/sdkGaps/carryReasoning';
import { readWire } from '../readWire';

const call = { id: 'a', name: 'lookup', args: {} };

describe('on the way out', () => {
	it('the thinking is put beside what a message carries already', () => {
		const message = { content: 'Nine.', additional_kwargs: { refusal: '' } };
		carryReasoning({ text: '', message }, readWire({ reasoning_content: 'Let me see.' }));
		expect(message).toEqual({
			content: 'Nine.',
			additional_kwargs: { refusal: '', reasoning_content: 'Let me see.' },
		});
	});

	it.each([
		['without thinking', readWire({ content: 'Nine.' })],
		['that is not whole yet', undefined],
	])('an answer %s is left alone', (_what, completion) => {
		const message = { content: 'Nine.' };
		carryReasoning({ text: '', message }, completion);
		expect(message).toEqual({ content: 'Nine.' });
	});
});

describe('on the way in', () => {
	it('the thinking of a turn with calls comes first', () => {
		const message = {
			content: 'I look.',
			additional_kwargs: { reasoning_content: 'Let me see.' },
			tool_calls: [call],
		};
		const before = structuredClone(message);
		expect(restoreReasoning(message)).toEqual({
			...before,
			content: [
				{ type: 'reasoning', reasoning: 'Let me see.' },
				{ type: 'text', text: 'I look.' },
			],
		});
		// The agent and its memory go on using it.
		expect(message).toEqual(before);
	});

	it('blocks stay what they are', () => {
		const content = [{ type: 'image_url', image_url: 'https://x.test/a' }];
		const additional_kwargs = { reasoning_content: 'Let me see.' };
		expect(restoreReasoning({ content, additional_kwargs, tool_calls: [call] }).content).toEqual([
			{ type: 'reasoning', reasoning: 'Let me see.' },
			...content,
		]);
	});

	it.each<[string, object]>([
		['calls nothing', { additional_kwargs: { reasoning_content: 'Hm.' }, tool_calls: [] }],
		['knows no calls', { additional_kwargs: { reasoning_content: 'Hm.' } }],
		['has no thinking', { additional_kwargs: {}, tool_calls: [call] }],
		['carries nothing', { tool_calls: [call] }],
		['has empty thinking', { additional_kwargs: { reasoning_content: '' }, tool_calls: [call] }],
		[
			'has thinking that is no text',
			{ additional_kwargs: { reasoning_content: ['Hm.'] }, tool_calls: [call] },
		],
	])('a turn that %s is left alone', (_what, fields) => {
		const message = { content: 'Nine.', ...fields };
		expect(restoreReasoning(message)).toBe(message);
	});
});
