import type { StreamChunk } from '@n8n/ai-node-sdk';

import { AIMessage, HumanMessage, type AIMessageChunk, type ChatModel } from '../langChain';
import { readWire } from '../readWire';
import { standInModel } from '../standInModel';

const tool = { type: 'function', function: { name: 'lookup', parameters: {} } };
const finish: StreamChunk = {
	type: 'finish',
	finishReason: 'stop',
	usage: { promptTokens: 5, completionTokens: 2, totalTokens: 7 },
};
const completion = readWire(
	{ content: 'Nine metres.', reasoning_content: 'Let me see.' },
	{ prompt_tokens: 5, completion_tokens: 2, total_tokens: 7 },
);

async function piecesOf(model: ChatModel, options?: object): Promise<AIMessageChunk[]> {
	const pieces: AIMessageChunk[] = [];
	for await (const piece of await model.stream('Hello', options)) pieces.push(piece);
	return pieces;
}

it('gives text as strings, and all else at the end of a stream once', async () => {
	const { model } = standInModel(
		[{ type: 'text-delta', delta: 'Nine ' }, { type: 'text-delta', delta: 'metres.' }, finish],
		completion,
	);
	const pieces = await piecesOf(model);
	expect(
		pieces.map(({ content, additional_kwargs: more, usage_metadata: usage }) => [
			content,
			more,
			usage,
		]),
	).toEqual([
		['Nine ', {}, undefined],
		['metres.', {}, undefined],
		[
			'',
			{ reasoning_content: 'Let me see.' },
			{ input_tokens: 5, output_tokens: 2, total_tokens: 7 },
		],
	]);
	expect(pieces.at(-1)?.response_metadata).toEqual({
		id: 'c1',
		model: 'stand-in-1',
		provider: 'stand-in',
		finish_reason: 'stop',
		// LangChain puts in what the piece says of itself.
		tokenUsage: { promptTokens: 5, completionTokens: 2, totalTokens: 7 },
	});
});

it('gives all of a whole answer', async () => {
	const { model } = standInModel([], completion);
	const {
		content,
		additional_kwargs: more,
		response_metadata: about,
	} = await model.invoke('Hello');
	expect(content).toBe('Nine.');
	expect(more).toEqual({ reasoning_content: 'Let me see.' });
	expect(about).toEqual({ model: 'stand-in-1', provider: 'stand-in', finish_reason: 'stop' });
});

it('numbers the tool calls of a stream', async () => {
	const call = { type: 'tool-call-delta' as const, name: 'lookup', argumentsDelta: '{}' };
	const { model } = standInModel([
		{ type: 'text-delta', delta: 'I look.' },
		{ ...call, id: 'a' },
		{ ...call, id: 'b' },
		{ ...call, id: 'c' },
		finish,
	]);
	const pieces = await piecesOf(model);
	const numbers = pieces.flatMap((piece) =>
		(piece.tool_call_chunks ?? []).map(({ index }) => index),
	);
	expect(numbers).toEqual([0, 1, 2]);
});

it('takes up files and thinking on their way in, whole or streamed', async () => {
	const { model, heard } = standInModel([finish]);
	const history = [
		new HumanMessage({ content: [{ type: 'image_url', image_url: 'https://x.test/a' }] }),
		new AIMessage({
			content: '',
			additional_kwargs: { reasoning_content: 'Let me see.' },
			tool_calls: [{ id: 'a', name: 'lookup', args: {} }],
		}),
	];
	await model.invoke(history);
	for await (const piece of await model.stream(history)) void piece;
	const content = [
		[
			{
				type: 'file',
				mediaType: 'image/*',
				data: undefined,
				providerMetadata: { url: 'https://x.test/a' },
			},
		],
		[
			{ type: 'reasoning', text: 'Let me see.' },
			expect.objectContaining({ type: 'text', text: '' }),
			expect.objectContaining({ type: 'tool-call', toolCallId: 'a', toolName: 'lookup' }),
		],
	];
	expect(heard.map((messages) => messages.map((message) => message.content))).toEqual([
		content,
		content,
	]);
});

it('passes on what tools were bound with, what is bound later before what was bound first', async () => {
	const { model, options } = standInModel([finish]);
	const once = model.bindTools([tool], { tool_choice: 'any', timeout: 7 }) as ChatModel;
	const twice = once.bindTools([tool], { tool_choice: 'none' }) as ChatModel;
	await once.invoke('Hello');
	await piecesOf(once);
	await twice.invoke('Hello');
	await piecesOf(twice, { tool_choice: 'lookup' });
	await model.invoke('Hello');
	expect(options).toMatchObject([
		{ tool_choice: 'any', timeout: 7 },
		{ tool_choice: 'any', timeout: 7 },
		{ tool_choice: 'none', timeout: 7 },
		{ tool_choice: 'lookup', timeout: 7 },
		{},
	]);
	expect(options.at(-1)).not.toHaveProperty('tool_choice');
});

it.each<[string, (pieces: Pieces) => Promise<void>]>([
	['breaking off', async (pieces) => void (await pieces.return())],
	['cancelling', async (pieces) => await pieces.cancel('enough')],
	['cancelling its reader', async (pieces) => await pieces.getReader().cancel('enough')],
])('tells the model that a reader left by %s', async (_way, leave) => {
	const { model, options } = standInModel([{ type: 'text-delta', delta: 'Nine ' }, finish]);
	const pieces = await model.stream('Hello');
	expect(options[0]?.left?.aborted).toBe(false);
	await leave(pieces);
	expect(options[0]?.left?.aborted).toBe(true);
});
type Pieces = Awaited<ReturnType<ChatModel['stream']>>;

it('tells the model of no leaving where a reader reads to the end', async () => {
	const { model, options } = standInModel([{ type: 'text-delta', delta: 'Nine ' }, finish]);
	await piecesOf(model);
	expect(options[0]?.left?.aborted).toBe(false);
});
