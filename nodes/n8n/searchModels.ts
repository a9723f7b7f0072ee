import {
	NodeOperationError,
	type ILoadOptionsFunctions,
	type INodeListSearchResult,
} from 'n8n-workflow';

import { isRecord } from '../minimax/json/isRecord';
import { KNOWN_MODELS } from '../minimax/models';
import { THE_CREDENTIAL } from '../minimax/request/normalizeApiKey';
import { baseUrlFor } from '../minimax/request/normalizeBaseUrl';

/**
 * Models for the panel: the known ones first, then what GET /models adds
 * (the live list is incomplete, so neither alone would do).
 * Without a working credential the known models still show. Only a search that needs the others says why
 * there are none: an entry that is no model could be chosen.
 *
 * @throws NodeOperationError, which n8n shows in the list's place
 */
export async function searchModels(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const listed = await listIds(this);
	const known = new Set(KNOWN_MODELS.map((model) => model.id.toLowerCase()));
	const wanted = filter?.trim().toLowerCase() ?? '';
	const results = [
		...KNOWN_MODELS.map((model) => ({
			name: model.id,
			value: model.id,
			description: model.description,
		})),
		...(listed ?? [])
			.filter((id) => !known.has(id.toLowerCase()))
			.map((id) => ({ name: id, value: id, description: 'Listed by the API for this credential' })),
	].filter(({ value }) => value.toLowerCase().includes(wanted));

	if (results.length === 0 && listed === undefined) {
		throw new NodeOperationError(
			this.getNode(),
			// The editor shows the message only.
			`No known model matches, and the API listed none for this credential. Check ${THE_CREDENTIAL}, or choose By ID and enter the model's ID.`,
		);
	}
	return { results };
}

/** Undefined where the API gives no list. */
async function listIds(context: ILoadOptionsFunctions): Promise<string[] | undefined> {
	let reply: unknown;
	try {
		const credential = await context.getCredentials('miniMaxPlatformApi');
		reply = await context.helpers.httpRequestWithAuthentication.call(
			context,
			'miniMaxPlatformApi',
			{
				baseURL: baseUrlFor(credential),
				url: '/models',
				json: true,
				disableFollowRedirect: true,
				timeout: 10_000,
			},
		);
	} catch {
		return undefined;
	}
	return isRecord(reply) && Array.isArray(reply.data) ? readIds(reply.data) : undefined;
}

/** Each id once, in the case in which it comes first. */
function readIds(entries: unknown[]): string[] {
	const ids = new Map<string, string>();
	for (const entry of entries) {
		const id = isRecord(entry) && typeof entry.id === 'string' ? entry.id.trim() : '';
		if (id !== '' && !ids.has(id.toLowerCase())) ids.set(id.toLowerCase(), id);
	}
	return [...ids.values()];
}
