import type { IBinaryData, IExecuteSingleFunctions } from 'n8n-workflow';
import { createHash } from 'node:crypto';

import type { Access } from '../n8n/readAccess';
import type { Prepared } from './chatItem';
import type { Media } from './planMedia';

/** Of files that n8n keeps elsewhere, from when they were loaded. */
const digests = new WeakMap<IBinaryData, string>();

/** The last file that is being loaded for its hash: one at a time, or a batch would hold all its files at once. */
let loading: Promise<void> = Promise.resolve();

/** Remembers the content of a file that has been loaded to be sent. */
export function noteContent(binary: IBinaryData, bytes: Uint8Array): void {
	if (!digests.has(binary)) digests.set(binary, createHash('sha256').update(bytes).digest('hex'));
}

/**
 * The hash of all that decides on the request: its scope, address and key, body and files. Does not reveal
 * any of them.
 *
 * @param scope names workflow and node
 */
export async function hashRequest(
	context: IExecuteSingleFunctions,
	scope: string,
	access: Access,
	{ body, media, plan }: Prepared,
): Promise<string> {
	// A row that shared its request may have got another answer than it gets alone.
	const way = plan === undefined ? 'alone' : 'together';
	const hash = createHash('sha256').update(JSON.stringify([scope, access.paceKey, way, body]));
	for (const one of media) {
		const { kind, detail, source } = one;
		hash.update(JSON.stringify([kind.type, detail, await contentOf(context, source)]));
	}
	return hash.digest('hex');
}

async function contentOf(
	context: IExecuteSingleFunctions,
	source: Media['source'],
): Promise<unknown> {
	if ('url' in source) return source;
	const { binary, property, mimeType } = source;
	if (binary.id === undefined) {
		return { mimeType, digest: createHash('sha256').update(binary.data).digest('hex') };
	}
	if (!digests.has(binary)) {
		const load = async (): Promise<void> =>
			noteContent(binary, await context.helpers.getBinaryDataBuffer(property));
		const loaded = loading.then(load);
		loading = loaded.catch(() => undefined);
		await loaded;
	}
	return { mimeType, digest: digests.get(binary) };
}
