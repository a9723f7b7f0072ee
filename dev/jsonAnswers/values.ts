import fc from 'fast-check';

/** Texts as they stand in answers, with all that could be taken for a piece of JSON. */
const phrases = fc.constantFrom(
	'billing',
	'Müller & Söhne GmbH',
	"it's fine",
	"the dogs' bowl",
	'He said "yes", then left',
	'"quoted"',
	'',
	' ',
	'a, b, and c',
	'key: value',
	'{"a": 1}',
	'[see below]',
	'}',
	']',
	'[1, 2]',
	'true',
	'null',
	'12.5',
	'C:\\Users\\new\\table',
	'^\\d{4}-\\d{2}$',
	'\\',
	'line one\nline two',
	'tab\there',
	'http://example.com/a?b=1#c',
	'// no comment',
	'/* none */',
	'# heading',
	'```js\nlet a = {"b": 1};\n```',
	'</think>',
	'5" × 7"',
	'“typographic” ‘quotes’',
	'l’homme',
	'日本語、テスト',
	'😀',
	'\u2028',
	'\u00a0',
	'2024-01-31',
	'...',
	'1,000.50 €',
	'<b>bold</b>',
	'a`b`c',
	'${name}',
	'x": "y',
	'", "z": "',
);
const texts = fc.oneof(
	{ weight: 5, arbitrary: phrases },
	{ weight: 1, arbitrary: fc.string({ maxLength: 12 }) },
	{ weight: 1, arbitrary: fc.string({ maxLength: 12, unit: 'binary' }) },
	{ weight: 1, arbitrary: fc.tuple(phrases, phrases).map((two) => two.join(' ')) },
);
const names = fc.oneof(
	{
		weight: 8,
		arbitrary: fc.constantFrom(
			'name',
			'label',
			'total',
			'items',
			'is_new',
			'dueDate',
			'id',
			'ok',
			'a',
			'b',
			'type',
		),
	},
	{
		weight: 1,
		arbitrary: fc.constantFrom(
			'first name',
			'content-type',
			'$ref',
			'_x',
			'größe',
			'null',
			'1',
			'',
		),
	},
	{ weight: 1, arbitrary: phrases.filter((name) => !/"/.test(name)) },
);
const numbers = fc.oneof(
	fc.integer({ min: -20, max: 2000 }),
	fc.constantFrom(0, 0.5, 12.5, 1e21, 1.5e-7, -3.25, 100, 2 ** 53),
	fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (value === 0 ? 0 : value)),
);
const scalars = fc.oneof(
	{ weight: 5, arbitrary: texts },
	{ weight: 3, arbitrary: numbers },
	{ weight: 1, arbitrary: fc.boolean() },
	{ weight: 1, arbitrary: fc.constant(null) },
);

const { value } = fc.letrec<{ value: unknown; list: unknown[]; object: Record<string, unknown> }>(
	(tie) => ({
		value: fc.oneof({ maxDepth: 3, withCrossShrink: true }, scalars, tie('object'), tie('list')),
		list: fc.array(tie('value'), { maxLength: 4 }),
		object: fc.dictionary(names, tie('value'), { maxKeys: 5, noNullPrototype: true }),
	}),
);
const flat = fc.dictionary(names, scalars, { minKeys: 1, maxKeys: 6, noNullPrototype: true });
const rows = fc.array(flat, { minLength: 1, maxLength: 4 });

/** Values that a model is asked for: objects, most of them, and lists. */
export const answerValues: fc.Arbitrary<unknown> = fc.oneof(
	{ weight: 4, arbitrary: flat },
	{ weight: 2, arbitrary: rows },
	{
		weight: 4,
		arbitrary: fc.dictionary(names, value, { minKeys: 1, maxKeys: 5, noNullPrototype: true }),
	},
	{ weight: 1, arbitrary: fc.array(value, { minLength: 1, maxLength: 5 }) },
);
