import { toValue } from '../../../nodes/minimax/json/jsonNode';
import { readNode } from '../../../nodes/minimax/json/readNode';

type Outcome = { value: unknown; isStrict: boolean } | { why: string; certain: unknown };

const strict = (value: unknown): Outcome => ({ value, isStrict: true });
const corrected = (value: unknown): Outcome => ({ value, isStrict: false });
const refused =
	(why: string) =>
	(certain?: unknown): Outcome => ({ why, certain });
const broken = refused('The JSON in the answer is broken');
const cut = refused('The JSON in the answer does not end');
const quotes = refused('The JSON in the answer has quotes that can be read in two ways');
const backslashes = refused('The JSON in the answer has backslashes that can be read in two ways');

function read(text: string): Outcome {
	const reading = readNode(text, 0);
	if (reading.ok) return { value: toValue(reading.node), isStrict: reading.isStrict };
	const { reason, isCut, at, certain } = reading;
	expect(at).toBeGreaterThanOrEqual(0);
	expect(isCut).toBe(reason === 'The JSON in the answer does not end');
	return { why: reason, certain: certain === null ? undefined : toValue(certain) };
}

describe('strict JSON', () => {
	test.each<[string, Outcome]>([
		['{}', strict({})],
		['[]', strict([])],
		[
			'{"a": [1, -2.5e3, true, false, null, "x"]}',
			strict({ a: [1, -2500, true, false, null, 'x'] }),
		],
		['{"a": "\\" \\\\ \\/ \\b\\f\\n\\r\\t\\u00e9"}', strict({ a: '" \\ / \b\f\n\r\t\u00e9' })],
		['[[[]], {"a": {}}]', strict([[[]], { a: {} }])],
		['{"a": 1} rest', strict({ a: 1 })],
	])('%j', (text, outcome) => {
		expect(read(text)).toEqual(outcome);
	});
});

describe('mistakes with one reading', () => {
	test.each<[string, Outcome]>([
		['[1, 2,]', corrected([1, 2])],
		['{"a": 1,}', corrected({ a: 1 })],
		['{"a": 1,,}', broken({ a: 1 })],
		['[,]', broken()],
		['{,}', broken()],
		['[1,,2]', broken([1])],
		['{"a": 1 "b": 2}', corrected({ a: 1, b: 2 })],
		['{"a": 1\nb: 2}', corrected({ a: 1, b: 2 })],
		['{"a": 1 b: 2}', broken({ a: 1 })],
		['{"a": 1 b: 2}\n', broken({ a: 1 })],
		['{"a": 1"b": 2}', broken({ a: 1 })],
		['{"a": 1\n2: 3}', broken({ a: 1 })],
		['{"a": "x""b": 2}', broken()],
		['{"a": 1, "b": ``` and so on', cut({ a: 1 })],
		['{"a": 1, "b": """text"""}', broken({ a: 1 })],
		["{'a': 1, 'b': '''text'''}", broken({ a: 1 })],
		['{"a": 1, "b": ``}', corrected({ a: 1, b: '' })],
		['{"a": 1 "b"}', broken({ a: 1 })],
		['{"a": {} "b": 2}', corrected({ a: {}, b: 2 })],
		['[{} {}]', corrected([{}, {}])],
		['[{}{}]', corrected([{}, {}])],
		['[[] []]', corrected([[], []])],
		['[[][]]', broken([[]])],
		['[{} []]', corrected([{}, []])],
		['[1 {}]', broken([1])],
		['[1 [2]]', broken([1])],
		['[{} 1]', broken([{}])],
		['["a" "b"]', broken(['a'])],
		['[1 2]', broken([1])],
	])('%j', (text, outcome) => {
		expect(read(text)).toEqual(outcome);
	});
});

describe('names', () => {
	test.each<[string, Outcome]>([
		['{a: 1}', corrected({ a: 1 })],
		['{$a_b-c: 1}', corrected({ '$a_b-c': 1 })],
		['{1: 2}', corrected({ '1': 2 })],
		['{12: 2}', corrected({ '12': 2 })],
		['{-1: 2}', broken()],
		['{1.5: 2}', broken()],
		['{true: 1}', broken()],
		['{null: 1}', broken()],
		["{'a': 1}", corrected({ a: 1 })],
		['{`a`: 1}', corrected({ a: 1 })],
		['{\u201ca\u201d: 1}', corrected({ a: 1 })],
		['{a}', broken()],
		['{a 1}', broken()],
		['{a: }', broken()],
		['{"a": }', broken()],
		['{"a" }', broken()],
		['{"a": 1: 2}', broken({ a: 1 })],
		['{"a\\nb": 1}', strict({ 'a\nb': 1 })],
		['{"a\nb": 1}', broken()],
		['{\'a": 1, "b\': 2}', broken()],
		['{a: 1, "b: 2, c": 3}', broken()],
		["{a: 1, 'b': 2}", corrected({ a: 1, b: 2 })],
		['{"x: [1]": 1}', strict({ 'x: [1]': 1 })],
		['{x: 1, "y: [1]": 1}', broken()],
		['{[1]: 2}', broken()],
	])('%j', (text, outcome) => {
		expect(read(text)).toEqual(outcome);
	});
});

describe('names that others could be lost in', () => {
	test.each<[string, Outcome]>([
		['{x: 1, "a, b": 2}', corrected({ x: 1, 'a, b': 2 })],
		['{x: 1, ", b": 2}', broken()],
		['{x: 1, "a\\n, b": 2}', broken()],
		['{x: 1, "a: b": 2}', corrected({ x: 1, 'a: b': 2 })],
		['{"it\'s\tnew": 1}', corrected({ "it's\tnew": 1 })],
		["{`it's`: 1}", broken()],
		["{'a\":': 1}", broken()],
		["{'it\\'s': 1}", corrected({ "it's": 1 })],
		["['a 'b']", broken(['a '])],
		['{a: "x", b: "y\\n"}', corrected({ a: 'x', b: 'y\n' })],
		['[1, // 5" wide\n2]', broken([1])],
		['[1, // 5" and 6" wide\n2]', corrected([1, 2])],
	])('%j', (text, outcome) => {
		expect(read(text)).toEqual(outcome);
	});
});

describe('literals', () => {
	test.each<[string, Outcome]>([
		['[True, False, None]', corrected([true, false, null])],
		['[TRUE, FALSE, NULL]', corrected([true, false, null])],
		['[tRUE]', broken()],
		['[undefined]', broken()],
		['[NaN]', broken()],
		['[Infinity]', broken()],
		['[yes]', broken()],
		['[nulls]', broken()],
	])('%j', (text, outcome) => {
		expect(read(text)).toEqual(outcome);
	});
});

describe('numbers', () => {
	test.each<[string, Outcome]>([
		['[0]', strict([0])],
		['[-0]', strict([-0])],
		['[00]', broken()],
		['[01]', broken()],
		['[1.]', broken()],
		['[.5]', broken()],
		['[1e5]', strict([100000])],
		['[1E+5]', strict([100000])],
		['[1e]', broken()],
		['[+1]', broken()],
		['[1_000]', broken()],
		['[1,000]', broken([1])],
		['[12px]', broken()],
		['[0x1f]', broken()],
		['[1.2.3]', broken()],
		['[1-2]', broken()],
	])('%j', (text, outcome) => {
		expect(read(text)).toEqual(outcome);
	});
});

describe('comments', () => {
	test.each<[string, Outcome]>([
		['[1 /* one */]', corrected([1])],
		['[1 /*/ one */]', corrected([1])],
		['[1 // one\n]', corrected([1])],
		['[1 # one\n]', corrected([1])],
		['[1 /* one', cut([1])],
		['[1 // one', cut([1])],
		['[1, // and more\n2]', broken([1])],
		['[1, /* ... */ 2]', broken([1])],
		['[1, // "x\n2]', broken([1])],
		['[1, // "x" is\n2]', broken([1])],
		['[1, // 3,\n2]', broken([1])],
		['[1, # {\n2]', broken([1])],
		['{"a": 1, // "b": 2\n}', broken({ a: 1 })],
		['{"a": 1 #b: 2\n}', broken({ a: 1 })],
		['[1 /* true */]', broken([1])],
		['[1 /* it is true */]', corrected([1])],
		['["a"// x\n]', broken(['a'])],
		['["a" // x\n]', corrected(['a'])],
		['[1\u200b, 2]', corrected([1, 2])],
		['[1\u00a0, 2]', corrected([1, 2])],
	])('%j', (text, outcome) => {
		expect(read(text)).toEqual(outcome);
	});
});

describe('punctuation of full width', () => {
	test.each<[string, Outcome]>([
		['{"a"\uff1a1}', corrected({ a: 1 })],
		['{"a": 1\uff0c"b": 2}', corrected({ a: 1, b: 2 })],
		['[1\uff0c2]', corrected([1, 2])],
		['\uff3b1\uff3d', broken()],
	])('%j', (text, outcome) => {
		expect(read(text)).toEqual(outcome);
	});
});

describe('quotes', () => {
	test.each<[string, Outcome]>([
		["['a']", corrected(['a'])],
		['[`a`]', corrected(['a'])],
		['[\u201ca\u201d]', corrected(['a'])],
		['[\u201ea\u201c]', corrected(['a'])],
		['[\u201ea\u201d]', corrected(['a'])],
		['[\u2018a\u2019]', corrected(['a'])],
		['[\u00aba\u00bb]', corrected(['a'])],
		['[\u201da\u201d]', corrected(['a'])],
		["['it's']", corrected(["it's"])],
		["['it\u2019s']", corrected(['it\u2019s'])],
		['[\u201ca\u201db\u201d]', broken(['a'])],
		['[\u2018it\u2019s\u2019]', corrected(['it\u2019s'])],
		["['a' ]", corrected(['a'])],
		["['']", corrected([''])],
		['["a\'b"]', strict(["a'b"])],
		["['a\"b']", corrected(['a"b'])],
		['[\'a", "b\']', quotes()],
		['[\'a\', "b"]', corrected(['a', 'b'])],
		['[`a ${b}`]', broken()],
		["['a ${b}']", corrected(['a ${b}'])],
		['["a\nb"]', corrected(['a\nb'])],
		['["a\tb"]', corrected(['a\tb'])],
		['["a,\n b"]', broken()],
		['["a\n]"]', broken()],
		['["a{\n\tb"]', broken()],
		['["a', cut()],
		['["a\\', cut()],
		["['a\": 1']", quotes()],
		["['it\\', x', 'y']", corrected(["it', x", 'y'])],
		['["a\', b",]', corrected(["a', b"])],
		// Python writes double quotes around a text with an apostrophe, and around no other.
		["['say \"x\", y', \"it's\", 'z']", corrected(['say "x", y', "it's", 'z'])],
		['[\'say "x", y\', "its", \'z\']', quotes()],
		['[\'say "x", `y`, z\', "its", \'z\']', quotes()],
		['[\u201ca", 1\u201d]', quotes()],
	])('%j', (text, outcome) => {
		expect(read(text)).toEqual(outcome);
	});
});

describe('escapes', () => {
	test.each<[string, Outcome]>([
		['["\\d"]', corrected(['\\d'])],
		['["\\d", "x"]', corrected(['\\d', 'x'])],
		['["\\d \\""]', corrected(['\\d "'])],
		['["\\d", "\\u00e9"]', backslashes()],
		['["\\d \\n"]', backslashes()],
		['["\\d", "\\\\n"]', backslashes()],
		['["\\d", "\\n"]', backslashes()],
		['["\\u00e"]', broken()],
		['["\\u{1F600}"]', broken()],
		['["\\use"]', corrected(['\\use'])],
		['["\\x41"]', corrected(['\\x41'])],
		["['\\x41']", broken()],
		["['\\xz']", corrected(['\\xz'])],
		["['\\x4z']", corrected(['\\x4z'])],
		["['abcdef\\x41']", broken()],
		['["\\\'"]', broken()],
		["['\\'']", corrected(["'"])],
		["['\\\"']", corrected(['"'])],
		['[`\\``]', corrected(['`'])],
		['["\\`"]', broken()],
		['["\\\u201c"]', broken()],
		['["a\\\nb"]', broken()],
		['["a\\\rb"]', broken()],
		['["\\uD83D\\uDE00"]', strict(['\ud83d\ude00'])],
	])('%j', (text, outcome) => {
		expect(read(text)).toEqual(outcome);
	});
});

describe('what is cut', () => {
	test.each<[string, Outcome]>([
		['{', cut()],
		['[', cut()],
		['{"a', cut()],
		['{"a"', cut()],
		['{"a":', cut()],
		['{"a": 1', cut()],
		['{"a": 1,', cut({ a: 1 })],
		['{"a": tru', broken()],
		['{"a": "x', cut()],
		['{"a": "x"', cut({ a: 'x' })],
		['[1, [2, {"a": 3, "b": [', cut([1, [2, { a: 3 }]])],
		['[{}, {"a"', cut([{}])],
		['[[], [', cut([[]])],
		['{"a": 1, "b"', cut({ a: 1 })],
		['{"a": {"b": 1}, "c": 2', cut({ a: { b: 1 } })],
	])('%j', (text, outcome) => {
		expect(read(text)).toEqual(outcome);
	});
});

describe('what is no JSON', () => {
	test.each<[string, Outcome]>([
		[']', broken()],
		['x', broken()],
		['{]', broken()],
		['[}', broken()],
		['{"a": 1]', broken({ a: 1 })],
		['[1}', broken([1])],
		['{:1}', broken()],
		['[:]', broken()],
		['{"a": 1;}', broken({ a: 1 })],
		['[1; 2]', broken([1])],
		['[@]', broken()],
		['(1)', broken()],
	])('%j', (text, outcome) => {
		expect(read(text)).toEqual(outcome);
	});
});

it('ends behind the last bracket, wherever it begins', () => {
	expect(readNode('So: [1] and [2]', 4)).toMatchObject({ ok: true, end: 7 });
	expect(readNode('So: [1] and [2]', 12)).toMatchObject({ ok: true, end: 15 });
	expect(readNode('So: [1;', 4)).toMatchObject({ ok: false, at: 6 });
});

it('a thousand levels are read, one more is not', () => {
	const nested = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;
	expect(readNode(nested(1000), 0).ok).toBe(true);
	expect(readNode(nested(1001), 0)).toMatchObject({
		ok: false,
		reason: 'The JSON is nested more than 1000 levels deep',
	});
});
