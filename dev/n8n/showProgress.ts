/**
 * Runs `work` and shows that it goes on: one line that is written anew every two seconds in a
 * terminal, a line every 15 seconds in a log.
 * @param state how far the work has come; asked again only once it has answered
 */
export async function showProgress(
	label: string,
	state: () => Promise<string>,
	work: () => Promise<void>,
): Promise<void> {
	const startedAt = Date.now();
	const { stdout } = process;
	let isAsking = false;
	let widest = 0;
	const show = async (end: string) => {
		const seconds = Math.round((Date.now() - startedAt) / 1000);
		const line = `${label}: ${seconds} s, ${await state()}`;
		widest = Math.max(widest, line.length);
		stdout.write(stdout.isTTY ? `\r${line.padEnd(widest)}${end}` : `${line}${end || '\n'}`);
	};
	const timer = setInterval(
		() => {
			if (isAsking) return;
			isAsking = true;
			void show('').finally(() => (isAsking = false));
		},
		stdout.isTTY ? 2_000 : 15_000,
	);
	try {
		await work();
	} finally {
		clearInterval(timer);
	}
	await show(', done\n');
}
