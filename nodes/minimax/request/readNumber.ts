import { InvalidInput } from '../failure/failure';

/**
 * The number in a field, also as text, which is what some expressions give; undefined for an empty one.
 *
 * @param label the field's, for the words
 * @param wanted what would be right, for the words
 * @throws InvalidInput
 */
export function readNumber(
	value: unknown,
	label: string,
	wanted: 'a number' | 'a whole number' = 'a number',
): number | undefined {
	if (value === undefined || value === null) return undefined;
	if (typeof value === 'string' && value.trim() === '') return undefined;
	const number = typeof value === 'string' ? Number(value) : value;
	if (typeof number === 'number' && Number.isFinite(number)) return number;
	throw new InvalidInput(
		`'${label}' is not a number`,
		`Give ${wanted}, or check that the expression in '${label}' gives one for this item.`,
	);
}
