import { InvalidInput } from '../minimax/failure/invalidInput';
import { readNumberField } from './readNumberField';

/**
 * A whole number of at least 0 out of a field.
 *
 * @param label the field's, for the words
 * @param fallback for a field that is not there or empty
 * @throws InvalidInput
 */
export function readCount(value: unknown, label: string, fallback: number): number {
	const count = readNumberField(value, label, 'a whole number') ?? fallback;
	if (Number.isInteger(count) && count >= 0) return count;
	throw new InvalidInput(
		`'${label}' is ${count}, but has to be a whole number of at least 0`,
		`Set '${label}' to 0, 1, 2 and so on, or remove it for ${fallback}.`,
	);
}
