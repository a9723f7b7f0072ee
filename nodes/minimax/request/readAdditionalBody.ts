import { InvalidInput } from '../failure/failure';
import { isRecord } from '../isRecord';
import { parseJsonField } from '../parseJson';

/**
 * The fields of 'Additional Body Fields', given as an object or as JSON text. All but `stream`: how a
 * reply is read follows from that one. Throws InvalidInput.
 */
export function readAdditionalBody(value: unknown): Record<string, unknown> {
	if (value === undefined || value === null || value === '') return {};
	const parsed = parseJsonField(value);
	if (!parsed.ok || !isRecord(parsed.value)) {
		throw new InvalidInput(
			"'Additional Body Fields' is not a JSON object",
			'Give an object such as {"seed": 7}, as JSON or from an expression.',
		);
	}
	const fields = { ...parsed.value };
	delete fields.stream;
	return fields;
}
