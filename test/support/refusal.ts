import { InvalidInput } from '../../nodes/minimax/failure/failure';

/** Message and description of the InvalidInput that the call has to throw. */
export function refusal(call: () => unknown): [message: string, description: string] {
	try {
		call();
	} catch (error) {
		if (error instanceof InvalidInput) return [error.message, error.description];
		throw error;
	}
	throw new Error('Nothing was refused');
}
