import { inside, InvalidInput, type Place } from '../failure/invalidInput';
import { isRecord } from '../json/isRecord';
import { DEFAULT_MODEL, findModel } from '../models';
import { parseJsonField } from '../json/parseJsonField';

const ADDITIONAL: Place = { input: 'additionalBody' };

interface Shape {
	words: string;
	fits: (value: unknown) => boolean;
}

const NUMBER: Shape = { words: 'a number', fits: (value) => Number.isFinite(value) };
const OBJECT: Shape = { words: 'an object', fits: isRecord };
const LIST_OF_OBJECTS: Shape = {
	words: 'a list of objects',
	fits: (value) => Array.isArray(value) && value.every(isRecord),
};

/**
 * What MiniMax takes for the models that are known here. Ranges are left to the API: somebody who writes a number
 * here means it.
 */
const KNOWN_FIELDS: ReadonlyMap<string, Shape> = new Map([
	['temperature', NUMBER],
	['top_p', NUMBER],
	['max_completion_tokens', NUMBER],
	['max_tokens', NUMBER],
	['tools', LIST_OF_OBJECTS],
	['thinking', OBJECT],
	['response_format', OBJECT],
	['stream_options', OBJECT],
]);

/** Without these there is no request, so null does not take them out of it. */
const NEEDED: ReadonlyMap<string, Shape> = new Map([
	[
		'model',
		{
			words: 'the ID of a model as text',
			fits: (value: unknown) => typeof value === 'string' && value.trim() !== '',
		},
	],
	[
		'messages',
		{
			words: 'a list of messages, each an object with a role',
			fits: (value: unknown) => Array.isArray(value) && value.length > 0 && value.every(isMessage),
		},
	],
]);

/**
 * The fields that the user adds to the body, given as an object or as JSON text. They win over all others,
 * so known ones have to be of the right type; numbers may be given as text. Unknown models run on servers
 * with rules of their own, so only `model` and `messages` are checked for them. `stream` is left out: how
 * a reply is read depends on it.
 *
 * @param chosenModel the model where the fields name no other
 * @throws InvalidInput naming the field inside
 */
export function readAdditionalBody(
	value: unknown,
	chosenModel: string = DEFAULT_MODEL,
): Record<string, unknown> {
	if (value === undefined || value === null || value === '') return {};
	const parsed = parseJsonField(value);
	if (!parsed.ok || !isRecord(parsed.value)) {
		throw new InvalidInput(
			'is not a JSON object',
			`${parsed.ok ? '' : `${parsed.reason}. `}Give an object such as {"seed": 7}.`,
			ADDITIONAL,
		);
	}
	const fields = { ...parsed.value };
	delete fields.stream;
	const model = typeof fields.model === 'string' ? fields.model : chosenModel;
	const isKnown = findModel(model) !== undefined;
	for (const [name, given] of Object.entries(fields)) {
		const known = KNOWN_FIELDS.get(name);
		const field = known === NUMBER ? numberOf(given) : given;
		if (field !== given) fields[name] = field;
		const shape = NEEDED.get(name) ?? (isKnown && field !== null ? known : undefined);
		if (shape === undefined || shape.fits(field)) continue;
		throw new InvalidInput(
			`has to be ${shape.words}`,
			`What stands there is sent in place of the other fields. Correct ${name}, or remove it.`,
			inside(ADDITIONAL, name),
		);
	}
	return fields;
}

/** The number in a text; anything else as it is. */
function numberOf(value: unknown): unknown {
	const isNumeral = typeof value === 'string' && value.trim() !== '';
	return isNumeral && Number.isFinite(Number(value)) ? Number(value) : value;
}

function isMessage(value: unknown): boolean {
	return isRecord(value) && typeof value.role === 'string';
}
