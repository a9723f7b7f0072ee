import type { WireToolCall } from '../../nodes/minimax/wireTypes';
import { TurnMemory, type TurnScope } from '../../nodes/LmChatMiniMax/turnMemory';

const first: TurnScope = { access: 'key', execution: '1' };
const second: TurnScope = { access: 'key', execution: '2' };

function keep(memory: TurnMemory, scope: TurnScope, thinking: string, ...ids: string[]) {
	const calls = ids.map((id) => ({ id, name: 'lookup', arguments: '{"port":"Oslo"}' }));
	const toolCalls = ids.map((id) => ({ id, function: { name: 'lookup' } }));
	const message = {
		role: 'assistant',
		content: '',
		reasoning_content: thinking,
		tool_calls: toolCalls,
	};
	return memory.keep(scope, message, calls, new Set()).calls.map(({ shownId }) => shownId);
}

const asCalled = { function: { name: 'lookup', arguments: '{"port":"Oslo","id":"call_0"}' } };

it('shows the id of the API', () => {
	expect(keep(new TurnMemory(), first, 'a', 'call_0', 'call_1')).toEqual(['call_0', 'call_1']);
});

it('shows another id for one that a turn holds already, and tells the turns apart by it', () => {
	const memory = new TurnMemory();
	const [one = ''] = keep(memory, first, 'of the first', 'call_0');
	const [two = ''] = keep(memory, second, 'of the second', 'call_0');
	expect(one).toBe('call_0');
	expect(two).toMatch(/^call_0_[0-9a-f]{8}$/);
	expect(memory.find(first, one)?.message.reasoning_content).toBe('of the first');
	expect(memory.find(second, two)?.message.reasoning_content).toBe('of the second');
	expect(memory.find(second, two)?.calls).toEqual([
		{ shownId: two, id: 'call_0', name: 'lookup', arguments: '{"port":"Oslo"}' },
	]);
});

it('gives ids to calls that have none or share one', () => {
	const memory = new TurnMemory();
	const shown = keep(memory, first, 'a', '', 'call_0', 'call_0');
	expect(new Set(shown).size).toBe(3);
	expect(shown[0]).toMatch(/^call_[0-9a-f]{8}$/);
	expect(shown[1]).toBe('call_0');
	expect(shown[2]).toMatch(/^call_0_[0-9a-f]{8}$/);
	const turn = memory.find(first, shown[2] ?? '');
	expect(turn?.message.tool_calls?.map(({ id }) => id)).toEqual(shown);
});

it('knows a turn of another execution by its call only', () => {
	const memory = new TurnMemory();
	keep(memory, first, 'a', 'call_0');
	expect(memory.find(second, 'call_0')).toBeUndefined();
	expect(memory.find(second, 'call_0', asCalled)?.message.reasoning_content).toBe('a');
	const other = { function: { name: 'lookup', arguments: '{"port":"Riga"}' } };
	expect(memory.find(second, 'call_0', other)).toBeUndefined();
});

it('knows no turn of another credential', () => {
	const memory = new TurnMemory();
	keep(memory, first, 'a', 'call_0');
	expect(memory.find({ ...first, access: 'other' }, 'call_0', asCalled)).toBeUndefined();
});

it('forgets by number what was not used for longest', () => {
	const memory = new TurnMemory(3);
	for (const id of ['a', 'b', 'c']) keep(memory, first, id, id);
	memory.find(first, 'a');
	keep(memory, first, 'd', 'd');
	expect(['a', 'b', 'c', 'd'].map((id) => memory.find(first, id) !== undefined)).toEqual([
		true,
		false,
		true,
		true,
	]);
});

it('forgets by size', () => {
	const memory = new TurnMemory(100, 1000);
	for (const id of ['a', 'b', 'c']) keep(memory, first, 'x'.repeat(400), id, `${id}2`);
	expect(['a', 'a2', 'b', 'c', 'c2'].map((id) => memory.find(first, id) !== undefined)).toEqual([
		false,
		false,
		false,
		true,
		true,
	]);
});

describe('a turn of another execution', () => {
	const kept = (text: string) => {
		const memory = new TurnMemory();
		const message = { role: 'assistant', content: '', reasoning_content: 'Hm.' };
		const calls = [
			{ id: 'a', name: 'lookup', arguments: '{}' },
			{ id: 'b', name: 'measure', arguments: text },
		];
		memory.keep(first, message, calls, new Set());
		return memory;
	};
	const back = (text: string, name = 'measure') => ({ function: { name, arguments: text } });

	it.each<[string, string]>([
		['{"port":"Oslo","tide":"low"}', '{"tide":"low","port":"Oslo","id":"b"}'],
		['{"list":[1,{"a":null}]}', '{"list":[1,{"a":null}]}'],
		['', '{"id":"b"}'],
		['{}', ''],
	])('with the arguments %j is known by %j', (text, came) => {
		expect(kept(text).find(second, 'b', back(came))?.message.reasoning_content).toBe('Hm.');
	});

	it.each<[string, WireToolCall]>([
		['{"port":"Oslo","tide":"low"}', back('{"port":"Oslo","tide":"high"}')],
		['{"port":"Oslo","tide":"low"}', back('{"port":"Oslo"}')],
		['{"port":"Oslo"}', back('{"port":"Oslo"}', 'lookup')],
		['{"port":"Oslo"}', back('{"port":')],
		['{"port":"Oslo"}', back('null')],
		['{"port":', back('{"port":')],
		['[]', back('{}')],
		['null', back('{}')],
		['{}', back('[]')],
		['{}', {}],
	])('with the arguments %j is not known by %j', (text, call) => {
		expect(kept(text).find(second, 'b', call)).toBeUndefined();
	});
});

it('a message without calls keeps none', () => {
	const message = { role: 'assistant', content: 'Nine.' };
	expect(new TurnMemory().keep(first, message, [], new Set()).message).toEqual({
		...message,
		tool_calls: [],
	});
});

it('an id that the conversation holds already is not shown again', () => {
	const calls = [{ id: 'call_0', name: 'lookup', arguments: '{}' }];
	const message = { role: 'assistant', content: '' };
	const { calls: shown } = new TurnMemory().keep(first, message, calls, new Set(['call_0']));
	expect(shown[0]?.shownId).toMatch(/^call_0_[0-9a-f]{8}$/);
	expect(shown[0]?.id).toBe('call_0');
});

it('a turn that fills the memory exactly is kept, one character more is not', () => {
	const calls = [{ id: 'a', name: 'lookup', arguments: '{}' }];
	const message = { role: 'assistant', content: 'Hm.' };
	const holds = (characters: number) => {
		const memory = new TurnMemory(1, characters);
		memory.keep(first, message, calls, new Set());
		return memory.find(first, 'a') !== undefined;
	};
	expect(holds(JSON.stringify(message).length)).toBe(true);
	expect(holds(JSON.stringify(message).length - 1)).toBe(false);
});
