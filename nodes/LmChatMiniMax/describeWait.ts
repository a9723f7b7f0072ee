import type { Failure } from '../minimax/failure/failure';

/** How long a request was tried, for the title of its failure; undefined where no time was set. */
export function describeWait({ waitedMs }: Pick<Failure, 'waitedMs'>): string | undefined {
	if (waitedMs === undefined) return undefined;
	const seconds = Math.round(waitedMs / 1000);
	return `given up after ${seconds} ${seconds === 1 ? 'second' : 'seconds'} without success`;
}
