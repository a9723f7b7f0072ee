import type { Simulator } from '../../../dev/simulator/startSimulator.ts';

export const hello = { model: 'MiniMax-M2.7', messages: [{ role: 'user', content: 'Hello' }] };

/** Posts a chat body (or raw text) as a client with nothing but fetch would. */
export async function ask(
	simulator: Simulator,
	body: unknown,
	headers: Record<string, string> = {},
): Promise<Response> {
	return fetch(`${simulator.url}/chat/completions`, {
		method: 'POST',
		headers: {
			authorization: 'Bearer sk-simulator',
			'content-type': 'application/json',
			...headers,
		},
		body: typeof body === 'string' ? body : JSON.stringify(body),
	});
}
