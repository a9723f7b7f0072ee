import type { Completion } from '../completion';
import { toValue, type JsonNode } from '../json/jsonNode';
import { findJson } from '../jsonAnswer/findJson';
import { findLoss } from '../jsonAnswer/findLoss';
import { stripThinking } from '../jsonAnswer/stripThinking';

export interface RowAnswers {
	/** The JSON text of each row's answer by its ID, where there is exactly one and nothing of it is lost. */
	answers: Map<string, string>;
	/** Whether the answer was cut off. */
	isCut: boolean;
}

/**
 * The answers to the rows of one request, each by its ID. An ID that is missing or stands there twice with
 * different answers has none, and one that was not asked for does not count.
 *
 * @param ids those that were asked for
 */
export function readRows(
	{ content, finishReason }: Completion,
	ids: readonly string[],
): RowAnswers {
	const { stretches } = findJson(stripThinking(content) ?? '');
	const nodes = stretches.map(({ reading }) => (reading.ok ? reading.node : reading.certain));
	const found = new Map<string, Set<string>>(ids.map((id) => [id, new Set()]));
	for (const { name, node } of nodes.flatMap(membersOf)) {
		found.get(name)?.add(findLoss(node) === null ? JSON.stringify(toValue(node)) : LOSES);
	}
	const answers = new Map<string, string>();
	for (const [id, texts] of found) {
		const [text, ...others] = texts;
		if (text !== undefined && text !== LOSES && others.length === 0) answers.set(id, text);
	}
	const endsEarly = stretches.some(({ reading }) => !reading.ok && reading.isCut);
	return { answers, isCut: finishReason === 'length' || endsEarly };
}

/** In place of an answer that could not be kept exactly; no JSON text. */
const LOSES = '';

/** Those of the object, and of objects in a list: some models answer with a list of one-row objects. */
function membersOf(node: JsonNode | null): Array<{ name: string; node: JsonNode }> {
	if (node?.type === 'object') return node.members;
	return node?.type === 'array' ? node.items.flatMap(membersOf) : [];
}
