import { InvalidInput } from '../minimax/failure/invalidInput';
import { readNumber } from '../minimax/request/readNumber';

/**
 * The number in a field, also as text, which is what some expressions give; undefined for an empty one.
 *
 * @param label the field's, for the words
 * @param wanted what would be right, for the words
 * @throws InvalidInput
 */
export function readNumberField(
	value: unknown,
	label: string,
	wanted: 'a number' | 'a whole number' = 'a number',
): number | undefined {
	const number = readNumber(value);
	if (!Number.isNaN(number)) return number;
	throw new InvalidInput(
		`'${label}' is not a number`,
		`Give ${wanted}, or check that the expression in '${label}' gives one for this item.`,
	);
}
