import { failureOf, type Failure } from '../minimax/failure/failure';
import type { InvalidInput } from '../minimax/failure/invalidInput';
import { putInputIntoWords } from '../n8n/words/putInputIntoWords';

/** The failure of what is not sent any more, as the input of another item cannot be. */
export function unsendable(invalid: InvalidInput): Failure {
	return failureOf({ kind: 'request-invalid', ...putInputIntoWords(invalid) });
}
