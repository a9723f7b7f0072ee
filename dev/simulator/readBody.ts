import type { IncomingMessage } from 'node:http';
import { Rejection } from './rejection.ts';

/** What the API takes at most. */
const maxBytes = 64 * 1024 * 1024;

/**
 * The body as text; null when the client left before it was complete.
 * @throws Rejection 413, after the rest was read: an early answer would reach a client that is
 * still writing as a reset connection
 */
export async function readBody(request: IncomingMessage): Promise<string | null> {
	const chunks: Buffer[] = [];
	let bytes = 0;
	const complete = await new Promise<boolean>((resolve) => {
		request.on('data', (chunk: Buffer) => {
			bytes += chunk.length;
			if (bytes <= maxBytes) chunks.push(chunk);
			else chunks.length = 0;
		});
		request.once('end', () => resolve(true));
		request.once('error', () => resolve(false));
		request.once('close', () => resolve(request.complete));
	});
	if (bytes > maxBytes)
		throw new Rejection('request body is too large', { status: 413, code: 2013 });
	return complete ? Buffer.concat(chunks).toString('utf8') : null;
}
