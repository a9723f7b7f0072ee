import type { Failure, FailureKind } from './failure';
import { THE_CREDENTIAL, type FailureContext } from './failureWords';
import { wordsFor } from './panelWords';
import { shorten } from './readFailureReply';

/** What Node.js, axios and n8n throw when no whole reply came; the code may sit in the cause. */
export interface ConnectionFault {
	code?: unknown;
	message?: unknown;
	name?: unknown;
	cause?: unknown;
}

interface Told {
	kind: FailureKind;
	message: string;
	description: string;
	/** Whether it is certain that the model has not begun to answer. */
	retryable: boolean;
}

/** Causes are followed this far: n8n's error, axios's error, the socket's error. */
const CAUSE_DEPTH = 5;

/**
 * Puts into words why no whole reply came. Only what cannot have cost an answer is retryable: refused
 * and unreachable hosts, and connections that closed before the reply began.
 * The system's own words stay out: n8n replaces a message that holds one of them by a stock sentence.
 */
export function describeConnectionFailure(
	fault: ConnectionFault,
	context: FailureContext,
): Failure {
	const told = tell(faultSigns(fault), fault, context);
	return {
		...told,
		retryable: told.retryable && context.replyBegan !== true,
		httpStatus: null,
		code: null,
		apiMessage: null,
		requestId: null,
		retryAfterMs: null,
		hopeless: false,
		partial: null,
	};
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

function tell(signs: string, fault: ConnectionFault, context: FailureContext): Told {
	const custom = context.region === 'custom';
	const server = custom ? "the server behind 'Base URL'" : 'MiniMax';
	const checkNetwork = custom
		? `Check 'Base URL' in ${THE_CREDENTIAL}, that the server is running, and that n8n's machine can reach it.`
		: "Check that n8n's machine can reach the internet, and its proxy and firewall settings.";
	const words = wordsFor(context);
	const says = (pattern: RegExp): boolean => pattern.test(signs);

	if (says(/ERR_CANCELED|AbortError|\bcanceled\b/)) {
		return {
			kind: 'connection-lost',
			message: 'The request was stopped before the reply was complete',
			description: 'Run the workflow again if you did not stop it.',
			retryable: false,
		};
	}
	if (says(/timeout of \d+ ?ms|UND_ERR_(?:HEADERS|BODY)_TIMEOUT|ESOCKETTIMEDOUT|TimeoutError/i)) {
		return {
			kind: 'timed-out',
			message: `No complete reply came from ${server} in time`,
			description: words.cameTooLate,
			retryable: false,
		};
	}
	if (
		says(
			/connect ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT|ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|ENETDOWN|EADDRNOTAVAIL/,
		)
	) {
		return {
			kind: 'connection-lost',
			message: `No connection to ${server} could be made`,
			description: checkNetwork,
			retryable: true,
		};
	}
	if (says(/ENOTFOUND|EAI_AGAIN|EAI_FAIL|getaddrinfo/)) {
		return {
			kind: 'connection-lost',
			message: `The network address of ${server} could not be looked up`,
			description: checkNetwork,
			// MiniMax's own names exist, so the name service is at fault and comes back.
			retryable: !custom || says(/EAI_AGAIN/),
		};
	}
	if (says(/CERT|certificate|self.signed|EPROTO|ERR_SSL|ERR_TLS|wrong version number/i)) {
		return {
			kind: 'connection-lost',
			message: `No secure connection to ${server} could be made`,
			description: custom
				? "Check whether 'Base URL' has to start with http:// or https://, and that n8n's machine trusts the server's certificate."
				: 'Check for a proxy that opens encrypted traffic; n8n has to trust its certificate.',
			retryable: false,
		};
	}
	if (says(/HPE_|ERR_BAD_RESPONSE|ERR_STREAM_PREMATURE_CLOSE|\baborted\b|Premature close/)) {
		return {
			kind: 'connection-lost',
			message: `The connection to ${server} broke off in the middle of the reply`,
			description: `Run ${words.unit} again. If it happens often, a proxy may be cutting long connections.`,
			retryable: false,
		};
	}
	if (says(/ECONNRESET|EPIPE|ETIMEDOUT|ECONNABORTED|UND_ERR_SOCKET|socket hang up/)) {
		return {
			kind: 'connection-lost',
			message: `The connection to ${server} closed before a reply came`,
			description: `Run ${words.unit} again. If it happens often: ${checkNetwork.charAt(0).toLowerCase()}${checkNetwork.slice(1)}`,
			retryable: true,
		};
	}
	const reported = shorten(
		typeof fault.message === 'string' ? fault.message : null,
		context.secrets ?? [],
	);
	return {
		kind: 'connection-lost',
		message: `No reply came from ${server}`,
		description: reported === null ? checkNetwork : `${checkNetwork} n8n reported: “${reported}”`,
		retryable: false,
	};
}
