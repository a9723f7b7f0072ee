import type { ChatRequest } from '../chatRequest.ts';
import { isObject, type JsonObject, parseJson } from '../json.ts';
import type { RowFaults } from '../settings.ts';

/** A request in which the user message is an object of rows, each to be answered by itself. */
export interface RowsRequest {
	rows: Array<[id: string, text: string]>;
	/** Of the answer to one row. */
	schema: JsonObject;
}

/** Undefined for a request of any other kind. */
export function readRowsRequest({ messages }: ChatRequest): RowsRequest | undefined {
	const system = messages.find(({ role }) => role === 'system')?.text ?? '';
	const asks = /^The user message is a JSON object that holds \d+ rows/m.test(system);
	const schema = parseJson(system.slice(system.lastIndexOf('\n') + 1));
	const rows = parseJson(messages.findLast(({ role }) => role === 'user')?.text ?? '');
	if (!asks || !isObject(schema) || !isObject(rows)) return undefined;
	return { rows: Object.entries(rows).map(([id, text]) => [id, String(text)]), schema };
}

/** The request as it would be for one of the rows. */
export function requestForRow(request: ChatRequest, schema: JsonObject, text: string): ChatRequest {
	const last = request.messages.findLastIndex(({ role }) => role === 'user');
	const messages = request.messages.map((message, index) =>
		index === last ? { ...message, text } : message,
	);
	return { ...request, messages, wantsJson: true, jsonSchema: schema };
}

/**
 * The JSON of all rows, with what models do to it: rows that are left out, that stand there twice with different
 * answers, under an ID that nobody gave, with a value of another shape, or under each other's ID; in another
 * order, with words around, without its end.
 */
export function writeRows(
	answers: Array<[id: string, answer: string]>,
	faults: RowFaults,
	random: () => number,
): { answer: string; isCut: boolean } {
	const strikes = (kind: keyof RowFaults): boolean => random() < (faults[kind] ?? 0);
	let members = answers.flatMap(([id, answer]): Array<[string, string]> => {
		if (strikes('leaveOut')) return [];
		if (strikes('rename')) return [[`${id}x`, answer]];
		if (strikes('spoil')) return [[id, '"none of that"']];
		if (strikes('double')) {
			return [
				[id, answer],
				[id, '{"second":true}'],
			];
		}
		return [[id, answer]];
	});
	if (strikes('swap') && members.length > 1) {
		const [first, second, ...others] = members as [[string, string], [string, string]];
		members = [[first[0], second[1]], [second[0], first[1]], ...others];
	}
	if (strikes('shuffle')) members = [...members].sort(() => random() - 0.5);
	const json = `{${members.map(([id, answer]) => `${JSON.stringify(id)}:${answer}`).join(',')}}`;
	const answer = strikes('words') ? `Here are the answers:\n${json}\nAnything else?` : json;
	const isCut = strikes('cut');
	return { answer: isCut ? answer.slice(0, Math.floor(answer.length * random())) : answer, isCut };
}
