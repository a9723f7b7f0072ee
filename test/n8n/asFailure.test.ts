import { FailureError, failureOf } from '../../nodes/minimax/failure/failure';
import { InvalidInput } from '../../nodes/minimax/failure/invalidInput';
import { asFailure } from '../../nodes/n8n/asFailure';
import { readAccess, type Access } from '../../nodes/n8n/readAccess';

const international = readAccess({ apiKey: 'my-secret-key', region: 'international' });
const custom = readAccess({
	apiKey: 'my-secret-key',
	region: 'custom',
	baseUrl: 'http://llm.example/v1',
});
const lost = Object.assign(new Error('getaddrinfo ENOTFOUND llm.example'), { code: 'ENOTFOUND' });

function failureFrom(error: unknown, access: Access, panel?: 'chat' | 'model') {
	const failure = asFailure(error, access, 'MiniMax-M3', undefined, panel);
	if (!(failure instanceof FailureError)) throw failure;
	return failure.failure;
}

it('a connection that fails is a failure, in words', () => {
	expect(failureFrom(lost, custom)).toMatchObject({
		cause: 'host-unknown',
		message: expect.stringContaining('Base URL'),
	});
	// A host of MiniMax is there: the name service is at fault.
	expect(failureFrom(lost, international)).toMatchObject({ cause: 'name-service-down' });
});

it('the panel of MiniMax Chat is meant where none is named', () => {
	const late = new Error('timeout of 5 ms exceeded');
	expect(failureFrom(late, custom)).toEqual(failureFrom(late, custom, 'chat'));
	expect(failureFrom(late, custom)).not.toEqual(failureFrom(late, custom, 'model'));
});

it('the key is in no word of it', () => {
	const failure = failureFrom(new Error('odd: my-secret-key'), custom);
	expect(failure).toMatchObject({ cause: 'no-reply', reported: 'odd: [hidden]' });
	expect(JSON.stringify(failure)).not.toContain('my-secret-key');
});

describe('comes back as it is', () => {
	const stopped = AbortSignal.abort();
	const running = new AbortController().signal;
	const ours = new FailureError(
		failureOf({ kind: 'server-fault', message: 'It failed', description: 'Wait.' }),
	);

	it.each<[string, unknown, AbortSignal | undefined]>([
		['a failure', ours, undefined],
		['input that was refused', new InvalidInput("'A' is empty", 'Fill it.'), running],
		['what ends a stopped execution', lost, stopped],
		['what is no error', 'odd', undefined],
	])('%s', (_what, error, signal) => {
		expect(asFailure(error, custom, 'MiniMax-M3', signal)).toBe(error);
	});

	it('but not what ends one that goes on', () => {
		expect(asFailure(lost, custom, 'MiniMax-M3', running)).toBeInstanceOf(FailureError);
	});
});
