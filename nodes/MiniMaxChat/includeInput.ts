import type { IDataObject } from 'n8n-workflow';

import { InvalidInput } from '../minimax/failure/failure';
import { textOf } from '../minimax/json/textOf';

/** Which fields of the input item come out again. */
export type IncludedInput = 'none' | 'all' | readonly string[];

/**
 * What 'Include Input Fields' asks for.
 *
 * @param choice as n8n gives it
 * @param names of 'Fields to Include', separated by commas; a list from an expression is taken too
 * @throws InvalidInput where it is neither None, All nor Selected
 */
export function readIncluded(choice: unknown, names: unknown): IncludedInput {
	if (choice === undefined || choice === null || choice === 'none') return 'none';
	if (choice === 'all') return 'all';
	if (choice === 'selected') {
		const given = Array.isArray(names) ? names.map(textOf) : textOf(names).split(',');
		return given.map((name) => name.trim()).filter((name) => name !== '');
	}
	throw new InvalidInput(
		`'Include Input Fields' is '${textOf(choice).slice(0, 50)}', which is none of its choices`,
		'Choose one of the list; an expression has to give none, all or selected.',
	);
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
	const names = included === 'all' ? Object.keys(input) : included;
	const fields = names
		.filter((name) => Object.hasOwn(input, name))
		.map((name) => [name === 'error' ? 'inputError' : name, input[name]]);
	return { ...Object.fromEntries(fields), ...output };
}
