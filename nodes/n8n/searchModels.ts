import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { DEFAULT_MODEL, KNOWN_MODELS } from '../minimax/models';
import { baseUrlFor } from '../minimax/request/normalizeBaseUrl';

interface ModelList {
	data?: Array<{ id?: string | null } | null> | null;
}

/**
 * Models for the panel: the known ones first, then what GET /models adds
 * (the live list is incomplete, so neither alone would do).
 * Without a working credential the known models still show, and an entry that says why there are no others.
 */
export async function searchModels(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const listed = await listIds(this);
	const known = new Set(KNOWN_MODELS.map((model) => model.id.toLowerCase()));
	const results = [
		...KNOWN_MODELS.map((model) => ({
			name: model.id,
			value: model.id,
			description: model.description,
		})),
		...(listed ?? [])
			.filter((id) => !known.has(id.toLowerCase()))
			.map((id) => ({ name: id, value: id, description: 'Listed by the API for this credential' })),
	];
	const wanted = filter?.trim().toLowerCase() ?? '';
	const found = results.filter(
		({ name, value }) =>
			name.toLowerCase().includes(wanted) || value.toLowerCase().includes(wanted),
	);
	return { results: listed === undefined ? [...found, notListed] : found };
}

/** The list has no place for a remark; choosing this one changes nothing. */
const notListed = {
	name: 'More Models: Check the Credential',
	value: DEFAULT_MODEL,
	description: 'The API did not list its models for this credential',
};

/** Undefined where the API gives no list. */
async function listIds(context: ILoadOptionsFunctions): Promise<string[] | undefined> {
	try {
		const credential = await context.getCredentials('miniMaxPlatformApi');
		const reply = (await context.helpers.httpRequestWithAuthentication.call(
			context,
			'miniMaxPlatformApi',
			{
				baseURL: baseUrlFor(credential),
				url: '/models',
				json: true,
				disableFollowRedirect: true,
				timeout: 10_000,
			},
		)) as ModelList;
		return reply.data?.flatMap((entry) => (entry?.id ? [entry.id] : []));
	} catch {
		return undefined;
	}
}
