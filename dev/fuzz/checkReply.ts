import { isDeepStrictEqual } from 'node:util';

import { KEY, type FuzzedReply } from './fuzzedReply.ts';
import { readReply, type Core, type Outcome } from './readReply.ts';

const CONTEXTS = [
	{ region: 'custom', model: 'MiniMax-M3', panel: 'chat' },
	{ region: 'international', model: 'MiniMax-M2.7', panel: 'model' },
] as const;

/** How a program words its own faults; people must never read it. */
const OWN_FAULTS =
	/TypeError|RangeError|SyntaxError|undefined|\bNaN\b|\[object|Maximum call stack|Invalid string length|is not a function|Cannot read/;

/** Milliseconds that a reply of some kilobytes may take on a busy machine. */
const SLOW_MS = 2000;

/** What is wrong with how a reply was read; nothing, as it should be. */
export async function checkReply(core: Core, given: FuzzedReply): Promise<string[]> {
	const outcome = await readReply(core, given);
	const violations = [...checkEnd(outcome), ...checkOutcome(core, outcome)];
	const other = await readReply(core, given, [1_000_000]);
	if (!isDeepStrictEqual(other.result, outcome.result)) {
		violations.push(`cut into other pieces it is ${textOf(other)} and not ${textOf(outcome)}`);
	}
	if (given.whole !== null) {
		const whole = await readReply(core, { ...given, bytes: new TextEncoder().encode(given.whole) });
		const [streamed, inOnePiece] = [itemOf(core, outcome), itemOf(core, whole)];
		if (!isDeepStrictEqual(streamed, inOnePiece)) {
			violations.push(`streamed ${JSON.stringify(streamed)}, whole ${JSON.stringify(inOnePiece)}`);
		}
	}
	return violations;
}

/** That it ended, threw nothing and took no time. */
export function checkEnd({ hasEnded, thrown, milliseconds }: Outcome): string[] {
	return [
		...(hasEnded ? [] : ['it never ends']),
		...(thrown === undefined ? [] : [`it throws ${String(thrown)}`]),
		...(milliseconds > SLOW_MS ? [`it takes ${Math.round(milliseconds)} ms`] : []),
	];
}

export function checkOutcome(core: Core, { result, heard }: Outcome): string[] {
	if (result === null) return [];
	return 'failure' in result
		? checkFailure(core, result.failure)
		: checkCompletion(core, result.completion, heard);
}

type Result = NonNullable<Outcome['result']>;
type Verdict = Extract<Result, { failure: unknown }>['failure'];
type Completion = Extract<Result, { completion: unknown }>['completion'];

function checkFailure(core: Core, verdict: Verdict): string[] {
	const violations: string[] = [];
	const { partial, httpStatus, retryable, retryAfterMs } = verdict;
	if (retryable && partial !== null) violations.push('what was paid for is asked for again');
	if (!Number.isInteger(httpStatus)) violations.push(`the HTTP status is ${httpStatus}`);
	if (retryAfterMs !== null && !(retryAfterMs >= 0)) violations.push(`it waits ${retryAfterMs} ms`);
	for (const context of CONTEXTS) {
		const { message, description, apiMessage, requestId } = core.putIntoWords(verdict, context);
		const ours = `${message}\n${description.replace(/The answer was: “[^]*/, '')}`;
		if (message.trim() === '' || description.trim() === '') violations.push('no words');
		if (OWN_FAULTS.test(ours)) violations.push(`words of a program: ${ours}`);
		const words = [message, description, apiMessage ?? '', requestId ?? '']
			.join('\n')
			.toLowerCase();
		const piece = pieceOfKey(words);
		if (piece !== null) violations.push(`the key shows in words: ${piece}`);
	}
	if (JSON.stringify(partial)?.includes(JSON.stringify(KEY).slice(1, -1))) {
		violations.push('the key shows in what had arrived');
	}
	return violations;
}

function pieceOfKey(words: string): string | null {
	const key = KEY.toLowerCase();
	for (let at = 0; at + 8 <= key.length; at += 1) {
		const piece = key.slice(at, at + 8);
		if (words.includes(piece)) return piece;
	}
	return null;
}

function checkCompletion(core: Core, completion: Completion, heard: string): string[] {
	const violations: string[] = [];
	const item = core.completionToItem(completion);
	const raw = core.rawItem(completion);
	JSON.stringify([item, raw]);
	if (heard !== item.content) violations.push(`heard ${JSON.stringify(heard)}`);
	if ('error' in item || 'error' in raw) violations.push('an item with a key error');
	if (typeof item.content !== 'string') violations.push('content is no text');
	for (const [name, count] of Object.entries(item.usage)) {
		const isCount = count === null || (Number.isFinite(count) && count >= 0);
		if (!isCount) violations.push(`${name} is ${count}`);
	}
	const calls = item.toolCalls ?? [];
	const ids = calls.map(({ id }) => id);
	if (ids.includes('') || new Set(ids).size < ids.length) violations.push(`ids ${ids.join(', ')}`);
	const sent = completion.message.tool_calls ?? [];
	if (sent.length !== calls.length) violations.push('calls that do not go back');
	return violations;
}

/** What a workflow sees of it. */
function itemOf(core: Core, { result }: Outcome): unknown {
	if (result === null) return null;
	if ('completion' in result) return core.completionToItem(result.completion);
	const { cause, partial } = result.failure;
	return { cause, partial };
}

function textOf({ result }: Outcome): string {
	return JSON.stringify(result, null, 0)?.slice(0, 2000) ?? 'nothing';
}
