import { canonical, canonicalOnce } from './canonical';
import { isOfType } from './isOfType';
import { addProblem, type Validation, type Visit } from './visit';
import { article, quote, show } from './words';

const MOST_SHOWN = 20;

/** `type`, `enum` and `const`. */
export function checkChoices(value: unknown, visit: Visit, validation: Validation): void {
	const { type, enum: choices } = visit.schema;
	const types = [type ?? []].flat();
	if (types.length > 0 && !types.some((name) => isOfType(value, name))) {
		addProblem(
			visit,
			'type',
			`has to be ${types.map(article).join(' or ')}, but is ${quote(value)}`,
		);
	}
	if (Array.isArray(choices) && !isAmong(value, choices, validation)) {
		const shown = choices.slice(0, MOST_SHOWN).map(show).join(', ');
		const more = choices.length > MOST_SHOWN ? ', …' : '';
		addProblem(visit, 'enum', `has to be one of ${shown}${more}, but is ${quote(value)}`);
	}
	if ('const' in visit.schema && !isAmong(value, [visit.schema.const], validation)) {
		addProblem(visit, 'const', `has to be ${show(visit.schema.const)}, but is ${quote(value)}`);
	}
}

function isAmong(value: unknown, choices: unknown[], { spend }: Validation): boolean {
	spend(choices.length);
	if (typeof value !== 'object' || value === null) return choices.includes(value);
	const objects = choices.filter((choice) => typeof choice === 'object' && choice !== null);
	if (objects.length === 0) return false;
	const written = canonical(value);
	spend(written.length / 2);
	return objects.some((choice) => canonicalOnce(choice) === written);
}
