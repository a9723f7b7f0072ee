import { type Simulator, startSimulator } from '../../../dev/simulator/startSimulator.ts';
import { ask } from './askSimulator';

let simulator: Simulator;

beforeAll(async () => {
	simulator = await startSimulator({ requireReasoningReplay: true });
});
afterEach(() => simulator.reset());
afterAll(() => simulator.close());

const question = { role: 'user', content: 'What is the weather in Lima and Quito?' };
const city = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] };
const tools = [{ type: 'function', function: { name: 'get_weather', parameters: city } }];
const model = 'MiniMax-M2.7';

interface Turn {
	content: string;
	reasoning_content?: string;
	reasoning_details?: unknown[];
	tool_calls: Array<{ id: string; function: { name: string; arguments: string } }>;
	[field: string]: unknown;
}

async function firstTurn(split: boolean): Promise<Turn> {
	const body = { model, tools, reasoning_split: split, messages: [question] };
	return (await (await ask(simulator, body)).json()).choices[0].message;
}

async function goOn(...turns: Turn[]): Promise<string> {
	const messages = turns.flatMap((turn) => [
		turn,
		...turn.tool_calls.map(({ id }) => ({ role: 'tool', tool_call_id: id, content: '21 °C' })),
	]);
	const reply = await ask(simulator, { model, tools, messages: [question, ...messages] });
	const body = await reply.json();
	return body.error?.message ?? body.choices[0].message.content;
}

test.each([true, false])('the untouched turn goes on (reasoning_split %s)', async (split) => {
	const turn = await firstTurn(split);
	expect(turn.tool_calls.map((call) => call.function.arguments)).toEqual([
		'{"city":"Lima"}',
		'{"city":"Quito"}',
	]);
	expect(await goOn(turn)).toContain(
		'- get_weather {"city":"Lima"}: 21 °C\n- get_weather {"city":"Quito"}: 21 °C',
	);
});

test('details alone or reasoning_content alone are enough', async () => {
	const { reasoning_content: text, reasoning_details: details, ...turn } = await firstTurn(true);
	expect(await goOn({ ...turn, reasoning_details: details } as Turn)).toContain(
		'Here is what I found',
	);
	expect(await goOn({ ...turn, reasoning_content: text } as Turn)).toContain(
		'Here is what I found',
	);
});

test('dropped reasoning, changed arguments and split turns are told apart', async () => {
	const turn = await firstTurn(false);
	const [first, second] = turn.tool_calls;
	if (!first || !second) throw new Error('two tool calls expected');
	expect(await goOn({ ...turn, content: '' })).toBe(
		`invalid params, messages[1]: the reasoning that was sent with ${first.id}, ${second.id} did not come back (2013)`,
	);
	const changed = { ...first, function: { ...first.function, arguments: '{"city": "Lima"}' } };
	expect(await goOn({ ...turn, tool_calls: [changed, second] })).toContain(
		'was sent as get_weather {"city":"Lima"}',
	);
	expect(await goOn({ ...turn, tool_calls: [first] }, { ...turn, tool_calls: [second] })).toContain(
		`the turn was sent with tool calls ${first.id}, ${second.id}, came back with ${first.id}`,
	);
	expect(await goOn({ ...turn, tool_calls: [{ ...first, id: 'call_x' }] })).toContain(
		'call_x was never sent',
	);
});
