import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { startProcessGroup } from './processGroups.ts';
import { readLogTail } from './readLogTail.ts';

export interface Command {
	/** What the command is for, as the subject of "… did not finish". */
	purpose: string;
	command: string;
	args: string[];
	cwd: string;
	/** Receives stdout and stderr; earlier content is replaced. */
	logFile: string;
	env?: NodeJS.ProcessEnv;
}

/** Runs a command to its end. Throws with the last lines of its output when it does not succeed. */
export async function runCommand(options: Command): Promise<void> {
	const { purpose, command, args, cwd, logFile, env = process.env } = options;
	mkdirSync(dirname(logFile), { recursive: true });
	const log = openSync(logFile, 'w');
	try {
		const child = startProcessGroup(command, args, {
			cwd,
			env: withoutNpmScript(env),
			stdio: ['ignore', log, log],
		});
		const outcome = await new Promise<string | number | null>((resolve, reject) => {
			child.once('error', (cause) =>
				reject(new Error(`'${command}' could not be started: ${cause.message}`, { cause })),
			);
			child.once('exit', (code, signal) => resolve(code ?? signal));
		});
		if (outcome === 0) return;
		throw new Error(
			`${purpose} did not finish (${command} ended with ${outcome}). ` +
				`The last lines of ${logFile}:\n${readLogTail(logFile)}`,
		);
	} finally {
		closeSync(log);
	}
}

/**
 * npm describes the package whose script is running in its children's environment. An npm started
 * from here for another folder would take that folder's prefix from it.
 */
function withoutNpmScript(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
	const isOurs = /^(npm_(package_|lifecycle_|command$|config_local_prefix$)|INIT_CWD$)/;
	return Object.fromEntries(Object.entries(env).filter(([name]) => !isOurs.test(name)));
}
