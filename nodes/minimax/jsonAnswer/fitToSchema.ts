import { findLoss } from './findLoss';
import { coerce } from '../jsonSchema/coerce';
import type { Spend } from '../jsonSchema/pattern/matchPattern';
import { TooCostly, validate } from '../jsonSchema/validate';
import type { Problem } from '../jsonSchema/visit';
import { pathInWords } from '../jsonSchema/words';
import { sizeOf, toValue, type JsonNode } from '../json/jsonNode';
import type { AnswerSchema } from './readSchema';

/** What is made of JSON: a value, or why there is none, in a few sentences without a final period. */
export type Fit<Value = unknown> = { ok: true; value: Value } | { ok: false; problems: string[] };

const MOST_REASONS = 10;
const LONGEST_REASON = 300;

/**
 * Steps that checking may take: some, and more for each character. A step takes 50 ns to 1 µs, so that 100 kB
 * are done within half a second, whatever the schema asks for.
 */
const FREE_STEPS = 200_000;
const STEPS_PER_CHARACTER = 5;

/**
 * The value of JSON as the schema asks for it, converted to its types where nothing gets lost; any value
 * matches where there is no schema. Never throws. Reasons name the place: `prices[1].amount: has to be …`,
 * without a final period.
 */
export function fitToSchema(node: JsonNode, schema: AnswerSchema | undefined): Fit {
	if (schema === undefined) return fitLossless(node);
	const { ready } = schema;
	return withinBounds(node, (spend) => {
		const plain = fitLossless(node);
		if (plain.ok && validate(plain.value, ready.root, ready, spend).length === 0) return plain;
		const coerced = fitLossless(coerce(node, ready.root, ready, spend));
		if (!coerced.ok) return coerced;
		const problems = validate(coerced.value, ready.root, ready, spend);
		return problems.length === 0 ? coerced : { ok: false, problems: inWords(problems) };
	});
}

/** The node with values of the types that the schema asks for; parts that cannot match stay as they are. */
export function coerceToSchema(node: JsonNode, { ready }: AnswerSchema): Fit<JsonNode> {
	return withinBounds(node, (spend) => ({
		ok: true,
		value: coerce(node, ready.root, ready, spend),
	}));
}

function withinBounds<Value>(node: JsonNode, fit: (spend: Spend) => Fit<Value>): Fit<Value> {
	let steps = FREE_STEPS + STEPS_PER_CHARACTER * sizeOf(node);
	try {
		return fit((taken) => {
			steps -= taken;
			if (steps < 0) throw new TooCostly();
		});
	} catch (error) {
		if (error instanceof TooCostly) return refuse('takes too long');
		// The stack is used up by some hundred levels.
		return refuse(
			error instanceof RangeError ? 'is nested too deeply' : `is too odd (${String(error)})`,
		);
	}
}

function fitLossless(node: JsonNode): Fit {
	const loss = findLoss(node);
	return loss === null ? { ok: true, value: toValue(node) } : { ok: false, problems: [loss] };
}

function refuse(why: string): Fit<never> {
	return { ok: false, problems: [`The value ${why} to be checked against the schema`] };
}

function inWords(problems: Problem[]): string[] {
	const reasons = problems.map(({ path, words }) =>
		`${pathInWords(path)}: ${words}`.slice(0, LONGEST_REASON),
	);
	return [...new Set(reasons)].slice(0, MOST_REASONS);
}
