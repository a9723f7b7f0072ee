import type { IDataObject } from 'n8n-workflow';

import { InvalidInput } from '../minimax/failure/invalidInput';
import { isRecord } from '../minimax/json/isRecord';
import { textOf } from '../minimax/json/textOf';

/** Which fields of the input item come out again: names, or paths such as `customer.name`. */
export type IncludedInput = 'none' | 'all' | readonly string[];

/**
 * What 'Include Input Fields' asks for.
 *
 * @param choice as n8n gives it
 * @param names of 'Fields to Include', separated by commas; a list from an expression is taken too
 * @throws InvalidInput where it is neither None, All nor Selected, and where Selected has no names
 */
export function readIncluded(choice: unknown, names: unknown): IncludedInput {
	if (choice === undefined || choice === null || choice === 'none') return 'none';
	if (choice === 'all') return 'all';
	if (choice === 'selected') {
		if (Array.isArray(names)) return namesIn(names.map(textOf));
		const given = namesIn(textOf(names).split(','));
		if (given.length > 0) return given;
		throw new InvalidInput(
			"'Include Input Fields' is Selected, but 'Fields to Include' names none",
			"Add the option 'Fields to Include' and write the names of input fields into it, separated by commas, or choose All or None.",
		);
	}
	throw new InvalidInput(
		`'Include Input Fields' is '${textOf(choice).slice(0, 50)}', which is none of its choices`,
		'Choose one of the list; an expression has to give none, all or selected.',
	);
}

function namesIn(parts: string[]): string[] {
	return parts.map((name) => name.trim()).filter((name) => name !== '');
}

/**
 * The input's fields and ours behind them, of which ours win. n8n takes an item with a key `error` for a
 * failed one, so a field of that name comes out as `inputError`.
 */
export function includeInput(
	input: IDataObject,
	included: IncludedInput,
	output: IDataObject,
): IDataObject {
	if (included === 'none') return output;
	const fields =
		included === 'all' ? Object.entries(input) : included.flatMap((name) => pickField(input, name));
	const own = fields
		.map(([name, value]): Field => [name === 'error' ? 'inputError' : name, value])
		// Else ours would stand in the place of the input's, out of their order.
		.filter(([name]) => !Object.hasOwn(output, name));
	return { ...Object.fromEntries(own), ...output };
}

type Field = [name: string, value: IDataObject[string]];

/** One step of a path: `name`, `["first name"]`, `['first name']` or `[0]`. */
const STEP = /\["([^"\]]*)"\]|\['([^'\]]*)'\]|([^.[\]]+)/g;

/**
 * The field of that name, or at the end of that path, which the editor writes where somebody drags a field of
 * a field here. As in n8n's Edit Fields it comes out under the last name of the path. None where there is none.
 */
function pickField(input: IDataObject, name: string): Field[] {
	if (Object.hasOwn(input, name)) return [[name, input[name]]];
	const steps = [...name.matchAll(STEP)].map((step) => step.slice(1).find(isText) ?? '');
	let found: unknown = input;
	for (const step of steps) {
		if (!(isRecord(found) || Array.isArray(found)) || !Object.hasOwn(found, step)) return [];
		found = Reflect.get(found, step);
	}
	const last = steps.at(-1);
	return last === undefined ? [] : [[last, found as IDataObject[string]]];
}

function isText(part: string | undefined): part is string {
	return part !== undefined;
}
