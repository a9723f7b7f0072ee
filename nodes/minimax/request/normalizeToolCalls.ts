import { InvalidInput } from '../failure/failure';
import { isRecord } from '../json/isRecord';
import type { WireToolCall } from '../wireTypes';

/** `arguments` has to be text on the wire; written by hand it is often an object. */
export function normalizeToolCalls(value: unknown, where: string): WireToolCall[] | undefined {
	const right =
		'Give every tool call as {"id": "…", "type": "function", "function": {"name": "…", "arguments": "{}"}}.';
	if (!Array.isArray(value))
		throw new InvalidInput(`${where}: 'tool_calls' is not an array`, right);

	const calls = value.map((call: unknown, index) => {
		const called = isRecord(call) ? call.function : undefined;
		if (
			!isRecord(call) ||
			!isFilledText(call.id) ||
			!isRecord(called) ||
			!isFilledText(called.name)
		) {
			throw new InvalidInput(
				`${where}: tool call ${index + 1} has no id or no function name`,
				right,
			);
		}
		const { arguments: given, name } = called;
		const text = typeof given === 'string' ? given : JSON.stringify(given ?? {});
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
