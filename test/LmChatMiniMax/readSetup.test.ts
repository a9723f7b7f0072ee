import type { IDataObject, ISupplyDataFunctions } from 'n8n-workflow';

import { readSetup } from '../../nodes/LmChatMiniMax/readSetup';
import { tokensOfExecution } from '../../nodes/n8n/tokenBudget';
import { partly } from '../support/partly';

const credential = { apiKey: 'sk-1', region: 'international' };

/** The setup of a node with these options. */
async function setUp(options: IDataObject | undefined, more: object = {}) {
	const asked: unknown[] = [];
	const node = { id: 'n1', name: 'Model', type: 'lmChatMiniMax', parameters: {} };
	const context = partly<ISupplyDataFunctions>({
		getNode: () => node,
		getCredentials: async (...wanted: unknown[]) => {
			asked.push(wanted);
			return credential;
		},
		getNodeParameter: (name: string, index: number, fallback: unknown, how?: object) => {
			asked.push([name, index, how]);
			return name === 'model' ? ' minimax-m3 ' : (options ?? fallback);
		},
		getExecutionId: () => 'e1',
		...more,
	});
	const setup = await readSetup(context, 2);
	return { setup, asked, context };
}

/** A context in which a fallback model stands ready. */
const withFallback = {
	getExecuteData: () => ({ node: { name: 'Agent', parameters: { needsFallback: true } } }),
	getConnections: () => [[], [{ node: 'Other' }]],
};

it('has its defaults', async () => {
	const { setup, asked, context } = await setUp(undefined);
	expect(asked).toEqual([
		['miniMaxPlatformApi', 2],
		['model', 2, { extractValue: true }],
		['options', 2, undefined],
	]);
	expect(setup).toEqual({
		context,
		itemIndex: 2,
		access: expect.objectContaining({ apiKey: 'sk-1', baseUrl: 'https://api.minimax.io/v1' }),
		request: { model: 'MiniMax-M3', messages: [], max_completion_tokens: 8192 },
		additionalBody: {},
		maxRetries: 5,
		patienceMs: 300_000,
		tokenBudget: 0,
		tokens: tokensOfExecution('e1', 'n1'),
	});
});

it('takes its options', async () => {
	const { setup } = await setUp({
		temperature: 0.5,
		topP: 0.8,
		maxTokens: 100,
		thinking: 'disabled',
		additionalBody: '{"seed": 7}',
		maxRetries: '1',
		tokenBudget: 5000,
		giveUpAfter: 2.5,
	});
	expect(setup).toMatchObject({
		request: {
			model: 'MiniMax-M3',
			messages: [],
			temperature: 0.5,
			top_p: 0.8,
			max_completion_tokens: 100,
			thinking: { type: 'disabled' },
		},
		additionalBody: { seed: 7 },
		maxRetries: 1,
		tokenBudget: 5000,
		patienceMs: 2500,
	});
});

it.each<[unknown, object, number]>([
	[0, {}, 300_000],
	['', {}, 300_000],
	[undefined, withFallback, 6000],
	[0, withFallback, 6000],
	['30', withFallback, 30_000],
	[0.001, {}, 1],
])('gives up after %j', async (giveUpAfter, context, patienceMs) => {
	const options = giveUpAfter === undefined ? {} : { giveUpAfter };
	expect((await setUp(options as IDataObject, context)).setup.patienceMs).toBe(patienceMs);
});

it.each<[IDataObject, string, string]>([
	[
		{ giveUpAfter: -0.5 },
		"'Give Up After' is -0.5, but has to be a number of seconds",
		"Set 'Give Up After' to the seconds a request may wait, or to 0 for automatic.",
	],
	[
		{ giveUpAfter: 'soon' },
		"'Give Up After' is not a number",
		"Give a number, or check that the expression in 'Give Up After' gives one for this item.",
	],
	[
		{ tokenBudget: -1 },
		"'Token Budget' is -1, but has to be a whole number of at least 0",
		"Set 'Token Budget' to 0, 1, 2 and so on, or remove it for 0.",
	],
])('says what is wrong with %j', async (options, message, description) => {
	await expect(setUp(options)).rejects.toMatchObject({
		name: 'NodeOperationError',
		message,
		description,
		functionality: 'configuration-node',
		context: { itemIndex: 2 },
	});
});

it('leaves alone what is none of its failures', async () => {
	const odd = new Error('odd');
	const getExecutionId = () => {
		throw odd;
	};
	await expect(setUp({}, { getExecutionId })).rejects.toBe(odd);
});
