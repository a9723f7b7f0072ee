import type { IDataObject, IExecuteSingleFunctions } from 'n8n-workflow';

import { InvalidInput } from '../../nodes/minimax/failure/invalidInput';
import { buildBody } from '../../nodes/MiniMaxChat/buildBody';
import { readSettings } from '../../nodes/MiniMaxChat/readSettings';
import { partly } from '../support/partly';

/** A node with these parameters; expressions come to what `values` says. */
function nodeWith(parameters: IDataObject, values: IDataObject = {}) {
	const read: string[] = [];
	const context = partly<IExecuteSingleFunctions>({
		getNode: () => ({ parameters }),
		getNodeParameter: (name: string, fallback: unknown) => {
			read.push(name);
			return values[name] ?? parameters[name] ?? fallback;
		},
	});
	return { context, read };
}

const settingsOf = (parameters: IDataObject) =>
	readSettings(nodeWith(parameters).context, new Map());

describe('the settings', () => {
	it('have their defaults', () => {
		expect(settingsOf({})).toEqual({
			messagesFrom: 'fields',
			messages: null,
			messagesJson: null,
			responseFormat: 'text',
			columns: null,
			quickColumns: '',
			jsonFrom: 'any',
			jsonExample: null,
			jsonSchema: null,
			simplify: true,
			includedInput: 'none',
			maxConcurrency: 0,
			maxRetries: 5,
			reuseAnswers: true,
			sharesAnswers: false,
			rowsPerRequest: 1,
			tokenBudget: 0,
			options: {},
		});
	});

	it('are what the parameters say', () => {
		const options = {
			includeInput: 'selected',
			includeFields: 'a, b',
			maxConcurrency: 3,
			maxRetries: 0,
			reuseAnswers: false,
			identicalRows: 'once',
			rowsPerRequest: '7',
			tokenBudget: 900,
		};
		expect(
			settingsOf({
				messagesFrom: 'json',
				messagesJson: '[]',
				messages: { values: [] },
				responseFormat: 'json',
				jsonFrom: 'schema',
				jsonSchema: '{}',
				jsonExample: '{"a": 1}',
				columns: { values: [] },
				simplify: false,
				options,
			}),
		).toEqual({
			messagesFrom: 'json',
			messages: { values: [] },
			messagesJson: '[]',
			responseFormat: 'json',
			columns: { values: [] },
			quickColumns: '',
			jsonFrom: 'schema',
			jsonExample: '{"a": 1}',
			jsonSchema: '{}',
			simplify: false,
			includedInput: ['a', 'b'],
			maxConcurrency: 3,
			maxRetries: 0,
			reuseAnswers: false,
			sharesAnswers: true,
			rowsPerRequest: 7,
			tokenBudget: 900,
			options,
		});
	});

	// What an expression gives may be anything.
	it.each<[IDataObject, object]>([
		[{ messagesFrom: 'xml' }, { messagesFrom: 'fields' }],
		[{ responseFormat: 'columns' }, { responseFormat: 'columns' }],
		[{ responseFormat: 'xml' }, { responseFormat: 'text' }],
		[{ quickColumns: ' a, b ' }, { responseFormat: 'columns', quickColumns: 'a, b' }],
		[{ quickColumns: ['a', 'b: date'] }, { responseFormat: 'columns', quickColumns: 'a\nb: date' }],
		[{ quickColumns: ' ' }, { responseFormat: 'text', quickColumns: '' }],
		// They count in place of text only.
		[
			{ quickColumns: 'a', responseFormat: 'json' },
			{ responseFormat: 'json', quickColumns: '' },
		],
		[
			{ quickColumns: 'a', responseFormat: 'columns' },
			{ responseFormat: 'columns', quickColumns: '' },
		],
		[{ jsonFrom: 'example' }, { jsonFrom: 'example' }],
		[{ jsonFrom: 'xml' }, { jsonFrom: 'any' }],
		[{ simplify: 'false' }, { simplify: true }],
		[{ options: { reuseAnswers: 'false' } }, { reuseAnswers: true }],
		[{ options: { identicalRows: 'each' } }, { sharesAnswers: false }],
		[{ options: { maxRetries: '' } }, { maxRetries: 5 }],
	])('of %j are %j', (parameters, settings) => {
		expect(settingsOf(parameters)).toMatchObject(settings);
	});

	it('without an expression are read once for all items, the others for each', () => {
		const { context, read } = nodeWith(
			{ messages: { values: [{ content: '={{ $json.a }}' }] }, simplify: true },
			{ messages: { values: [{ content: 'A' }] } },
		);
		const fixed = new Map<string, unknown>();
		expect(readSettings(context, fixed).messages).toEqual({ values: [{ content: 'A' }] });
		const first = read.splice(0);
		expect(readSettings(context, fixed).messages).toEqual({ values: [{ content: 'A' }] });

		expect(first.filter((name) => name === 'simplify')).toEqual(['simplify']);
		expect(first).toContain('options');
		expect(read).toEqual(['messages']);
		expect(fixed.has('messages')).toBe(false);
	});

	it.each([
		[{ maxConcurrency: -1 }, "'Max Concurrency' is -1, but has to be a whole number of at least 0"],
		[{ maxRetries: 1.5 }, "'Max Retries' is 1.5, but has to be a whole number of at least 0"],
		[{ rowsPerRequest: 'x' }, "'Rows per Request' is not a number"],
		[{ tokenBudget: -5 }, "'Token Budget' is -5, but has to be a whole number of at least 0"],
	])('are refused where %j', (options, message) => {
		expect(() => settingsOf({ options })).toThrow(message);
	});
});

describe('the body', () => {
	const rows = (...values: unknown[]) => ({ messages: { values } }) as IDataObject;
	const hello = rows({ role: 'user', content: 'Hello' });
	const routed = { model: ' MiniMax-M3 ', max_completion_tokens: 100 };
	const build = (parameters: IDataObject, body: unknown = routed) =>
		buildBody(settingsOf({ ...hello, ...parameters }), body);
	const messages = [{ role: 'user', content: 'Hello' }];
	const streamed = {
		reasoning_split: true,
		stream: true,
		stream_options: { include_usage: true },
	};

	it('holds what routing gave, and the messages', () => {
		expect(build({})).toEqual({
			body: { model: 'MiniMax-M3', max_completion_tokens: 100, messages, ...streamed },
			columns: undefined,
			schema: undefined,
			plan: undefined,
		});
	});

	it('asks for no stream with Streaming off, and for one with every other choice', () => {
		expect(build({ options: { streaming: 'off' } }).body).not.toHaveProperty('stream');
		for (const streaming of ['auto', 'silent', undefined]) {
			expect(build({ options: { streaming } }).body).toMatchObject({ stream: true });
		}
	});

	it('takes messages as JSON, and rows that are objects', () => {
		const json = { messagesFrom: 'json', messagesJson: '[{"role": "user", "content": "Hi"}]' };
		expect(build(json).body.messages).toEqual([{ role: 'user', content: 'Hi' }]);
		const odd = rows(null, 'Hi', { role: 'user', content: 'Hello' });
		expect(build(odd).body.messages).toEqual(messages);
	});

	it.each([{ messages: null }, { messages: 'Hello' }, { messages: { values: 'Hello' } }])(
		'is refused without messages: %j',
		(parameters) => {
			expect(() => build(parameters as IDataObject)).toThrow(InvalidInput);
		},
	);

	it.each([[null], ['MiniMax-M3'], [{}], [{ model: 7 }], [{ model: ' ' }]])(
		'is refused where routing gave no model: %j',
		(body) => {
			expect(() => build({}, body)).toThrow(InvalidInput);
		},
	);

	const tools = '[{"type": "function", "function": {"name": "look", "parameters": {}}}]';
	it.each([
		['auto', { tool_choice: 'auto' }],
		['none', { tool_choice: 'none' }],
		['required', {}],
		[undefined, {}],
	])('holds tools with the choice %s', (toolChoice, chosen) => {
		const { body } = build({ options: { tools, toolChoice } });
		expect(body.tools).toHaveLength(1);
		expect({ ...('tool_choice' in body && { tool_choice: body.tool_choice }) }).toEqual(chosen);
	});

	it('holds no choice without tools', () => {
		for (const none of [undefined, '', '[]']) {
			const { body } = build({ options: { tools: none, toolChoice: 'auto' } });
			expect(body).not.toHaveProperty('tools');
			expect(body).not.toHaveProperty('tool_choice');
		}
	});

	it('asks for thinking and effort where the model has them', () => {
		const options = { thinking: 'disabled', reasoningEffort: 'low' };
		expect(build({ options }).body).toMatchObject({ thinking: { type: 'disabled' } });
		expect(build({ options }, { model: 'MiniMax-M3.1-Flash' }).body).toMatchObject({
			reasoning_effort: 'low',
		});
	});

	it.each<[string, IDataObject, unknown]>([
		['of an example', { jsonFrom: 'example', jsonExample: '{"a": 1}' }, ['a']],
		['that is given', { jsonFrom: 'schema', jsonSchema: '{"required": ["b"]}' }, ['b']],
		['of none', { jsonFrom: 'any', jsonSchema: '{"required": ["b"]}' }, undefined],
	])('asks for JSON with the schema %s', (_what, parameters, required) => {
		const { body, schema, columns } = build({ responseFormat: 'json', ...parameters });
		expect(schema?.json.required).toEqual(required);
		expect(columns).toBeUndefined();
		expect(body).toHaveProperty('response_format');
		expect(JSON.stringify(body.messages)).toContain('Reply with one JSON value');
	});

	it('asks for no JSON where text is asked for, whatever stands in its fields', () => {
		const { body, schema } = build({ jsonFrom: 'schema', jsonSchema: '{"required": ["b"]}' });
		expect(schema).toBeUndefined();
		expect(body).not.toHaveProperty('response_format');
	});

	it('asks for columns by their schema', () => {
		const { schema, columns } = build({
			responseFormat: 'columns',
			columns: { values: [{ name: 'label' }] },
			jsonFrom: 'schema',
			jsonSchema: '{"required": ["b"]}',
		});
		expect(schema?.json.required).toEqual(['label']);
		expect(schema).toBe(columns?.schema);
	});

	it('asks for quick columns in place of text', () => {
		const { columns, body } = build({ quickColumns: 'label: a | b' });
		expect(columns?.columns).toMatchObject([{ name: 'label', choices: ['a', 'b'] }]);
		expect(JSON.stringify(body.messages)).toContain('Reply with one JSON value');
	});

	it('lets a row share its request where there may be several', () => {
		const columns = { responseFormat: 'columns', columns: { values: [{ name: 'label' }] } };
		const roomy = { model: 'MiniMax-M3', max_completion_tokens: 8192 };
		expect(build({ ...columns, options: { rowsPerRequest: 2 } }, roomy).plan).toMatchObject({
			mostRows: 2,
			text: 'Hello',
		});
		expect(build({ ...columns, options: { rowsPerRequest: 1 } }).plan).toBeUndefined();
		expect(build({ ...columns, options: { rowsPerRequest: 0 } }).plan).toBeUndefined();
	});

	it('lets no row share its request where the answer is a text', () => {
		expect(() => build({ options: { rowsPerRequest: 2 } })).toThrow(InvalidInput);
	});

	it('takes the roles of its model, however that is written', () => {
		const role = rows({ role: 'user_system', content: 'Be brief.' });
		expect(build(role, { model: ' m2-HER ' }).body).toMatchObject({
			model: 'M2-her',
			messages: [{ role: 'user_system', content: 'Be brief.' }],
		});
		expect(() => build(role)).toThrow(InvalidInput);
		const json = '[{"role": "user_system", "content": "Be brief."}]';
		expect(() => build({ messagesFrom: 'json', messagesJson: json })).toThrow(InvalidInput);
	});

	it('lets additional fields win', () => {
		const options = { additionalBody: '{"max_completion_tokens": 7, "seed": 1}' };
		expect(build({ options }).body).toMatchObject({ max_completion_tokens: 7, seed: 1 });
	});
});
