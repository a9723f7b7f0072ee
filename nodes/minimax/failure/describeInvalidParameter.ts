import { describeRange } from '../describeRange';
import { findModel, type NumberRange } from '../models';
import type { FailureContext, FailureTold } from './failureWords';
import { wordsFor } from './panelWords';

/**
 * What the server does not take, as far as its own words tell; null when they do not. Code 2013 stands for
 * all of these and the text alone tells them apart; self-hosted servers send no code at all.
 * @param server as a sentence begins with it: `MiniMax`
 */
export function describeInvalidParameter(
	apiMessage: string,
	context: FailureContext,
	server: string,
): FailureTold | null {
	const invalid = (message: string, description: string): FailureTold => ({
		kind: 'request-invalid',
		message,
		description,
	});
	const { model } = context;
	const words = wordsFor(context);
	const says = (pattern: RegExp): boolean => pattern.test(apiMessage);

	if (says(/context window|context length|prompt is too long|longer than the model's/i)) {
		return invalid(`The messages do not fit into the context window of ${model}`, words.doesNotFit);
	}
	if (says(/unknown model|model .*(?:not exist|not found|not supported)/i)) {
		return invalid(
			`${server} does not know the model '${model}'`,
			"Choose a model from the list in 'Model', or check the spelling of the ID, for example MiniMax-M2.7.",
		);
	}
	if (says(/max[_ ](?:completion[_ ])?tokens/i)) {
		const most = findModel(model)?.maxOutputTokens.toLocaleString('en-US');
		return invalid(
			`'Max Tokens' is more than ${model} can write`,
			most === undefined ? "Lower 'Max Tokens'." : `Lower 'Max Tokens' to at most ${most}.`,
		);
	}
	if (says(/tool (?:call )?result|tool[_ ]?(?:call[_ ])?id/i)) {
		return invalid(
			'A tool result does not belong to any tool call before it',
			words.strayToolResult,
		);
	}
	if (says(/invalid tool type|function name or parameters|tool_choice|\btools?\b/i)) {
		return invalid(`${server} cannot use ${words.unusableTools}`, words.rightTools);
	}
	if (says(/message role/i)) {
		return invalid(`${server} does not take the role of one of the messages`, words.rightRoles);
	}
	if (says(/invalid chat setting/i)) {
		return invalid(
			`${server} does not take the order or the number of the messages`,
			words.rightOrder,
		);
	}
	if (says(/thinking/i)) {
		return invalid(
			`${model} does not take this setting of 'Thinking'`,
			"Set 'Thinking' in the options to Default.",
		);
	}
	if (says(/content is empty|messages? (?:is|are) empty|empty messages?/i)) {
		return invalid(`${server} found no text in the messages`, words.noText);
	}
	if (says(/temperature/i)) {
		return invalid(
			`${model} does not take this 'Temperature'`,
			adviseOnRange('Temperature', model, findModel(model)?.temperature),
		);
	}
	if (says(/top_p/i)) {
		return invalid(
			`${model} does not take this 'Top P'`,
			adviseOnRange('Top P', model, findModel(model)?.topP),
		);
	}
	if (says(/image|video|media|mm_file/i)) {
		return invalid(
			`${server} cannot use one of the images or videos`,
			'Images may have up to 10 MB (JPEG, PNG, GIF, WEBP) and videos up to 50 MB (MP4, AVI, MOV, MKV); a URL must be reachable from the internet, and the model must see images.',
		);
	}
	return null;
}

/** What leaves the panel is in the range of a known model; what is added to the body may not be. */
function adviseOnRange(label: string, model: string, range?: NumberRange): string {
	const change = `Change '${label}', or its value in 'Additional Body Fields'`;
	return range === undefined
		? `${change}, to what the model takes.`
		: `${change}: ${model} takes ${describeRange(range)}.`;
}
