import type { IDataObject, IExecuteSingleFunctions } from 'n8n-workflow';

import { nameArguments } from '../../nodes/MiniMaxChat/nameArguments';
import { partly } from '../support/partly';

function name(parameters: object, json: IDataObject): string {
	const context = { getNode: () => ({ parameters }), getInputData: () => ({ json }) };
	return nameArguments(partly<IExecuteSingleFunctions>(context));
}

const ask = (...names: string[]) => ({
	messages: { values: names.map((key) => ({ content: `={{ $fromAI('${key}') }}` })) },
});

it.each<[object, IDataObject, string]>([
	[{ model: 'm' }, { query: 'x' }, ''],
	[ask('town'), { town: 'Ulm' }, `the call gave 'town' "Ulm"`],
	[ask('town'), { query: { town: 'Ulm' } }, `the call gave 'town' "Ulm"`],
	// What the agent gave counts, not what was there before.
	[ask('town'), { town: 'Bonn', query: { town: 'Ulm' } }, `the call gave 'town' "Ulm"`],
	[ask('town', 'town'), { town: 7 }, "the call gave 'town' 7"],
	[ask('a', 'b'), { a: 1, b: false }, "the call gave 'a' 1 and 'b' false"],
	[ask('a', 'b', 'c'), { a: 1, b: 2, c: [3] }, "the call gave 'a' 1, 'b' 2 and 'c' [3]"],
	[ask('town'), {}, "the call lacks 'town'"],
	[ask('town'), { town: null }, "the call lacks 'town'"],
	[ask('town'), { query: 'Ulm' }, "the call lacks 'town'"],
	[ask('a', 'b', 'c'), { b: 1 }, "the call lacks 'a' and 'c'"],
	[ask('a', 'b', 'c'), {}, "the call lacks 'a', 'b' and 'c'"],
	[ask('town'), { town: '' }, `the call gave 'town' ""`],
	[ask('a'), { a: 'x'.repeat(58) }, `the call gave 'a' "${'x'.repeat(58)}"`],
	[ask('a'), { a: 'x'.repeat(59) }, `the call gave 'a' "${'x'.repeat(59)}…`],
])('%j with %j: %s', (parameters, json, words) => {
	expect(name(parameters, json)).toBe(words);
});

it('what has a value of its own is not missed', () => {
	const parameters = {
		content: "={{ $fromAI('town', '', 'string', 'Ulm') }} {{ $fromAI('day') }}",
	};
	expect(name(parameters, {})).toBe("the call lacks 'day'");
	expect(name(parameters, { day: 'Monday' })).toBe(`the call gave 'day' "Monday"`);
});
