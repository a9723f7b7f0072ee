import { toNode } from '../../../nodes/minimax/json/jsonNode';
import { coerce } from '../../../nodes/minimax/jsonSchema/coerce';
import { inspectSchema } from '../../../nodes/minimax/jsonSchema/inspectSchema';
import type { SchemaObject } from '../../../nodes/minimax/jsonSchema/schema';
import { validate } from '../../../nodes/minimax/jsonSchema/validate';

/** How many steps it takes to check a value, and to convert it. */
function stepsOf(value: unknown, schema: SchemaObject): { check: number; conversion: number } {
	const ready = inspectSchema(schema);
	if (typeof ready === 'string') throw new Error(ready);
	const steps = { check: 0, conversion: 0 };
	validate(value, ready.root, ready, (taken) => (steps.check += taken));
	coerce(toNode(value), ready.root, ready, (taken) => (steps.conversion += taken));
	return steps;
}

const text = 'a'.repeat(100);

/** One for each schema that a value meets, and more where the work grows with the value or the schema. */
test.each<[string, SchemaObject, unknown, number, number]>([
	['nothing', {}, 1, 1, 1],
	['a text', {}, text, 1, 1],
	['a least length', { minLength: 1 }, text, 11, 1],
	['a greatest length', { maxLength: 1 }, text, 11, 1],
	['both', { minLength: 1, maxLength: 1 }, text, 11, 1],
	['choices', { enum: [1, 2, 3] }, 1, 4, 7],
	['choices for an object', { enum: [{ a: 1 }] }, { a: 1 }, 6.5, 1],
	['choices for an object that none of them is', { enum: [1] }, { a: 1 }, 3, 1],
	['a constant', { const: 1 }, 1, 2, 3],
	['items', { items: {} }, [1, 2], 3, 3],
	['items that differ', { uniqueItems: true }, [1, 2], 4, 1],
	['names', { required: ['a', 'b'] }, { c: 1 }, 4, 1],
	['alternatives', { anyOf: [{ type: 'number' }, { type: 'string' }] }, 'a', 3, 6],
])('%s', (_what, schema, value, check, conversion) => {
	expect(stepsOf(value, schema)).toEqual({ check, conversion });
});

test('a pattern takes more for each character, and for each part of it that may match there', () => {
	const check = (pattern: string, value: string) => stepsOf(value, { pattern }).check;
	expect(check('^b', text)).toBeLessThan(30);
	expect(check('b', text)).toBeGreaterThan(100);
	expect(check('b', text + text) - check('b', text)).toBe(100);
	expect(check('[b-d]{1,50}x', text)).toBeGreaterThan(check('b', text));
});
