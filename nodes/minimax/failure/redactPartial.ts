import type { PartialReply } from './failure';
import { hideWhole } from './redactSecrets';

/**
 * What goes along with a failure, without the given secrets. Pieces of them and other text that looks
 * like a key stay: it is the answer, which somebody has paid for and may want to use, and may well be a
 * hash or an id.
 */
export function redactPartial(partial: PartialReply, secrets: readonly string[]): PartialReply {
	const hide = (text: string | null) => text && hideWhole(text, secrets);
	return {
		content: hideWhole(partial.content, secrets),
		reasoning: hide(partial.reasoning),
		usage: partial.usage,
		id: hide(partial.id),
		model: hide(partial.model),
	};
}
