import { checkTools, fillParameters } from '../../../nodes/minimax/request/checkTools';
import { refusal } from '../../support/refusal';

const RIGHT =
	'Give an array such as [{"type": "function", "function": {"name": "get_weather", "parameters": {"type": "object", "properties": {"city": {"type": "string"}}}}}].';
const parameters = { type: 'object', properties: { city: { type: 'string' } } };
const none = { type: 'object', properties: {} };
const tool = (described: object, others: object = {}) => ({
	...others,
	type: 'function',
	function: described,
});

it.each([undefined, null, '', '[]', new Array(0)])('nothing is asked for with %j', (value) => {
	expect(checkTools(value)).toBeUndefined();
});

it.each<[string, unknown, object]>([
	['as it is', tool({ name: 'f', parameters }), tool({ name: 'f', parameters })],
	['without a type', { function: { name: 'f', parameters } }, tool({ name: 'f', parameters })],
	[
		'with fields of its own',
		tool({ name: 'f', strict: true, parameters }, { x: 1 }),
		tool({ name: 'f', strict: true, parameters }, { x: 1 }),
	],
	[
		'without its wrapper',
		{ type: 'function', name: 'f', description: 'Does', parameters },
		tool({ name: 'f', description: 'Does', parameters }),
	],
	['without wrapper and type', { name: 'f', parameters }, tool({ name: 'f', parameters })],
	['without parameters', tool({ name: 'f' }), tool({ name: 'f', parameters: none })],
	[
		'with null as parameters',
		tool({ name: 'f', parameters: null }),
		tool({ name: 'f', parameters: none }),
	],
	[
		'with empty parameters',
		tool({ name: 'f', parameters: {} }),
		tool({ name: 'f', parameters: none }),
	],
])('a tool %s', (_, given, sent) => {
	expect(checkTools([given])).toEqual([sent]);
	expect(checkTools(JSON.stringify([given]))).toEqual([sent]);
});

it('keeps the order', () => {
	expect(
		checkTools([tool({ name: 'b' }), tool({ name: 'a' })])?.map((one) => one.function.name),
	).toEqual(['b', 'a']);
});

it.each<[unknown, string, string]>([
	['{"a": 1}', "'Tools' is not an array", RIGHT],
	[7, "'Tools' is not an array", RIGHT],
	[[tool({ name: 'f' }), 'g'], "'Tools', entry 2 is not a tool", RIGHT],
	[[null], "'Tools', entry 1 is not a tool", RIGHT],
	[
		[{ type: 'web_search' }],
		"'Tools', entry 1 is not a function tool",
		'The API takes tools of the type function only.',
	],
	[
		[tool({ name: 'f' }), tool({ description: 'Does' })],
		"'Tools', entry 2 has no function name",
		RIGHT,
	],
	[[tool({ name: ' ' })], "'Tools', entry 1 has no function name", RIGHT],
	[[tool({ name: 7 })], "'Tools', entry 1 has no function name", RIGHT],
	[[{ type: 'function', parameters }], "'Tools', entry 1 has no function name", RIGHT],
	[
		[tool({ name: 'f', parameters: 'city' })],
		"'Tools', entry 1 gives f parameters that are not a JSON Schema object",
		RIGHT,
	],
	[
		[tool({ name: 'f', parameters: [] })],
		"'Tools', entry 1 gives f parameters that are not a JSON Schema object",
		RIGHT,
	],
	[
		[tool({ name: 'f' }), tool({ name: 'g' }), tool({ name: 'f' })],
		"'Tools' names the function f twice",
		'Give each function a name of its own.',
	],
])('refuses %j', (value, message, description) => {
	expect(refusal(() => checkTools(value))).toEqual([message, description]);
});

it('refuses text that is no JSON, with the place', () => {
	const [message, description] = refusal(() => checkTools('[{"type"'));

	expect(message).toBe("'Tools' is not valid JSON");
	expect(description).toMatch(/^\S.*\. Give an array such as/s);
});

it.each([undefined, null, 'x', {}, []])('fills in parameters for %j', (given) => {
	expect(fillParameters(given)).toEqual(none);
});

it('looks through 100,000 tools at once', () => {
	const tools = Array.from({ length: 100_000 }, (_, at) => ({ function: { name: `f${at}` } }));
	const start = performance.now();

	expect(checkTools(tools)).toHaveLength(100_000);
	expect(performance.now() - start).toBeLessThan(10_000);
});
