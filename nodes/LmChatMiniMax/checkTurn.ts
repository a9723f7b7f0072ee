import type { Completion } from '../minimax/completion';
import { FailureError, failureOf, type Failure } from '../minimax/failure/failure';
import { isRecord } from '../minimax/json/isRecord';
import { hideWhole } from '../minimax/failure/redactSecrets';
import { redactPartial } from '../minimax/failure/redactPartial';
import { parseShallowJson } from '../minimax/json/parseShallowJson';
import { partialOf } from '../minimax/reply/receiveStream';

/**
 * Turns away what an agent would take for something else: it runs a tool with no arguments where theirs
 * are no JSON, and gives out an empty answer where all tokens went into thinking.
 *
 * @param secrets keys that must not show up in the failure
 * @throws FailureError
 */
export function checkTurn(completion: Completion, secrets: readonly string[]): void {
	const failure = findFault(completion);
	if (failure === null) return;
	throw new FailureError({
		...failure,
		message: hideWhole(failure.message, secrets),
		requestId: failure.requestId && hideWhole(failure.requestId, secrets),
		partial: failure.partial && redactPartial(failure.partial, secrets),
	});
}

function findFault(completion: Completion): Failure | null {
	const { toolCalls, content, finishReason } = completion;
	const broken = toolCalls.find((call) => !isJsonObject(call.arguments));
	const wasCut = finishReason === 'length';
	if (broken !== undefined) {
		return wasCut
			? cutOff(completion, `The call of the tool ${broken.name} was cut off by 'Max Tokens'`)
			: {
					...cutOff(completion, `The model called the tool ${broken.name} with broken arguments`),
					description:
						'Run the workflow again. If it happens often, simplify the parameters of the tool.',
					// Another try is another sample.
					retryable: true,
				};
	}
	if (wasCut && toolCalls.length === 0 && content.trim() === '') {
		return cutOff(
			completion,
			"All of 'Max Tokens' went into thinking, and none was left for the answer",
		);
	}
	return null;
}

function isJsonObject(text: string): boolean {
	if (text.trim() === '') return true;
	const parsed = parseShallowJson(text);
	return parsed.ok && isRecord(parsed.value);
}

function cutOff(completion: Completion, message: string): Failure {
	return failureOf({
		kind: 'reply-broken',
		message,
		description: "Raise 'Max Tokens' in the options of the model; thinking counts against it.",
		requestId: completion.id,
		partial: partialOf(completion),
	});
}
