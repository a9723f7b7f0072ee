import { isRecord } from '../json/isRecord';
import { readLabel } from '../json/readLabel';
import { namedStatus } from './namedStatus';

/** Fields of a report that is nothing but words: `{"detail": "Not Found"}`, `{"message": "Compute error."}`. */
const FIELDS_OF_WORDS = new Set([
	'code',
	'detail',
	'message',
	'msg',
	'param',
	'path',
	'request_id',
	'status',
	'timestamp',
	'type',
]);

/**
 * Whether a parsed body or chunk reports a failure, whatever HTTP said and whatever server it comes from:
 * the error envelope, a `base_resp` with a code (no balance came as HTTP 200 with code 1008), an error of a
 * choice, or an object that is no completion and names an error or the HTTP status of one.
 */
export function reportsFailure(wire: object): boolean {
	const body: Record<string, unknown> = { ...wire };
	const base = isRecord(body.base_resp) ? body.base_resp : {};
	if (isSomething(body.error) || Number(readLabel(base.status_code) ?? 0) !== 0) return true;
	if (isSomething(body.error_type) || isSomething(body.error_message)) return true;
	const choices: unknown[] = Array.isArray(body.choices) ? body.choices : [];
	if (choices.some((choice) => isRecord(choice) && isSomething(choice.error))) return true;
	return choices.length === 0 && isErrorObject(body);
}

function isErrorObject(body: Record<string, unknown>): boolean {
	const { object, type, status, success, errors, message, detail, msg } = body;
	if (object === 'error' || success === false || isSomething(errors)) return true;
	if (typeof type === 'string' && /error$/i.test(type)) return true;
	if (typeof status === 'string' && /^(?:error|fail(?:ed|ure)?)$/i.test(status)) return true;
	if (![message, detail, msg].some(isSomething)) return false;
	return (
		namedStatus(body) !== null || Object.keys(body).every((field) => FIELDS_OF_WORDS.has(field))
	);
}

function isSomething(value: unknown): boolean {
	if (Array.isArray(value)) return value.length > 0;
	return isRecord(value) ? Object.keys(value).length > 0 : Boolean(value);
}
