import { checkRequest, type RawRequest } from '../../../nodes/minimax/request/checkRequest';
import { refusal } from '../../support/refusal';

const messages = [{ role: 'user', content: 'Hi' }];
const body = (fields: Partial<RawRequest>): RawRequest => ({
	model: 'MiniMax-M2.7',
	messages,
	...fields,
});

describe('checkRequest', () => {
	test('keeps what it does not check', () => {
		const raw = body({
			temperature: 1,
			top_p: 0.95,
			max_completion_tokens: 8192,
			stream: true,
			odd: { a: 1 },
		});
		expect(checkRequest(raw)).toEqual(raw);
	});

	test('text of expressions becomes numbers, what is not there is left out', () => {
		expect(
			checkRequest(
				body({
					model: ' minimax-m2.7 ',
					temperature: ' 0.5 ',
					top_p: '',
					max_completion_tokens: '100',
				}),
			),
		).toStrictEqual({
			model: 'MiniMax-M2.7',
			messages,
			temperature: 0.5,
			max_completion_tokens: 100,
		});
		expect(checkRequest(body({ temperature: null, top_p: undefined }))).toStrictEqual({
			model: 'MiniMax-M2.7',
			messages,
		});
	});

	test.each<[Partial<RawRequest>]>([
		[{ temperature: 0.0001 }],
		[{ temperature: 1 }],
		[{ top_p: 1 }],
		[{ max_completion_tokens: 1 }],
		[{ max_completion_tokens: 204_800 }],
		[{ model: 'MiniMax-M3', temperature: 0, top_p: 0, max_completion_tokens: 524_288 }],
		[{ model: 'MiniMax-M3', temperature: 2, top_p: 1 }],
		[{ model: 'M2-her', max_completion_tokens: 2048 }],
		[{ model: 'some/model', temperature: 7, top_p: -1, max_completion_tokens: 10_000_000 }],
	])('takes %j', (fields) => {
		expect(checkRequest(body(fields))).toStrictEqual(body(fields));
	});

	const IN_RANGE = 'Give a number in that range.';
	const A_NUMBER =
		'Give a number. If it comes from an expression, check that the expression gives a value for this item.';
	const ROOM = 'Thinking counts against it, so 4096 or more leaves room for the answer.';
	const PICK =
		'Choose a model or enter its ID, for example MiniMax-M3. If it comes from an expression, check that the expression gives a value for this item.';

	test.each<[Partial<RawRequest>, string, string]>([
		[{ model: '' }, "'Model' is empty", PICK],
		[{ model: ' ' }, "'Model' is empty", PICK],
		[{ model: undefined }, "'Model' is empty", PICK],
		[{ model: { mode: 'id' } }, "'Model' is empty", PICK],
		[
			{ temperature: 1.5 },
			"'Temperature' is 1.5, but MiniMax-M2.7 takes more than 0 and up to 1",
			IN_RANGE,
		],
		[
			{ temperature: -1 },
			"'Temperature' is -1, but MiniMax-M2.7 takes more than 0 and up to 1",
			IN_RANGE,
		],
		[
			{ temperature: 0 },
			"'Temperature' is 0, but MiniMax-M2.7 takes more than 0 and up to 1",
			'A small number such as 0.01 gives answers that vary as little as possible.',
		],
		[
			{ model: 'MiniMax-M3', temperature: 2.1 },
			"'Temperature' is 2.1, but MiniMax-M3 takes 0 to 2",
			IN_RANGE,
		],
		[
			{ model: 'MiniMax-M3', temperature: -0.1 },
			"'Temperature' is -0.1, but MiniMax-M3 takes 0 to 2",
			IN_RANGE,
		],
		[
			{ top_p: '1.01' },
			"'Top P' is 1.01, but MiniMax-M2.7 takes more than 0 and up to 1",
			IN_RANGE,
		],
		[{ temperature: 'warm' }, "'Temperature' is not a number", A_NUMBER],
		[{ temperature: '0,5' }, "'Temperature' is not a number", A_NUMBER],
		[{ temperature: Number.NaN }, "'Temperature' is not a number", A_NUMBER],
		[{ model: 'some/model', temperature: true }, "'Temperature' is not a number", A_NUMBER],
		[{ top_p: [1] }, "'Top P' is not a number", A_NUMBER],
		[{ max_completion_tokens: 'Infinity' }, "'Max Tokens' is not a number", A_NUMBER],
		[
			{ max_completion_tokens: 0 },
			"'Max Tokens' is 0, but has to be a whole number of at least 1",
			ROOM,
		],
		[
			{ model: 'some/model', max_completion_tokens: -5 },
			"'Max Tokens' is -5, but has to be a whole number of at least 1",
			ROOM,
		],
		[
			{ max_completion_tokens: 10.5 },
			"'Max Tokens' is 10.5, but has to be a whole number of at least 1",
			ROOM,
		],
	])('refuses %j', (fields, message, description) => {
		expect(refusal(() => checkRequest(body(fields)))).toEqual([message, description]);
	});

	it.each([
		['MiniMax-M2.7', 300_000, 204_800],
		['M2-her', 8192, 2048],
		['some/model', 999_999, 999_999],
	])('sends at most what %s can write', (model, given, sent) => {
		expect(checkRequest(body({ model, max_completion_tokens: given }))).toEqual(
			body({ model, max_completion_tokens: sent }),
		);
	});
});
