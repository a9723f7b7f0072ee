import {
	classifyConnection,
	type ConnectionFault,
} from '../../../nodes/minimax/failure/classifyConnection';
import type { FailureCause, FailureKind } from '../../../nodes/minimax/failure/causes';

const HERE = { hostExists: true, secrets: [] };
const THERE = { hostExists: false, secrets: [] };

type Row = [
	fault: ConnectionFault,
	context: typeof HERE,
	cause: FailureCause,
	kind: FailureKind,
	retryable: boolean,
];

// One row a line, so that the table can be read as one.
// prettier-ignore
const ROWS: Row[] = [
	[{ code: 'ECONNREFUSED', message: 'connect ECONNREFUSED 127.0.0.1:1' }, HERE, 'connection-refused', 'connection-lost', true],
	[{ code: 'ECONNREFUSED', message: '' }, THERE, 'connection-refused', 'connection-lost', true],
	[{ code: 'EHOSTUNREACH' }, HERE, 'connection-refused', 'connection-lost', true],
	[{ code: 'ETIMEDOUT', message: 'connect ETIMEDOUT 10.0.0.1:443' }, HERE, 'connection-refused', 'connection-lost', true],
	[{ code: 'ENOTFOUND', message: 'getaddrinfo ENOTFOUND api.minimax.io' }, HERE, 'name-service-down', 'connection-lost', true],
	[{ code: 'ENOTFOUND', message: 'getaddrinfo ENOTFOUND nowhere.example' }, THERE, 'host-unknown', 'connection-lost', false],
	[{ code: 'EAI_AGAIN', message: 'getaddrinfo EAI_AGAIN llm.example' }, THERE, 'name-service-down', 'connection-lost', true],
	[{ code: 'ECONNRESET', message: 'socket hang up' }, HERE, 'connection-closed', 'connection-lost', true],
	[{ code: 'EPIPE', message: 'write EPIPE' }, HERE, 'connection-closed', 'connection-lost', true],
	[{ code: 'ETIMEDOUT', message: 'read ETIMEDOUT' }, HERE, 'connection-closed', 'connection-lost', true],
	[{ code: 'ECONNRESET', message: 'aborted' }, HERE, 'connection-cut', 'connection-lost', false],
	[{ code: 'ERR_BAD_RESPONSE', message: 'stream has been aborted' }, HERE, 'connection-cut', 'connection-lost', false],
	[{ code: 'HPE_INVALID_CHUNK_SIZE', message: 'Parse Error' }, HERE, 'connection-cut', 'connection-lost', false],
	[{ code: 'ECONNABORTED', message: 'timeout of 300000ms exceeded' }, HERE, 'reply-too-late', 'timed-out', false],
	[{ code: 'ETIMEDOUT', message: 'timeout of 1000ms exceeded' }, HERE, 'reply-too-late', 'timed-out', false],
	[{ name: 'TimeoutError', message: 'The operation was aborted due to timeout' }, HERE, 'reply-too-late', 'timed-out', false],
	[{ code: 'ERR_CANCELED', message: 'canceled', name: 'CanceledError' }, HERE, 'stopped', 'connection-lost', false],
	[{ name: 'AbortError', message: 'This operation was aborted' }, HERE, 'stopped', 'connection-lost', false],
	[{ code: 'SELF_SIGNED_CERT_IN_CHAIN', message: 'self-signed certificate in certificate chain' }, HERE, 'encryption-failed', 'connection-lost', false],
	[{ code: 'EPROTO', message: 'SSL routines: wrong version number' }, THERE, 'encryption-failed', 'connection-lost', false],
	[{ message: 'Something of key sk-cp-12345678 happened' }, HERE, 'no-reply', 'connection-lost', false],
	[{ message: 'n8n wrapped it', cause: { message: 'and axios too', cause: { code: 'ECONNRESET' } } }, HERE, 'connection-closed', 'connection-lost', true],
	[{}, HERE, 'no-reply', 'connection-lost', false],
	[{ code: 7, message: null, cause: 'text' }, HERE, 'no-reply', 'connection-lost', false],
];

test.each(ROWS)('%j %j', (fault, context, cause, kind, retryable) => {
	expect(classifyConnection(fault, context)).toMatchObject({
		cause,
		kind,
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

test('what nothing is known about is reported, without the key', () => {
	const fault = { message: 'Something of key my-secret-1 happened' };
	expect(classifyConnection(fault, { ...HERE, secrets: ['my-secret-1'] })).toMatchObject({
		cause: 'no-reply',
		reported: 'Something of key [hidden] happened',
	});
});

test('causes in a circle come to an end', () => {
	const fault: ConnectionFault = { message: 'round' };
	fault.cause = fault;
	expect(classifyConnection(fault, HERE).cause).toBe('no-reply');
});

test.each([
	[{ name: 'Error', message: 'odd' }, 'odd'],
	[{ message: 'odd' }, 'odd'],
	// What a program says of its own mistakes helps nobody.
	[{ name: 'TypeError', message: 'x is not a function' }, null],
	[{ name: 'RangeError', message: 'Maximum call stack size exceeded' }, null],
	[{ name: 'Error', message: 7 }, null],
	[{ name: 'Error' }, null],
])('of %j is reported %j', (fault, reported) => {
	expect(classifyConnection(fault, HERE)).toMatchObject({ cause: 'no-reply', reported });
});

describe('signs are looked for', () => {
	const inside = (depth: number): ConnectionFault =>
		depth === 0 ? { code: 'ECONNRESET' } : { message: 'wrapped', cause: inside(depth - 1) };

	test('in four causes and no further', () => {
		expect(classifyConnection(inside(4), HERE).cause).toBe('connection-closed');
		expect(classifyConnection(inside(5), HERE).cause).toBe('no-reply');
	});

	test('in the first 1,000 characters of a text and no further', () => {
		const said = (before: number) => ({ message: `${'.'.repeat(before)}ECONNRESET` });
		expect(classifyConnection(said(990), HERE).cause).toBe('connection-closed');
		expect(classifyConnection(said(991), HERE).cause).toBe('no-reply');
	});

	test('in one text as a whole', () => {
		expect(classifyConnection({ name: 'connect', message: 'ETIMEDOUT' }, HERE).cause).toBe(
			'connection-closed',
		);
	});
});
