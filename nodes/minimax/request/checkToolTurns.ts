import { inside, InvalidInput, type Place } from '../failure/invalidInput';
import type { WireRequestMessage } from '../wireTypes';

/**
 * Checks that every tool call has one result and every result its call, before the API answers
 * "tool result's tool id … not found (2013)". An id may come back in a later turn once it is answered,
 * as some providers count from zero in every turn.
 *
 * @throws InvalidInput
 */
export function checkToolTurns(messages: readonly WireRequestMessage[], place: Place): void {
	let asked = new Set<string>();
	let open = new Set<string>();
	let askedAt = 0;

	const requireAnswers = (before: string): void => {
		const [first] = open;
		if (first === undefined) return;
		throw new InvalidInput(
			`has the tool call '${first}', which has no result before ${before}`,
			`Add {"role": "tool", "tool_call_id": "${first}", "content": "…"} right after it, or remove the tool call.`,
			inside(place, `entry ${askedAt}`),
		);
	};

	messages.forEach((message, index) => {
		// System messages are moved to the front, wherever they stand.
		if (message.role === 'system') return;
		const entry = inside(place, `entry ${index + 1}`);
		if (message.role === 'tool') {
			const id = checkResult(message.tool_call_id, asked, open, entry);
			open.delete(id);
			return;
		}
		requireAnswers(`entry ${index + 1}`);
		asked = collectIds(message, entry);
		open = new Set(asked);
		askedAt = index + 1;
	});
	requireAnswers('the end');
}

function collectIds(message: WireRequestMessage, place: Place): Set<string> {
	const ids = new Set<string>();
	for (const { id } of message.tool_calls ?? []) {
		if (typeof id !== 'string') continue;
		if (ids.has(id)) {
			throw new InvalidInput(
				`has two tool calls with the id '${id}'`,
				'Give every tool call an id of its own, and use the same one as tool_call_id of its result.',
				place,
			);
		}
		ids.add(id);
	}
	return ids;
}

function checkResult(id: unknown, asked: Set<string>, open: Set<string>, place: Place): string {
	if (typeof id !== 'string' || id === '') {
		throw new InvalidInput(
			'is the result of a tool and has no tool_call_id',
			'Set tool_call_id to the id of the tool call that it answers.',
			place,
		);
	}
	if (open.has(id)) return id;
	throw new InvalidInput(
		asked.has(id)
			? `is a second result for the tool call '${id}'`
			: `is a tool result for '${id}', which no assistant message right before it asked for`,
		'Results have to follow the assistant message whose tool_calls hold their id, one for each call.',
		place,
	);
}
