import { messagesFromFields, messagesFromJson } from '../../../nodes/minimax/request/buildMessages';
import { refusal } from '../../support/refusal';

const M27 = 'MiniMax-M2.7';
const RIGHT_JSON = 'Give an array of messages, for example [{"role": "user", "content": "Hello"}].';
const ROLES = 'The role has to be one of: system, user, assistant, tool.';
const ALL_ROLES =
	'The role has to be one of: system, user, assistant, tool, user_system, group, sample_message_user, sample_message_ai.';
const ADD_TEXT =
	'Add at least one message with a text. If it comes from an expression, check that the expression gives a value for this item.';
const ADD_USER =
	'Add a message with the role user. If it comes from an expression, check that the expression gives a value for this item.';
const RIGHT_CONTENT =
	'The content has to be text, or an array of parts such as {"type": "text", "text": "…"}.';
const RIGHT_CALLS =
	'Give every tool call as {"id": "…", "type": "function", "function": {"name": "…", "arguments": "{}"}}.';

const call = (id: string, args: unknown = '{}') => ({
	id,
	type: 'function',
	function: { name: 'look_up', arguments: args },
});
const circle: Record<string, unknown> = {};
circle.self = circle;

describe('messagesFromFields', () => {
	test('one message', () => {
		expect(messagesFromFields([{ role: 'user', content: 'Hi' }], M27)).toEqual([
			{ role: 'user', content: 'Hi' },
		]);
	});

	test('keeps order and names, leaves out empty rows', () => {
		const rows = [
			{ role: 'system', content: 'Be short.', name: '' },
			{ role: 'user', content: 'One', name: ' Ann ' },
			{ role: 'nonsense', content: '  \n' },
			{ role: 'assistant', content: 'Two' },
			{ role: 'user', content: undefined },
			{ role: 'user', content: '  Three ' },
		];
		expect(messagesFromFields(rows, M27)).toEqual([
			{ role: 'system', content: 'Be short.' },
			{ role: 'user', content: 'One', name: 'Ann' },
			{ role: 'assistant', content: 'Two' },
			{ role: 'user', content: '  Three ' },
		]);
	});

	test('several system messages become one, in the first place', () => {
		const rows = [
			{ role: 'user', content: 'Hi' },
			{ role: 'system', content: 'A' },
			{ role: 'system', content: '' },
			{ role: 'Developer', content: 'B' },
		];
		expect(messagesFromFields(rows, M27)).toEqual([
			{ role: 'system', content: 'A\n\nB' },
			{ role: 'user', content: 'Hi' },
		]);
	});

	test.each<[unknown, string]>([
		[0, '0'],
		[12.5, '12.5'],
		[false, 'false'],
		[{ a: [1, null] }, '{"a":[1,null]}'],
		[['x', 'y'], '["x","y"]'],
		[new Date(0), '1970-01-01T00:00:00.000Z'],
		[10n, '10'],
	])('the value of an expression becomes text: %p', (content, expected) => {
		expect(messagesFromFields([{ role: 'user', content }], M27)).toEqual([
			{ role: 'user', content: expected },
		]);
	});

	test.each([
		['holds itself', circle],
		['is too deep', JSON.parse(`${'['.repeat(5000)}${']'.repeat(5000)}`)],
	])('a value that %s is refused by the name of its field', (_name, content) => {
		const rows = [
			{ role: 'user', content: 'Hi' },
			{ role: 'user', content },
		];
		expect(refusal(() => messagesFromFields(rows, M27))).toEqual([
			"'Messages', message 2 is nested too deeply to be written as text",
			'Give a text, or a smaller part of the data.',
		]);
	});

	test.each(['M2-her', 'self-hosted-model'])('the roles of M2-her go to %s', (model) => {
		const rows = ['user_system', 'group', 'sample_message_user', 'sample_message_ai', 'user'].map(
			(role) => ({ role, content: role }),
		);
		expect(messagesFromFields(rows, model)).toEqual(rows);
	});

	test.each<[string, Parameters<typeof messagesFromFields>, [string, string]]>([
		['no rows', [[], M27], ["'Messages' holds no message with a text", ADD_TEXT]],
		[
			'empty rows',
			[[{ role: 'user', content: ' ' }, {}], M27],
			["'Messages' holds no message with a text", ADD_TEXT],
		],
		[
			'only system',
			[
				[
					{ role: 'system', content: 'A' },
					{ role: 'user', content: '' },
				],
				M27,
			],
			["'Messages' holds nothing for the model to answer, only a system message", ADD_USER],
		],
		[
			'a role that is misspelled',
			[
				[
					{ role: 'user', content: 'a' },
					{ role: 'usr', content: 'b' },
				],
				M27,
			],
			["'Messages', message 2 has the role 'usr', which MiniMax-M2.7 does not know", ROLES],
		],
		[
			'the same, unknown model',
			[[{ role: 'usr', content: 'b' }], 'other'],
			["'Messages', message 1 has the role 'usr', which MiniMax does not know", ALL_ROLES],
		],
		[
			'a role of M2-her',
			[[{ role: 'group', content: 'b' }], M27],
			[
				"'Messages', message 1 has the role 'group', which MiniMax-M2.7 does not know",
				`${ROLES} 'group' is a role of M2-her.`,
			],
		],
		['no role', [[{ content: 'b' }], M27], ["'Messages', message 1 has no role", ROLES]],
	])('refuses %s', (_, [rows, model], expected) => {
		expect(refusal(() => messagesFromFields(rows, model))).toEqual(expected);
	});
});

describe('messagesFromJson', () => {
	const toolLoop = [
		{ role: 'user', content: 'Weather?' },
		{
			role: 'assistant',
			content: '',
			tool_calls: [call('c1', '{"city": "Ulm"}'), call('c2')],
			reasoning_details: [{ type: 'reasoning.text', text: 'Look it up' }],
			custom: 1,
		},
		{ role: 'tool', tool_call_id: 'c2', content: 'two' },
		{ role: 'tool', tool_call_id: 'c1', content: 'one' },
		{ role: 'assistant', content: 'Rain' },
		{ role: 'user', content: 'And tomorrow?' },
	];

	test('a tool loop passes through untouched, as an array and as text', () => {
		expect(messagesFromJson(toolLoop, M27)).toEqual(toolLoop);
		expect(messagesFromJson(JSON.stringify(toolLoop, null, 2), M27)).toEqual(toolLoop);
	});

	test('the given array is not changed', () => {
		const given = [
			{ role: 'developer', content: 5 },
			{ role: 'user', content: 'x' },
		];
		messagesFromJson(given, M27);
		expect(given).toEqual([
			{ role: 'developer', content: 5 },
			{ role: 'user', content: 'x' },
		]);
	});

	test('what the wire wants as text becomes text', () => {
		const given = [
			{ role: 'user', content: 7 },
			{ role: 'assistant', content: null, tool_calls: [call('c1', { city: 'Ulm' })] },
			{ role: 'tool', tool_call_id: 'c1', content: { degrees: 3 } },
			{ role: 'assistant', tool_calls: [call('c1', undefined)] },
			{ role: 'tool', tool_call_id: 'c1', content: [1, 2] },
			{ role: 'assistant', content: 'Cold', tool_calls: null },
			{ role: 'user', content: true },
		];
		expect(messagesFromJson(given, M27)).toEqual([
			{ role: 'user', content: '7' },
			{ role: 'assistant', content: '', tool_calls: [call('c1', '{"city":"Ulm"}')] },
			{ role: 'tool', tool_call_id: 'c1', content: '{"degrees":3}' },
			{ role: 'assistant', content: '', tool_calls: [call('c1', '{}')] },
			{ role: 'tool', tool_call_id: 'c1', content: '[1,2]' },
			{ role: 'assistant', content: 'Cold' },
			{ role: 'user', content: 'true' },
		]);
	});

	test('system messages of parts are joined', () => {
		const text = (value: string) => ({ type: 'text', text: value });
		const image = { type: 'image_url', image_url: { url: 'https://x.example/a.png' } };
		const user = { role: 'user', content: 'Hi' };
		const merge = (...contents: unknown[]) =>
			messagesFromJson(
				[user, ...contents.map((content) => ({ role: 'system', content }))],
				'MiniMax-M3',
			);
		expect(merge([text('A'), text('B')], 'C')).toEqual([
			{ role: 'system', content: 'A\n\nB\n\nC' },
			user,
		]);
		expect(merge('A', [text('B'), image])).toEqual([
			{ role: 'system', content: [text('A'), text('B'), image] },
			user,
		]);
		expect(merge([text('A'), text('B')], '')).toEqual([
			{ role: 'system', content: [text('A'), text('B')] },
			user,
		]);
	});

	test('images and videos go to models that see them and to unknown ones', () => {
		const content = [
			{ type: 'text', text: 'What is this?' },
			{ type: 'image_url', image_url: { url: 'data:image/png;base64,AA==', detail: 'low' } },
			{ type: 'video_url', video_url: { url: 'mm_file://7', fps: 2 } },
		];
		for (const model of ['MiniMax-M3', 'MiniMax-M3.1-Flash', 'unknown']) {
			expect(messagesFromJson([{ role: 'user', content }], model)).toEqual([
				{ role: 'user', content },
			]);
		}
	});

	test('an image alone is a message', () => {
		const content = [{ type: 'image_url', image_url: { url: 'https://x.example/a.png' } }];
		expect(messagesFromJson([{ role: 'user', content }], 'MiniMax-M3')).toEqual([
			{ role: 'user', content },
		]);
	});

	const user = { role: 'user', content: 'Hi' };
	const asks = { role: 'assistant', content: '', tool_calls: [call('c1')] };
	const answers = { role: 'tool', tool_call_id: 'c1', content: 'x' };

	test.each<[string, unknown, [string, string]]>([
		[
			'nothing',
			'',
			[
				"'Messages (JSON)' is empty",
				`${RIGHT_JSON} If it comes from an expression, check that the expression gives a value for this item.`,
			],
		],
		['an object', { role: 'user' }, ["'Messages (JSON)' is not an array of messages", RIGHT_JSON]],
		['null', null, ["'Messages (JSON)' is not an array of messages", RIGHT_JSON]],
		[
			'JSON of something else',
			'"hello"',
			["'Messages (JSON)' is not an array of messages", RIGHT_JSON],
		],
		['an empty array', [], ["'Messages (JSON)' holds no message with a text", ADD_TEXT]],
		[
			'only empty messages',
			[
				{ role: 'user', content: ' ' },
				{ role: 'user', content: [] },
			],
			["'Messages (JSON)' holds only empty messages", ADD_TEXT],
		],
		[
			'only system',
			[{ role: 'system', content: 'A' }],
			["'Messages (JSON)' holds nothing for the model to answer, only a system message", ADD_USER],
		],
		[
			'an entry that is text',
			[user, 'Hi'],
			["'Messages (JSON)', entry 2 is not a message", RIGHT_JSON],
		],
		['an entry that is null', [null], ["'Messages (JSON)', entry 1 is not a message", RIGHT_JSON]],
		['no role', [{ content: 'Hi' }], ["'Messages (JSON)', entry 1 has no role", ROLES]],
		[
			'a role that is a number',
			[{ role: 1, content: 'Hi' }],
			["'Messages (JSON)', entry 1 has no role", ROLES],
		],
		[
			'no content',
			[user, { role: 'user' }],
			["'Messages (JSON)', entry 2 has no content", RIGHT_CONTENT],
		],
		[
			'null as content',
			[{ role: 'assistant', content: null }],
			["'Messages (JSON)', entry 1 has no content", RIGHT_CONTENT],
		],
		[
			'an object as content',
			[{ role: 'user', content: { text: 'Hi' } }],
			["'Messages (JSON)', entry 1 has an object as its content", RIGHT_CONTENT],
		],
		[
			'an image for M2.7',
			[
				{
					role: 'user',
					content: [
						{ type: 'text', text: 'a' },
						{ type: 'image_url', image_url: { url: 'https://x.example/a.png' } },
					],
				},
			],
			[
				"'Messages (JSON)', entry 1, part 2 is an image, which MiniMax-M2.7 does not see",
				'Choose a model that sees it, for example MiniMax-M3.',
			],
		],
		[
			'a video for M2.7',
			[
				{
					role: 'user',
					content: [{ type: 'video_url', video_url: { url: 'https://x.example/a.mp4' } }],
				},
			],
			[
				"'Messages (JSON)', entry 1, part 1 is a video, which MiniMax-M2.7 does not see",
				'Choose a model that sees it, for example MiniMax-M3.',
			],
		],
		[
			'a part without a known type',
			[{ role: 'user', content: [{ type: 'input_audio' }] }],
			[
				"'Messages (JSON)', entry 1, part 1 is no part that MiniMax reads",
				'A part is {"type": "text", "text": "…"}, {"type": "image_url", "image_url": {"url": "…"}} or {"type": "video_url", "video_url": {"url": "…"}}.',
			],
		],
		[
			'tool_calls that are no array',
			[{ role: 'assistant', content: '', tool_calls: {} }],
			["'Messages (JSON)', entry 1 has tool_calls that are not an array", RIGHT_CALLS],
		],
		[
			'a tool call without an id',
			[{ role: 'assistant', tool_calls: [{ function: { name: 'f' } }] }],
			["'Messages (JSON)', entry 1, tool call 1 has no id or no function name", RIGHT_CALLS],
		],
		[
			'a tool call without a name',
			[{ role: 'assistant', tool_calls: [call('c1'), { id: 'c2', function: {} }] }],
			["'Messages (JSON)', entry 1, tool call 2 has no id or no function name", RIGHT_CALLS],
		],
		[
			'two calls of one id',
			[user, { role: 'assistant', tool_calls: [call('c1'), call('c1')] }],
			[
				"'Messages (JSON)', entry 2 has two tool calls with the id 'c1'",
				'Give every tool call an id of its own, and use the same one as tool_call_id of its result.',
			],
		],
		[
			'a result without an id',
			[user, asks, { role: 'tool', content: 'x' }],
			[
				"'Messages (JSON)', entry 3 is the result of a tool and has no tool_call_id",
				'Set tool_call_id to the id of the tool call that it answers.',
			],
		],
		[
			'an orphan result',
			[user, { ...answers, tool_call_id: 'c9' }],
			[
				"'Messages (JSON)', entry 2 is a tool result for 'c9', which no assistant message right before it asked for",
				'Results have to follow the assistant message whose tool_calls hold their id, one for each call.',
			],
		],
		[
			'a second result',
			[user, asks, answers, answers],
			[
				"'Messages (JSON)', entry 4 is a second result for the tool call 'c1'",
				'Results have to follow the assistant message whose tool_calls hold their id, one for each call.',
			],
		],
		[
			'a call without a result before the user',
			[user, asks, { role: 'system', content: 'x' }, user],
			[
				"'Messages (JSON)', entry 2 has the tool call 'c1', which has no result before entry 4",
				'Add {"role": "tool", "tool_call_id": "c1", "content": "…"} right after it, or remove the tool call.',
			],
		],
		[
			'a call without a result at the end',
			[user, asks],
			[
				"'Messages (JSON)', entry 2 has the tool call 'c1', which has no result before the end",
				'Add {"role": "tool", "tool_call_id": "c1", "content": "…"} right after it, or remove the tool call.',
			],
		],
	])('refuses %s', (_, value, expected) => {
		expect(refusal(() => messagesFromJson(value, M27))).toEqual(expected);
	});

	test('says where broken JSON breaks', () => {
		const [message, description] = refusal(() => messagesFromJson('[{"role": user}]', M27));
		expect(message).toBe("'Messages (JSON)' is not valid JSON");
		// The sentence is the engine's and differs between versions of Node.js.
		expect(description).toMatch(/^Unexpected token .+\. Give an array of messages/);
		expect(description.endsWith(RIGHT_JSON)).toBe(true);
	});
});
