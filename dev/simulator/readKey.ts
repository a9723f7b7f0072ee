import { Rejection } from './rejection.ts';
import type { ServerMode } from './settings.ts';

/**
 * The key of a request.
 * @throws Rejection 1004 without a bearer token, 2049 with one that is not known
 */
export function readKey(
	authorization: string | undefined,
	keys: ReadonlySet<string>,
	mode: ServerMode,
): string {
	const [, key] = /^Bearer +(\S+)$/i.exec(authorization ?? '') ?? [];
	// A self-hosted server without --api-key takes everybody.
	if (mode !== 'minimax') return key ?? '';
	if (key === undefined) throw new Rejection(undefined, { code: 1004 });
	if (!keys.has(key)) throw new Rejection(undefined, { code: 2049 });
	return key;
}
