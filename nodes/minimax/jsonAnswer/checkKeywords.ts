import {
	schemaArrayKeyword,
	schemaKeyword,
	schemaMapKeyword,
	type Schema,
	type SchemaDraft,
} from '@cfworker/json-schema';
import { isRecord } from '../json/isRecord';

const TYPES = ['string', 'number', 'integer', 'boolean', 'object', 'array', 'null'];

/**
 * What the validator would take without a word though no answer can match it, or though it then checks
 * nothing; without a final period, null when there is nothing. Looks at this part of a schema alone.
 */
export function checkKeywords(part: Schema, draft: SchemaDraft): string | null {
	return checkType(part.type) ?? checkLimits(part, draft) ?? checkNested(part);
}

function checkType(given: unknown): string | null {
	if (given === undefined) return null;
	const types: unknown[] = Array.isArray(given) ? given : [given];
	if (types.length === 0) return 'type is an empty list, which no value can match';
	const odd = types.find((type) => typeof type !== 'string' || !TYPES.includes(type));
	if (odd === undefined) return null;
	const shown = JSON.stringify(odd).slice(0, 50);
	const lower = String(odd).toLowerCase();
	return TYPES.includes(lower)
		? `the type ${shown} has to be written in lower case, as "${lower}"`
		: `the type ${shown} is none of ${TYPES.join(', ')}. Leave type out where any value will do`;
}

function checkLimits(part: Schema, draft: SchemaDraft): string | null {
	const { multipleOf, required } = part;
	if (multipleOf !== undefined && !(typeof multipleOf === 'number' && multipleOf > 0)) {
		return 'multipleOf has to be a number above 0';
	}
	if (typeof required === 'string') return 'required has to be a list of names';
	for (const name of ['exclusiveMinimum', 'exclusiveMaximum'] as const) {
		const limit: unknown = part[name];
		if (draft !== '4' && typeof limit === 'boolean') {
			return `${name} has to be a number, the limit itself. True and false are of draft 4, which $schema has to name`;
		}
		if (draft === '4' && typeof limit === 'number') {
			return `${name} has to be true or false in draft 4, beside the limit in ${name === 'exclusiveMinimum' ? 'minimum' : 'maximum'}`;
		}
	}
	return null;
}

/** The validator takes a text in the place of a schema for one that asks for nothing. */
function checkNested(part: Schema): string | null {
	for (const [keyword, value] of Object.entries(part)) {
		if (schemaMapKeyword[keyword] === true) {
			if (!isRecord(value)) return `${keyword} has to be an object of schemas`;
			if (keyword === '$defs' || keyword === 'definitions') continue;
			const odd = Object.keys(value).find((name) => !isSchema(value[name]));
			if (odd !== undefined) return hasToBeSchema(`${keyword}.${odd.slice(0, 50)}`);
		} else if (schemaArrayKeyword[keyword] === true && Array.isArray(value)) {
			const odd = value.findIndex((inner) => !isSchema(inner));
			if (odd !== -1) return hasToBeSchema(`${keyword}[${odd}]`);
		} else if (schemaKeyword[keyword] === true && !isSchema(value)) {
			return hasToBeSchema(keyword);
		}
	}
	return null;
}

function isSchema(value: unknown): boolean {
	return isRecord(value) || typeof value === 'boolean';
}

function hasToBeSchema(where: string): string {
	return `${where} has to be a schema of its own, such as {"type": "string"}`;
}
