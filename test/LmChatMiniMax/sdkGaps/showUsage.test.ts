import type { Generation } from '../../../nodes/LmChatMiniMax/sdkGaps/adapter';
import { attachUsage, showUsage } from '../../../nodes/LmChatMiniMax/sdkGaps/showUsage';
import type { WireUsage } from '../../../nodes/minimax/wireTypes';
import { readWire } from '../readWire';

const ofSdk = { input_tokens: 50, output_tokens: 20, total_tokens: 70 };

function withUsage(
	usage: WireUsage | undefined,
	usageOfSdk: Record<string, unknown> | undefined = ofSdk,
): Generation {
	const generation: Generation = {
		text: '',
		message: { content: '', ...(usageOfSdk && { usage_metadata: { ...usageOfSdk } }) },
		generationInfo: { step: 1 },
	};
	attachUsage(generation, readWire({}, usage));
	return generation;
}

describe('attachUsage', () => {
	it('gives all that the API reported', () => {
		const usage = {
			prompt_tokens: 50,
			completion_tokens: 20,
			total_tokens: 75,
			completion_tokens_details: { reasoning_tokens: 12 },
			prompt_tokens_details: { cached_tokens: 0 },
		};
		expect(withUsage(usage)).toEqual({
			text: '',
			message: {
				content: '',
				usage_metadata: {
					...ofSdk,
					input_token_details: { cache_read: 0 },
					output_token_details: { reasoning: 12 },
				},
			},
			generationInfo: {
				step: 1,
				finish_reason: 'stop',
				tokenUsage: {
					promptTokens: 50,
					completionTokens: 20,
					totalTokens: 75,
					cachedTokens: 0,
					reasoningTokens: 12,
				},
			},
		});
	});

	it.each([
		[{ prompt_tokens: 50, completion_tokens: 20 }, 20, 70],
		[{ prompt_tokens: 50 }, 0, 50],
	])('adds up what it did not report: %j', (usage, completionTokens, totalTokens) => {
		const { message, generationInfo } = withUsage(usage);
		expect(message.usage_metadata).toEqual(ofSdk);
		expect(generationInfo?.tokenUsage).toEqual({
			promptTokens: 50,
			completionTokens,
			totalTokens,
		});
	});

	it.each<[string, WireUsage | undefined, Record<string, unknown> | undefined]>([
		['the API reported nothing', undefined, ofSdk],
		['the API did not count the prompt', { completion_tokens: 20 }, ofSdk],
		['the SDK has no usage', { prompt_tokens: 50, completion_tokens: 20 }, undefined],
	])('gives no usage where %s', (_what, usage, usageOfSdk) => {
		const generation: Generation = {
			text: '',
			message: { content: '', ...(usageOfSdk && { usage_metadata: usageOfSdk }) },
		};
		attachUsage(generation, readWire({}, usage));
		expect(generation).toEqual({
			text: '',
			message: { content: '', ...(usageOfSdk && { usage_metadata: ofSdk }) },
			generationInfo: { finish_reason: 'stop' },
		});
	});

	it('leaves a piece alone that is not the last', () => {
		const generation: Generation = { text: 'Ni', message: { content: 'Ni' } };
		attachUsage(generation, undefined);
		expect(generation).toEqual({ text: 'Ni', message: { content: 'Ni' } });
	});
});

describe('showUsage', () => {
	const parse = jest.fn(() => 'as the SDK reads it');
	beforeEach(() => parse.mockClear());

	function parserBehind(callbacks: unknown[]): (result: object) => unknown {
		const tracing = { options: { tokensUsageParser: parse as (result: object) => unknown } };
		showUsage({ callbacks: [...callbacks, tracing] });
		return tracing.options.tokensUsageParser;
	}

	it('shows the usage that was reported', () => {
		const tokenUsage = { promptTokens: 50 };
		const read = parserBehind([]);
		expect(read({ generations: [[{ generationInfo: { tokenUsage } }]] })).toBe(tokenUsage);
		expect(parse).not.toHaveBeenCalled();
	});

	it.each([
		{},
		{ generations: [] },
		{ generations: [[]] },
		{ generations: [[{}]] },
		{ generations: [[{ generationInfo: {} }]] },
	])('leaves it to the SDK where none was reported: %j', (result) => {
		expect(parserBehind([])(result)).toBe('as the SDK reads it');
		expect(parse).toHaveBeenCalledWith(result);
	});

	it.each([
		null,
		'tracer',
		{},
		{ options: null },
		{ options: {} },
		{ options: { tokensUsageParser: 7 } },
	])('passes by other callbacks: %j', (callback) => {
		const before = structuredClone(callback);
		const read = parserBehind([callback]);
		expect(callback).toEqual(before);
		expect(read({ generations: [[{ generationInfo: { tokenUsage: 1 } }]] })).toBe(1);
	});

	it.each([undefined, null, {}])('takes callbacks that are no list: %j', (callbacks) => {
		expect(() => showUsage({ callbacks })).not.toThrow();
	});
});
