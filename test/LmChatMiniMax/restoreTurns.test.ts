import fc from '../support/fastCheck';

import type { WireRequestMessage, WireToolCall } from '../../nodes/minimax/wireTypes';
import { restoreTurns } from '../../nodes/LmChatMiniMax/restoreTurns';
import { TurnMemory, type TurnScope } from '../../nodes/LmChatMiniMax/turnMemory';

const scope: TurnScope = { access: 'key', execution: '1' };
const user: WireRequestMessage = { role: 'user', content: 'Compare the ports.' };

function call(id: string, text: string, name = 'lookup') {
	return { id, type: 'function', function: { name, arguments: text } };
}

/** An assistant message as the API sent it, and its calls as they are kept. */
function turn(thinking: string, ...calls: Array<ReturnType<typeof call>>) {
	const message: WireRequestMessage = {
		role: 'assistant',
		content: '\n',
		reasoning_details: [{ type: 'reasoning.text', index: 0, text: thinking }],
		tool_calls: calls,
	};
	return {
		message,
		calls: calls.map(({ id, function: called }) => ({ id, ...called })),
	};
}

/** What n8n's agent makes of one call: nothing but the call, its id among the arguments. */
function rebuilt(id: string, args: object, thinking?: string): WireRequestMessage {
	return {
		role: 'assistant',
		content: '',
		...(thinking !== undefined && { reasoning_content: thinking }),
		tool_calls: [call(id, JSON.stringify({ ...args, id }))],
	};
}

function result(id: string, content = `result of ${id}`): WireRequestMessage {
	return { role: 'tool', tool_call_id: id, content };
}

/** Keeps the turns and restores the messages. */
function restore(turns: Array<ReturnType<typeof turn>>, messages: WireRequestMessage[]) {
	const memory = new TurnMemory();
	for (const { message, calls } of turns) memory.keep(scope, message, calls, new Set());
	return restoreTurns(messages, (id, back) => memory.find(scope, id, back));
}

const both = turn('Both at once.', call('a', '{ "port": "Oslo" }'), call('b', '{"port":"Riga"}'));
const last = turn('And the sum.', call('c', '{"port": "Kiel"}'));

describe('turns that are known', () => {
	it('come back whole, results in the order of the calls', () => {
		const messages = restore(
			[both, last],
			[
				user,
				rebuilt('b', { port: 'Riga' }),
				result('b'),
				rebuilt('a', { port: 'Oslo' }),
				result('a'),
				rebuilt('c', { port: 'Kiel' }),
				result('c'),
			],
		);
		expect(messages).toEqual([
			user,
			both.message,
			result('a'),
			result('b'),
			last.message,
			result('c'),
		]);
	});

	it('come back whole where the calls of another stand between theirs', () => {
		const messages = restore(
			[both, last],
			[
				rebuilt('a', { port: 'Oslo' }),
				result('a'),
				rebuilt('c', { port: 'Kiel' }),
				result('c'),
				rebuilt('b', { port: 'Riga' }),
				result('b'),
			],
		);
		expect(messages).toEqual([both.message, result('a'), result('b'), last.message, result('c')]);
	});

	it('come back when the agent kept them in one message', () => {
		const messages = restore([both], [user, both.message, result('a'), result('b')]);
		expect(messages).toEqual([user, both.message, result('a'), result('b')]);
	});

	it('keep only the calls that a memory has not cut, in the words of the memory', () => {
		const messages = restore(
			[both],
			[rebuilt('b', { port: 'Riga' }, 'Both at once.'), result('b'), user],
		);
		expect(messages).toEqual([
			{
				role: 'assistant',
				content: '',
				reasoning_content: 'Both at once.',
				tool_calls: [call('b', '{"port":"Riga"}')],
			},
			result('b'),
			user,
		]);
	});

	it('keep only the calls of one message that have a result', () => {
		const messages = restore([both], [user, both.message, result('b')]);
		expect(messages).toEqual([
			user,
			{ ...both.message, tool_calls: [call('b', '{"port":"Riga"}')] },
			result('b'),
		]);
	});

	it('are left out where no result is there, but for what they say', () => {
		const spoken = { ...rebuilt('c', { port: 'Kiel' }), content: 'Let me see.' };
		expect(restore([both, last], [user, both.message, spoken, user])).toEqual([
			user,
			{ role: 'assistant', content: 'Let me see.' },
			user,
		]);
	});

	it('leave out a result that is all a memory has kept of several', () => {
		expect(restore([both], [result('b'), user])).toEqual([user]);
	});

	it('come back for results whose calls were cut off, behind another turn', () => {
		expect(
			restore([both, last], [rebuilt('c', {}), result('c'), result('b'), result('a')]),
		).toEqual([last.message, result('c'), both.message, result('a'), result('b')]);
		expect(restore([both, last], [rebuilt('c', {}), result('c'), result('b')])).toEqual([
			last.message,
			result('c'),
		]);
		expect(
			restore([last, turn('One.', call('z', '{}'))], [rebuilt('c', {}), result('c'), result('z')]),
		).toEqual([last.message, result('c'), turn('One.', call('z', '{}')).message, result('z')]);
	});

	it('are left out without content and result', () => {
		const silent: WireRequestMessage = { role: 'assistant', tool_calls: [call('z', '{}')] };
		expect(restore([], [user, silent, user])).toEqual([user, user]);
		expect(restore([], [{ ...silent, content: ' ' }, user])).toEqual([user]);
	});

	it('keep the ids that are free where only some are taken', () => {
		const twice = turn('Again.', call('c', '{}'), call('d', '{}'));
		const turns = [last, twice];
		const memory = new TurnMemory();
		const shown = turns.flatMap(({ message, calls }) =>
			memory.keep(scope, message, calls, new Set()).calls.map(({ shownId }) => shownId),
		);
		const messages = restoreTurns(
			shown.flatMap((id) => [rebuilt(id, {}), result(id)]),
			(id, back) => memory.find(scope, id, back),
		);
		expect(messages).toEqual([
			last.message,
			{ ...result('c'), content: 'result of c' },
			{ ...twice.message, tool_calls: [call(`${shown[1]}`, '{}'), call('d', '{}')] },
			result(`${shown[1]}`),
			result('d'),
		]);
	});

	it('come back for a result whose call was cut off, beside calls that were not', () => {
		const begun = [result('a'), rebuilt('b', { port: 'Riga' }), result('b')];
		expect(restore([both], begun)).toEqual([both.message, result('a'), result('b')]);
		const three = turn(
			'All three.',
			call('a', '{}'),
			call('b', '{"port":"Riga"}'),
			call('c', '{}'),
		);
		expect(restore([three], begun)).toEqual([
			{ role: 'assistant', content: '', tool_calls: [call('b', '{"port":"Riga"}')] },
			result('b'),
		]);
	});

	it('come back for a result whose call was cut off', () => {
		expect(restore([last], [result('c'), user])).toEqual([last.message, result('c'), user]);
	});

	it('come back with ids of their own where an earlier turn has the same', () => {
		const first = turn('One.', call('0', '{"port":"Oslo"}'));
		const second = turn('Two.', call('0', '{"port":"Riga"}'));
		const memory = new TurnMemory();
		const [shown, shownAgain] = [first, second].map(
			({ message, calls }) => memory.keep(scope, message, calls, new Set()).calls[0]?.shownId ?? '',
		);
		const messages = restoreTurns(
			[
				rebuilt(`${shown}`, {}),
				result(`${shown}`),
				rebuilt(`${shownAgain}`, {}),
				result(`${shownAgain}`),
			],
			(id, back) => memory.find(scope, id, back),
		);

		expect(shown).toBe('0');
		expect(shownAgain).not.toBe('0');
		expect(messages).toEqual([
			first.message,
			{ ...result('0', 'result of 0') },
			{ ...second.message, tool_calls: [call(`${shownAgain}`, '{"port":"Riga"}')] },
			result(`${shownAgain}`),
		]);
	});

	it('end at the next message of the user', () => {
		const messages = restore(
			[both, last],
			[
				user,
				rebuilt('c', { port: 'Kiel' }),
				result('c'),
				user,
				rebuilt('a', { port: 'Oslo' }),
				result('a'),
				user,
				rebuilt('b', { port: 'Riga' }),
				result('b'),
			],
		);
		expect(messages).toEqual([
			user,
			last.message,
			result('c'),
			user,
			{ role: 'assistant', content: '', tool_calls: [call('a', '{"port":"Oslo"}')] },
			result('a'),
			user,
			{ role: 'assistant', content: '', tool_calls: [call('b', '{"port":"Riga"}')] },
			result('b'),
		]);
	});
});

it('leaves plain messages as they are', () => {
	const plain: WireRequestMessage[] = [
		{ role: 'system', content: 'Be brief.' },
		user,
		{ role: 'assistant', content: 'Which ports?' },
		user,
		{ role: 'assistant', content: 'These.' },
	];
	const messages = restore([both], plain);

	expect(messages).toStrictEqual(plain);
	messages.forEach((message, index) => expect(message).toBe(plain[index]));
});

describe('results', () => {
	it('count once: the first of two for a call', () => {
		expect(
			restore([last], [rebuilt('c', {}), result('c', 'first'), result('c', 'second'), user]),
		).toEqual([last.message, result('c', 'first'), user]);
	});

	it('of a call that was cut off count once too', () => {
		expect(restore([last], [result('c', 'first'), result('c', 'second')])).toEqual([
			last.message,
			result('c', 'first'),
		]);
	});

	it('belong to the latest call that waits for one', () => {
		// Some servers count from zero in every turn.
		const messages = restore(
			[],
			[
				rebuilt('0', { port: 'Oslo' }, 'One.'),
				result('0', 'of Oslo'),
				rebuilt('0', { port: 'Riga' }, 'Two.'),
				result('0', 'of Riga'),
			],
		);
		expect(messages.filter(({ role }) => role === 'tool')).toEqual([
			result('0', 'of Oslo'),
			result('0', 'of Riga'),
		]);
	});

	it('without an id are left out', () => {
		expect(restore([both], [user, { role: 'tool', content: 'lost' }])).toEqual([user]);
	});
});

describe('turns that are not known', () => {
	it('stay apart where they carry no thinking, or another', () => {
		const apart = (one?: string, other?: string) =>
			restore([], [rebuilt('a', {}, one), result('a'), rebuilt('b', {}, other), result('b')]).map(
				({ role }) => role,
			);

		expect(apart()).toEqual(['assistant', 'tool', 'assistant', 'tool']);
		expect(apart('One.', 'Two.')).toEqual(['assistant', 'tool', 'assistant', 'tool']);
		expect(apart('One.')).toEqual(['assistant', 'tool', 'assistant', 'tool']);
		expect(apart('One.', 'One.')).toEqual(['assistant', 'tool', 'tool']);
	});

	it('join the one before them, not an earlier one', () => {
		const messages = restore(
			[],
			['One.', 'Two.', 'Two.', 'One.'].flatMap((thinking, index) => [
				rebuilt(`${index}`, {}, thinking),
				result(`${index}`),
			]),
		);
		expect(messages.map(({ tool_calls: calls }) => calls?.length ?? 0)).toEqual([
			1, 0, 2, 0, 0, 1, 0,
		]);
	});

	it('stay apart from a known one with the same thinking', () => {
		const known = turn('Hm.', call('a', '{}'));
		known.message.reasoning_content = 'Hm.';

		expect(
			restore(
				[known],
				[rebuilt('a', {}, 'Hm.'), result('a'), rebuilt('z', {}, 'Hm.'), result('z')],
			),
		).toEqual([
			known.message,
			result('a'),
			{ role: 'assistant', content: '', reasoning_content: 'Hm.', tool_calls: [call('z', '{}')] },
			result('z'),
		]);
	});

	it.each<[WireToolCall, ReturnType<typeof call>]>([
		[{ id: 'a', function: { name: 'f' } }, call('a', '{}', 'f')],
		[{ id: 'a' }, call('a', '{}', '')],
		[{ function: { name: 'f', arguments: '{}' } }, call('', '{}', 'f')],
		[call('a', '{"a":'), call('a', '{"a":')],
		[call('a', '["a"]'), call('a', '["a"]')],
		[call('a', 'null'), call('a', 'null')],
		[call('a', '7'), call('a', '7')],
		[call('a', '{ "n": 1.0 }'), call('a', '{ "n": 1.0 }')],
	])('send %j back as %j', (given, sent) => {
		const answered = result(given.id ?? '');
		const [message] = restore(
			[],
			[{ role: 'assistant', content: '', tool_calls: [given] }, answered],
		);

		expect(message).toEqual({ role: 'assistant', content: '', tool_calls: [sent] });
	});

	it('lose the id that n8n added to the arguments, and no other', () => {
		const own = { ...rebuilt('x', {}), tool_calls: [call('x', '{"id": "y"}')] };
		const messages = restore(
			[],
			[user, rebuilt('w', { port: 'Oslo' }), result('w'), own, result('x')],
		);
		expect(messages).toEqual([
			user,
			{ role: 'assistant', content: '', tool_calls: [call('w', '{"port":"Oslo"}')] },
			result('w'),
			own,
			result('x'),
		]);
	});

	it('become one again where they carry the same thinking', () => {
		const messages = restore(
			[],
			[
				user,
				rebuilt('a', { port: 'Oslo' }, 'Both.'),
				result('a'),
				rebuilt('b', { port: 'Riga' }, 'Both.'),
				result('b'),
				rebuilt('c', { port: 'Kiel' }, 'One.'),
				result('c'),
			],
		);
		expect(messages).toEqual([
			user,
			{
				role: 'assistant',
				content: '',
				reasoning_content: 'Both.',
				tool_calls: [call('a', '{"port":"Oslo"}'), call('b', '{"port":"Riga"}')],
			},
			result('a'),
			result('b'),
			{
				role: 'assistant',
				content: '',
				reasoning_content: 'One.',
				tool_calls: [call('c', '{"port":"Kiel"}')],
			},
			result('c'),
		]);
	});

	it('leave no result behind that has no call', () => {
		expect(restore([], [result('z'), user])).toEqual([user]);
	});
});

describe('any window of any history', () => {
	const turns = fc.array(
		fc.record({ calls: fc.integer({ min: 1, max: 3 }), isKnown: fc.boolean(), asks: fc.boolean() }),
		{ minLength: 1, maxLength: 5 },
	);

	it('becomes a conversation the API takes that says no more than the window does', () => {
		fc.assert(
			fc.property(turns, fc.nat(), fc.nat(), (specs, from, length) => {
				const known: Array<ReturnType<typeof turn>> = [];
				const history = specs.flatMap(({ calls, isKnown, asks }, index) => {
					const ids = Array.from({ length: calls }, (_, place) => `${index}-${place}`);
					if (isKnown)
						known.push(turn(`${index}`, ...ids.map((id) => call(id, `{"of": "${id}"}`))));
					const pieces = ids.flatMap((id) => [rebuilt(id, { of: id }), result(id)]);
					return asks ? [user, ...pieces] : pieces;
				});
				const begin = from % history.length;
				const window = history.slice(begin, begin + 1 + (length % history.length));
				const messages = restore(known, window);

				const waiting: unknown[] = [];
				for (const { role, tool_calls: calls = [], tool_call_id: id, content } of messages) {
					if (role === 'tool') {
						expect(id).toBe(waiting.shift());
						expect(content).toBe(`result of ${id}`);
					} else expect(waiting).toEqual([]);
					waiting.push(...calls.map((one) => one.id));
				}
				expect(waiting).toEqual([]);

				const called = idsOf(window.flatMap(({ tool_calls: calls = [] }) => calls));
				const answered = window.flatMap(({ tool_call_id: id }) => id ?? []);
				const both = called.filter((id) => answered.includes(id));
				const back = idsOf(messages.flatMap(({ tool_calls: calls = [] }) => calls));
				expect(back).toEqual(expect.arrayContaining(both));
				expect(answered).toEqual(expect.arrayContaining(back));
				for (const { message, calls } of known) {
					const isWhole = calls.every(({ id }) => answered.includes(id));
					if (isWhole) expect(messages).toContainEqual(message);
					else expect(messages).not.toContainEqual(message);
				}
			}),
			{ seed: 1, numRuns: 500 },
		);
	});
});

function idsOf(calls: WireToolCall[]): string[] {
	return calls.map(({ id }) => id ?? '');
}
