import type { FailureCause } from './causes';
import { verdictOf, type Verdict } from './failure';
import { shorten } from './shorten';

/** What Node.js, axios and n8n throw when no whole reply came; the code may sit in the cause. */
export interface ConnectionFault {
	code?: unknown;
	message?: unknown;
	name?: unknown;
	cause?: unknown;
}

/** Causes are followed this far: n8n's error, axios's error, the socket's error. */
const CAUSE_DEPTH = 5;

/** The first that fits counts. */
const CAUSE_OF_SIGN: ReadonlyArray<[RegExp, FailureCause]> = [
	[/ERR_CANCELED|AbortError|\bcanceled\b/, 'stopped'],
	[
		/timeout of \d+ ?ms|UND_ERR_(?:HEADERS|BODY)_TIMEOUT|ESOCKETTIMEDOUT|TimeoutError|SilenceError/i,
		'reply-too-late',
	],
	[
		/connect ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT|ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|ENETDOWN|EADDRNOTAVAIL/,
		'connection-refused',
	],
	[/EAI_AGAIN/, 'name-service-down'],
	[/ENOTFOUND|EAI_FAIL|getaddrinfo/, 'host-unknown'],
	[
		/CERT|certificate|self.signed|EPROTO|ERR_SSL|ERR_TLS|wrong version number/i,
		'encryption-failed',
	],
	[
		/HPE_|ERR_BAD_RESPONSE|ERR_STREAM_PREMATURE_CLOSE|\baborted\b|Premature close/,
		'connection-cut',
	],
	[/ECONNRESET|EPIPE|ETIMEDOUT|ECONNABORTED|UND_ERR_SOCKET|socket hang up/, 'connection-closed'],
];

export interface ConnectionContext {
	/** True for MiniMax's own hosts: if their names are not found, the name service is at fault. */
	hostExists: boolean;
	/** Keys that must not show up in what is reported. */
	secrets: readonly string[];
}

/** Why no whole reply came. */
export function classifyConnection(
	fault: ConnectionFault,
	{ hostExists, secrets }: ConnectionContext,
): Verdict {
	const signs = faultSigns(fault);
	const cause = CAUSE_OF_SIGN.find(([pattern]) => pattern.test(signs))?.[1];
	if (cause === 'host-unknown' && hostExists) return verdictOf('name-service-down');
	if (cause !== undefined) return verdictOf(cause);
	// What a program says of its own mistakes helps nobody: `Maximum call stack size exceeded`.
	const isSlip = fault.name === 'TypeError' || fault.name === 'RangeError';
	const said = typeof fault.message === 'string' && !isSlip ? fault.message : null;
	return verdictOf('no-reply', { reported: shorten(said, secrets) });
}

/** Codes, names and messages of the fault and its causes in one text to search in. */
function faultSigns(fault: ConnectionFault): string {
	const signs: string[] = [];
	let current: ConnectionFault | null = fault;
	for (let depth = 0; current !== null && depth < CAUSE_DEPTH; depth += 1) {
		for (const sign of [current.code, current.name, current.message]) {
			if (typeof sign === 'string') signs.push(sign.slice(0, 1000));
		}
		current = typeof current.cause === 'object' ? current.cause : null;
	}
	return signs.join('\n');
}
