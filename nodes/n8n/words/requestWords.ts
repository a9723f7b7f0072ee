import { describeRange } from '../../minimax/describeRange';
import type { FailureCause } from '../../minimax/failure/causes';
import { findModel, MODELS_OF_TODAY, type NumberRange } from '../../minimax/models';
import { checkAddress, COMPARE_FIELDS } from './advice';
import type { Say } from './context';

/** What is wrong with the request. */
export const requestWords = {
	'messages-rejected': ({ isMiniMax, panel }) => ({
		message: `${isMiniMax ? "MiniMax's" : 'A'} content check rejected the messages`,
		description: `Change what the messages say about sensitive topics, then run ${panel.unit} again.`,
	}),
	'answer-rejected': ({ panel }) => ({
		message: "MiniMax's content check rejected the model's answer",
		description: `Ask in other words so that the answer stays clear of sensitive topics, then run ${panel.unit} again.`,
	}),
	'request-refused': ({ Server, verdict }) => ({
		message: `${Server} does not take the request (HTTP ${verdict.httpStatus})`,
		description: COMPARE_FIELDS,
	}),
	'value-refused': () => ({
		message: 'MiniMax does not take one of the values of the request',
		description: "Compare the fields and options of the node with MiniMax's own words.",
	}),
	'request-too-large': ({ Server }) => ({
		message: `${Server} does not take a request of this size`,
		description:
			'Send shorter messages, fewer or smaller images and videos; MiniMax takes 64 MB in all.',
	}),
	'invisible-characters': () => ({
		message: 'The messages hold too many invisible characters',
		description:
			'Remove control characters, zero-width characters and long runs of blanks from the messages.',
	}),
	'context-exceeded': ({ model, panel }) => ({
		message: `The messages do not fit into the context window of ${model}`,
		description: panel.doesNotFit,
	}),
	'model-unknown': ({ Server, model }) => ({
		message: `${Server} does not know the model '${model}'`,
		description: `Choose a model from the list in 'Model', or check the spelling of the ID. MiniMax's models of today are ${MODELS_OF_TODAY}; it retires older ones.`,
	}),
	'max-tokens-too-high': ({ model }) => {
		const most = findModel(model)?.maxOutputTokens.toLocaleString('en-US');
		return {
			message: `'Max Tokens' is more than ${model} can write`,
			description:
				most === undefined ? "Lower 'Max Tokens'." : `Lower 'Max Tokens' to at most ${most}.`,
		};
	},
	'tool-arguments-invalid': ({ verdict, panel }) => ({
		message: `The arguments of the tool call${nameCall(verdict.apiMessage)} are not the JSON of an object`,
		description: panel.rightArguments,
	}),
	'tool-result-stray': ({ panel }) => ({
		message: 'A tool result does not belong to any tool call before it',
		description: panel.strayToolResult,
	}),
	'tools-unusable': ({ Server, panel }) => ({
		message: `${Server} cannot use ${panel.unusableTools}`,
		description: panel.rightTools,
	}),
	'role-refused': ({ Server, panel }) => ({
		message: `${Server} does not take the role of one of the messages`,
		description: panel.rightRoles,
	}),
	'message-order-refused': ({ Server, panel }) => ({
		message: `${Server} does not take the order or the number of the messages`,
		description: panel.rightOrder,
	}),
	'thinking-refused': ({ model }) => ({
		message: `${model} does not take this setting of 'Thinking'`,
		description: "Set 'Thinking' in the options to Default.",
	}),
	'effort-refused': ({ model }) => ({
		message: `${model} does not take this 'Reasoning Effort'`,
		description: "Set 'Reasoning Effort' in the options to Default.",
	}),
	'messages-empty': ({ Server, panel }) => ({
		message: `${Server} found no text in the messages`,
		description: panel.noText,
	}),
	'temperature-refused': ({ model }) => ({
		message: `${model} does not take this 'Temperature'`,
		description: adviseOnRange('Temperature', model, findModel(model)?.temperature),
	}),
	'top-p-refused': ({ model }) => ({
		message: `${model} does not take this 'Top P'`,
		description: adviseOnRange('Top P', model, findModel(model)?.topP),
	}),
	'media-unusable': ({ Server }) => ({
		message: `${Server} cannot use one of the images or videos`,
		description:
			'Images may have up to 10 MB (JPEG, PNG, GIF, WEBP) and videos up to 50 MB (MP4, AVI, MOV, MKV); a URL must be reachable from the internet, and the model must see images.',
	}),
	'address-unknown': (subject) => ({
		message: `${subject.Server} has no chat completions at this address`,
		description: checkAddress(subject),
	}),
	redirected: (subject) => ({
		message: `${subject.Server} redirects to another address`,
		description: checkAddress(subject),
	}),
} satisfies Partial<Record<FailureCause, Say>>;

/** `… tool_call_id: call_function_ab12_1 (2013)` */
function nameCall(apiMessage: string | null): string {
	const id = /tool_call_id:? ?([\w-]{1,80})/.exec(apiMessage ?? '')?.[1];
	return id === undefined ? '' : ` ${id}`;
}

/** Values of the panel are checked before they are sent; those of 'Additional Body Fields' are not. */
function adviseOnRange(label: string, model: string, range?: NumberRange): string {
	const change = `Change '${label}', or its value in 'Additional Body Fields'`;
	return range === undefined
		? `${change}, to what the model takes.`
		: `${change}: ${model} takes ${describeRange(range)}.`;
}
