import type { Adapter } from '../../../nodes/LmChatMiniMax/sdkGaps/adapter';
import { structureOutput } from '../../../nodes/LmChatMiniMax/sdkGaps/structureOutput';
import { standInModel } from '../standInModel';
import { partly } from '../../support/partly';

it('leaves a model alone that cannot give structured output', () => {
	const model = partly<Adapter>({ withStructuredOutput: undefined });
	structureOutput(model);
	expect(model).toEqual({ withStructuredOutput: undefined });
});

describe('a streamed answer', () => {
	const schema = { title: 'depth', type: 'object', properties: { metres: { type: 'number' } } };
	const finish = { type: 'finish', finishReason: 'stop' } as const;
	const call = { type: 'tool-call-delta', id: 'a', name: 'depth' } as const;
	const anyCallId: unknown = expect.stringMatching(/^call_[0-9a-f-]{36}$/);

	it('comes in one piece, the pieces of a call joined', async () => {
		const { model, options } = standInModel([{ ...call, argumentsDelta: '{"metres": 9}' }, finish]);
		const structured = model.withStructuredOutput(schema, { name: 'depth' });
		await expect(structured.invoke('How deep?')).resolves.toEqual({ metres: 9 });
		const pieces: unknown[] = [];
		for await (const piece of await structured.stream('How deep?')) pieces.push(piece);
		expect(pieces).toEqual([{ metres: 9 }]);
		expect(options).toMatchObject([{ tool_choice: 'depth' }, { tool_choice: 'depth' }]);
	});

	it('may be the JSON of the call', async () => {
		const { model } = standInModel([
			{ type: 'text-delta', delta: '{"met' },
			{ type: 'text-delta', delta: 'res": 9}' },
			finish,
		]);
		const structured = model.withStructuredOutput(schema, { includeRaw: true, name: 'depth' });
		const { raw, parsed } = await structured.invoke('How deep?');
		expect(parsed).toEqual({ metres: 9 });
		expect(raw).toMatchObject({
			content: '{"metres": 9}',
			tool_calls: [{ type: 'tool_call', id: anyCallId, name: 'depth', args: { metres: 9 } }],
		});
	});

	it('stays a call where text stands beside it, also text that would be one', async () => {
		const { model } = standInModel([
			{ type: 'text-delta', delta: '{"metres": 7}' },
			{ ...call, argumentsDelta: '{"metres": 9}' },
			finish,
		]);
		const structured = model.withStructuredOutput(schema, { includeRaw: true, name: 'depth' });
		const { raw } = await structured.invoke('How deep?');
		expect(raw).toMatchObject({
			tool_calls: [{ type: 'tool_call', id: 'a', name: 'depth', args: { metres: 9 } }],
		});
	});

	it.each(['[9]', '9', 'Nine.', '{"metres": "nine"}'])('is none where it says %s', async (text) => {
		const { model } = standInModel([{ type: 'text-delta', delta: text }, finish]);
		const structured = model.withStructuredOutput(schema, { name: 'depth' });
		await expect(structured.invoke('How deep?')).rejects.toThrow('No tool calls found');
	});

	it('is shown to tracers', async () => {
		const { model } = standInModel([{ ...call, argumentsDelta: '{}' }, finish]);
		const structured = model.withStructuredOutput(schema, { name: 'depth' });
		expect(JSON.stringify(structured)).toContain('functionCalling');
		await expect(structured.invoke('How deep?')).resolves.toEqual({});
	});
});
