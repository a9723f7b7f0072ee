import type { IExecuteSingleFunctions, IHttpRequestOptions } from 'n8n-workflow';

import { InvalidInput } from '../minimax/failure/invalidInput';
import { readTimeout } from '../n8n/readTimeout';
import { buildBody } from './buildBody';
import { keepItem, type Prepared } from './chatItem';
import type { ChatRun } from './chatRun';
import { enterRun } from './enterRun';
import { planMedia } from './planMedia';
import { readSettings } from './readSettings';
import { groupsOf } from './rowGroups';

/**
 * preSend: turns the item's parameters into the request body and checks it. Throws nothing: n8n prepares
 * all items before the first is sent, and `send` decides what a bad one means for the others.
 */
export async function prepare(
	this: IExecuteSingleFunctions,
	requestOptions: IHttpRequestOptions,
): Promise<IHttpRequestOptions> {
	const run = enterRun(this);
	const index = this.getItemIndex();
	const item = { run, index, requestOptions };
	try {
		const prepared = readItem(this, run, requestOptions);
		const { streaming = 'auto' } = prepared.settings.options;
		keepItem({ ...item, prepared, live: streaming === 'auto' ? run.live.join(index) : undefined });
		if (prepared.plan !== undefined) groupsOf(run).expect(index);
	} catch (problem) {
		run.hasInvalidItem = true;
		keepItem({ ...item, problem, live: undefined });
	}
	return requestOptions;
}

/** @throws InvalidInput, or what an expression threw */
function readItem(
	context: IExecuteSingleFunctions,
	run: ChatRun,
	{ body: routed, timeout }: IHttpRequestOptions,
): Prepared {
	readTimeout(timeout);
	const settings = readSettings(context, run.fixed);
	const request = buildBody(settings, routed);
	const media = planMedia(context, settings.options, request.body.model);
	if (request.plan !== undefined && media.length > 0) {
		throw new InvalidInput(
			"'Rows per Request' does not go together with 'Images' and 'Videos'",
			"Remove them, or set 'Rows per Request' in the options to 1.",
		);
	}
	return { settings, ...request, media };
}
