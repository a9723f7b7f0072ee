import { InvalidInput, type Place } from '../failure/invalidInput';
import { findModel } from '../models';
import { isBlank } from '../request/mergeSystemMessages';
import type { WireRequest, WireRequestMessage } from '../wireTypes';

/** How a row may share its request with others. */
export interface RowPlan {
	/** The user's own system message; empty when there is none. */
	system: string;
	/** What a request of its own would say as the user. */
	text: string;
	/** JSON Schema of the answer. */
	schema: Record<string, unknown>;
	/** Most rows of a request: what the user allows, and no more than the token limit has room for. */
	mostRows: number;
	/** Most characters that the texts of a request may have together. */
	mostCharacters: number;
}

const MOST_ROWS = 50;

/** Rows take at most a quarter of the context: answers get worse long before it is full. */
const SHARE_OF_CONTEXT = 0.25;
/** Chinese has one or two characters a token, English about four. */
const CHARACTERS_PER_TOKEN = 2;
/** For models that are not known. */
const CONTEXT_TOKENS = 32_000;
/** Of the token limit, for the answers; the rest is for thinking. */
const SHARE_FOR_ANSWERS = 0.5;
/** What one value of an answer comes to with its name, and what a row's ID takes. */
const TOKENS_PER_VALUE = 40;
const TOKENS_PER_ROW = 15;

const ROWS: Place = { input: 'rowsPerRequest' };
const WHAT_TO_DO = 'Change that, or set the number to 1.';

/**
 * @param messages the user's own, without any instruction of ours
 * @param body of a request for the row alone
 * @param schema of the answer, if there is one
 * @param additional fields that the user adds to the body
 * @throws InvalidInput where rows cannot share a request
 */
export function planRow(
	rows: number,
	messages: readonly WireRequestMessage[],
	body: WireRequest,
	schema: Record<string, unknown> | undefined,
	additional: Record<string, unknown>,
): RowPlan {
	if (rows > MOST_ROWS) {
		throw new InvalidInput(
			`is ${rows}, but at most ${MOST_ROWS} rows can share a request`,
			`Give a number from 1 to ${MOST_ROWS}.`,
			ROWS,
		);
	}
	if (schema === undefined) {
		throw refusal('needs answers of a known shape: columns, or JSON with an example or a schema');
	}
	if (body.tools !== undefined) throw refusal('does not go together with tools');
	for (const field of ['messages', 'response_format']) {
		if (Object.hasOwn(additional, field)) {
			throw refusal(
				`does not go together with ${field} among the fields that are added to the body`,
			);
		}
	}
	const said = messages.filter(({ content }) => !isBlank(content));
	const own = said.filter(({ role }) => role !== 'system');
	const [user] = own;
	const texts = said.map(({ content }) => content);
	const isOneText = own.length === 1 && user?.role === 'user' && texts.every(isText);
	if (!isOneText || user.name !== undefined) {
		throw refusal(
			'needs messages of text, one of the role user and none of the role assistant, without a name',
		);
	}
	const system = said.find(({ role }) => role === 'system')?.content;
	return {
		// As finishBody does it for a request of one row.
		system: isText(system) ? system.toWellFormed() : '',
		text: isText(user.content) ? user.content.toWellFormed() : '',
		schema,
		mostRows: Math.max(1, Math.min(rows, roomFor(schema, body.max_completion_tokens))),
		mostCharacters:
			(findModel(body.model)?.contextTokens ?? CONTEXT_TOKENS) *
			SHARE_OF_CONTEXT *
			CHARACTERS_PER_TOKEN,
	};
}

function refusal(what: string): InvalidInput {
	return new InvalidInput(what, WHAT_TO_DO, ROWS);
}

function isText(content: unknown): content is string {
	return typeof content === 'string';
}

function roomFor(schema: Record<string, unknown>, maxTokens: number | undefined): number {
	if (maxTokens === undefined) return MOST_ROWS;
	const values = JSON.stringify(schema).match(/"type":/g)?.length ?? 1;
	const perRow = TOKENS_PER_ROW + values * TOKENS_PER_VALUE;
	return Math.floor((maxTokens * SHARE_FOR_ANSWERS) / perRow);
}
