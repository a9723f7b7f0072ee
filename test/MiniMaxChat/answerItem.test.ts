import type { IDataObject, IExecutePaginationFunctions } from 'n8n-workflow';

import type { Completion } from '../../nodes/minimax/completion';
import { normalizeCompletion } from '../../nodes/minimax/reply/normalizeCompletion';
import { answerItem } from '../../nodes/MiniMaxChat/answerItem';
import { obtainAnswer } from '../../nodes/MiniMaxChat/obtainAnswer';
import { partly } from '../support/partly';
import { noUsage } from '../support/noUsage';

jest.mock('../../nodes/MiniMaxChat/obtainAnswer', () => ({ obtainAnswer: jest.fn() }));
const obtaining = jest.mocked(obtainAnswer);
afterEach(() => obtaining.mockReset());

interface Case {
	parsed?: { json: unknown };
	isReused?: boolean;
	rowsInRequest?: number;
	simplify?: boolean;
	inColumns?: boolean;
	includedInput?: 'all' | 'none';
	isTool?: boolean;
	answersChat?: boolean;
	isHeard?: boolean;
}

const input = { town: 'Ulm', output: 'of before' };

async function answer(given: Case = {}) {
	const wire = { id: 'c1', choices: [{ message: { role: 'assistant', content: '{"a":[1]}' } }] };
	const { rowsInRequest, parsed } = given;
	const completion: Completion = {
		...normalizeCompletion(wire, { openerMayBeMissing: false }),
		...(rowsInRequest !== undefined && { rowsInRequest }),
	};
	obtaining.mockResolvedValue({
		answer: { completion, parsed },
		isReused: given.isReused === true,
	});
	const item = partly<Parameters<typeof answerItem>[1]>({
		run: {
			access: { read: async () => ({}) },
			isTool: given.isTool === true,
			answersChat: given.answersChat === true,
		},
		index: 2,
		live: given.isHeard === true ? {} : undefined,
		prepared: {
			settings: {
				simplify: given.simplify !== false,
				includedInput: given.includedInput ?? 'none',
			},
			columns: given.inColumns === true ? {} : undefined,
		},
	});
	const context = { getInputData: () => ({ json: input }) };
	const output = await answerItem(partly<IExecutePaginationFunctions>(context), item);
	return { ...output, wire: completion.wire };
}

const simple: IDataObject = {
	content: '{"a":[1]}',
	reasoning: null,
	usage: noUsage,
	finishReason: null,
	model: null,
	id: 'c1',
};

it('an item has its answer, paired with its input', async () => {
	const { json, pairedItem } = await answer();
	// With no field that says nothing.
	expect(json).toStrictEqual(simple);
	expect(pairedItem).toEqual({ item: 2 });
});

it('the input comes with it where that is asked for', async () => {
	expect((await answer({ includedInput: 'all' })).json).toEqual({ ...input, ...simple });
});

describe('an answer that was paid for before', () => {
	it('says so, and is a copy', async () => {
		const list = [1];
		const { json } = await answer({ isReused: true, parsed: { json: { list } } });
		expect(json).toEqual({ ...simple, json: { list: [1] }, reused: true });
		expect((json.json as IDataObject).list).not.toBe(list);
	});

	it("leaves the API's own object as it is", async () => {
		const { json, wire } = await answer({ isReused: true, simplify: false });
		expect(json).toEqual({ ...wire, reused: true });
		expect(wire).not.toHaveProperty('reused');
	});
});

describe('how many rows its request had', () => {
	it('stands in the item', async () => {
		const { json } = await answer({ rowsInRequest: 3 });
		expect(json).toEqual({ ...simple, rowsInRequest: 3 });
	});

	it('does not take the place of a column of that name', async () => {
		const asked = { inColumns: true, parsed: { json: { rowsInRequest: 'many' } } };
		const { json } = await answer({ rowsInRequest: 3, ...asked });
		expect(json.rowsInRequest).toBe('many');
	});
});

describe('where a chat shows the item', () => {
	it('it shows the text of the answer', async () => {
		const { json } = await answer({ answersChat: true, includedInput: 'all' });
		expect(json).toEqual({ ...input, ...simple, output: '{"a":[1]}' });
	});

	it('it shows nothing more where it has heard the answer', async () => {
		expect((await answer({ answersChat: true, isHeard: true })).json).toStrictEqual(simple);
	});
});

it.each<[string, Case, IDataObject]>([
	['its answer', {}, { content: '{"a":[1]}' }],
	['the JSON', { parsed: { json: { a: [1] } } }, { json: { a: [1] } }],
	// What only people look at is left out.
	[
		'no more than that',
		{ isReused: true, rowsInRequest: 3, answersChat: true, includedInput: 'all' },
		{ content: '{"a":[1]}' },
	],
])('an agent gets %s', async (_what, given, shown) => {
	const { json, pairedItem } = await answer({ ...given, isTool: true });
	expect(json).toStrictEqual(shown);
	expect(pairedItem).toEqual({ item: 2 });
});
