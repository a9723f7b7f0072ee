import { describeRange } from '../describeRange';
import { InvalidInput, type Place } from '../failure/invalidInput';
import { DEFAULT_MODEL, findModel, type KnownModel, type NumberRange } from '../models';
import { readNumber } from './readNumber';
import type { WireRequest, WireRequestMessage } from '../wireTypes';

/** A request whose numbers and model may still be of any kind. */
export interface RawRequest {
	model?: unknown;
	messages: WireRequestMessage[];
	temperature?: unknown;
	top_p?: unknown;
	max_completion_tokens?: unknown;
	[field: string]: unknown;
}

/**
 * The body with a trimmed model and with real numbers: text that holds a number becomes one, and a value
 * that is not there is left out, so the API's own default applies. Models that are not known have no limits.
 *
 * @throws InvalidInput for what the model is known not to take
 */
export function checkRequest(body: RawRequest): WireRequest {
	const {
		model: given,
		temperature,
		top_p: topP,
		max_completion_tokens: maxTokens,
		...rest
	} = body;
	const id = typeof given === 'string' ? given.trim() : '';
	if (id === '') {
		throw new InvalidInput(
			'is empty',
			`Choose a model or enter its ID, for example ${DEFAULT_MODEL}.`,
			{ input: 'model' },
			true,
		);
	}
	const model = findModel(id);
	// The documented spelling: the API takes any case, gateways may not.
	const checked: WireRequest = { ...rest, model: model?.id ?? id };
	const numbers = {
		temperature: checkRange(temperature, { input: 'temperature' }, model, model?.temperature),
		top_p: checkRange(topP, { input: 'topP' }, model, model?.topP),
		max_completion_tokens: checkMaxTokens(maxTokens, model),
	};
	for (const [name, number] of Object.entries(numbers)) {
		if (number !== undefined) checked[name] = number;
	}
	return checked;
}

function checkRange(
	value: unknown,
	place: Place,
	model: KnownModel | undefined,
	range: NumberRange | undefined,
): number | undefined {
	const number = requireNumber(value, place);
	if (number === undefined || model === undefined || range === undefined) return number;

	const { min, minExclusive, max } = range;
	if (number <= max && (minExclusive ? number > min : number >= min)) return number;
	throw new InvalidInput(
		`is ${number}, but ${model.id} takes ${describeRange(range)}`,
		minExclusive && number === min
			? 'A small number such as 0.01 gives answers that vary as little as possible.'
			: 'Give a number in that range.',
		place,
	);
}

function checkMaxTokens(value: unknown, model: KnownModel | undefined): number | undefined {
	const place: Place = { input: 'maxTokens' };
	const tokens = requireNumber(value, place);
	if (tokens === undefined) return undefined;
	if (!Number.isInteger(tokens) || tokens < 1) {
		throw new InvalidInput(
			`is ${tokens}, but has to be a whole number of at least 1`,
			'Thinking counts against it, so 4096 or more leaves room for the answer.',
			place,
		);
	}
	// An upper bound above what the model can write means the same as the model's own limit, and the
	// API refuses it; so 8192 also works for M2-her, which stops at 2048.
	return model === undefined ? tokens : Math.min(tokens, model.maxOutputTokens);
}

function requireNumber(value: unknown, place: Place): number | undefined {
	const number = readNumber(value);
	if (!Number.isNaN(number)) return number;
	throw new InvalidInput('is not a number', 'Give a number.', place, true);
}
