import type { IExecuteSingleFunctions, IHttpRequestOptions } from 'n8n-workflow';

import { buildBody } from './buildBody';
import { openItem } from './chatRun';
import { planMedia } from './planMedia';
import { readSettings } from './readSettings';

/**
 * preSend: turns the item's parameters into the request body and checks it. Throws nothing: n8n prepares
 * all items before the first is sent, and `send` decides what a bad one means for the others.
 */
export async function prepare(
	this: IExecuteSingleFunctions,
	requestOptions: IHttpRequestOptions,
): Promise<IHttpRequestOptions> {
	const item = openItem(this, requestOptions);
	try {
		item.settings = readSettings(this, item.run.fixed);
		const { body, schema } = buildBody(item.settings, requestOptions.body);
		item.body = body;
		item.schema = schema;
		item.media = planMedia(this, item.settings.options, body.model);
	} catch (error) {
		item.problem = error;
		item.run.hasInvalidItem = true;
	}
	item.timeoutMs = requestOptions.timeout;
	return requestOptions;
}
