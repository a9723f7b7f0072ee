import { randomUUID } from 'node:crypto';

import { isRecord } from '../../minimax/json/isRecord';
import { readJsonAnswer } from '../../minimax/jsonAnswer/readJsonAnswer';
import { readSchema } from '../../minimax/jsonAnswer/readSchema';
import type { Adapter, Generation, Message, Runnable } from './adapter';

/**
 * LangChain's `withStructuredOutput` (core 1.2) takes nothing but a message chunk ("Input is not an
 * AIMessageChunk"), and the SDK's model gives a whole message where it does not stream. So a model with
 * structured output always streams. It asks for its one tool where the server can force a tool, and shows
 * tracers what was asked for, as LangChain's own models do.
 */
export function structureOutput(model: Adapter): void {
	const { withStructuredOutput } = model;
	if (withStructuredOutput === undefined) return;
	model.withStructuredOutput = (schema, config) => {
		const bindTools = (tools: unknown[]): Runnable => {
			const [tool] = tools;
			const { name, parameters } = isRecord(tool) && isRecord(tool.function) ? tool.function : {};
			const bound = model.bindTools(tools, { tool_choice: name });
			answerInOneChunk(bound, (message) => takeJsonForCall(message, name, parameters));
			return bound.withConfig({
				ls_structured_output_format: {
					kwargs: { method: 'functionCalling' },
					schema: parameters,
				},
			});
		};
		const asked = Object.create(model, { bindTools: { value: bindTools } });
		return withStructuredOutput.call(asked, schema, config);
	};
}

function answerInOneChunk(model: Adapter, finish: (message: Message) => void): void {
	const stream = model._streamResponseChunks.bind(model);
	model._streamResponseChunks = async function* (messages, options, manager) {
		let whole: Generation | undefined;
		for await (const piece of stream(messages, options, manager)) {
			whole = whole?.concat?.(piece) ?? piece;
		}
		if (whole === undefined) return;
		finish(whole.message);
		yield whole;
	};
	model._generate = async (messages, options, manager) => {
		const generations: Generation[] = [];
		for await (const whole of model._streamResponseChunks(messages, options, manager)) {
			generations.push(whole);
		}
		return { generations };
	};
}

/** A model that no server forces to call the tool may write the JSON of its arguments as its answer. */
function takeJsonForCall(message: Message, name: unknown, parameters: unknown): void {
	const { content, tool_calls: calls = [] } = message;
	if (calls.length > 0 || typeof content !== 'string') return;
	const schema = readSchema(parameters);
	if (schema === undefined) return;
	const answer = readJsonAnswer(content, schema);
	if (!answer.ok || !isRecord(answer.value)) return;
	message.tool_calls = [
		{ type: 'tool_call', id: `call_${randomUUID()}`, name, args: answer.value },
	];
}
