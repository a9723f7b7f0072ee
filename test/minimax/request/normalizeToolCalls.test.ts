import { checkTools } from '../../../nodes/minimax/request/checkTools';
import { normalizeToolCalls } from '../../../nodes/minimax/request/normalizeToolCalls';
import { refusal } from '../../support/refusal';

const WHERE = "'Messages (JSON)', entry 2";
const callOf = (given: unknown) => [{ id: 'a', function: { name: 'f', arguments: given } }];
const argumentsOf = (given: unknown) =>
	normalizeToolCalls(callOf(given), WHERE)?.map((call) => call.function?.arguments);

test.each([
	['', '{}'],
	['  ', '{}'],
	[undefined, '{}'],
	[null, '{}'],
	[{ x: 1 }, '{"x":1}'],
	['{"x": 1}', '{"x": 1}'],
])('the arguments %j are sent as %s', (given, sent) => {
	expect(argumentsOf(given)).toEqual([sent]);
});

test.each(['{"x":', '[1]', '"x"', '7', 'x', [1]])('the arguments %j are refused', (given) => {
	expect(refusal(() => argumentsOf(given))).toEqual([
		"'Messages (JSON)', entry 2: the arguments of tool call 1 are not the JSON of an object",
		'Give every tool call as {"id": "…", "type": "function", "function": {"name": "…", "arguments": "{}"}}.',
	]);
});

test('100,000 tools are looked through at once', () => {
	const tools = Array.from({ length: 100_000 }, (_, at) => ({ function: { name: `f${at}` } }));
	const start = performance.now();
	expect(checkTools(tools)).toHaveLength(100_000);
	expect(performance.now() - start).toBeLessThan(2000);
});
