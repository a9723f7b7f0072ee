import { isRecord } from '../json/isRecord';
import { parseShallowJson } from '../json/parseShallowJson';
import { walkBrackets } from '../json/walkBrackets';

export type Report = Readonly<Record<string, unknown>>;

/** Fields of a failure that may hold another one: the one a gateway met at its own provider. */
const INNER_FIELDS = [
	'error',
	'errors',
	'base_resp',
	'detail',
	'details',
	'metadata',
	'raw',
	'body',
	'response',
	'data',
	'innererror',
	'inner_error',
	'cause',
	'message',
	'error_message',
	'msg',
];

/** Where as many are found no more are looked for: a gateway behind a gateway behind a gateway. */
const MOST_REPORTS = 24;
const LONGEST_TEXT = 20_000;

/**
 * The failure that a body reports, and those inside of it, from the outermost on: gateways wrap what their
 * provider said in `metadata.raw`, in `detail`, or as JSON in the middle of a message
 * (https://openrouter.ai/docs/api/reference/errors-and-debugging).
 */
export function collectReports(body: Report): Report[] {
	const reports: Report[] = [body];
	// Those found on the way are looked at in turn.
	for (const report of reports) {
		if (reports.length >= MOST_REPORTS) break;
		for (const field of INNER_FIELDS) addInner(reports, report[field]);
		if (Array.isArray(report.choices)) {
			for (const choice of report.choices.slice(0, 4)) {
				if (isRecord(choice)) addInner(reports, choice.error);
			}
		}
	}
	return reports;
}

function addInner(reports: Report[], value: unknown): void {
	if (isRecord(value)) reports.push(value);
	else if (Array.isArray(value)) {
		// FastAPI's list of what is wrong with the request is kept as a whole.
		reports.push(...value.slice(0, 4).filter((each) => isRecord(each) && !('loc' in each)));
	} else if (typeof value === 'string') {
		const inner = findObject(value.slice(0, LONGEST_TEXT));
		if (inner !== null) reports.push(inner);
	}
}

/** The first JSON object in a text; also one whose quotation marks are escaped once more. */
function findObject(text: string): Report | null {
	const start = text.search(/\{\s*\\?"/);
	if (start === -1) return null;
	const end = walkBrackets(text, start, (depth) => depth === 0);
	const plain = parseObject(text.slice(start, end ?? undefined));
	return plain ?? parseObject(unescape(text.slice(start)));
}

function unescape(text: string): string {
	const plain = text.replace(/\\(["\\])/g, '$1');
	const end = walkBrackets(plain, 0, (depth) => depth === 0);
	return plain.slice(0, end ?? undefined);
}

function parseObject(text: string): Report | null {
	const parsed = parseShallowJson(text);
	return parsed.ok && isRecord(parsed.value) ? parsed.value : null;
}
