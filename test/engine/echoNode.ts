import {
	NodeConnectionTypes,
	type ChunkType,
	type IDataObject,
	type IExecuteSingleFunctions,
	type IHttpRequestOptions,
	type IN8nHttpFullResponse,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

/** Since n8n-core 2.37 the hooks' context can stream; its type does not say so yet. */
type StreamingContext = IExecuteSingleFunctions & {
	isStreaming(): boolean;
	sendChunk(type: ChunkType, itemIndex: number, content?: IDataObject | string): Promise<void>;
};

/** A declarative node small enough to see through: sends a text, returns or streams the reply. */
export class Echo implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Echo',
		name: 'echo',
		group: ['transform'],
		version: 1,
		description: 'Sends a text',
		defaults: { name: 'Echo' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'echoApi', required: true }],
		requestDefaults: { baseURL: '={{ $credentials.baseUrl }}', url: '/echo', method: 'POST' },
		properties: [
			{
				displayName: 'Text',
				name: 'text',
				type: 'string',
				default: '',
				routing: { send: { type: 'body', property: 'text' } },
			},
			{
				displayName: 'Stream',
				name: 'stream',
				type: 'boolean',
				default: false,
				routing: {
					send: { preSend: [askForStream] },
					output: { postReceive: [receive] },
				},
			},
			{ displayName: 'Ready Text', name: 'model', type: 'string', default: '' },
		],
	};

	methods: INodeType['methods'] = {
		listSearch: {
			async searchWords(filter) {
				const { baseUrl } = await this.getCredentials<{ baseUrl: string }>('echoApi');
				const url = `${baseUrl}/words`;
				const words: string[] = await this.helpers.httpRequestWithAuthentication.call(
					this,
					'echoApi',
					{ url, json: true },
				);
				const found = words.filter((word) => word.includes(filter ?? ''));
				return { results: found.map((word) => ({ name: word, value: word })) };
			},
		},
	};
}

async function askForStream(
	this: IExecuteSingleFunctions,
	request: IHttpRequestOptions,
): Promise<IHttpRequestOptions> {
	return this.getNodeParameter('stream') ? { ...request, encoding: 'stream' } : request;
}

async function receive(
	this: IExecuteSingleFunctions,
	items: INodeExecutionData[],
	response: IN8nHttpFullResponse,
): Promise<INodeExecutionData[]> {
	const pairedItem = { item: this.getItemIndex() };
	if (!this.getNodeParameter('stream')) return items.map((item) => ({ ...item, pairedItem }));

	const { isStreaming, sendChunk } = this as StreamingContext;
	const send = async (type: ChunkType, content?: string) =>
		isStreaming.call(this) && (await sendChunk.call(this, type, pairedItem.item, content));
	let text = '';
	await send('begin');
	for await (const bytes of response.body as AsyncIterable<Uint8Array>) {
		const piece = new TextDecoder().decode(bytes);
		text += piece;
		await send('item', piece);
	}
	await send('end');
	return [{ json: { text }, pairedItem }];
}
