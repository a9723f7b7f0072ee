import type { INodeProperties } from 'n8n-workflow';

/** What is paid for, and how much of it. */
export const identicalRowsField: INodeProperties = {
	displayName: 'Identical Rows',
	name: 'identicalRows',
	type: 'options',
	options: [
		{ name: 'Ask for Each', value: 'each', description: 'Every row gets an answer of its own' },
		{
			name: 'Ask Once',
			value: 'once',
			description: 'Rows with the very same request share one answer, which is paid once',
		},
	],
	default: 'each',
	description: 'What to do with items of one run whose requests are the same',
};

export const reuseAnswersField: INodeProperties = {
	displayName: 'Reuse Answers',
	name: 'reuseAnswers',
	type: 'boolean',
	default: true,
	description:
		'Whether the answers of a run that failed or was stopped are kept for the next run, which then asks and pays only for the rest',
};

export const rowsPerRequestField: INodeProperties = {
	displayName: 'Rows per Request',
	name: 'rowsPerRequest',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 50, numberPrecision: 0 },
	default: 1,
	description:
		'How many items are asked about in one request. Faster and cheaper under a limit on requests, but rows may influence one another: compare 50 rows both ways first. For Columns, or JSON from an example or a schema; text only.',
};
