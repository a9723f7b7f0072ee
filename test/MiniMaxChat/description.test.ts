import { NodeHelpers, type INodeProperties, type INodePropertyOptions } from 'n8n-workflow';

import { MiniMaxChat } from '../../nodes/MiniMaxChat/MiniMaxChat.node';

const { description, methods } = new MiniMaxChat();
const byName = new Map(description.properties.map((property) => [property.name, property]));

function valuesOf(property: INodeProperties | undefined): unknown[] {
	const options = (property?.options ?? []) as INodePropertyOptions[];
	return options.map(({ value }) => value);
}

/** Fields of a collection, or of the rows of a fixed collection. */
function fieldsIn(property: INodeProperties | undefined): Map<string, INodeProperties> {
	const [first, ...others] = property?.options ?? [];
	const rows = first !== undefined && 'values' in first ? first.values : [first, ...others];
	return new Map((rows as INodeProperties[]).map((field) => [field.name, field]));
}

const defaultModel = {
	mode: 'list',
	value: 'MiniMax-M3',
	cachedResultName: 'MiniMax-M3 – 1M context, sees images',
};

// Saved workflows hold these names and values: none may change or go away.

it('the node', () => {
	expect(description).toMatchObject({
		displayName: 'MiniMax Chat',
		name: 'miniMaxChat',
		version: 1,
		usableAsTool: true,
		inputs: ['main'],
		outputs: ['main'],
		credentials: [{ name: 'miniMaxPlatformApi', required: true }],
	});
	expect(new MiniMaxChat()).not.toHaveProperty('execute');
	expect(Object.keys(methods.listSearch)).toEqual(['searchModels']);
});

it('its fields, in the order of the panel', () => {
	expect(
		description.properties.map(({ name, type, default: value }) => [name, type, value]),
	).toEqual([
		['resource', 'hidden', 'chat'],
		['operation', 'hidden', 'complete'],
		['model', 'resourceLocator', defaultModel],
		['messages', 'fixedCollection', { values: [{ role: 'user', content: '' }] }],
		['messagesJson', 'json', '[\n  { "role": "user", "content": "Hello" }\n]'],
		['messagesFrom', 'options', 'fields'],
		['responseFormat', 'options', 'text'],
		['quickColumns', 'string', ''],
		['columns', 'fixedCollection', { values: [{ name: '', type: 'text' }] }],
		['jsonFrom', 'options', 'any'],
		['jsonExample', 'json', expect.stringContaining('"label"')],
		['jsonSchema', 'json', expect.stringContaining('"type": "object"')],
		['maxTokens', 'number', 8192],
		['temperature', 'number', 1],
		['topP', 'number', 0.95],
		['simplify', 'boolean', true],
		['options', 'collection', {}],
	]);
});

it('the ways to choose a model', () => {
	expect(byName.get('model')?.modes?.map(({ name, type }) => [name, type])).toEqual([
		['list', 'list'],
		['id', 'string'],
	]);
});

it('the fields and roles of a message', () => {
	const fields = fieldsIn(byName.get('messages'));

	expect(byName.get('messages')?.typeOptions).toMatchObject({
		multipleValues: true,
		sortable: true,
	});
	expect([...fields].map(([name, { default: value }]) => [name, value])).toEqual([
		['role', 'user'],
		['content', ''],
		['name', ''],
	]);
	expect(valuesOf(fields.get('role')).sort()).toEqual([
		'assistant',
		'group',
		'sample_message_ai',
		'sample_message_user',
		'system',
		'user',
		'user_system',
	]);
});

it('the options with their defaults', () => {
	const options = Object.fromEntries(
		[...fieldsIn(byName.get('options'))].map(([name, { type, default: value }]) => [
			name,
			type === 'json' ? type : value,
		]),
	);

	expect(options).toMatchObject({
		streaming: 'auto',
		thinking: 'default',
		reasoningEffort: 'default',
		tools: 'json',
		toolChoice: 'auto',
		images: {},
		videos: {},
		serviceTier: 'standard',
		includeInput: 'none',
		includeFields: '',
		maxRetries: 5,
		maxConcurrency: 0,
		additionalBody: 'json',
	});
});

it.each([
	['streaming', ['auto', 'off', 'silent']],
	['reasoningEffort', ['default', 'high', 'low', 'max', 'medium', 'xhigh']],
	['thinking', ['adaptive', 'default', 'disabled']],
	['includeInput', ['all', 'none', 'selected']],
	['toolChoice', ['auto', 'none']],
	['serviceTier', ['priority', 'standard']],
])('the values of the option %s', (name, values) => {
	expect(valuesOf(fieldsIn(byName.get('options')).get(name)).sort()).toEqual(values);
});

it.each([
	['responseFormat', ['columns', 'json', 'text']],
	['jsonFrom', ['any', 'example', 'schema']],
	['messagesFrom', ['fields', 'json']],
])('the values of %s', (name, values) => {
	expect(valuesOf(byName.get(name)).sort()).toEqual(values);
});

it('a click in the nodes panel adds the node under its own name', () => {
	const node = { resource: 'chat', operation: 'complete' };

	expect(NodeHelpers.makeNodeName(node, description)).toBe('MiniMax Chat');
	// The editor makes one entry of each choice of a resource.
	expect(byName.get('resource')).not.toHaveProperty('options');
	expect(NodeHelpers.makeDescription(node, description)).toBe(
		'Ask a MiniMax model in MiniMax Chat',
	);
});

it('the fields of a column', () => {
	const fields = fieldsIn(byName.get('columns'));

	expect([...fields].map(([name, { default: value }]) => [name, value])).toEqual([
		['name', ''],
		['type', 'text'],
		['choices', ''],
		['description', ''],
		['required', true],
	]);
	expect(valuesOf(fields.get('type'))).toEqual([
		'text',
		'choice',
		'number',
		'integer',
		'boolean',
		'date',
		'list',
	]);
});

it('of a message only role and content show until a name is added', () => {
	const messages = byName.get('messages');
	const shown = [...fieldsIn(messages).values()].filter(
		({ typeOptions }) => typeOptions?.showEvenWhenOptional === true,
	);

	expect(messages?.typeOptions).toMatchObject({ hideOptionalFields: true });
	expect(shown.map(({ name }) => name)).toEqual(['role', 'content']);
});

it.each(['images', 'videos'])('the rows of the option %s', (name) => {
	const rows = fieldsIn(fieldsIn(byName.get('options')).get(name));

	expect([...rows].map(([field, { default: value }]) => [field, value])).toEqual([
		['source', 'binary'],
		['binaryProperty', 'data'],
		['url', ''],
		['detail', 'default'],
	]);
	expect(valuesOf(rows.get('source'))).toEqual(['binary', 'url']);
});

it('default JSON is valid', () => {
	const all = [...description.properties, ...fieldsIn(byName.get('options')).values()];
	const texts = all.filter(({ type }) => type === 'json').map(({ default: text }) => String(text));

	expect(texts.length).toBeGreaterThan(3);
	for (const text of texts) expect(() => JSON.parse(text)).not.toThrow();
});

it('a node as dropped on the canvas shows one message to fill in', () => {
	const node = {
		id: '1',
		name: 'MiniMax Chat',
		type: 'n8n-nodes-minimax-platform.miniMaxChat',
		typeVersion: 1,
		position: [0, 0] as [number, number],
		parameters: {},
	};
	const parameters = NodeHelpers.getNodeParameters(
		description.properties,
		{},
		true,
		false,
		node,
		description,
	);

	expect(parameters).toEqual({
		resource: 'chat',
		operation: 'complete',
		model: expect.objectContaining(defaultModel),
		messages: { values: [{ role: 'user', content: '', name: '' }] },
		messagesFrom: 'fields',
		responseFormat: 'text',
		quickColumns: '',
		maxTokens: 8192,
		temperature: 1,
		topP: 0.95,
		simplify: true,
		options: {},
	});
});
