import { randomUUID } from 'node:crypto';

import { FailureError, type Failure } from '../minimax/failure/failure';
import type { Completion, TokenUsage } from '../minimax/completion';
import { addUsage } from '../minimax/jsonAnswer/addUsage';
import { readUsage } from '../minimax/reply/readUsage';
import { composeRows } from '../minimax/rows/composeRows';
import { readRows } from '../minimax/rows/readRows';
import { rowCompletion } from '../minimax/rows/rowCompletion';
import { splitUsage } from '../minimax/rows/splitUsage';
import { readAnswer } from './answerAsJson';
import { requestCompletion } from './requestCompletion';
import { withSpent } from './withSpent';
import type { RowMember, RowOutcome } from './rowMember';

/**
 * Asks for several rows in one request. A row whose answer is missing, given twice or does not fit is to be
 * asked for again. If the request is refused for its length, for what a row says, or without a reason, each half
 * is sent by itself, until the row that caused it is alone. If the answer is cut off, its complete rows count,
 * and the others are asked for at once.
 *
 * @returns the outcomes in the order of the rows; never throws
 */
export async function askTogether(rows: RowMember[]): Promise<RowOutcome[]> {
	const [first] = rows;
	if (first === undefined || rows.length === 1)
		return rows.map(({ spent }) => ({ type: 'alone', spent }));
	// At random, so that no row's text can use the ID of another row.
	const mark = randomUUID().slice(0, 6);
	const ids = rows.map((_, row) => `${mark}-${row + 1}`);
	const { system, schema } = first.plan;
	const named = rows.map(({ plan: { text } }, row) => ({ id: ids[row] ?? '', text }));
	const body = composeRows(first.item.prepared.body, system, schema, named);
	let completion: Completion;
	try {
		// Each listener hears its own row, not the request of all.
		const carrier = { ...first.item, live: undefined };
		completion = await requestCompletion(
			first.context,
			carrier,
			first.access,
			body,
			(received) => received,
			concernsOneRow,
		);
	} catch (error) {
		const charged = chargeFailure(rows, error);
		const isDivisible = error instanceof FailureError && concernsOneRow(error.failure);
		return isDivisible
			? await halve(charged)
			: charged.map(({ spent }) => ({ type: 'failed', error: withSpent(error, spent) }));
	}

	const { answers, isCut } = readRows(completion, ids);
	const shares = splitUsage(completion.usage, rows.length);
	const outcomes = rows.map((row, position): RowOutcome => {
		const spent = addSpent(row.spent, shares[position]);
		const text = answers.get(ids[position] ?? '');
		const own =
			text === undefined ? undefined : rowCompletion(completion, text, spent, rows.length);
		const fits = own !== undefined && readAnswer(own, row.item.prepared) !== undefined;
		return fits ? { type: 'answered', completion: own } : { type: 'missing', spent };
	});
	return isCut ? await askRest(rows, outcomes) : outcomes;
}

/** Asks for the rows that the answer was cut off before; in smaller requests where those are all. */
async function askRest(rows: RowMember[], outcomes: RowOutcome[]): Promise<RowOutcome[]> {
	const rest = rows.flatMap((row, position) => {
		const outcome = outcomes[position];
		return outcome?.type === 'missing' ? [{ ...row, spent: outcome.spent }] : [];
	});
	const asked = rest.length < rows.length ? await askTogether(rest) : await halve(rest);
	return outcomes.map((outcome) =>
		outcome.type === 'missing' ? (asked.shift() ?? outcome) : outcome,
	);
}

async function halve(rows: RowMember[]): Promise<RowOutcome[]> {
	const middle = Math.ceil(rows.length / 2);
	const halves = [rows.slice(0, middle), rows.slice(middle)];
	return (await Promise.all(halves.map(askTogether))).flat();
}

const OF_ONE_ROW: ReadonlySet<unknown> = new Set([
	'context-exceeded',
	'request-too-large',
	'too-many-tokens',
	'invisible-characters',
	// No reason was given. A firewall in front of a gateway refuses texts with 403, too.
	'request-refused',
	'value-refused',
	'access-denied',
]);

/** Whether the request was refused for its length or for what is in it, which may be one of its rows. */
function concernsOneRow({ kind, cause }: Failure): boolean {
	return kind === 'content-rejected' || OF_ONE_ROW.has(cause);
}

/** What a reply that broke off has cost belongs to all of its rows. */
function chargeFailure(rows: RowMember[], error: unknown): RowMember[] {
	const partial = error instanceof FailureError ? error.failure.partial : null;
	if (partial === null) return rows;
	const shares = splitUsage(partial.usage, rows.length);
	return rows.map((row, position) => ({ ...row, spent: addSpent(row.spent, shares[position]) }));
}

function addSpent(spent: TokenUsage | null, share: TokenUsage = readUsage(null)): TokenUsage {
	return spent === null ? share : addUsage(spent, share);
}
