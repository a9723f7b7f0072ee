import { failureOf, type Failure, type InvalidInput } from '../minimax/failure/failure';

/** The failure of what is not sent any more, as the input of another item cannot be. */
export function unsendable({ message, description }: InvalidInput): Failure {
	return failureOf({ kind: 'request-invalid', message, description });
}
