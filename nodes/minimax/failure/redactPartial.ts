import type { PartialReply } from './failure';
import { parseJson } from '../json/parseJson';
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
		...redactJson(partial.json, secrets),
	};
}

function redactJson(json: unknown, secrets: readonly string[]): Pick<PartialReply, 'json'> {
	if (json === undefined) return {};
	const clean = parseJson(hideWhole(JSON.stringify(json), secrets));
	return clean.ok ? { json: clean.value } : {};
}
