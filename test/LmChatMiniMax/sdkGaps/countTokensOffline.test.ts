import { standInModel } from '../standInModel';

const text = (words: string) => ({ type: 'text', text: words });

it.each<[unknown, number]>([
	['', 0],
	['t', 1],
	['four', 1],
	['fours', 2],
	// Two bytes each.
	['äöüß', 2],
	[[text('four'), text('more')], 2],
	// Whatever else stands in a message is counted as it is written: {"type":"file"} in brackets.
	[[{ type: 'file' }], 5],
])('%j are %i tokens', async (content, tokens) => {
	const { model } = standInModel([]);
	const count = model.getNumTokens.bind(model) as (content: unknown) => Promise<number>;
	await expect(count(content)).resolves.toBe(tokens);
});

it.each([undefined, null])('%j is as good as nothing', async (content) => {
	const { model } = standInModel([]);
	const count = model.getNumTokens.bind(model) as (content: unknown) => Promise<number>;
	await expect(count(content)).resolves.toBe(1);
});
