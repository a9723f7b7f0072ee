import type { ChatModel as SdkModel, Message, StreamChunk } from '@n8n/ai-node-sdk';
import { LangchainChatModelAdapter } from '@n8n/ai-utilities';
import type { ISupplyDataFunctions } from 'n8n-workflow';

import { AIMessage, HumanMessage, type AIMessageChunk, type ChatModel } from './langChain';

/**
 * The LangChain model of n8n's SDK as it is, without `closeSdkGaps`. Each test holds one gap; it fails once
 * the SDK closes it, and the function named in the test can go as soon as no supported n8n needs it.
 */

/** A model of the SDK that answers with what it is given. */
function bare(chunks: StreamChunk[] = []) {
	const heard: Message[] = [];
	const options: unknown[] = [];
	const model: SdkModel = {
		provider: 'stand-in',
		modelId: 'stand-in-1',
		async generate(messages, config) {
			heard.push(...messages);
			options.push(config);
			return {
				message: {
					role: 'assistant',
					content: [
						{ type: 'text', text: 'Nine ' },
						{ type: 'text', text: 'metres.' },
					],
				},
				usage: { promptTokens: 5, completionTokens: 2, totalTokens: 7 },
			};
		},
		async *stream() {
			yield* chunks;
		},
		withTools: () => model,
	};
	const adapter: unknown = new LangchainChatModelAdapter(model);
	return { model, adapter: adapter as ChatModel, heard, options };
}

async function lastOf(chunks: StreamChunk[]) {
	const { adapter } = bare(chunks);
	let all: AIMessageChunk | undefined;
	for await (const chunk of await adapter.stream('Hello')) all = all?.concat(chunk) ?? chunk;
	return all;
}

const tool = { type: 'function', function: { name: 'lookup', parameters: {} } };

it('giveTextAsString: text is a list of blocks', async () => {
	const { adapter } = bare();
	await expect(adapter.invoke('Hello')).resolves.toMatchObject({
		content: [{ type: 'text' }, { type: 'text' }],
	});
});

it('closeLeftStreams: a reader that leaves waits for the next piece', async () => {
	const { adapter, model } = bare();
	let goOn = (): void => {};
	const silence = new Promise<void>((resolve) => (goOn = resolve));
	model.stream = async function* () {
		yield { type: 'text-delta', delta: 'Nine ' };
		await silence;
		yield { type: 'text-delta', delta: 'metres.' };
	};
	const pieces = await adapter.stream('Hello');
	await pieces.next();
	let hasLeft = false;
	const leaving = pieces.return().then(() => (hasLeft = true));
	await new Promise((resolve) => setImmediate(resolve));
	expect(hasLeft).toBe(false);
	goOn();
	await leaving;
});

it('carryReasoning: streamed thinking is dropped', async () => {
	const all = await lastOf([
		{ type: 'reasoning-delta', delta: 'Let me see.' },
		{ type: 'text-delta', delta: 'Nine.' },
		{ type: 'finish', finishReason: 'stop' },
	]);
	expect(JSON.stringify(all)).not.toContain('Let me see.');
});

it('restoreReasoning: thinking that came back is dropped', async () => {
	const { adapter, heard } = bare();
	await adapter.invoke([
		new AIMessage({
			content: '',
			additional_kwargs: { reasoning_content: 'Let me see.' },
			tool_calls: [{ id: 'a', name: 'lookup', args: {} }],
		}),
	]);
	expect(JSON.stringify(heard)).not.toContain('Let me see.');
});

it.each([
	{ type: 'image_url', image_url: { url: 'https://example.com/a.png' } },
	{ type: 'video_url', video_url: { url: 'https://example.com/a.mp4' } },
	{ type: 'input_audio', input_audio: { data: 'AAAA', format: 'wav' } },
	{ type: 'media', mimeType: 'image/png', data: 'AAAA' },
])('passFiles: a block $type is dropped', async (block) => {
	const { adapter, heard } = bare();
	await adapter.invoke([new HumanMessage({ content: [block] })]);
	expect(heard[0]?.content).toEqual([]);
});

it("passFiles: the type of a file in LangChain's older spelling is dropped", async () => {
	const { adapter, heard } = bare();
	const content = [{ type: 'file', source_type: 'base64', mime_type: 'text/csv', data: 'AAAA' }];
	await adapter.invoke([new HumanMessage({ content })]);
	expect(heard[0]?.content).toEqual([
		{ type: 'file', mediaType: undefined, data: 'AAAA', providerMetadata: undefined },
	]);
});

it('numberToolCalls: every call of a stream has the number 0', async () => {
	const all = await lastOf([
		{ type: 'tool-call-delta', id: 'a', name: 'lookup', argumentsDelta: '{}' },
		{ type: 'tool-call-delta', id: 'b', name: 'lookup', argumentsDelta: '{}' },
		{ type: 'finish', finishReason: 'tool-calls' },
	]);
	expect(all?.tool_call_chunks?.map(({ index }) => index)).toEqual([0, 0]);
});

it('attachUsage: a stream has no details of its usage', async () => {
	const all = await lastOf([
		{ type: 'text-delta', delta: 'Nine.' },
		{
			type: 'finish',
			finishReason: 'stop',
			usage: {
				promptTokens: 5,
				completionTokens: 2,
				totalTokens: 7,
				inputTokenDetails: { cacheRead: 3 },
				outputTokenDetails: { reasoning: 1 },
			},
		},
	]);
	expect(all?.usage_metadata).toEqual({
		input_tokens: 5,
		output_tokens: 2,
		total_tokens: 7,
		input_token_details: {},
		output_token_details: {},
	});
});

it('showUsage: the log of the model reads the usage of no streamed answer', async () => {
	// Only its callbacks are looked at, which do not touch the context before they run.
	const context = {} as ISupplyDataFunctions;
	const { callbacks } = new LangchainChatModelAdapter(bare().model, context);
	const [tracing] = callbacks as Array<{
		options: { tokensUsageParser: (result: object) => object };
	}>;
	const usage = { promptTokens: 5, completionTokens: 2, totalTokens: 7 };
	const result = { generations: [], llmOutput: { tokenUsage: usage } };
	expect(tracing?.options.tokensUsageParser(result)).toEqual({
		promptTokens: 0,
		completionTokens: 0,
		totalTokens: 0,
	});
});

it('bindTools: tool_choice is dropped', async () => {
	const { adapter, options } = bare();
	await adapter.bindTools([tool], { tool_choice: 'any' }).invoke('Hello');
	expect(JSON.stringify(options)).not.toContain('tool_choice');
});

it('structureOutput: a message that was not streamed is refused', async () => {
	const { adapter } = bare();
	const schema = { type: 'object', properties: { depth: { type: 'number' } } };
	await expect(adapter.withStructuredOutput(schema).invoke('How deep?')).rejects.toThrow(
		'Input is not an AIMessageChunk.',
	);
});

it('nameInTraces: tracers get neither model nor settings', () => {
	const { adapter } = bare();
	expect(adapter.getLsParams({ stop: undefined })).toEqual({
		ls_model_type: 'chat',
		ls_stop: undefined,
		ls_provider: 'LangchainChatModelAdapter',
	});
	expect(adapter.invocationParams({})).toEqual({});
	expect(adapter._identifyingParams()).toEqual({});
});

it('nameModelOfStream: a stream does not say which model gave it', async () => {
	const all = await lastOf([
		{ type: 'text-delta', delta: 'Nine.' },
		{ type: 'finish', finishReason: 'stop' },
	]);
	expect(all?.response_metadata).not.toHaveProperty('model');
});

it("countTokensOffline: tokens are counted with LangChain's own method", () => {
	expect(Object.hasOwn(bare().adapter, 'getNumTokens')).toBe(false);
	expect(Object.hasOwn(LangchainChatModelAdapter.prototype, 'getNumTokens')).toBe(false);
});
