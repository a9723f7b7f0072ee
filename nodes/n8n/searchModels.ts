import {
	NodeOperationError,
	sleep,
	type ILoadOptionsFunctions,
	type IN8nHttpFullResponse,
	type INodeListSearchResult,
} from 'n8n-workflow';

import { isRecord } from '../minimax/json/isRecord';
import { parseShallowJson } from '../minimax/json/parseShallowJson';
import { findModel, KNOWN_MODELS } from '../minimax/models';
import { bytesOf, readText } from '../minimax/reply/replyBody';
import { watchBytes } from '../minimax/reply/watchBytes';
import { watchSilence } from '../minimax/reply/watchSilence';
import { baseUrlFor } from '../minimax/request/normalizeBaseUrl';
import { clock } from './clock';
import { nameCredential } from './nameCredential';
import { CREDENTIAL_TYPE } from './readAccess';
import { THE_CREDENTIAL } from './words/theCredential';
import { toReply } from './toReply';

interface ListedModel {
	id: string;
	/** When it was made (ms), where the list says so. */
	releasedAt: number;
}

/** How long the known models wait for those that only the API lists; the editor needs 0.2 s more to show them. */
const LISTING_PATIENCE_MS = 600;
const LISTING_TIMEOUT_MS = 10_000;
/** Bytes; far more than any list of models has. */
const LONGEST_LIST = 4 * 1024 * 1024;

/**
 * Models for the panel, newest first: the known ones, and what GET /models adds to them (its list is
 * incomplete). The known ones come within a second, whatever the API does. Only a search that none of them
 * matches waits for the API's list. Where that cannot be had it throws the reason: as an entry of the list
 * the reason could be chosen as a model.
 *
 * The chosen model is always among them: when the credential changes, n8n empties the field unless the
 * list holds its value (n8n-editor-ui, ResourceLocator.vue).
 *
 * @throws NodeOperationError, which n8n shows in the list's place
 */
export async function searchModels(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const wanted = filter?.trim().toLowerCase() ?? '';
	const matches = ({ id }: { id: string }) => nameInList(id).toLowerCase().includes(wanted);
	const known = KNOWN_MODELS.map(({ id, released }) => ({ id, releasedAt: Date.parse(released) }));
	const listing = listModels(this);
	const listed = known.some(matches)
		? await Promise.race([listing, sleep(LISTING_PATIENCE_MS)])
		: await listing;

	const added = (listed ?? []).filter(({ id }) => findModel(id) === undefined);
	const found = [...known, ...added].sort((one, other) => other.releasedAt - one.releasedAt);
	const results = found.filter(matches).map(({ id }) => ({ name: nameInList(id), value: id }));
	const chosen = readChosen(this);
	if (wanted === '' && chosen !== '' && results.every(({ value }) => value !== chosen)) {
		results.push({ name: chosen, value: chosen });
	}
	if (results.length === 0 && listed === undefined) {
		throw new NodeOperationError(
			this.getNode(),
			// The editor shows the message only.
			nameCredential(
				`No known model matches, and the API listed none for this credential. Check ${THE_CREDENTIAL}, or choose By ID and enter the model's ID.`,
				this.getNode(),
			),
		);
	}
	return { results };
}

/** What the list shows for a model. n8n shows no description there, so the name says what it is. */
export function nameInList(id: string): string {
	const known = findModel(id);
	return known === undefined ? id : `${known.id} – ${known.summary}`;
}

function readChosen(context: ILoadOptionsFunctions): string {
	const model: unknown = context.getCurrentNodeParameter('model');
	const chosen = isRecord(model) ? model.value : model;
	return typeof chosen === 'string' ? chosen : '';
}

/** Undefined where the API gives no list. */
async function listModels(context: ILoadOptionsFunctions): Promise<ListedModel[] | undefined> {
	const parsed = parseShallowJson(await requestList(context).catch(() => ''));
	const list = parsed.ok && isRecord(parsed.value) ? parsed.value.data : undefined;
	return Array.isArray(list) ? readModels(list) : undefined;
}

/** Bounded in time and length, since any server may stand behind a custom base URL. */
async function requestList(context: ILoadOptionsFunctions): Promise<string> {
	const baseURL = baseUrlFor(await context.getCredentials(CREDENTIAL_TYPE));
	const silence = watchSilence({
		timeoutMs: LISTING_TIMEOUT_MS,
		timer: clock,
		hangUp: () => undefined,
	});
	const response = await silence.wait<IN8nHttpFullResponse>(
		context.helpers.httpRequestWithAuthentication.call(context, CREDENTIAL_TYPE, {
			baseURL,
			url: '/models',
			encoding: 'stream',
			returnFullResponse: true,
			disableFollowRedirect: true,
			timeout: LISTING_TIMEOUT_MS,
		}),
	);
	const { bytes, moved } = watchBytes(bytesOf(toReply(response).body), silence);
	const { text, isWhole } = await readText(bytes, LONGEST_LIST, moved);
	return isWhole ? text : '';
}

/** Each id once, in the case in which it comes first. */
function readModels(entries: unknown[]): ListedModel[] {
	const models = new Map<string, ListedModel>();
	for (const entry of entries) {
		if (!isRecord(entry) || typeof entry.id !== 'string') continue;
		const id = entry.id.trim();
		if (id === '' || models.has(id.toLowerCase())) continue;
		const { created } = entry;
		const releasedAt = typeof created === 'number' ? created * 1000 : 0;
		models.set(id.toLowerCase(), { id, releasedAt });
	}
	return [...models.values()];
}
