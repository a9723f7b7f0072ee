import type { Location, Mutant } from '@stryker-mutator/api/core';
import { declareValuePlugin, PluginKind } from '@stryker-mutator/api/plugin';

let tried: Location[] = [];

/**
 * StrykerJS takes ranges of code, and tries every change that lies in one: with a block come all the changes
 * in it. With this plugin it leaves out what holds none of the places of these mutants.
 */
export function keepTo(mutants: readonly Mutant[]): void {
	tried = mutants.map(({ location }) => location);
}

/** What babel says of a piece of code; its lines count from 1. */
interface Code {
	node?: { loc?: Location | null };
}

/** StrykerJS loads plugins by this name. */
export const strykerPlugins = [
	declareValuePlugin(PluginKind.Ignore, 'tried-places', {
		shouldIgnore({ node }: Code) {
			const place = node?.loc;
			if (!place || tried.some((location) => holds(place, location))) return undefined;
			return 'It is not in the sample.';
		},
	}),
];

function holds({ start, end }: Location, inner: Location): boolean {
	return (
		isUpTo(start.line - 1, start.column, inner.start.line, inner.start.column) &&
		isUpTo(inner.end.line, inner.end.column, end.line - 1, end.column)
	);
}

function isUpTo(line: number, column: number, otherLine: number, otherColumn: number): boolean {
	return line < otherLine || (line === otherLine && column <= otherColumn);
}
