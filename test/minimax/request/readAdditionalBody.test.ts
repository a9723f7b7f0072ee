import { readAdditionalBody } from '../../../nodes/minimax/request/readAdditionalBody';
import { refusal } from '../../support/refusal';

describe('readAdditionalBody', () => {
	test.each([[undefined], [null], [''], ['{}'], [{}]])('%j adds nothing', (given) => {
		expect(readAdditionalBody(given)).toEqual({});
	});

	test.each<[string, Record<string, unknown>]>([
		['fields that are not known', { seed: 7, stop: null, n: '2', tool_choice: { type: 'auto' } }],
		['another model', { model: 'acme/Our-Tune' }],
		[
			'other messages',
			{
				messages: [
					{ role: 'user', content: 'Hi' },
					{ role: 'x', odd: [1] },
				],
			},
		],
		['numbers outside of the ranges', { temperature: 7, top_p: -1, max_completion_tokens: 0.5 }],
		['tools', { tools: [{ type: 'web_search' }] }],
		['objects', { thinking: { type: 'disabled' }, response_format: {}, stream_options: {} }],
		['null, which takes a field out', { temperature: null, tools: null, thinking: null }],
	])('passes %s through', (_, given) => {
		expect(readAdditionalBody(given)).toEqual(given);
		expect(readAdditionalBody(JSON.stringify(given))).toEqual(given);
	});

	test('takes numbers as text, as the panel does', () => {
		const given = { temperature: '0.5', top_p: ' 1 ', max_tokens: '100', n: '2' };
		for (const model of ['MiniMax-M2.7', 'acme/Our-Tune']) {
			const fields = readAdditionalBody(given, model);
			expect(fields).toEqual({ temperature: 0.5, top_p: 1, max_tokens: 100, n: '2' });
		}
	});

	const ODD = { thinking: 'disabled', response_format: 'json', tools: {}, temperature: 'auto' };
	test('looks at no more than model and messages where the model is not known', () => {
		expect(readAdditionalBody(ODD, 'acme/Our-Tune')).toEqual(ODD);
		const named = { model: 'acme/Our-Tune', ...ODD };
		expect(readAdditionalBody(named, 'MiniMax-M2.7')).toEqual(named);
		expect(refusal(() => readAdditionalBody({ messages: 'Hello' }, 'acme/Our-Tune'))[0]).toBe(
			"'Additional Body Fields', messages has to be a list of messages, each an object with a role",
		);
		const known = { model: 'minimax-m3', ...ODD };
		expect(refusal(() => readAdditionalBody(known, 'acme/Our-Tune'))[0]).toBe(
			"'Additional Body Fields', thinking has to be an object",
		);
	});

	test('leaves out `stream`, and does not change what it was given', () => {
		const given = Object.freeze({ stream: 'no', seed: 7 });
		expect(readAdditionalBody(given)).toEqual({ seed: 7 });
	});

	const MODEL = 'model has to be the ID of a model as text';
	const MESSAGES = 'messages has to be a list of messages, each an object with a role';
	test.each<[Record<string, unknown>, string]>([
		[{ model: null }, MODEL],
		[{ model: 7 }, MODEL],
		[{ model: ' ' }, MODEL],
		[{ messages: 'Hello' }, MESSAGES],
		[{ messages: null }, MESSAGES],
		[{ messages: [] }, MESSAGES],
		[{ messages: [{ role: 'user', content: 'Hi' }, null] }, MESSAGES],
		[{ messages: [{ content: 'Hello' }] }, MESSAGES],
		[{ temperature: 'warm' }, 'temperature has to be a number'],
		[{ temperature: '' }, 'temperature has to be a number'],
		[{ temperature: '1e999' }, 'temperature has to be a number'],
		[{ top_p: true }, 'top_p has to be a number'],
		[{ max_completion_tokens: [1] }, 'max_completion_tokens has to be a number'],
		[{ max_tokens: '1k' }, 'max_tokens has to be a number'],
		[{ tools: {} }, 'tools has to be a list of objects'],
		[{ tools: [{}, 'f'] }, 'tools has to be a list of objects'],
		[{ thinking: 'disabled' }, 'thinking has to be an object'],
		[{ response_format: 'json' }, 'response_format has to be an object'],
		[{ stream_options: true }, 'stream_options has to be an object'],
	])('refuses %j', (given, words) => {
		const [name = ''] = Object.keys(given);
		expect(refusal(() => readAdditionalBody(given))).toEqual([
			`'Additional Body Fields', ${words}`,
			`What stands there is sent in place of the other fields. Correct ${name}, or remove it.`,
		]);
	});

	test.each([['[1]'], ['7'], ['{'], [[]], [7]])('refuses %j', (given) => {
		expect(refusal(() => readAdditionalBody(given))).toEqual([
			"'Additional Body Fields' is not a JSON object",
			expect.stringMatching(/Give an object such as \{"seed": 7\}\.$/),
		]);
	});
});
