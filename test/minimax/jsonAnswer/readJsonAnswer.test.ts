import { readAnswerAs } from '../../../nodes/minimax/jsonAnswer/readAnswerAs';
import { readJsonAnswer } from '../../../nodes/minimax/jsonAnswer/readJsonAnswer';
import { readSchema } from '../../../nodes/minimax/jsonAnswer/readSchema';

const value = { city: 'Ulm', list: [1, 2] };
const json = JSON.stringify(value);
const pretty = JSON.stringify(value, null, 2);

describe('reads the value that was meant', () => {
	test.each<[string, string, unknown]>([
		['as asked', json, value],
		['with blanks around', `\n\n ${json}\n`, value],
		['a number', '42', 42],
		['a text', '"hello"', 'hello'],
		['null', ' null ', null],
		['an empty object', '{}', {}],
		['thinking before it', `<think>\nMaybe {"city": "Bonn"}?\n</think>\n\n${json}`, value],
		['the older closer', `Hm [1, 2].</mm:think>${json}`, value],
		['thinking with a fence', `<think>\n\`\`\`json\n{"a"\n</think>\n\n${json}`, value],
		['a closer inside a text', '{"a":"</think>{}"}', { a: '</think>{}' }],
		['a closer inside a text behind words', 'So: {"a":"</think>{}"}', { a: '</think>{}' }],
		['a fence', `\`\`\`json\n${json}\n\`\`\``, value],
		['a fence of tildes', `~~~\n${json}\n~~~`, value],
		['a fence between words', `Here it is:\n\n\`\`\`json\n${pretty}\n\`\`\`\nGood luck!`, value],
		['a fence that is not closed', `\`\`\`json\n${json}`, value],
		['a fence on one line', `\`\`\`json ${json} \`\`\``, value],
		['a fence with a number', '```json\n42\n```', 42],
		[
			'a fence inside a text',
			'{"code":"```js\\nx\\n```"} as you wished',
			{ code: '```js\nx\n```' },
		],
		['a fence inside a text in a fence', '```json\n{"code":"```x```"}\n```', { code: '```x```' }],
		['code before it', `\`\`\`python\nprint({"x"})\n\`\`\`\n\`\`\`json\n${json}\n\`\`\``, value],
		[
			'a fence that corrects',
			'```json\n{"a":1}\n```\nNo, better:\n```json\n{"a":2}\n```',
			{ a: 2 },
		],
		['a lead-in', `Sure! Here's the JSON: ${json}`, value],
		['a lead-in in Chinese', `结果是${json}。`, value],
		['closing words', `${json}\n\nLet me know {if} you need [more].`, value],
		['a list after a lead-in', 'The tags: ["a", "b"].', ['a', 'b']],
		['a list of numbers on its own line', 'The primes are\n\n[2, 3, 5]\n', [2, 3, 5]],
		['placeholders and references around it', `Dear {name}, see [1]: ${json} [see below]`, value],
		['a bracket that never closes before it', `I think [that ${json} is right`, value],
		['brackets inside texts', 'So: {"a": "}]\\"{", "b": 1} ok', { a: '}]"{', b: 1 }],
		[
			'a schema mentioned behind it',
			'{"a": 1}\n\nFrom {"type": "object", "properties": {}}.',
			{ a: 1 },
		],
		['a bracket of prose behind it', '{"a": 1}\nNote: {"b" is missing', { a: 1 }],
		['in bold', `**${json}**`, value],
		['in a tag', `<answer>${json}</answer>`, value],
		['trailing commas', '{"a": [1, 2,], }', { a: [1, 2] }],
		['single quotes', "{'a': 'it\\'s', 'b': True, 'c': None}", { a: "it's", b: true, c: null }],
		['an apostrophe in single quotes', "{'a': 'it's fine'}", { a: "it's fine" }],
		['punctuation of full width', '{"a"：1，"b"：[2]}', { a: 1, b: [2] }],
		['words behind it in its fence', '```json\n{"a": 1}\nThat is all.\n```', { a: 1 }],
		['capitals', '{"a": TRUE, "b": NULL}', { a: true, b: null }],
		['bare names', 'Result: {a: 1, b: "x"}', { a: 1, b: 'x' }],
		['comments', '{"a": 1 /* one */, // two\n# three\n"b": 2}', { a: 1, b: 2 }],
		['typographic quotes', '{“a”: “it’s "x"”}', { a: 'it’s "x"' }],
		['backticks', '{"a": `x\ny`}', { a: 'x\ny' }],
		['a line end inside a text', '{"a": "x\ny"}', { a: 'x\ny' }],
		[
			'a comma forgotten in an object',
			'{"a": "x" "b": {"c": 1} "d": 2}',
			{ a: 'x', b: { c: 1 }, d: 2 },
		],
		['a comma forgotten between objects', '[{"a": 1} {"a": 2}]', [{ a: 1 }, { a: 2 }]],
		[
			'backslashes that JSON does not know',
			String.raw`{"re": "^\d+\s$", "p": "C:\Users"}`,
			{ re: String.raw`^\d+\s$`, p: String.raw`C:\Users` },
		],
		['a name twice with the same value', '{"a": 1, "a": 1.0}', { a: 1 }],
		['a fraction with a zero at its end', '[1.50]', [1.5]],
		['zeros', '[0, -0.0, 0e5]', [0, -0, 0]],
		['a large number that is kept', '[9007199254740992]', [9007199254740992]],
		[
			'names of prototypes',
			'{"__proto__": {"a": 1}, "constructor": 1,}',
			JSON.parse('{"__proto__": {"a": 1}, "constructor": 1}'),
		],
	])('%s', (_, text, expected) => {
		expect(readJsonAnswer(text)).toEqual({ ok: true, value: expected });
	});
});

const NONE = 'The answer holds no JSON';
const BROKEN = 'The JSON in the answer is broken';
const SEVERAL = 'The answer holds several JSON values instead of one';
const PIECES = 'Pieces of JSON stand outside of the JSON in the answer';
const BACKSLASHES = 'The JSON in the answer has backslashes that can be read in two ways';
const END = 'The JSON in the answer does not end';

describe('refuses what is no JSON, or may be another value', () => {
	test.each<[string, string, string]>([
		['nothing', '', 'The answer is empty'],
		['blanks', ' \n', 'The answer is empty'],
		['only thinking', '<think>{"a":1}</think>\n', 'The answer is empty'],
		['thinking that does not end', '<think>So {"a":1}', 'The answer is thinking only'],
		[
			'a closing tag in a text of broken JSON',
			'["</think> ${b}"\n[\n"b",\n{"c": 1}\n,\n" ",\n[]\n]',
			BROKEN,
		],
		['a bare word', 'hello', NONE],
		['prose', 'I cannot answer that, sorry.', NONE],
		['prose with brackets', 'See [1] and {name}; [note] {} [] {a} [sic].', NONE],
		['citations', 'As shown in [2, 3] and [1]: no.', NONE],
		['links', 'The [[Main Page]] and [docs](http://a.b) say ["x"](y).', NONE],
		['sets', 'Let A = {1, 2} and B = {x | x > 0}, {"a", "b"}.', NONE],
		['code in a sentence', 'Call f({"a": 1}) or x["a"], then rows = [1, 2].', NONE],
		['code in a fence', '```js\nconst a = {"b": 1};\n```', NONE],
		['code without calls', 'So x => {"a": 1}; and return {"b": 2};', NONE],
		['styles', 'Use p {color: red} here.', NONE],
		['YAML', 'name: Bob\ntags: ["a", "b"]', NONE],
		['a list that a sentence is about', 'Options: ["a", "b"]. I cannot choose.', BROKEN],
		['JSON in a text', '"{\\"a\\": 1}"', 'The answer is a text that holds JSON'],
		['a comma behind it', '{"a":1},', PIECES],
		['a comma before it', ', {"a":1}', PIECES],
		['several values', '{"a":1}\n{"a":2}\n', SEVERAL],
		['several values with words', 'First: {"a":1}\nSecond: {"b":22}', SEVERAL],
		['several fences', '1.\n```json\n{"a":1}\n```\n2.\n```json\n{"a":2}\n```', SEVERAL],
		['several values in a fence', '```json\n{"a":1}\n{"a":2}\n```', SEVERAL],
		['a longer one in a sentence', `Not {"a":1} but ${json}, right?`, SEVERAL],
		['members behind an early brace', '{"a": 1}, "b": 2, "c": 3}', PIECES],
		['a brace too many', '[{"a":1}},{"a":2}]', PIECES],
		['a value without the object around', '"a": {"b": 1}', PIECES],
		['a list without its brackets', '1, {"b": 1}', PIECES],
		['a tuple', '(\n{"b": 1}\n)', PIECES],
		['a bracket of the wrong kind', '{"a": ["x", "y"}, "b": ["z"]}', BROKEN],
		['a list with names', '["a": 1, "b": 2]', NONE],
		['triple quotes', '{"a": """x"""}', BROKEN],
		['quotes inside', '{"a": "he said "hi" to me"}', BROKEN],
		['no value', '{"a": , "b": 1}', BROKEN],
		['a bare value', '{"a": hello}', BROKEN],
		['dots', '{"a": [1, 2, ...]}', BROKEN],
		['a comment about what is left out', '{"a": [1, 2, // and 5 more\n]}', BROKEN],
		['a member in a comment', '{"a": 1, // "b": 2\n}', BROKEN],
		['a double comma', '[1,,2]', BROKEN],
		['two numbers without a comma', '{"a": [12 500]}', BROKEN],
		['two texts without a comma', '{"a": ["x"\n"y"]}', BROKEN],
		['a number of another kind', '{"a": 1_000}', BROKEN],
		['NaN', '{"a": NaN}', BROKEN],
		['quotes that got mixed up', `{'a": 1, "b': 2}`, BROKEN],
		['an escape of another language', String.raw`{"a": "it\'s"}`, BROKEN],
		['a path that may hold a line end', String.raw`{"a": "C:\docs\new"}`, BACKSLASHES],
		['backslashes of both kinds', String.raw`{"a": "C:\\docs", "b": "\d"}`, BACKSLASHES],
		[
			'a name twice',
			'{"a": 1, "a": 2}',
			'The name "a" stands twice in an object, with different values',
		],
		[
			'digits that get lost',
			'{"id": 12345678901234567890}',
			'The number 12345678901234567890 cannot be kept exactly',
		],
		[
			'digits of a number alone',
			' 12345678901234567890\n',
			'The number 12345678901234567890 cannot be kept exactly',
		],
		['a number without end', '[1e999]', 'The number 1e999 cannot be kept exactly'],
		['a number that becomes 0', '[1e-400]', 'The number 1e-400 cannot be kept exactly'],
		['a fraction that becomes 0', '[-0.01e-400]', 'The number -0.01e-400 cannot be kept exactly'],
		[
			'digits that get lost behind others that do not',
			'{"a": [1, "x", {"b": 2}], "id": 12345678901234567890}',
			'The number 12345678901234567890 cannot be kept exactly',
		],
		[
			'a long number, which is quoted in part',
			`[${'9'.repeat(60)}]`,
			`The number ${'9'.repeat(50)} cannot be kept exactly`,
		],
		[
			'a long name twice, which is quoted in part',
			`{"${'n'.repeat(60)}": 1, "${'n'.repeat(60)}": 2}`,
			`The name "${'n'.repeat(50)}" stands twice in an object, with different values`,
		],
		['what is cut', '{"a": 1, "b": [{"c": "hel', END],
		['what is cut in a fence', '```json\n{"a": [1, {"b": 2}', END],
		[
			'what is too deep',
			'['.repeat(1001) + ']'.repeat(1001),
			'The JSON is nested more than 1000 levels deep',
		],
	])('%s', (_, text, reason) => {
		expect(readJsonAnswer(text, undefined, 'stop')).toMatchObject({
			ok: false,
			reasons: [reason],
			isCut: false,
		});
	});
});

describe('an answer that the length limit cut off', () => {
	test.each<[string, unknown]>([
		['{"name": "Bob", "ag', { name: 'Bob' }],
		['[{"key": "value", "key', [{ key: 'value' }]],
		['[{"key": "value", "key": "other', [{ key: 'value' }]],
		['{"a": 1, "ok": fal', { a: 1 }],
		['{"a": 1, "b": 12', { a: 1 }],
		['{"a": "x", "b": {"c": "y", "d": [', { a: 'x', b: { c: 'y' } }],
		['{"a": "x", "b": [{', { a: 'x' }],
		['Here:\n```json\n{"a": [1, 2', { a: [1] }],
		['{"a": 1}\n\nWait, I', { a: 1 }],
		['{"a": 1}\n{"b": 2}', undefined],
		['{"a": x}', undefined],
		['{"a": [', undefined],
		['12', undefined],
		['I would', undefined],
	])('%j holds %j', (text, certain) => {
		expect(readJsonAnswer(text, undefined, 'length')).toEqual({
			ok: false,
			reasons: [END],
			isCut: true,
			...(certain !== undefined && { certain }),
		});
	});

	test.each<[string, unknown]>([
		['{"a": 1, "b": [{"c": "hel', { a: 1 }],
		['```json\n{"a": [1, {"b": 2}', { a: [1, { b: 2 }] }],
		['So: [1, 2, 3', [1, 2]],
		['```json\n[1, 2, 3', [1, 2]],
	])('%j is cut off, also where the API does not say so', (text, certain) => {
		expect(readJsonAnswer(text, undefined, 'stop')).toEqual({
			ok: false,
			reasons: [END],
			isCut: false,
			certain,
		});
	});

	test.each(['```json\n{"a": [1, {"b": 2}\n```', '```json\n[1, 2, 3\n``` and so on'])(
		'%j is broken, as something follows',
		(text) => {
			expect(readJsonAnswer(text, undefined, 'stop')).toEqual({
				ok: false,
				reasons: [END],
				isCut: false,
			});
		},
	);

	test.each([json, `\`\`\`json\n${json}`, `Here: ${json}\n`, '"text"'])('%j is whole', (text) => {
		expect(readJsonAnswer(text, undefined, 'length').ok).toBe(true);
	});
});

describe('with a schema', () => {
	const schema = readSchema({
		type: 'object',
		properties: { label: { enum: ['billing', 'bug'] } },
		required: ['label'],
	});
	const read = (text: string) => readJsonAnswer(text, schema, 'stop');

	test.each<[string, string]>([
		['the only one', '{"label": "bug"}'],
		['the one that matches', 'For {"text": "It crashes"} the answer is {"label": "bug"}.'],
		[
			'one in a fence beside its input',
			'```json\n{"id": 7}\n```\n\n```json\n{"label": "bug"}\n```',
		],
		['the same one twice', '{"label": "bug"}\n\nSo: {"label": "bug"}'],
		['one beside a list', '[1, 2]\n{"label": "bug"}'],
		['one beside one with more members', '{"label": "x", "why": 1}\n{"label": "bug"}'],
		['one behind the schema', '{"type": "object", "properties": {"label": {}}}\n{"label": "bug"}'],
	])('takes %s', (_, text) => {
		expect(read(text)).toEqual({ ok: true, value: { label: 'bug' } });
	});

	test.each<[string, string, string]>([
		[
			'one that does not match',
			'{"label": "praise"}',
			'label: has to be one of "billing", "bug", but is the text "praise"',
		],
		['two that match', '{"label": "bug"} or {"label": "billing"}', SEVERAL],
		[
			'an example beside an answer that does not match',
			'Not {"label": "bug"} but {"label": "praise"}',
			SEVERAL,
		],
		[
			'the schema',
			'{"type": "object", "properties": {"label": {}}}',
			'The answer repeats the schema instead of keeping to it',
		],
		['broken JSON beside one that matches', '{"label": "bug"}\n{"label": bug}', BROKEN],
	])('refuses %s', (_, text, reason) => {
		expect(read(text)).toEqual({ ok: false, reasons: [reason], isCut: false });
	});

	test('takes one beside one with another member', () => {
		const answer = read('{"label": "x", "why": 1}\n{"label": "bug", "note": 2}');
		expect(answer).toEqual({ ok: true, value: { label: 'bug', note: 2 } });
	});

	test('refuses two of which none matches, and says what is wrong with the last one', () => {
		expect(read('{"label": "x"}\n{"label": "y"}')).toEqual({
			ok: false,
			reasons: [SEVERAL, 'label: has to be one of "billing", "bug", but is the text "y"'],
			isCut: false,
		});
	});

	test('takes a list beside an object', () => {
		const list = readSchema({ type: 'array' });
		expect(readJsonAnswer('{"a": 1}\n[1, 2]', list)).toEqual({ ok: true, value: [1, 2] });
	});

	test('takes a schema where schemas are asked for', () => {
		const ofSchemas = readSchema({ properties: { properties: { type: 'object' } } });
		expect(readJsonAnswer('{"type": "object", "properties": {}}', ofSchemas)).toEqual({
			ok: true,
			value: { type: 'object', properties: {} },
		});
	});

	test('takes a text that holds JSON where a text is asked for', () => {
		expect(readJsonAnswer('"{\\"a\\": 1}"', readSchema({ type: 'string' }))).toEqual({
			ok: true,
			value: '{"a": 1}',
		});
	});

	test('refuses a number whose digits get lost, whatever the schema says', () => {
		const numbers = readSchema({ type: 'array', items: { type: 'number' } });
		expect(readJsonAnswer('[12345678901234567890]', numbers)).toEqual({
			ok: false,
			reasons: ['The number 12345678901234567890 cannot be kept exactly'],
			isCut: false,
		});
	});

	test('five reasons at most', () => {
		const closed = readSchema({ type: 'object', additionalProperties: false });
		const answer = readJsonAnswer('{"a":1,"b":1,"c":1,"d":1,"e":1,"f":1}', closed);
		expect(answer.ok === false && answer.reasons).toHaveLength(5);
	});
});

describe('takes time that grows with the length only', () => {
	const many = 100_000;
	test.each<[string, string]>([
		['[', '['.repeat(many)],
		['{', '{'.repeat(many)],
		['{"a":', '{"a":'.repeat(many)],
		['[ closed', '['.repeat(many) + ']'.repeat(many)],
		['[] deep', `{"a":${'['.repeat(many)}${']'.repeat(many)}}`],
		['prose [', '[x '.repeat(many)],
		['"', '"'.repeat(many)],
		["'", `{${"'".repeat(many)}`],
		['[" quotes', `{"a":"${'x "y" z '.repeat(many)}"}`],
		['backslashes', `{"a":"${'\\'.repeat(many)}`],
		['fences', '```\n'.repeat(many)],
		['think', '</think>'.repeat(many)],
		['thoughts', '<think>'.repeat(many)],
		['{}', '{} '.repeat(many)],
		['[]', '[]'.repeat(many)],
		['{"a":1}', 'x {"a":1} '.repeat(10_000)],
		['comments', `{${'/* x */'.repeat(many)}`],
		['open comments', `{"a": 1${'/*'.repeat(many)}`],
		['blanks', `{"a":1}${' '.repeat(many)},`],
		['blanks and colons', `x${' '.repeat(many)}:{"a":1}`],
		['members', `{${'"a" : 1 '.repeat(many)}`],
		['lines', '{"a":\n'.repeat(many)],
	])('%s', (_, text) => {
		const started = process.cpuUsage().user;
		readJsonAnswer(text);
		// Less than a second each; minutes if the time grew faster than the length.
		expect((process.cpuUsage().user - started) / 1000).toBeLessThan(10_000);
	});
});

test('the JSON itself can be had, with its numbers as they were written', () => {
	const rows = readAnswerAs('Here:\n{"1": {"id": 1.10}, "2": {"id": "x"}}', 'stop', (node) =>
		node.type === 'object'
			? { ok: true, value: node.members }
			: { ok: false, problems: ['no object'] },
	);
	expect(rows).toEqual({
		ok: true,
		value: [
			{
				name: '1',
				node: { type: 'object', members: [{ name: 'id', node: { type: 'number', raw: '1.10' } }] },
			},
			{
				name: '2',
				node: { type: 'object', members: [{ name: 'id', node: { type: 'string', value: 'x' } }] },
			},
		],
	});
	expect(readAnswerAs('[1]', 'stop', () => ({ ok: false, problems: ['no object'] }))).toEqual({
		ok: false,
		reasons: ['no object'],
		isCut: false,
	});
});
