import { AIMessageChunk } from '@langchain/core/messages';

import { nameModelOfStream } from '../../../nodes/LmChatMiniMax/sdkGaps/nameInTraces';
import type { ChatModel } from '../langChain';
import { readWire } from '../readWire';
import { standInModel } from '../standInModel';

const tool = { type: 'function', function: { name: 'lookup', parameters: {} } };
const parameters = { model: 'stand-in-1', temperature: 0.3, max_completion_tokens: 100 };

function bind(toolChoice?: string): ChatModel {
	const { model } = standInModel([]);
	return model.bindTools(
		[tool],
		toolChoice === undefined ? {} : { tool_choice: toolChoice },
	) as ChatModel;
}

it('shows tracers the model and its settings', () => {
	const { model } = standInModel([]);
	expect(model.getLsParams({ stop: ['END'] })).toEqual({
		ls_provider: 'stand-in',
		ls_model_name: 'stand-in-1',
		ls_model_type: 'chat',
		ls_temperature: 0.3,
		ls_max_tokens: 100,
		ls_stop: ['END'],
	});
});

it('shows what a call holds, and no more', () => {
	const { model } = standInModel([]);
	// Strictly: a field that is there with nothing in it would be shown, too.
	expect(model.invocationParams({})).toStrictEqual(parameters);
	expect(model.invocationParams({ stop: ['END'] })).toStrictEqual({ ...parameters, stop: ['END'] });
	expect(model.invocationParams({ tool_choice: 'any' })).toStrictEqual({
		...parameters,
		tool_choice: 'any',
	});
});

it('shows the choice that the tools were bound with, unless a call has its own', () => {
	const bound = bind('any');
	expect(bound.invocationParams({})).toStrictEqual({ ...parameters, tool_choice: 'any' });
	expect(bound.invocationParams({ tool_choice: 'none' })).toStrictEqual({
		...parameters,
		tool_choice: 'none',
	});
	expect(bind().invocationParams({})).toStrictEqual(parameters);
});

it('keeps the cache of differently bound models apart', () => {
	expect(standInModel([]).model._identifyingParams()).toStrictEqual(parameters);
	expect(bind('any')._identifyingParams()).toStrictEqual({ ...parameters, tool_choice: 'any' });
});

it('names the model of a streamed answer at its end, beside what is shown already', () => {
	const { model } = standInModel([]);
	const inner: unknown = Reflect.get(model, 'chatModel');
	const message = new AIMessageChunk({ content: '', response_metadata: { step: 1 } });
	const name = nameModelOfStream as (...given: unknown[]) => void;
	name({ text: '', message }, undefined, inner);
	expect(message.response_metadata).toEqual({ step: 1 });
	name({ text: '', message }, readWire({ content: 'Nine.' }), inner);
	expect(message.response_metadata).toEqual({
		step: 1,
		id: 'c1',
		model: 'stand-in-1',
		provider: 'stand-in',
		finish_reason: 'stop',
	});
});
