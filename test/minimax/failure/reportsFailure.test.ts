import { reportsFailure } from '../../../nodes/minimax/failure/reportsFailure';

const choice = { index: 0, message: { role: 'assistant', content: 'Nine.' } };

describe('a failure is reported by', () => {
	it.each<[string, object]>([
		['an error in words', { error: 'busy', choices: [choice] }],
		['an error with a field', { error: { code: 1 }, choices: [choice] }],
		['an error that is true', { error: true }],
		['a list of errors', { error: ['busy'] }],
		['a code of base_resp', { base_resp: { status_code: 1002 }, choices: [choice] }],
		['a code of base_resp in digits', { base_resp: { status_code: '1002' }, choices: [choice] }],
		['the type of an error alone', { error_type: 'overloaded', choices: [choice] }],
		['the message of an error alone', { error_message: 'busy', choices: [choice] }],
		['an error of a choice', { choices: [{ error: { code: 503 } }] }],
		['an error of one choice of several', { choices: [choice, null, { error: 'busy' }] }],
		['an object called error', { object: 'error' }],
		['no success', { success: false }],
		['errors', { errors: [{ code: 7000 }] }],
		['a type that ends in error', { type: 'ServerError' }],
		['a type that is error', { type: 'error', choices: [] }],
		['the status error', { status: 'error' }],
		['the status fail', { status: 'Fail' }],
		['the status failed', { status: 'failed' }],
		['the status failure', { status: 'FAILURE' }],
		['a message with the status of one', { message: 'No.', statusCode: 500, server: 'x' }],
		['a message and nothing else', { message: 'No.' }],
		['a message with what goes along', { msg: 'No.', path: '/v1', timestamp: 7, code: 'E7' }],
		['a detail and nothing else', { detail: 'Not Found' }],
		['a detail that is a list', { detail: [{ msg: 'No.' }] }],
	])('%s', (_what, wire) => {
		expect(reportsFailure(wire)).toBe(true);
	});
});

describe('no failure is reported by', () => {
	it.each<[string, object]>([
		['a completion', { choices: [choice] }],
		[
			'one that denies an error in every way',
			{
				choices: [choice],
				error: null,
				error_type: '',
				error_message: '',
				base_resp: { status_code: 0, status_msg: '' },
			},
		],
		['an empty error', { error: {}, choices: [choice] }],
		['an empty list of them', { error: [], errors: [], choices: [] }],
		['a base_resp that is none', { base_resp: 'ok', choices: [choice] }],
		['a code of 0 in digits', { base_resp: { status_code: '0' } }],
		['an empty error of a choice', { choices: [{ ...choice, error: null }] }],
		[
			'a completion that says more',
			{
				choices: [choice],
				object: 'error',
				success: false,
				status: 'error',
				type: 'error',
				message: 'No.',
				errors: [{}],
			},
		],
		['the end of a stream', { choices: [], usage: { total_tokens: 7 } }],
		['success', { success: true }],
		['another object', { object: 'chat.completion' }],
		['a type with error in it', { type: 'error_free' }],
		['another status', { status: 'completed' }],
		['a status with error in it', { status: 'no error' }],
		['a status that goes on', { status: 'failed over' }],
		['a status that is a number', { status: 503 }],
		['a message beside other things', { message: 'Hello', role: 'assistant' }],
		['an empty message', { message: '' }],
		['nothing', {}],
	])('%s', (_what, wire) => {
		expect(reportsFailure(wire)).toBe(false);
	});
});
