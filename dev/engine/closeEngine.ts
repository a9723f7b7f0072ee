const endings: Array<() => Promise<void>> = [];

/** Has something ended by `closeEngine` that would keep the process alive. */
export function endWithEngine(end: () => Promise<void>): void {
	endings.push(end);
}

/** Ends what the engine has started, so that the process can end by itself. It loads nothing of n8n. */
export async function closeEngine(): Promise<void> {
	for (const end of endings.splice(0)) await end();
}
