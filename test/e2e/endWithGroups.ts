import { killAllProcessGroups } from '../../dev/n8n/processGroups.ts';

/** Whatever ends this script ends the servers that it has started. */
export function endWithGroups(): void {
	process.on('exit', killAllProcessGroups);
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
		process.on(signal, () => process.exit(1));
	}
}
