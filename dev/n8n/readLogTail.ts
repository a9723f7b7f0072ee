import { readFileSync } from 'node:fs';

/** The last lines of a log, indented, to stand under a sentence that says what happened. */
export function readLogTail(logFile: string, lines = 15): string {
	return readFileSync(logFile, 'utf8')
		.trimEnd()
		.split('\n')
		.slice(-lines)
		.map((line) => `    ${line}`)
		.join('\n');
}
