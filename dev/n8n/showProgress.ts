/**
 * Runs `work` and shows that it goes on: one line that counts seconds in a terminal, a line every
 * 15 seconds in a log.
 */
export async function showProgress(
	label: string,
	state: () => string,
	work: () => Promise<void>,
): Promise<void> {
	const startedAt = Date.now();
	const { stdout } = process;
	const line = () => `${label}: ${Math.round((Date.now() - startedAt) / 1000)} s, ${state()}`;
	const timer = stdout.isTTY
		? setInterval(() => stdout.write(`\r${line()}`), 1000)
		: setInterval(() => stdout.write(`${line()}\n`), 15_000);
	try {
		await work();
		stdout.write(`${stdout.isTTY ? '\r' : ''}${line()}, done\n`);
	} finally {
		clearInterval(timer);
	}
}
