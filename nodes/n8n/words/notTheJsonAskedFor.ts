import type { Completion } from '../../minimax/completion';
import { failureOf, type Failure } from '../../minimax/failure/failure';
import { redactPartial } from '../../minimax/failure/redactPartial';
import { hideWhole } from '../../minimax/failure/redactSecrets';
import type { JsonAnswer } from '../../minimax/jsonAnswer/readJsonAnswer';

const NOT_THE_JSON = 'The answer is not the JSON that was asked for';
const CUT = {
	json: "The answer was cut off by 'Max Tokens' before its JSON was complete",
	columns: "The answer was cut off by 'Max Tokens' before its columns were complete",
};
const ADVICE = {
	json: "Turn on the option 'Repair JSON', say in a message what the JSON should look like, or simplify 'JSON Schema'.",
	columns:
		"Turn on the option 'Repair JSON', say in the column's Description what belongs there, or turn its Required off where there may be nothing.",
};

/**
 * The failure of an answer that is not the JSON asked for; it keeps the answer itself as `partial`.
 *
 * @param answer what was read of it; its reasons may quote names out of the answer
 * @param secrets keys that must not show up in any of it
 * @param asked what the model was asked for; for columns the reasons name them, and the first is the message
 */
export function notTheJsonAskedFor(
	completion: Completion,
	{ reasons, isCut, certain }: JsonAnswer & { ok: false },
	secrets: readonly string[] = [],
	asked: 'json' | 'columns' = 'json',
): Failure {
	const { content, reasoning, usage, id, model } = completion;
	const partial = redactPartial({ content, reasoning, usage, id, model, json: certain }, secrets);
	const [first = 'The answer holds none of the columns', ...others] = reasons;
	const listed = asked === 'columns' && !isCut ? others : reasons;
	return failureOf({
		kind: 'reply-broken',
		message: isCut ? CUT[asked] : asked === 'json' ? NOT_THE_JSON : hideWhole(first, secrets),
		description: `${listed.map((reason) => `${hideWhole(reason, secrets)}. `).join('')}${
			isCut ? "Raise 'Max Tokens'." : ADVICE[asked]
		} With 'On Error' set to Continue, what the model wrote is kept in details.partial.content of the item${certain === undefined ? '' : ', and what is certain of the JSON in details.partial.json'}.`,
		requestId: partial.id,
		partial,
	});
}
