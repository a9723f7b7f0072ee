import type { Location, Mutant } from '@stryker-mutator/api/core';
import { declareValuePlugin, PluginKind } from '@stryker-mutator/api/plugin';

let tried: Location[] = [];

/**
 * Limits StrykerJS to these mutants. It is given ranges of code and tries every change within one; a range that
 * is a whole block would bring all the changes inside. This plugin makes it skip those.
 */
export function keepTo(mutants: readonly Mutant[]): void {
	tried = mutants.map(({ location }) => location);
}

/** A piece of code as babel describes it; babel counts lines from 1, StrykerJS from 0. */
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
