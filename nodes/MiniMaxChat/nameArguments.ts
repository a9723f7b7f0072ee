import {
	traverseNodeParameters,
	type FromAIArgument,
	type IExecuteSingleFunctions,
} from 'n8n-workflow';

import { isRecord } from '../minimax/json/isRecord';

const LONGEST = 60;

/**
 * What an agent gave for the `$fromAI` arguments of its tool. The agent reads nothing but the message of a
 * failure, and knows the tool's arguments, not its fields.
 *
 * @returns words for square brackets, or '' where the tool takes no argument
 */
export function nameArguments(context: IExecuteSingleFunctions): string {
	const found: FromAIArgument[] = [];
	traverseNodeParameters(context.getNode().parameters, found);
	// The panel may ask for one in several places.
	const names = [...new Set(found.map(({ key }) => key))];
	if (names.length === 0) return '';
	const { json } = context.getInputData();
	// As n8n looks for them (n8n-workflow, workflow-data-proxy.js, handleFromAi).
	const given: Record<string, unknown> = { ...json, ...(isRecord(json.query) && json.query) };
	const optional = found.filter((one) => one.defaultValue !== undefined).map(({ key }) => key);
	const missing = names.filter(
		(name) => (given[name] ?? null) === null && !optional.includes(name),
	);
	if (missing.length > 0) return `the call lacks ${list(missing.map((name) => `'${name}'`))}`;
	const values = names
		.filter((name) => given[name] !== undefined)
		.map((name) => `'${name}' ${shorten(JSON.stringify(given[name]))}`);
	return `the call gave ${list(values)}`;
}

function list(parts: string[]): string {
	const last = parts.at(-1) ?? '';
	return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} and ${last}`;
}

function shorten(text: string): string {
	return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`;
}
