import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { KNOWN_MODELS } from '../minimax/models';
import { baseUrlFor } from '../minimax/normalizeBaseUrl';

interface ModelList {
	data?: Array<{ id?: string | null } | null> | null;
}

/**
 * Models for the panel: the known ones first, then what GET /models adds
 * (the live list is incomplete, so neither alone would do).
 * Without a working credential the known models still show.
 */
export async function searchModels(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const listed = await listedIds(this);
	const known = new Set(KNOWN_MODELS.map((model) => model.id.toLowerCase()));
	const results = [
		...KNOWN_MODELS.map((model) => ({
			name: model.label,
			value: model.id,
			description: model.description,
		})),
		...listed.ids
			.filter((id) => !known.has(id.toLowerCase()))
			.map((id) => ({ name: id, value: id, description: 'Listed by the API for this credential' })),
	];
	const wanted = filter?.trim().toLowerCase() ?? '';
	return {
		results: results.filter(
			({ name, value }) =>
				name.toLowerCase().includes(wanted) || value.toLowerCase().includes(wanted),
		),
	};
}

async function listedIds(context: ILoadOptionsFunctions): Promise<{ ids: string[] }> {
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
		const ids = (reply.data ?? []).flatMap((entry) => (entry?.id ? [entry.id] : []));
		return { ids };
	} catch {
		return { ids: [] };
	}
}
