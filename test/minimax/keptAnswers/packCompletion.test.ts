import {
	packCompletion,
	unpackCompletion,
} from '../../../nodes/minimax/keptAnswers/packCompletion';
import { normalizeCompletion } from '../../../nodes/minimax/reply/normalizeCompletion';

const completion = normalizeCompletion(
	{
		id: 'c1',
		model: 'MiniMax-M3',
		choices: [
			{
				finish_reason: 'tool_calls',
				message: {
					role: 'assistant',
					content: 'I look.',
					reasoning_content: 'Hm.',
					tool_calls: [{ id: 'a', function: { name: 'lookup', arguments: '{"n": 1.0}' } }],
				},
			},
		],
		usage: { prompt_tokens: 5, completion_tokens: 3, total_tokens: 8 },
	},
	{ openerMayBeMissing: false },
);

it('a completion comes back as it was', () => {
	expect(unpackCompletion(packCompletion(completion))).toEqual(completion);
	const shared = { ...completion, rowsInRequest: 3 };
	expect(unpackCompletion(packCompletion(shared))).toEqual(shared);
});

it('its message is saved once', () => {
	expect(packCompletion(completion).match(/I look\./g)).toHaveLength(2);
});

describe('what is none is not taken for one', () => {
	const packed = JSON.parse(packCompletion(completion)) as Record<string, unknown>;

	it.each([
		['no JSON', packCompletion(completion).slice(0, -1)],
		['a list', `[${packCompletion(completion)}]`],
		['null', 'null'],
		['a text', '"done"'],
		['one of an older version', JSON.stringify({ ...packed, format: 0 })],
		['one that does not say its version', JSON.stringify({ ...packed, format: undefined })],
		['one without the object of the API', JSON.stringify({ ...packed, wire: undefined })],
		['one with a text for it', JSON.stringify({ ...packed, wire: 'c1' })],
	])('%s', (_what, text) => {
		expect(unpackCompletion(text)).toBeUndefined();
	});
});
