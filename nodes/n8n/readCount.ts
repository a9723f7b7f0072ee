import { InvalidInput } from '../minimax/failure/failure';

/**
 * A whole number of at least 0 out of a field, also as text, which is what some expressions give.
 *
 * @param label the field's, for the words
 * @param fallback for a field that is not there or empty
 * @throws InvalidInput
 */
export function readCount(value: unknown, label: string, fallback: number): number {
	const given = typeof value === 'string' ? value.trim() : value;
	if (given === undefined || given === null || given === '') return fallback;
	const number = typeof given === 'string' ? Number(given) : given;
	if (typeof number !== 'number' || !Number.isFinite(number)) {
		throw new InvalidInput(
			`'${label}' is not a number`,
			`Give a whole number, or check that the expression in '${label}' gives one for this item.`,
		);
	}
	if (Number.isInteger(number) && number >= 0) return number;
	throw new InvalidInput(
		`'${label}' is ${number}, but has to be a whole number of at least 0`,
		`Set '${label}' to 0, 1, 2 and so on, or remove it for ${fallback}.`,
	);
}
