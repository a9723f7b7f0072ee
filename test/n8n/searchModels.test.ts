import type { ILoadOptionsFunctions } from 'n8n-workflow';

import { KNOWN_MODELS } from '../../nodes/minimax/models';
import { nameInList, searchModels } from '../../nodes/n8n/searchModels';
import { partly } from '../support/partly';

const knownIds = KNOWN_MODELS.map(({ id }) => id);

/** What the API says, and what it was asked. */
interface Setup {
	reply?: () => Promise<unknown>;
	chosen?: unknown;
	filter?: string;
	credential?: object;
}

async function search({ reply, chosen = 'MiniMax-M3', filter, credential }: Setup = {}) {
	const asked: unknown[] = [];
	const context = partly<ILoadOptionsFunctions>({
		getNode: () => ({ credentials: { miniMaxPlatformApi: { id: '7', name: 'Mine' } } }),
		getCurrentNodeParameter: (name: string) => (name === 'model' ? chosen : undefined),
		getCredentials: async () => credential ?? { apiKey: 'sk-1', region: 'international' },
		helpers: {
			httpRequestWithAuthentication: async (type: string, options: object) => {
				asked.push(type, options);
				return await (reply ?? listing([]))();
			},
		},
	});
	const { results } = await searchModels.call(context, filter);
	return { ids: results.map(({ value }) => value), names: results.map(({ name }) => name), asked };
}

const answering = (body: unknown) => async () => ({ statusCode: 200, headers: {}, body });
const listing = (data: unknown) => answering(JSON.stringify({ data }));
const lost = async () => await Promise.reject(new Error('lost'));

it('asks the API for its list, without following it elsewhere', async () => {
	expect((await search()).asked).toEqual([
		'miniMaxPlatformApi',
		{
			baseURL: 'https://api.minimax.io/v1',
			url: '/models',
			encoding: 'stream',
			returnFullResponse: true,
			disableFollowRedirect: true,
			timeout: 10_000,
		},
	]);
});

it('adds what the API lists, each once, the newest first', async () => {
	const data = [
		{ id: 'old', created: Date.UTC(2020, 0, 1) / 1000 },
		{ id: ' new ', created: Date.UTC(2030, 0, 1) / 1000 },
		{ id: 'NEW', created: 1 },
		{ id: 'minimax-m3' },
		{ id: 'undated', created: `${Date.UTC(2031, 0, 1) / 1000}` },
		{ id: ' ' },
		{ id: 7 },
		null,
	];
	expect((await search({ reply: listing(data) })).ids).toEqual([
		'new',
		...knownIds,
		'old',
		'undated',
	]);
});

it.each<[string, () => Promise<unknown>]>([
	['nobody answers', lost],
	['there is no JSON', answering('<html>')],
	['there is no object', answering('[]')],
	['it holds no list', listing('new')],
	['it is longer than any list', answering(`{"data":[{"id":"${'x'.repeat(5_000_000)}"}]}`)],
])('lists the known models alone where %s', async (_where, reply) => {
	expect((await search({ reply })).ids).toEqual(knownIds);
	await expect(search({ reply, filter: 'our' })).rejects.toThrow(
		"No known model matches, and the API listed none for this credential. Check the credential 'Mine', or choose By ID and enter the model's ID.",
	);
});

it('lists no model where the API lists none that matches', async () => {
	expect((await search({ filter: 'our', reply: listing([]) })).ids).toEqual([]);
});

it('a base URL that is none stands in nobody’s way', async () => {
	const credential = { apiKey: 'sk-1', region: 'custom', baseUrl: 'minimax' };
	expect((await search({ credential })).ids).toEqual(knownIds);
});

describe('the filter', () => {
	const reply = listing([{ id: 'acme/Our-Tune' }]);

	it.each([
		[undefined, [...knownIds, 'acme/Our-Tune']],
		['', [...knownIds, 'acme/Our-Tune']],
		['  ', [...knownIds, 'acme/Our-Tune']],
		[' HER ', ['M2-her']],
		['our', ['acme/Our-Tune']],
		// Of what the list shows, not of the ID alone.
		['role play', ['M2-her']],
	])('%j', async (filter, ids) => {
		expect((await search({ filter, reply })).ids).toEqual(ids);
	});
});

describe('the chosen model', () => {
	it.each<[unknown, string[]]>([
		['acme/Mine', [...knownIds, 'acme/Mine']],
		[{ mode: 'id', value: 'acme/Mine' }, [...knownIds, 'acme/Mine']],
		['MiniMax-M3', knownIds],
		['', knownIds],
		[{ mode: 'list', value: 7 }, knownIds],
		[undefined, knownIds],
	])('%j is in the list once', async (chosen, ids) => {
		expect((await search({ chosen })).ids).toEqual(ids);
	});

	it('is shown as it is, and not among what is searched for', async () => {
		expect((await search({ chosen: 'acme/Mine' })).names.at(-1)).toBe('acme/Mine');
		expect((await search({ chosen: 'acme/Mine', filter: 'her' })).ids).toEqual(['M2-her']);
	});
});

it('the known models do not wait for the list, a search for others does', async () => {
	let answer = (): void => {};
	const asked = new Promise<void>((resolve) => (answer = resolve));
	const late = async () => {
		await asked;
		return await listing([{ id: 'acme/Our-Tune' }])();
	};
	expect((await search({ reply: late })).ids).toEqual(knownIds);
	expect((await search({ reply: late, filter: 'her' })).ids).toEqual(['M2-her']);
	const searching = search({ reply: late, filter: 'our' });
	answer();
	expect((await searching).ids).toEqual(['acme/Our-Tune']);
});

it.each([
	['minimax-m3', 'MiniMax-M3 – 1M context, sees images'],
	['acme/Our-Tune', 'acme/Our-Tune'],
])('%s is shown as %s', (id, name) => {
	expect(nameInList(id)).toBe(name);
});
