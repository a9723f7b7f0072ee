import type { Place } from '../../../nodes/minimax/failure/invalidInput';
import { normalizeToolCalls } from '../../../nodes/minimax/request/normalizeToolCalls';
import { refusal } from '../../support/refusal';

const call = (given?: unknown) => ({ id: 'a', function: { name: 'f', arguments: given } });
const RIGHT =
	'Give every tool call as {"id": "…", "type": "function", "function": {"name": "…", "arguments": "{}"}}.';
const PLACE: Place = { input: 'messages', at: 'entry 2' };

it.each<[unknown, string]>([
	['{ "a" : 1.0 }', '{ "a" : 1.0 }'],
	[{ a: 1 }, '{"a":1}'],
	['{}', '{}'],
	['', '{}'],
	['  \n', '{}'],
	[undefined, '{}'],
	[null, '{}'],
])('the arguments %j are sent as %s', (given, text) => {
	expect(normalizeToolCalls([call(given)], PLACE)).toEqual([
		{ id: 'a', type: 'function', function: { name: 'f', arguments: text } },
	]);
});

it('keeps what else a call and its function hold', () => {
	const given = { ...call('{}'), index: 0, function: { name: 'f', arguments: '{}', strict: true } };

	expect(normalizeToolCalls([given], PLACE)).toEqual([{ ...given, type: 'function' }]);
});

it('no calls are none', () => {
	expect(normalizeToolCalls([], PLACE)).toBeUndefined();
});

it.each(['[]', {}, 7, true])('%j is no array', (value) => {
	expect(refusal(() => normalizeToolCalls(value, PLACE))).toEqual([
		"'Messages', entry 2 has tool_calls that are not an array",
		RIGHT,
	]);
});

it.each<[unknown]>([
	['f'],
	[null],
	[{ function: { name: 'f' } }],
	[{ id: '', function: { name: 'f' } }],
	[{ id: 7, function: { name: 'f' } }],
	[{ id: 'b' }],
	[{ id: 'b', function: 'f' }],
	[{ id: 'b', function: {} }],
	[{ id: 'b', function: { name: '' } }],
	[{ id: 'b', function: { name: 7 } }],
])('%j lacks an id or a name', (second) => {
	expect(refusal(() => normalizeToolCalls([call('{}'), second], PLACE))).toEqual([
		"'Messages', entry 2, tool call 2 has no id or no function name",
		RIGHT,
	]);
});

it.each(['{"a":', '[]', '"a"', 'x', 'null', '7', [], [1], 7])(
	'the arguments %j are no object',
	(given) => {
		expect(refusal(() => normalizeToolCalls([call('{}'), call(given)], PLACE))).toEqual([
			"'Messages', entry 2, tool call 2 has arguments that are not the JSON of an object",
			RIGHT,
		]);
	},
);
