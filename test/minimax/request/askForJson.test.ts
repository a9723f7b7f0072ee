import { askForJson, askForRepair } from '../../../nodes/minimax/request/askForJson';
import type { WireRequest } from '../../../nodes/minimax/wireTypes';

const question = { role: 'user', content: 'Which town?' };
const request = (model: string): WireRequest => ({ model, messages: [question], temperature: 1 });
const plain = 'Reply with one JSON value and nothing else: no code fence, no explanation.';

it.each([
	['MiniMax-M3', true],
	['MiniMax-M3.1-Flash', true],
	['Qwen/Qwen3-32B', true],
	['MiniMax-M2.7', false],
	['M2-her', false],
])('%s is asked for JSON; by response_format: %s', (model, byFormat) => {
	expect(askForJson(request(model))).toEqual({
		model,
		temperature: 1,
		messages: [{ role: 'system', content: plain }, question],
		...(byFormat && { response_format: { type: 'json_object' } }),
	});
});

it('a schema goes into the instruction and the format', () => {
	const schema = { type: 'object', title: 'Town' };

	expect(askForJson(request('MiniMax-M3'), schema)).toEqual({
		model: 'MiniMax-M3',
		temperature: 1,
		messages: [
			{
				role: 'system',
				content: `Reply with one JSON value that matches this JSON Schema, and nothing else: no code fence, no explanation.\n${JSON.stringify(schema)}`,
			},
			question,
		],
		response_format: { type: 'json_schema', json_schema: { name: 'Town', schema } },
	});
});

it.each([
	[undefined, 'answer'],
	[7, 'answer'],
	['', 'answer'],
	['Town', 'Town'],
	['a-b_c9', 'a-b_c9'],
	['The towns, 2 of them', 'The_towns_2_of_them'],
	['Städte', 'St_dte'],
	['t'.repeat(64), 't'.repeat(64)],
	['t'.repeat(65), 't'.repeat(64)],
])('the title %j names the format %s', (title, name) => {
	const { response_format: format } = askForJson(request('MiniMax-M3'), { title });

	expect(format).toEqual({ type: 'json_schema', json_schema: { name, schema: { title } } });
});

it('shows the model its answer and what is wrong with it', () => {
	expect(askForRepair(request('MiniMax-M3'), '{"a":', ['it ends early', "'b' is missing"])).toEqual(
		{
			model: 'MiniMax-M3',
			temperature: 1,
			messages: [
				question,
				{ role: 'assistant', content: '{"a":' },
				{
					role: 'user',
					content:
						"This was not the JSON asked for: it ends early; 'b' is missing. Reply with the corrected JSON value only.",
				},
			],
		},
	);
});
