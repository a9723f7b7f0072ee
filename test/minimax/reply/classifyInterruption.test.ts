import {
	classifyInterruption,
	isCancellation,
	TooLongError,
} from '../../../nodes/minimax/reply/classifyInterruption';
import { SilenceError } from '../../../nodes/minimax/reply/watchSilence';

const error = (fields: object, message = 'Oh no') => Object.assign(new Error(message), fields);

it.each<[string, unknown, boolean]>([
	['the platform', error({ name: 'AbortError' }), true],
	['axios', error({ name: 'CanceledError' }), true],
	['n8n', error({ name: 'ManualExecutionCancelledError' }), true],
	['axios, by its code', error({ code: 'ERR_CANCELED' }), true],
	['Node.js, by its code', error({ code: 'ABORT_ERR' }), true],
	['a platform whose errors are none', { name: 'AbortError' }, true],
	['another object', { name: 'Error' }, false],
	['a connection', error({ code: 'ECONNRESET' }), false],
	['a name that goes on', error({ name: 'AbortErrors' }), false],
	['a name that begins otherwise', error({ name: 'NoAbortError' }), false],
	['words only', error({}, 'AbortError'), false],
	['a text', 'AbortError', false],
	['nothing', undefined, false],
])('whether %s was stopped on purpose', (_what, thrown, isStopped) => {
	expect(isCancellation(thrown)).toBe(isStopped);
});

it.each<[string, unknown, string]>([
	['a code of the system', error({ code: 'ETIMEDOUT' }), 'went-silent'],
	['a code of undici', error({ code: 'UND_ERR_BODY_TIMEOUT' }), 'went-silent'],
	['a code of axios', error({ code: 'ECONNABORTED' }), 'went-silent'],
	['a name', error({ name: 'BodyTimeoutError' }), 'went-silent'],
	['words', error({}, 'Body Timeout of 7 ms'), 'went-silent'],
	['no timeout', error({ code: 'ECONNRESET' }), 'broke-off'],
	['no error', 'timeout', 'broke-off'],
	['too much', new TooLongError(), 'reply-too-long'],
])('a connection that broke off with %s', (_what, thrown, cause) => {
	const verdict = classifyInterruption(thrown);
	expect([verdict.cause, verdict.silenceMs]).toEqual([cause, undefined]);
});

it('silence says how long it was', () => {
	expect(classifyInterruption(new SilenceError(7000))).toMatchObject({
		cause: 'went-silent',
		silenceMs: 7000,
	});
});
