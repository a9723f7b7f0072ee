import type { IContextObject } from 'n8n-workflow';

import { isRecord } from '../minimax/json/isRecord';
import type { AnswerPlace } from '../minimax/keptAnswers/answerPlace';

/** n8n saves them with the execution. */
const MOST_CHARACTERS = 4_000_000;

/** Where in the node's context they are: an object of lists by request. */
const FIELD = 'keptAnswers';

/**
 * Answers in the execution's own data: there for n8n's Retry On Fail, saved with a failed execution, and back
 * with Retry in the list of executions.
 *
 * @param context the node's, by `getContext('node')`; what is in it may come from a database
 */
export function executionAnswers(
	context: IContextObject,
	mostCharacters = MOST_CHARACTERS,
): AnswerPlace {
	let characters: number | undefined;

	const readAll = (): Record<string, unknown> => {
		const kept: unknown = context[FIELD];
		return isRecord(kept) ? kept : {};
	};

	return {
		isEmpty: () => isEmpty(readAll()),
		take(request, answer) {
			const all = readAll();
			const texts = readTexts(all, request);
			const index = answer === undefined ? 0 : texts.indexOf(answer);
			const [taken] = index === -1 ? [] : texts.splice(index, 1);
			if (texts.length > 0) all[request] = texts;
			else delete all[request];
			if (isEmpty(all)) delete context[FIELD];
			characters = undefined;
			return taken;
		},
		put(request, answer) {
			const all = readAll();
			characters ??= countCharacters(all);
			if (characters + answer.length > mostCharacters) return false;
			characters += answer.length;
			all[request] = [...readTexts(all, request), answer];
			context[FIELD] = all;
			return true;
		},
		clear() {
			delete context[FIELD];
			characters = undefined;
		},
	};
}

function isEmpty(all: Record<string, unknown>): boolean {
	for (const request in all) if (Object.hasOwn(all, request)) return false;
	return true;
}

function readTexts(all: Record<string, unknown>, request: string): string[] {
	const answers: unknown = Object.hasOwn(all, request) ? all[request] : [];
	return Array.isArray(answers) ? answers.filter((answer) => typeof answer === 'string') : [];
}

function countCharacters(all: Record<string, unknown>): number {
	const texts = Object.keys(all).flatMap((request) => readTexts(all, request));
	return texts.reduce((sum, { length }) => sum + length, 0);
}
