import type { Page } from 'playwright-core';

export interface NetworkLog {
	/** Addresses, headers and bodies of all answers and pushed messages, and of all requests. */
	received: string[];
	sent: Array<{ call: string; content: string }>;
	/** Resolves when the bodies of the answers seen so far are in the log. */
	settled: () => Promise<void>;
}

/** What "Network" in the browser's developer tools would show. */
export function recordNetwork(page: Page): NetworkLog {
	const received: string[] = [];
	const sent: NetworkLog['sent'] = [];
	const pending: Array<Promise<void>> = [];
	page.on('request', (request) => {
		sent.push({
			call: `${request.method()} ${new URL(request.url()).pathname}`,
			content: `${request.url()}\n${JSON.stringify(request.headers())}\n${request.postData() ?? ''}`,
		});
	});
	page.on('response', (response) => {
		if (!/json|text\/plain|event-stream/.test(response.headers()['content-type'] ?? '')) return;
		const head = `${response.url()}\n${JSON.stringify(response.headers())}`;
		pending.push(
			response
				.text()
				// A page that is left takes its bodies with it.
				.catch(() => '')
				.then((body) => void received.push(`${head}\n${body}`)),
		);
	});
	page.on('websocket', (socket) => {
		socket.on('framereceived', ({ payload }) => void received.push(String(payload)));
		socket.on('framesent', ({ payload }) => {
			sent.push({ call: 'websocket', content: String(payload) });
		});
	});
	return { received, sent, settled: async () => void (await Promise.all(pending)) };
}
