import { parseJsonAnswer } from '../../../nodes/minimax/jsonAnswer/parseJsonAnswer';

const value = { city: 'Ulm', list: [1, 2] };
const json = JSON.stringify(value);

describe('parseJsonAnswer', () => {
	test.each<[string, string, unknown]>([
		['as asked', json, value],
		['with blanks around', `\n\n ${json}\n`, value],
		['a number', '42', 42],
		['a text', '"hello"', 'hello'],
		['null', ' null ', null],
		['an empty object', '{}', {}],
		['thinking before it', `<think>\nMaybe {"city": "Bonn"}?\n</think>\n\n${json}`, value],
		['the older closer', `Hm [1, 2].</mm:think>${json}`, value],
		['a closer inside a text', '{"a":"</think>{}"}', { a: '</think>{}' }],
		['a fence', `\`\`\`json\n${json}\n\`\`\``, value],
		[
			'a fence between words',
			`Here it is:\n\n\`\`\`json\n${JSON.stringify(value, null, 2)}\n\`\`\`\nGood luck!`,
			value,
		],
		['a fence that is not closed', `\`\`\`json\n${json}`, value],
		[
			'the last of two fences',
			'```json\n{"a":1}\n```\nNo, better:\n```json\n{"a":2}\n```',
			{ a: 2 },
		],
		['code before it', `\`\`\`python\nprint({"x"})\n\`\`\`\n\`\`\`json\n${json}\n\`\`\``, value],
		[
			'a fence inside a text',
			'{"code":"```js\\nx\\n```"} as you wished',
			{ code: '```js\nx\n```' },
		],
		['a fence on one line', `\`\`\`json ${json} \`\`\``, value],
		['a lead-in', `Sure! Here's the JSON: ${json}`, value],
		['closing words', `${json}\n\nLet me know {if} you need [more].`, value],
		['a list after a lead-in', 'The tags: ["a", "b"].', ['a', 'b']],
		['placeholders and references around it', `Dear {name}, see [1]: ${json} [see below]`, value],
		['a bracket that never closes before it', `I think [that ${json} is right`, value],
		['brackets inside texts', 'So: {"a": "}]\\"{", "b": 1} ok', { a: '}]"{', b: 1 }],
		['the longest of several', `Not {"a":1} but ${json}, right?`, value],
		['trailing commas', '{"a": [1, 2,], }', { a: [1, 2] }],
		['single quotes', "{'a': 'it\\'s', 'b': True, 'c': None}", { a: "it's", b: true, c: null }],
		['bare keys', 'Result: {a: 1, b: "x"}', { a: 1, b: 'x' }],
		['comments', '{"a": 1 /* one */, // two\n"b": 2}', { a: 1, b: 2 }],
		['typographic quotes', '{“a”: “x”}', { a: 'x' }],
		['a line end inside a text', '{"a": "x\ny"}', { a: 'x\ny' }],
		['cut off inside a text', '{"a": 1, "b": [{"c": "hel', { a: 1, b: [{ c: 'hel' }] }],
		['cut off inside a list', 'Here: [1, 2, 3', [1, 2, 3]],
		['cut off inside a fence', '```json\n{"a": [1, {"b": 2}', { a: [1, { b: 2 }] }],
	])('%s', (_, text, expected) => {
		expect(parseJsonAnswer(text)).toEqual({ ok: true, value: expected });
	});

	test.each<[string, string, string]>([
		['nothing', '', 'The answer is empty'],
		['blanks', ' \n', 'The answer is empty'],
		['only thinking', '<think>{"a":1}</think>\n', 'The answer is empty'],
		['a bare word', 'hello', 'The answer holds no JSON'],
		['prose', 'I cannot answer that, sorry.', 'The answer holds no JSON'],
		[
			'prose with brackets',
			'See [1] and {name}; [note] {} [] {a} [sic].',
			'The answer holds no JSON',
		],
		['code in a fence', '```js\nconst a = 1;\n```', 'The answer holds no JSON'],
		['several values', '{"a":1}\n{"a":2}\n', 'The answer holds several JSON values instead of one'],
		['what cannot be repaired', '{"a": "b", c d}', 'The JSON in the answer is broken'],
	])('refuses %s', (_, text, reason) => {
		expect(parseJsonAnswer(text)).toEqual({ ok: false, reason });
	});

	const many = 100_000;
	test.each<[string, string]>([
		['[', '['.repeat(many)],
		['{', '{'.repeat(many)],
		['{"a":', '{"a":'.repeat(many)],
		['[ closed', '['.repeat(many) + ']'.repeat(many)],
		['[] deep', `{"a":${'['.repeat(many)}${']'.repeat(many)}}`],
		['prose [', '[x '.repeat(many)],
		['"', '"'.repeat(many)],
		['[" quotes', `{"a":"${'x "y" z '.repeat(many)}"}`],
		['backslashes', `{"a":"${'\\'.repeat(many)}`],
		['fences', '```\n'.repeat(many)],
		['think', '</think>'.repeat(many)],
		['{}', '{} '.repeat(many)],
		['{"a":1}', 'x {"a":1} '.repeat(10_000)],
	])('is done with %s a hundred thousand times within seconds', (_, text) => {
		const started = performance.now();
		parseJsonAnswer(text);
		expect(performance.now() - started).toBeLessThan(5000);
	});

	test('a value too deep for JSON.stringify is refused', () => {
		const deep = '['.repeat(1001) + ']'.repeat(1001);
		expect(parseJsonAnswer(deep)).toEqual({
			ok: false,
			reason: 'The JSON is nested more than 1000 levels deep',
		});
	});
});
