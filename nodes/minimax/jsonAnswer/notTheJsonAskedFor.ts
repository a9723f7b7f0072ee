import type { Completion } from '../completion';
import { failureOf, type Failure } from '../failure/failure';
import { redactPartial } from '../failure/redactPartial';
import { hideWhole } from '../failure/redactSecrets';
import type { JsonAnswer } from './readJsonAnswer';

/**
 * The failure of an answer that is not the JSON asked for; the answer itself goes along.
 *
 * @param answer its reasons may quote names out of the answer
 * @param secrets keys that must not show up in any of it
 */
export function notTheJsonAskedFor(
	completion: Completion,
	{ reasons, isCut, certain }: JsonAnswer & { ok: false },
	secrets: readonly string[] = [],
): Failure {
	const { content, reasoning, usage, id, model } = completion;
	const json = certain === undefined ? {} : { json: certain };
	const partial = redactPartial({ content, reasoning, usage, id, model, ...json }, secrets);
	return failureOf({
		kind: 'reply-broken',
		message: isCut
			? "The answer was cut off by 'Max Tokens' before its JSON was complete"
			: 'The answer is not the JSON that was asked for',
		description: `${hideWhole(reasons.join('. '), secrets)}. ${
			isCut
				? "Raise 'Max Tokens'."
				: "Turn on the option 'Repair JSON', say in a message what the JSON should look like, or simplify 'JSON Schema'."
		} With 'On Error' set to Continue, what the model wrote is kept in details.partial.content of the item${certain === undefined ? '' : ', and what is certain of the JSON in details.partial.json'}.`,
		requestId: partial.id,
		partial,
	});
}
