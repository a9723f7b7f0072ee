import type { INodeProperties } from 'n8n-workflow';

const detailOf: Record<'image' | 'video', Record<'default' | 'high' | 'low', string>> = {
	image: {
		default: 'Up to about 5,000 tokens an image',
		high: '15,000 tokens and more, for small print',
		low: 'Up to about 600 tokens an image',
	},
	video: {
		default: 'As the API does by itself',
		high: 'For small print; costs the most tokens',
		low: 'Costs the fewest tokens',
	},
};

/** The fields of one image or video. */
function mediaRows(thing: keyof typeof detailOf): INodeProperties[] {
	return [
		{
			displayName: 'Source',
			name: 'source',
			type: 'options',
			options: [
				{ name: 'Input Item File', value: 'binary', description: 'A file of the input item' },
				{ name: 'URL', value: 'url', description: 'An address the API fetches itself' },
			],
			default: 'binary',
		},
		{
			displayName: 'Input Data Field Name',
			name: 'binaryProperty',
			type: 'string',
			default: 'data',
			placeholder: 'e.g. data',
			hint: `The name of the input field with the ${thing}`,
			displayOptions: { show: { source: ['binary'] } },
		},
		{
			displayName: 'URL',
			name: 'url',
			type: 'string',
			default: '',
			placeholder: `e.g. https://example.com/${thing === 'image' ? 'photo.jpg' : 'clip.mp4'}`,
			displayOptions: { show: { source: ['url'] } },
		},
		{
			displayName: 'Detail',
			name: 'detail',
			type: 'options',
			options: [
				{ name: 'Default', value: 'default', description: detailOf[thing].default },
				{ name: 'High', value: 'high', description: detailOf[thing].high },
				{ name: 'Low', value: 'low', description: detailOf[thing].low },
			],
			default: 'default',
			description: 'How closely the model looks',
		},
	];
}

export const mediaFields: INodeProperties[] = [
	{
		displayName: 'Images',
		name: 'images',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Image',
		default: {},
		description:
			'Images for the last user message, up to 10 MB each. MiniMax-M3 and later see them.',
		options: [{ displayName: 'Image', name: 'values', values: mediaRows('image') }],
	},
	{
		displayName: 'Videos',
		name: 'videos',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Video',
		default: {},
		description:
			'Videos for the last user message, up to 50 MB each. MiniMax-M3 and later see them.',
		options: [{ displayName: 'Video', name: 'values', values: mediaRows('video') }],
	},
];
