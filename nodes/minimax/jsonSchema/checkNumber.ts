import { addProblem, type Visit } from './visit';

/** Limits, which draft 4 writes in another way, and `multipleOf`. */
export function checkNumber(value: number, visit: Visit): void {
	const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = visit.schema;
	const add = (keyword: string, wanted: string): void =>
		addProblem(visit, keyword, `has to be ${wanted}, but is ${value}`);
	if (typeof minimum === 'number') {
		const isOpen = exclusiveMinimum === true;
		if (value < minimum || (isOpen && value === minimum)) {
			add('minimum', `${isOpen ? 'above' : 'at least'} ${minimum}`);
		}
	}
	if (typeof maximum === 'number') {
		const isOpen = exclusiveMaximum === true;
		if (value > maximum || (isOpen && value === maximum)) {
			add('maximum', `${isOpen ? 'below' : 'at most'} ${maximum}`);
		}
	}
	if (typeof exclusiveMinimum === 'number' && value <= exclusiveMinimum) {
		add('exclusiveMinimum', `above ${exclusiveMinimum}`);
	}
	if (typeof exclusiveMaximum === 'number' && value >= exclusiveMaximum) {
		add('exclusiveMaximum', `below ${exclusiveMaximum}`);
	}
	if (typeof multipleOf === 'number' && !isMultiple(value, multipleOf)) {
		add('multipleOf', `a multiple of ${multipleOf}`);
	}
}

function isMultiple(value: number, of: number): boolean {
	const quotient = value / of;
	// 0.0075 / 0.0001 is 74.99999999999999; a quotient that is no finite number is near to none.
	return Math.abs(quotient - Math.round(quotient)) <= Math.abs(quotient) * 1e-12;
}
