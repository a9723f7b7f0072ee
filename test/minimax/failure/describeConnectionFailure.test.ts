import {
	describeConnectionFailure,
	type ConnectionFault,
} from '../../../nodes/minimax/failure/describeConnectionFailure';
import type { FailureContext } from '../../../nodes/minimax/failure/failureWords';
import type { FailureKind } from '../../../nodes/minimax/failure/failure';

const HERE: FailureContext = { region: 'international', model: 'MiniMax-M2.7' };
const THERE: FailureContext = { region: 'custom', model: 'MiniMax-M2.7' };

const NETWORK =
	"Check that n8n's machine can reach the internet, and its proxy and firewall settings.";
const LOCAL =
	"Check 'Base URL' in the credential 'MiniMax Platform API', that the server is running, and that n8n's machine can reach it.";
const AGAIN =
	"Run the node again. If it happens often: check that n8n's machine can reach the internet, and its proxy and firewall settings.";
const TIMEOUT =
	"Raise 'Timeout' under Request Options, lower 'Max Tokens', or leave 'Streaming' on Automatic so that a long answer keeps the connection alive.";
const STOPPED = 'Run the workflow again if you did not stop it.';
const MIDDLE = 'Run the node again. If it happens often, a proxy may be cutting long connections.';
const TLS = 'Check for a proxy that opens encrypted traffic; n8n has to trust its certificate.';

type Row = [ConnectionFault, FailureContext, FailureKind, string, string, boolean];

// One row a line, so that the table can be read as one.
// prettier-ignore
const ROWS: Row[] = [
	[{ code: 'ECONNREFUSED', message: 'connect ECONNREFUSED 127.0.0.1:1' }, HERE, 'connection-lost', 'No connection to MiniMax could be made', NETWORK, true],
	[{ code: 'ECONNREFUSED', message: '' }, THERE, 'connection-lost', "No connection to the server behind 'Base URL' could be made", LOCAL, true],
	[{ code: 'EHOSTUNREACH' }, HERE, 'connection-lost', 'No connection to MiniMax could be made', NETWORK, true],
	[{ code: 'ETIMEDOUT', message: 'connect ETIMEDOUT 10.0.0.1:443' }, HERE, 'connection-lost', 'No connection to MiniMax could be made', NETWORK, true],
	[{ code: 'ENOTFOUND', message: 'getaddrinfo ENOTFOUND api.minimax.io' }, HERE, 'connection-lost', 'The network address of MiniMax could not be looked up', NETWORK, true],
	[{ code: 'ENOTFOUND', message: 'getaddrinfo ENOTFOUND nowhere.example' }, THERE, 'connection-lost', "The network address of the server behind 'Base URL' could not be looked up", LOCAL, false],
	[{ code: 'EAI_AGAIN', message: 'getaddrinfo EAI_AGAIN llm.example' }, THERE, 'connection-lost', "The network address of the server behind 'Base URL' could not be looked up", LOCAL, true],
	[{ code: 'ECONNRESET', message: 'socket hang up' }, HERE, 'connection-lost', 'The connection to MiniMax closed before a reply came', AGAIN, true],
	[{ code: 'ECONNRESET', message: 'read ECONNRESET' }, { ...HERE, replyBegan: true }, 'connection-lost', 'The connection to MiniMax closed before a reply came', AGAIN, false],
	[{ code: 'EPIPE', message: 'write EPIPE' }, HERE, 'connection-lost', 'The connection to MiniMax closed before a reply came', AGAIN, true],
	[{ code: 'ETIMEDOUT', message: 'read ETIMEDOUT' }, HERE, 'connection-lost', 'The connection to MiniMax closed before a reply came', AGAIN, true],
	[{ code: 'ECONNRESET', message: 'aborted' }, HERE, 'connection-lost', 'The connection to MiniMax broke off in the middle of the reply', MIDDLE, false],
	[{ code: 'ERR_BAD_RESPONSE', message: 'stream has been aborted' }, HERE, 'connection-lost', 'The connection to MiniMax broke off in the middle of the reply', MIDDLE, false],
	[{ code: 'HPE_INVALID_CHUNK_SIZE', message: 'Parse Error' }, HERE, 'connection-lost', 'The connection to MiniMax broke off in the middle of the reply', MIDDLE, false],
	[{ code: 'ECONNABORTED', message: 'timeout of 300000ms exceeded' }, HERE, 'timed-out', 'No complete reply came from MiniMax in time', TIMEOUT, false],
	[{ code: 'ETIMEDOUT', message: 'timeout of 1000ms exceeded' }, HERE, 'timed-out', 'No complete reply came from MiniMax in time', TIMEOUT, false],
	[{ name: 'TimeoutError', message: 'The operation was aborted due to timeout' }, HERE, 'timed-out', 'No complete reply came from MiniMax in time', TIMEOUT, false],
	[{ code: 'ERR_CANCELED', message: 'canceled', name: 'CanceledError' }, HERE, 'connection-lost', 'The request was stopped before the reply was complete', STOPPED, false],
	[{ name: 'AbortError', message: 'This operation was aborted' }, HERE, 'connection-lost', 'The request was stopped before the reply was complete', STOPPED, false],
	[{ code: 'SELF_SIGNED_CERT_IN_CHAIN', message: 'self-signed certificate in certificate chain' }, HERE, 'connection-lost', 'No secure connection to MiniMax could be made', TLS, false],
	[{ code: 'EPROTO', message: 'SSL routines: wrong version number' }, THERE, 'connection-lost', "No secure connection to the server behind 'Base URL' could be made", "Check whether 'Base URL' has to start with http:// or https://, and that n8n's machine trusts the server's certificate.", false],
	[
		{
			message: 'n8n wrapped it',
			cause: { message: 'and axios too', cause: { code: 'ECONNRESET' } },
		},
		HERE,
		'connection-lost',
		'The connection to MiniMax closed before a reply came',
		AGAIN,
		true,
	],
	[{ message: 'Something of key sk-cp-12345678 happened' }, HERE, 'connection-lost', 'No reply came from MiniMax', `${NETWORK} n8n reported: “Something of key [hidden] happened”`, false],
	[{}, HERE, 'connection-lost', 'No reply came from MiniMax', NETWORK, false],
	[{ code: 7, message: null, cause: 'text' }, HERE, 'connection-lost', 'No reply came from MiniMax', NETWORK, false],
];

describe('describeConnectionFailure', () => {
	test.each(ROWS)('%j %j', (fault, context, kind, message, description, retryable) => {
		expect(describeConnectionFailure(fault, context)).toEqual({
			kind,
			message,
			description,
			httpStatus: null,
			code: null,
			apiMessage: null,
			requestId: null,
			retryable,
			retryAfterMs: null,
			hopeless: false,
			partial: null,
		});
	});

	test('causes in a circle come to an end', () => {
		const fault: ConnectionFault = { message: 'round' };
		fault.cause = fault;
		expect(describeConnectionFailure(fault, HERE).message).toBe('No reply came from MiniMax');
	});

	test('n8n finds no word in it that it would replace', () => {
		const taken =
			/ECONN|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOST|ENOENT|EACCES|EEXIST|EPERM|EISDIR|GETADDRINFO/i;
		expect(ROWS.map((row) => row[3]).filter((message) => taken.test(message))).toEqual([]);
	});
});
