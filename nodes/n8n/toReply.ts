import type { IN8nHttpFullResponse } from 'n8n-workflow';

import type { Reply } from '../minimax/reply/readCompletion';

/** The body is a stream; text when a proxy node or an older n8n has read it already. */
export function toReply({ statusCode, headers, body }: IN8nHttpFullResponse): Reply {
	const isObject = typeof body === 'object' && body !== null;
	return { status: statusCode, headers, body: isObject ? body : String(body ?? '') };
}
