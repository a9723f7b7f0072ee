import { readJsonAnswer } from '../../../nodes/minimax/jsonAnswer/readJsonAnswer';

const NONE = refused('The answer holds no JSON');
const BROKEN = refused('The JSON in the answer is broken');
const SEVERAL = refused('The answer holds several JSON values instead of one');
const PIECES = refused('Pieces of JSON stand outside of the JSON in the answer');
const ENDLESS = refused('The JSON in the answer does not end');
const TEXT = refused('The answer is a text that holds JSON');

function refused(reason: string) {
	return { ok: false, reasons: [reason], isCut: false } as const;
}

const taken = (value: unknown) => ({ ok: true, value });

/** What stands around brackets decides whether they are the answer. */
describe('a link, a call or code is none', () => {
	test.each<[string, object]>([
		['See [1, 2](http://a.b).', NONE],
		['See [ {"a": 1} ](http://a.b).', NONE],
		['List: [1, 2].b', NONE],
		['x: {"a": 1}; y', NONE],
		['x: {"a": 1};y', NONE],
		['[1, 2]: a footnote', NONE],
		['return {"a": 1}', NONE],
		['return  {"a": 1}', NONE],
		['a = {"a": 1}', NONE],
		['a => {"a": 1}', NONE],
		['a =>{"a": 1}', NONE],
		['f({"a": 1})', NONE],
		['f([see {"a": 1}', NONE],
		['"{"a": 1}', NONE],
		['a-{"a": 1}', NONE],
		['&{"a": 1}', NONE],
		['5{"a": 1}', NONE],
		['({"a": 1})', NONE],
	])('%j', (text, outcome) => {
		expect(readJsonAnswer(text, undefined, 'stop')).toMatchObject(outcome);
	});
});

describe('but what only looks like code is one', () => {
	test.each<[string, object]>([
		['So: {"a": 1};', taken({ a: 1 })],
		['{"a": 1}; \nDone', taken({ a: 1 })],
		['Here {"a": 1} is (one)', taken({ a: 1 })],
		['returned {"a": 1}', taken({ a: 1 })],
		['a > {"a": 1}', taken({ a: 1 })],
		['是{"a": 1}', taken({ a: 1 })],
		['x: {"a": 1}', taken({ a: 1 })],
		['(x) {"a": 1}', taken({ a: 1 })],
		['{"a": 1}:)', taken({ a: 1 })],
	])('%j', (text, outcome) => {
		expect(readJsonAnswer(text, undefined, 'stop')).toMatchObject(outcome);
	});
});

describe('an object is one in a sentence too, unless its names have no quotes or it has none', () => {
	test.each<[string, object]>([
		['Here {"a": 1} is', taken({ a: 1 })],
		['Here [{"a": 1}] is', taken([{ a: 1 }])],
		['Here [1, {"a": 1}] is', taken([1, { a: 1 }])],
		['Use {a: 1} here', NONE],
		['Result: {a: 1} here', taken({ a: 1 })],
		['{a: 1} here', taken({ a: 1 })],
		['Here [{}] is', NONE],
		['Here [{}, 1] is', NONE],
		['The set {} is', NONE],
		['The JSON: {}', NONE],
		['As asked:\n{}\nDone', taken({})],
		['{}', taken({})],
	])('%j', (text, outcome) => {
		expect(readJsonAnswer(text, undefined, 'stop')).toMatchObject(outcome);
	});
});

describe('a list is one where it stands alone or is announced', () => {
	test.each<[string, object]>([
		['Tags: ["a", "b"]', taken(['a', 'b'])],
		['Tags: ["a", "b"].', taken(['a', 'b'])],
		['Tags: ["a", "b"] .', taken(['a', 'b'])],
		['Tags ["a", "b"]', NONE],
		['Tags: ["a", "b"] and more', BROKEN],
		['["a", "b"] is: all', BROKEN],
		['- ["a", "b"]', taken(['a', 'b'])],
		['> ["a"]', taken(['a'])],
		['| ["a"] |', taken(['a'])],
		['* [2, 3] *', taken([2, 3])],
		['标签：["a"]', taken(['a'])],
		['Done! ["a"]', taken(['a'])],
		['The set [] is', NONE],
		['The JSON: [] is empty', NONE],
		['The JSON: []', NONE],
		['As asked:\n[]\nDone', taken([])],
		['[]', taken([])],
	])('%j', (text, outcome) => {
		expect(readJsonAnswer(text, undefined, 'stop')).toMatchObject(outcome);
	});
});

describe('a list of whole numbers may be a citation', () => {
	test.each<[string, object]>([
		['Primes: [2, 3]', BROKEN],
		['Primes: [12, 13]', BROKEN],
		['[2, 3] and more', BROKEN],
		['Primes: [2.5, 3]', taken([2.5, 3])],
		['Primes: [2, "3"]', taken([2, '3'])],
		['JSON: [1, 2]', taken([1, 2])],
		['The JSON: [1, 2].', taken([1, 2])],
		['Sources: [1, 2]', NONE],
		['See page: [1, 2]', NONE],
		['See the map. Primes in JSON: [2, 3]', taken([2, 3])],
	])('%j', (text, outcome) => {
		expect(readJsonAnswer(text, undefined, 'stop')).toMatchObject(outcome);
	});
});

describe('a line of YAML is none', () => {
	test.each<[string, object]>([
		['name: Bob\ntags: ["a", "b"]', NONE],
		['name: Bob\n  tags: ["a", "b"]', NONE],
		['name:   Bob\ntags: ["a", "b"]', NONE],
		['name: Bob\ntags:["a", "b"]', NONE],
		['row:\n  name: Bob\n  tags: ["a", "b"]', NONE],
		[`name: Bob\ntags: ["a", "b"]\n${'and more '.repeat(50)}`, NONE],
		[`${'More '.repeat(100)}\nname: Bob\ntags: ["a", "b"]`, NONE],
		['name: Bob\nresult: ["a", "b"]', taken(['a', 'b'])],
		['name: Bob\nfinal: ["a", "b"]', taken(['a', 'b'])],
		['Bob\ntags: ["a", "b"]', taken(['a', 'b'])],
		['name: Bob\n\ntags: ["a", "b"]', taken(['a', 'b'])],
		['name: Bob\nall tags: ["a", "b"]', taken(['a', 'b'])],
		['name:\ntags: ["a", "b"]', taken(['a', 'b'])],
		['name: Bob\nand the tags: ["a", "b"]', taken(['a', 'b'])],
		['name: Bob\ntags: these: ["a", "b"]', taken(['a', 'b'])],
		['My name: Bob\ntags: ["a", "b"]', taken(['a', 'b'])],
	])('%j', (text, outcome) => {
		expect(readJsonAnswer(text, undefined, 'stop')).toMatchObject(outcome);
	});
});

describe('what begins like a value', () => {
	test.each<[string, object]>([
		['[true, false]', taken([true, false])],
		['[true]', taken([true])],
		['[True, None]', taken([true, null])],
		['[yes, no]', NONE],
		['["a"\n"b"]', BROKEN],
		['{1: 2}', taken({ '1': 2 })],
		['{"a" 1}', NONE],
		['{-: 1}', NONE],
		['{x}', NONE],
		['[[1, 2], [3]]', taken([[1, 2], [3]])],
		['See [[1, 2]] ok', NONE],
		['[[[[[[[[[[[[1]]]]]]]]]]]]', taken([[[[[[[[[[[[1]]]]]]]]]]]])],
		// Behind ten brackets nobody means a note.
		['[[[[[[[[[[x]]]]]]]]]]', NONE],
		['[[[[[[[[[[[x]]]]]]]]]]]', BROKEN],
		['[{"a": 1', ENDLESS],
		['{"a"', ENDLESS],
		['["a"', ENDLESS],
		['Here {', ENDLESS],
		['{a', ENDLESS],
	])('%j', (text, outcome) => {
		expect(readJsonAnswer(text, undefined, 'stop')).toMatchObject(outcome);
	});
});

describe('several values in a row', () => {
	test.each<[string, object]>([
		['{"a": 1}[1]', PIECES],
		['{"a": 1}{"b": 1}', BROKEN],
		['[1, 2][3]', PIECES],
		['{"a":1}\n[2]', SEVERAL],
		['{"a": 1}\n```json\n{"a": 2}\n```', SEVERAL],
		['```json\n{"a": 1}\n```\nFinal answer:\n```json\n{"a": 2}\n```', taken({ a: 2 })],
		['```json\n{"a": 1}\n```\nSorry:\nthe other one\n```json\n{"a": 2}\n```', SEVERAL],
		['```json\n{"a": 1}\n```\nAnother:\n```json\n{"a": 2}\n```', SEVERAL],
		['{"a": 1}\n\nFinal answer: {"a": 2}', SEVERAL],
		['Wrong: {"a": x}\n```json\n{"a": 2}\n```', taken({ a: 2 })],
		['Wrong: {"a": x}\n```json\n42\n```', taken(42)],
		['```json\n{"a": x}\n```\n{"a": 2}', BROKEN],
	])('%j', (text, outcome) => {
		expect(readJsonAnswer(text, undefined, 'stop')).toMatchObject(outcome);
	});
});

describe('a fence', () => {
	test.each<[string, object]>([
		['```json\n{"a": 1} "b"\n```', BROKEN],
		['```json\n{"a": 1}, \n```', BROKEN],
		['```json\n{"a": 1} , x\n```', BROKEN],
		['```json\n{"a": 1} so: done\n```', taken({ a: 1 })],
		['```\n{name}\n```', NONE],
		['```json\n{"a": 1} // done\n```', taken({ a: 1 })],
		['```json\n{"a": 1} // done\n``` then', taken({ a: 1 })],
		['```json\n{"a": 1} // {"b": 2}\n```', taken({ a: 1 })],
		['```json\n{"a": 1} // [done]\n```', taken({ a: 1 })],
		['```json\n{"a": 1} /* done\n```', taken({ a: 1 })],
		['```json\n{"a": 1} /* {done\n```', BROKEN],
		['```json\n{"a": 1}\n', taken({ a: 1 })],
		['```json\n{"a": 1} {\n```', ENDLESS],
		['```json\n"x"\n```', taken('x')],
		['```json\nx\n```', NONE],
		['```json\n\n```', NONE],
		['```\n42\n```', NONE],
		['```JSON\n42\n```', taken(42)],
		['```json\n{"a": 1', ENDLESS],
		['~~~\n[1]\n~~~ done', taken([1])],
		['````\n{"a": "```"}\n````', taken({ a: '```' })],
		['~~~~\n{"a": "~~~"}\n~~~~', taken({ a: '~~~' })],
	])('%j', (text, outcome) => {
		expect(readJsonAnswer(text, undefined, 'stop')).toMatchObject(outcome);
	});
});

describe('a bracket that never closes', () => {
	test.each<[string, object]>([
		['I [think {"a": 1}', taken({ a: 1 })],
		['I [ think {"a": 1}', taken({ a: 1 })],
		['I [1 think {"a": 1}', BROKEN],
		['I {think {"a": 1}', BROKEN],
		['I {think [that {"a": 1}', BROKEN],
		[`${'[see '.repeat(19)}{"a": 1}`, taken({ a: 1 })],
		[`${'[see '.repeat(20)}{"a": 1}`, NONE],
		['{"a": 1} [b} c', taken({ a: 1 })],
		['{"a": 1} {b} c', taken({ a: 1 })],
	])('%j', (text, outcome) => {
		expect(readJsonAnswer(text, undefined, 'stop')).toMatchObject(outcome);
	});
});

describe('pieces behind a value', () => {
	test.each<[string, object]>([
		['{"a": 1} ) ]', PIECES],
		['{"a": 1}: x', PIECES],
		['{"a": 1},x', PIECES],
		['{"a": 1} ,x', PIECES],
		['{"a": 1},', PIECES],
		['{"a": 1}, x', taken({ a: 1 })],
		['{"a": 1}, "x"', PIECES],
		['{"a": 1}, “x”', PIECES],
		['{"a": 1}, [', PIECES],
		['{"a": 1}, 7', PIECES],
		['{"a": 1}, -7', PIECES],
		['{"a": 1}, - 7', taken({ a: 1 })],
		['{"a": 1}, name: 7', PIECES],
		['{"a": 1}, true', PIECES],
		['{"a": 1}, true, x', PIECES],
		['{"a": 1}, truely', taken({ a: 1 })],
		['{"a": 1} "x"', PIECES],
		['{"a": 1}"x"', PIECES],
		['{"a": 1}  "x"', PIECES],
		['{"a": 1} see "x",', taken({ a: 1 })],
		['{"a": 1} b} c', PIECES],
	])('%j', (text, outcome) => {
		expect(readJsonAnswer(text, undefined, 'stop')).toMatchObject(outcome);
	});
});

describe('pieces in front of a value', () => {
	test.each<[string, object]>([
		['x, {"a": 1}', taken({ a: 1 })],
		// Nothing can go on at the beginning.
		['“Hi” he said: {"a": 1}', taken({ a: 1 })],
		[': see {"a": 1}', taken({ a: 1 })],
		['"x", {"a": 1}', PIECES],
		['”x”, {"a": 1}', PIECES],
		['7, {"a": 1}', PIECES],
		['true, {"a": 1}', PIECES],
		['untrue, {"a": 1}', taken({ a: 1 })],
		['}, {"a": 1}', PIECES],
		['"x": {"a": 1}', PIECES],
		['see "b": 2\n{"a": 1}', PIECES],
		['see "b": it\n{"a": 1}', taken({ a: 1 })],
		['a } b {"a": 1}', PIECES],
		['a ] b {"a": 1}', PIECES],
		['a (\n{"a": 1}', PIECES],
	])('%j', (text, outcome) => {
		expect(readJsonAnswer(text, undefined, 'stop')).toMatchObject(outcome);
	});
});

describe('JSON in a text', () => {
	test.each<[string, object]>([
		['"{\\"a\\": 1}"', TEXT],
		['" {\\"a\\": 1} "', TEXT],
		['"{\\"a\\": 1} x"', taken('{"a": 1} x')],
		['"[1]"', TEXT],
		['"x"', taken('x')],
		['"1"', taken('1')],
	])('%j', (text, outcome) => {
		expect(readJsonAnswer(text, undefined, 'stop')).toMatchObject(outcome);
	});
});

describe('a JSON Schema beside the value', () => {
	const schema = '{"type": "object", "properties": {}}';

	test.each<[string, object]>([
		[schema, taken({ type: 'object', properties: {} })],
		[`{"a": 1}\n{"$schema": "x", "properties": {}}`, taken({ a: 1 })],
		[`${schema}\n{"a": 1}`, taken({ a: 1 })],
		[`The schema: ${schema}\n{"a": 1}`, SEVERAL],
		[`${schema}\n${schema}`, SEVERAL],
		['{"a": 1}\n{"properties": {}}', SEVERAL],
		['{"a": 1}\n{"type": "object"}', SEVERAL],
		[`{"a": x}\n\`\`\`\n${schema}\n\`\`\`\n\`\`\`\n{"a": 1}\n\`\`\``, SEVERAL],
	])('%j', (text, outcome) => {
		expect(readJsonAnswer(text, undefined, 'stop')).toMatchObject(outcome);
	});
});

describe('thinking that leaked', () => {
	const thought = 'Maybe {"b": 2}.</think>';

	test.each<[string, object]>([
		['So {"a": hm </think>{"b": 1}', taken({ b: 1 })],
		[`${thought.repeat(10)}{"a": 1}`, taken({ a: 1 })],
		[`${thought.repeat(11)}{"a": 1}`, SEVERAL],
	])('%j', (text, outcome) => {
		expect(readJsonAnswer(text, undefined, 'stop')).toMatchObject(outcome);
	});
});
