import type { Completion } from '../minimax/completion';
import { FailureError, failureOf, type Failure } from '../minimax/failure/failure';
import { isRecord } from '../minimax/json/isRecord';
import { hideWhole } from '../minimax/failure/redactSecrets';
import { redactPartial } from '../minimax/failure/redactPartial';
import { parseShallowJson } from '../minimax/json/parseShallowJson';
import { lackOfAnswer, refusalOf } from '../minimax/reply/lackOfAnswer';
import { partialOf } from '../minimax/reply/receiveStream';
import { SWITCH_PARSER_ON } from '../n8n/words/advice';

/**
 * Fails a turn that an agent would misunderstand: it would run a tool without arguments where the model's are
 * no JSON, and give out an empty answer as a success where the model said nothing.
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
	const fault = toolCalls.find((call) => !isJsonObject(call.arguments));
	if (fault !== undefined && finishReason === 'length') {
		const message = `The call of the tool ${fault.name} was cut off by 'Max Tokens'`;
		return broken(completion, message, RAISE_MAX_TOKENS);
	}
	if (fault !== undefined) {
		const message = `The model called the tool ${fault.name} with broken arguments`;
		const advice =
			'Run the workflow again. If it happens often, simplify the parameters of the tool.';
		// Another try is another sample.
		return { ...broken(completion, message, advice), retryable: true };
	}
	if (lackOfAnswer(completion) === 'call in the text') {
		const message = "The server gave the model's tool call as text, which no agent can run";
		return broken(completion, message, SWITCH_PARSER_ON);
	}
	const saysNothing = toolCalls.length === 0 && content === '';
	return saysNothing ? explainSilence(completion) : null;
}

/** Why a turn holds neither text nor tool calls. */
function explainSilence(completion: Completion): Failure {
	const { finishReason, reasoning, moderation } = completion;
	const words = refusalOf(completion);
	if (words !== null) {
		return {
			...broken(completion, `The model refused to answer: “${words}”`, REPHRASE),
			kind: 'content-rejected',
		};
	}
	const label = moderation?.output?.label ?? moderation?.input?.label;
	if (finishReason === 'content_filter' || label !== undefined) {
		const what = label === undefined ? '' : ` (${label})`;
		return {
			...broken(completion, `The content filter of the API held the answer back${what}`, REPHRASE),
			kind: 'content-rejected',
		};
	}
	if (finishReason === 'length') {
		const message = "All of 'Max Tokens' went into thinking, and none was left for the answer";
		return broken(completion, message, RAISE_MAX_TOKENS);
	}
	const ended = reasoning === null ? 'without a word' : 'behind its thinking, without an answer';
	return {
		...broken(completion, `The model stopped ${ended}`, RUN_AGAIN),
		// Another try is another sample.
		retryable: true,
	};
}

function isJsonObject(text: string): boolean {
	const parsed = parseShallowJson(text);
	return parsed.ok && isRecord(parsed.value);
}

const RAISE_MAX_TOKENS =
	"Raise 'Max Tokens' in the options of the model; thinking counts against it.";
const REPHRASE = 'Change what the model is asked, what its tools gave it, or choose another model.';
const RUN_AGAIN =
	'Run the workflow again. If it happens often, choose another model or shorten the conversation.';

function broken(completion: Completion, message: string, description: string): Failure {
	return failureOf({
		kind: 'reply-broken',
		message,
		description,
		requestId: completion.id,
		partial: partialOf(completion),
	});
}
