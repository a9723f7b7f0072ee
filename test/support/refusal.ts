import { InvalidInput } from '../../nodes/minimax/failure/invalidInput';
import { putInputIntoWords } from '../../nodes/n8n/words/putInputIntoWords';

/** Message and description, in the panel's words, of the InvalidInput that the call has to throw. */
export function refusal(call: () => unknown): [message: string, description: string] {
	try {
		call();
	} catch (error) {
		if (error instanceof InvalidInput) {
			const { message, description } = putInputIntoWords(error);
			return [message, description];
		}
		throw error;
	}
	throw new Error('Nothing was refused');
}
