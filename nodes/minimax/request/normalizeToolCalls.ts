import { inside, InvalidInput, type Place } from '../failure/invalidInput';
import { isRecord } from '../json/isRecord';
import { parseJson } from '../json/parseJson';
import { textOf } from '../json/textOf';
import type { WireToolCall } from '../wireTypes';

/**
 * `arguments` has to be the JSON of an object as text; written by hand it is often the object itself. None
 * are `{}`, since servers refuse the empty text.
 *
 * @throws InvalidInput
 */
export function normalizeToolCalls(value: unknown, place: Place): WireToolCall[] | undefined {
	const right =
		'Give every tool call as {"id": "…", "type": "function", "function": {"name": "…", "arguments": "{}"}}.';
	if (!Array.isArray(value)) {
		throw new InvalidInput('has tool_calls that are not an array', right, place);
	}

	const calls = value.map((call: unknown, index) => {
		const callPlace = inside(place, `tool call ${index + 1}`);
		const called = isRecord(call) ? call.function : undefined;
		if (
			!isRecord(call) ||
			!isFilledText(call.id) ||
			!isRecord(called) ||
			!isFilledText(called.name)
		) {
			throw new InvalidInput('has no id or no function name', right, callPlace);
		}
		const { arguments: given, name } = called;
		const text = textOf(given).trim() === '' ? '{}' : textOf(given);
		const parsed = parseJson(text);
		if (!parsed.ok || !isRecord(parsed.value)) {
			throw new InvalidInput('has arguments that are not the JSON of an object', right, callPlace);
		}
		return {
			...call,
			id: call.id,
			type: 'function',
			function: { ...called, name, arguments: text },
		};
	});
	return calls.length === 0 ? undefined : calls;
}

function isFilledText(value: unknown): value is string {
	return typeof value === 'string' && value !== '';
}
